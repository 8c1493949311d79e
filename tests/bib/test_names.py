"""Lists of names as styles print them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bib.model import Name
from bib.names import initials, parse_names, same_family

CASES = yaml.safe_load((Path(__file__).parent / "names.yaml").read_text(encoding="utf-8"))


def written(name: Name) -> str:
    """A name in the notation of the case file."""
    if name.literal:
        return f"= {name.literal}"
    return " | ".join(part for part in (name.full_family, name.given, name.suffix) if part)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["printed"][:40] or "empty")
def test_names_are_taken_apart(case: dict[str, object]) -> None:
    names, truncated = parse_names(str(case["printed"]))
    assert [written(name) for name in names] + (["…"] if truncated else []) == case["names"]


def test_a_lower_case_particle_is_a_part_of_its_own() -> None:
    ((name,), _) = parse_names("van der Berg, A. B.")
    assert (name.non_dropping_particle, name.family, name.given) == ("van der", "Berg", "A. B.")


@pytest.mark.parametrize(
    ("given", "letters"),
    [
        ("Jean-Luc", "jl"),
        ("J. D.", "jd"),
        ("JD", "jd"),
        ("J.-P.", "jp"),
        ("Łukasz", "l"),
        ("Yu. M.", "ym"),
        ("L. van", "l"),
        ("", ""),
    ],
)
def test_initials(given: str, letters: str) -> None:
    assert initials(given) == letters


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Müller", "Mueller", True),
        ("Müller", "Muller", True),
        ("de Witte", "Witte", True),
        ("van der Berg", "Vanderberg", True),
        ("O'Neil", "ONeil", True),
        ("D’Angelo", "Dangelo", True),
        ("Sørensen", "Sorensen", True),
        ("Pinto Júnior", "Pinto", True),
        ("Smith-Jones", "Smith Jones", True),
        ("Hualpa", "Hualpa-Olivera", False),
        ("Li", "Lu", False),
        ("Smith", "", False),
    ],
)
def test_same_family(a: str, b: str, same: bool) -> None:
    assert same_family(a, b) is same
    assert same_family(b, a) is same


@given(st.text(alphabet=st.sampled_from("AÉЖbcdé ,.;&-'’…()*and et al"), max_size=120) | st.text(max_size=120))
def test_parsing_never_raises_and_no_name_is_empty(text: str) -> None:
    names, truncated = parse_names(text)
    assert isinstance(truncated, bool)
    for name in names:
        assert name.family or name.literal or name.given
        assert not (name.literal and name.family)


@pytest.mark.parametrize("unit", ["A, ", "(((((", "Aa, A., ", "; ", "and ", "… ", "et al ", "von ", "A-", "Aa JA, "])
def test_a_megabyte_of_nonsense_gives_no_empty_name(unit: str) -> None:
    names, _ = parse_names(unit * (1_000_000 // len(unit)))
    assert all(name.family or name.literal or name.given for name in names)
