import pytest
from hypothesis import given
from hypothesis import strategies as st

from bib.formats.bibtex.names import read_names
from bib.model import Name

LEE = Name(family="Lee", given="A. B.")
BERG = Name(family="Berg", given="Jan", non_dropping_particle="van der")
BERG_JR = Name(family="Berg", given="Jan", non_dropping_particle="van der", suffix="Jr.")
ALVAREZ = Name(family="Álvarez", given="J.")
OZBAY = Name(family="Özbay", given="E.")
WHO = Name(literal="World Health Organization")


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("Tinghui Wang and Diane J. Cook", [Name(family="Wang", given="Tinghui"), Name(family="Cook", given="Diane J.")]),
        ("Wang, T. and Cook, D. J.", [Name(family="Wang", given="T."), Name(family="Cook", given="D. J.")]),
        ("T. Wang and D. J. Cook", [Name(family="Wang", given="T."), Name(family="Cook", given="D. J.")]),
        ("Lee, A.~B.", [LEE]),
        ("Lee,  A. B.  \n  AND  Lee, A. B.", [LEE, LEE]),
        ("Jan van der Berg", [BERG]),
        ("van der Berg, Jan", [BERG]),
        ("van der Berg, Jr., Jan", [BERG_JR]),
        ("Berg, Jan, Jr.", [Name(family="Berg", given="Jan", suffix="Jr.")]),
        ("Berg Jr., Jan", [Name(family="Berg", given="Jan", suffix="Jr.")]),
        ("Jan Berg III", [Name(family="Berg", given="Jan", suffix="III")]),
        ("Ludwig van Beethoven", [Name(family="Beethoven", given="Ludwig", non_dropping_particle="van")]),
        (r"Charles de la Vall{\'e}e Poussin", [Name(family="Vallée Poussin", given="Charles", non_dropping_particle="de la")]),
        ("Garcia Marquez, Gabriel", [Name(family="Garcia Marquez", given="Gabriel")]),
        (r"{\"O}zbay, Ekmel", [Name(family="Özbay", given="Ekmel")]),
        (r"{\'A}lvarez", [Name(family="Álvarez")]),
        (r"Lee, A. B. and \'Alvarez, J. and \"Ozbay, E.", [LEE, ALVAREZ, OZBAY]),
        ("{van der Berg}, Jan", [Name(family="van der Berg", given="Jan")]),
        ("Jan {van der Berg}", [Name(family="van der Berg", given="Jan")]),
        ("{World Health Organization}", [WHO]),
        ("{{World Health Organization}}", [WHO]),
        ("World Health Organization and Lee, A. B.", [WHO, LEE]),
        ("{Barnes and Noble} and Lee, A. B.", [Name(literal="Barnes and Noble"), LEE]),
        ("{A} and {B}", [Name(literal="A"), Name(literal="B")]),
        ("family=Berg, given=Jan, prefix={van der}, suffix=Jr.", [BERG_JR]),
        ("Plato", [Name(family="Plato")]),
        ("王 小明", [Name(family="小明", given="王")]),
        ("", []),
        (" and ", []),
        ("Lee, A. B. and }", [LEE]),
    ],
)  # fmt: skip
def test_names(source: str, names: list[Name]) -> None:
    assert read_names(source) == (tuple(names), False)


@pytest.mark.parametrize(
    "source",
    [
        "Lee, A. B. and others",
        "Lee, A. B. and {others}",
        "Lee, A. B. and et al.",
        "Lee, A. B. et al.",
        "Lee, A. B., et~al.",
        "A. B. Lee and ...",
        r"A. B. Lee and \ldots",
    ],
)
def test_lists_that_are_cut(source: str) -> None:
    assert read_names(source) == ((LEE,), True)


def test_commas_between_names_in_place_of_and() -> None:
    names, truncated = read_names("Lee, A. B., Roy, S., Kim, C.")
    assert [name.family for name in names] == ["Lee", "Roy", "Kim"]
    assert not truncated
    names, _ = read_names("A. Lee, S. Roy, C. Kim")
    assert [name.family for name in names] == ["Lee", "Roy", "Kim"]


@given(st.text(alphabet="ab AB.,;{}\\'\"~=-and \n", max_size=60))
def test_any_list_gives_names_with_something_in_them(source: str) -> None:
    names, _ = read_names(source)
    assert all(name != Name() for name in names)
