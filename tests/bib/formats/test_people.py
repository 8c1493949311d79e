import pytest
from hypothesis import given
from hypothesis import strategies as st

from bib.formats.people import is_et_al, name_to_line, names_from_lines, suffix_apart
from bib.model import Name


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Lee, Anna B.", [Name(family="Lee", given="Anna B.")]),
        ("Lee,Anna", [Name(family="Lee", given="Anna")]),
        ("Berg, Jan, Jr.", [Name(family="Berg", given="Jan", suffix="Jr.")]),
        ("Berg, Jr., Jan", [Name(family="Berg", given="Jan", suffix="Jr.")]),
        ("Berg, Jan, Jr., PhD", [Name(family="Berg", given="Jan", suffix="Jr., PhD")]),
        ("van den Berg, Jan", [Name(family="Berg", given="Jan", non_dropping_particle="van den")]),
        ("Van Berg, Jan", [Name(family="Van Berg", given="Jan")]),
        ("Jan Berg", [Name(family="Berg", given="Jan")]),
        ("Plato", [Name(family="Plato")]),
        (", Plato", [Name(family="Plato")]),
        ("World Health Organization", [Name(literal="World Health Organization")]),
        ("Acme,", [Name(literal="Acme")]),
        ("Utah,, University of", [Name(literal="Utah, University of")]),
        ("Garcia Marquez, ,", [Name(family="Garcia Marquez")]),
        ("Lee, A., Roy, S.", [Name(family="Lee", given="A."), Name(family="Roy", given="S.")]),
        ("Lee, A.; Roy, S.", [Name(family="Lee", given="A."), Name(family="Roy", given="S.")]),
        ("", []),
    ],
)
def test_lines(line: str, names: list[Name]) -> None:
    assert names_from_lines([line]) == (tuple(names), False)


@pytest.mark.parametrize("line", ["et al.", "et al", "[et al.]", "others", "Others", "and others"])
def test_further_names(line: str) -> None:
    assert is_et_al(line)
    assert names_from_lines(["Lee, A.", line]) == ((Name(family="Lee", given="A."),), True)


@pytest.mark.parametrize(
    ("given_names", "apart"),
    [("Jan A Jr", ("Jan A", "Jr")), ("JA 3rd", ("JA", "3rd")), ("Jan A", ("Jan A", "")), ("Jr", ("Jr", "")), ("", ("", ""))],
)
def test_suffixes_after_given_names(given_names: str, apart: tuple[str, str]) -> None:
    assert suffix_apart(given_names) == apart


@pytest.mark.parametrize(
    ("name", "line"),
    [
        (Name(family="Lee", given="A."), "Lee, A."),
        (Name(family="Berg", given="Jan", dropping_particle="von", suffix="Jr."), "von Berg, Jan, Jr."),
        (Name(family="Berg", suffix="Jr."), "Berg, , Jr."),
        (Name(family="Garcia Marquez"), "Garcia Marquez, ,"),
        (Name(family="Plato"), "Plato"),
        (Name(family="Lee; Roy", given="A., B."), "Lee Roy, A. B."),
        (Name(literal="World Health Organization"), "World Health Organization"),
        (Name(literal="UNICEF"), "UNICEF,"),
        (Name(literal="A, B, and C"), "A,, B, and C"),
    ],
)
def test_names_as_lines(name: Name, line: str) -> None:
    assert name_to_line(name) == line


@given(st.text(alphabet="ab AB.,;-&Éö ", max_size=40))
def test_any_line_gives_names_with_something_in_them(line: str) -> None:
    names, _ = names_from_lines([line])
    assert all(name != Name() for name in names)
