import json
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bib.formats.csl_json import reference_from_csl, reference_to_csl
from bib.model import Date, Name, Reference

texts = st.text(max_size=12).map(str.strip)
words = st.text(min_size=1, max_size=8).map(str.strip).filter(bool)
dates = st.one_of(
    st.builds(Date, year=st.integers(-500, 3000)),
    st.builds(Date, year=st.integers(1000, 3000), month=st.integers(1, 12)),
    st.builds(Date, year=st.integers(1000, 3000), month=st.integers(1, 12), day=st.integers(1, 31)),
)
people = st.one_of(
    st.builds(Name, family=words, given=words, suffix=texts, non_dropping_particle=texts, dropping_particle=texts),
    st.builds(Name, literal=words.map("The {} Organisation".format)),
)
PLAIN = [
    *["year_suffix", "status", "title", "container_title", "collection_title", "volume", "issue", "page", "edition"],
    *["publisher", "publisher_place", "pmid", "pmcid", "isbn", "url", "language", "label"],
]
dois = st.integers(0, 9999).map("10.1000/abc.{}".format)


@st.composite
def references(draw: st.DrawFn) -> Reference:
    reference = draw(
        st.builds(
            Reference,
            id=words,
            raw=texts,
            type=st.sampled_from(["article-journal", "book", "chapter", "document"]),
            authors=st.lists(people, max_size=3).map(tuple),
            authors_truncated=st.booleans(),
            editors=st.lists(people, max_size=2).map(tuple),
            issued=st.none() | dates,
            original_year=st.none() | st.integers(1000, 3000),
            accessed=st.none() | dates,
            confidence=st.floats(0, 1),
            arxiv=st.sampled_from(["", "2001.00001", "hep-th/9901001"]),
            **dict.fromkeys(
                PLAIN,
                texts,
            ),
        )
    )
    doi = draw(st.just("") | dois)
    return replace(reference, doi=doi, doi_printed=doi and draw(st.sampled_from([doi, f"https://doi.org/{doi.upper()}"])))


@given(references())
def test_what_is_written_is_read_again(reference: Reference) -> None:
    item = json.loads(json.dumps(reference_to_csl(reference)))
    assert reference_from_csl(item, id=reference.id, raw=reference.raw) == reference


@given(references())
def test_no_field_is_empty(reference: Reference) -> None:
    item = reference_to_csl(reference)
    assert all(value not in ("", [], {}, None) for value in item.values())
    assert not any(value == "" for person in item.get("author", []) for value in person.values())


KEYS = ["family", "date-parts", "raw", "x"]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
    max_leaves=8,
)
VARIABLES = [
    "type",
    "title",
    "author",
    "editor",
    "issued",
    "accessed",
    "original-date",
    "custom",
    "number",
    "archive",
    "DOI",
    "page",
]


@given(st.dictionaries(st.sampled_from(VARIABLES), json_values))
def test_any_item_is_read(item: dict[str, object]) -> None:
    reference = reference_from_csl(item, id="1")
    assert reference.id == "1"
    assert all(isinstance(getattr(reference, f.name), str) for f in fields(Reference) if f.type == "str")


def test_every_variable_has_its_csl_name() -> None:
    reference = Reference(
        id="lee2020",
        raw="Lee, A. (2020a). …",
        type="article-journal",
        authors=(
            Name(family="Berg", given="Jan", non_dropping_particle="van der", suffix="Jr."),
            Name(literal="WHO"),
        ),
        authors_truncated=True,
        editors=(Name(family="Roy", given="S."),),
        issued=Date(year=2020, month=5, day=4),
        year_suffix="a",
        original_year=1905,
        title="On rivers",
        container_title="Journal of Water",
        collection_title="Water Series",
        publisher_place="Delft",
        doi="10.1000/a",
        doi_printed="https://doi.org/10.1000/A",
        arxiv="2001.00001",
        pmid="1",
        pmcid="PMC2",
        isbn="9780000000000",
        url="https://example.org/a",
        accessed=Date(year=2021, month=2),
        label="12",
        confidence=0.5,
    )
    assert reference_to_csl(reference) == {
        "id": "lee2020",
        "type": "article-journal",
        "author": [
            {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der", "suffix": "Jr."},
            {"literal": "WHO"},
        ],
        "editor": [{"family": "Roy", "given": "S."}],
        "issued": {"date-parts": [[2020, 5, 4]]},
        "original-date": {"date-parts": [[1905]]},
        "title": "On rivers",
        "container-title": "Journal of Water",
        "collection-title": "Water Series",
        "publisher-place": "Delft",
        "DOI": "10.1000/a",
        "URL": "https://example.org/a",
        "PMID": "1",
        "PMCID": "PMC2",
        "ISBN": "9780000000000",
        "archive": "arXiv",
        "number": "2001.00001",
        "accessed": {"date-parts": [[2021, 2]]},
        "custom": {
            "authors-truncated": True,
            "year-suffix": "a",
            "label": "12",
            "doi-printed": "https://doi.org/10.1000/A",
            "confidence": 0.5,
        },
    }


LIND, ROY = Name(family="Lind", given="J."), Name(family="Roy", given="S.")


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"volume": 12, "issue": "3"}, {"volume": "12", "issue": "3"}),
        ({"title": ["On rivers"], "container-title": []}, {"title": "On rivers", "container_title": ""}),
        ({"issued": {"date-parts": [["2020", "5"]]}}, {"issued": Date(year=2020, month=5)}),
        ({"issued": {"date-parts": [[None]]}}, {"issued": None}),
        ({"issued": {"date-parts": [[]]}}, {"issued": None}),
        ({"issued": {"date-parts": [[2020, 13, 1]]}}, {"issued": Date(year=2020)}),
        ({"issued": {"raw": "2020-05-04"}}, {"issued": Date(year=2020, month=5, day=4)}),
        ({"issued": "2020"}, {"issued": Date(year=2020)}),
        ({"issued": {"literal": "in press"}}, {"issued": None, "status": "in press"}),
        ({"number": "arXiv:2001.00001"}, {"arxiv": "2001.00001"}),
        ({"number": "17"}, {"arxiv": ""}),
        ({"article-number": "e12"}, {"page": "e12"}),
        ({"container-title-short": "J Water"}, {"container_title": "J Water"}),
        ({"DOI": "https://doi.org/10.1000/AB"}, {"doi": "10.1000/ab", "doi_printed": "https://doi.org/10.1000/AB"}),
        ({"author": [{"family": "Lee"}, {"family": "others"}]}, {"authors": (Name(family="Lee"),), "authors_truncated": True}),
        ({"author": [{"literal": "et al."}]}, {"authors": (), "authors_truncated": True}),
        ({"author": "Lee"}, {"authors": (Name(family="Lee"),)}),
        ({"author": "Lind, J."}, {"authors": (Name(family="Lind", given="J."),)}),
        ({"author": "Lind, J., Roy, S., et al."}, {"authors": (LIND, ROY), "authors_truncated": True}),
        ({"author": "Lind, J. and Roy, S."}, {"authors": (LIND, ROY), "authors_truncated": False}),
        ({"author": ["Lind, J.", "Roy, S.", "et al."]}, {"authors": (LIND, ROY), "authors_truncated": True}),
        ({"author": ["World Health Organization"]}, {"authors": (Name(literal="World Health Organization"),)}),
        ({"author": [{"name": "Lind, J."}], "editor": {"name": "S. Roy"}}, {"authors": (LIND,), "editors": (ROY,)}),
        ({"author": [{"name": "World Health Organization"}]}, {"authors": (Name(literal="World Health Organization"),)}),
        ({"author": {"family": "Lind", "given": "J."}}, {"authors": (LIND,)}),
        ({"author": [7, None, {"name": 7}, ["x"], ""], "editor": 7}, {"authors": (), "editors": ()}),
        ({"type": "nonsense"}, {"type": "document"}),
        ({"type": "Journal-Article"}, {"type": "article-journal"}),
        ({"type": "legal_case"}, {"type": "legal_case"}),
        ({"id": "other", "custom": "x"}, {"type": "document"}),
    ],
)
def test_what_other_programs_write(item: dict[str, object], expected: dict[str, object]) -> None:
    reference = reference_from_csl(item, id="1")
    assert reference.id == "1"
    assert {name: getattr(reference, name) for name in expected} == expected
