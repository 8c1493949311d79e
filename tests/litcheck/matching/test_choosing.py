"""Which record is the work, which is not, and when nobody can say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bib.model import Date, Name, Reference
from litcheck.evidence import PublicationYear
from litcheck.matching import (
    Accepted,
    Agreement,
    Ambiguous,
    Refused,
    choose,
    compare,
    describes_another_work,
    describes_same_work,
)
from litcheck.matching.model import FIELDS

Make = Callable[..., Any]
OTHERS = (Name(family="Novak", given="P."), Name(family="Ito", given="K."))
Y2001 = (PublicationYear(kind="issued", year=2001),)


def test_the_record_of_the_work_agrees_in_every_field(reference: Make, record: Make) -> None:
    match = compare(reference(doi="10.1000/tides.2019.7"), record())
    assert [field.field for field in match.fields] == list(FIELDS)
    assert {field.agreement for field in match.fields} == {Agreement.SAME}
    assert match.score == 1


@pytest.mark.parametrize(
    ("printed", "held", "expected"),
    [
        ({}, {}, True),
        ({"authors": OTHERS}, {}, True),  # a real work with invented authors is that work
        ({"authors": OTHERS, "volume": "3", "page": "1–9"}, {}, False),
        ({"issued": Date(year=1991)}, {}, True),
        ({"volume": "3", "page": "99"}, {}, True),
        ({"title": "Tidal cycles in the breeding of mudflat crabs"}, {}, True),
        ({"title": "Soil moisture and ground beetles in spring", "authors": OTHERS}, {}, False),
        ({"title": "Soil moisture and ground beetles in spring"}, {}, True),  # the place in the volume says which work
        ({"title": "Soil moisture and ground beetles in spring", "page": "1–9"}, {}, False),
        ({"authors": (), "issued": None, "container_title": "", "volume": "", "issue": "", "page": ""}, {}, False),
        ({"title": ""}, {}, True),  # a bare physics reference
        ({"title": "", "page": ""}, {}, False),
        ({"title": "", "authors": OTHERS}, {}, False),
        ({"title": "Crabs"}, {"titles": ("Crabs",), "years": Y2001, "volume": "1", "page": "7"}, False),
        ({"title": "Correction to: Tidal rhythms in the feeding of mudflat crabs", "page": "", "volume": ""}, {}, False),
    ],
)
def test_several_fields_together_say_which_work(
    printed: dict[str, Any], held: dict[str, Any], expected: bool, reference: Make, record: Make
) -> None:
    assert describes_same_work(compare(reference(raw="", **printed), record(**held))) is expected


def test_what_says_too_little_is_neither_this_work_nor_another(reference: Make, record: Make) -> None:
    match = compare(reference(title="", authors=(), container_title="", volume="", issue="", page="", raw=""), record())
    assert not describes_same_work(match)
    assert not describes_another_work(match)


def test_the_best_of_several_is_accepted(reference: Make, record: Make) -> None:
    other = record(doi="10.1000/b", volume="13", page="1-9")
    outcome = choose(reference(), [other, record()])
    assert isinstance(outcome, Accepted)
    assert outcome.match.record.doi == "10.1000/tides.2019.7"


def test_two_that_fit_equally_well_are_both_named(reference: Make, record: Make) -> None:
    outcome = choose(reference(), [record(), record(doi="10.1000/again")])
    assert isinstance(outcome, Ambiguous)
    assert {match.record.doi for match in outcome.matches} == {"10.1000/tides.2019.7", "10.1000/again"}


def test_the_references_own_doi_decides_between_equals(reference: Make, record: Make) -> None:
    twin = record(doi="10.1000/again")
    outcome = choose(reference(doi="10.1000/again"), [record(), twin], doi_record=twin)
    assert isinstance(outcome, Accepted)
    assert outcome.match.record is twin


def test_the_record_of_a_wrong_doi_gives_way_to_the_work_described(reference: Make, record: Make) -> None:
    wrong = record(doi="10.1000/wrong", titles=("Soil moisture in spring",), authors=OTHERS, years=Y2001, volume="1", page="7")
    outcome = choose(reference(doi="10.1000/wrong"), [wrong, record()], doi_record=wrong)
    assert isinstance(outcome, Accepted)
    assert outcome.match.record.doi == "10.1000/tides.2019.7"


def test_what_does_not_fit_is_refused_and_the_nearest_named(reference: Make, record: Make) -> None:
    near = record(doi="10.1000/near", authors=OTHERS, years=Y2001, volume="1", page="7")
    far = replace(near, doi="10.1000/far", titles=("Soil moisture in spring",))
    outcome = choose(reference(), [far, near])
    assert isinstance(outcome, Refused)
    assert outcome.nearest is not None
    assert outcome.nearest.record.doi == "10.1000/near"


def test_nothing_to_choose_from(reference: Make) -> None:
    assert choose(reference(), []) == Refused(nearest=None)


texts = st.text(max_size=60)
references = st.builds(
    Reference,
    id=texts,
    raw=texts,
    title=texts,
    container_title=texts,
    volume=texts,
    issue=texts,
    page=texts,
    doi=texts,
    authors=st.lists(st.builds(Name, family=texts, given=texts, literal=st.sampled_from(["", "Group"])), max_size=4).map(tuple),
    issued=st.none() | st.builds(Date, year=st.integers(1000, 2200)),
)


@settings(max_examples=150, deadline=None)
@given(ours=references, theirs=references)
def test_any_text_is_compared_without_error(ours: Reference, theirs: Reference) -> None:
    from datetime import UTC, datetime

    from litcheck.evidence import Record

    held = Record(
        source="s",
        doi=theirs.doi,
        url="",
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
        titles=(theirs.title,) if theirs.title else (),
        authors=theirs.authors,
        containers=(theirs.container_title,),
        volume=theirs.volume,
        issue=theirs.issue,
        page=theirs.page,
        years=(PublicationYear(kind="issued", year=theirs.issued.year),) if theirs.issued else (),
    )
    match = compare(ours, held)
    assert 0 <= match.score <= 1
    assert all(0 <= field.score <= 1 for field in match.fields)
    assert not (describes_same_work(match) and describes_another_work(match))


@pytest.mark.parametrize("unit", ["(", "A, ", " ", "- ", "a. ", "1-", "[", "é"])
def test_a_hostile_entry_is_no_work(unit: str, reference: Make, record: Make) -> None:
    text = unit * (1_000_000 // len(unit))
    match = compare(reference(raw=text, title=text, container_title=text, page=text, volume=text), record())
    assert 0 <= match.score <= 1
    assert not describes_same_work(match)
