"""Asking an index: by DOI, however odd, and by description, however hostile."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bib.model import Date, Name, Reference
from litcheck.evidence import Found, Lookup, NotFound, Unavailable
from litcheck.sources.local_index import LocalIndex, build_index, search
from litcheck.sources.local_index.schema import open_searcher

ODD_DOIS = (
    "10.1000/ab",
    "10.1000/ab#12",
    "10.1000/with space",
    "10.1000/a:b",
    "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2",
    "10.1000/naïve–dash",
    "10.1000/日本語",
    "10.1000/" + "long" * 200,
    '10.1000/"quoted" and \\back\\slash',
    "10.1000/a?b=c&d=%2f",
    "10.1000/*",
)

SMITHS = [f"Smith{first}{last}" for first in "abcdefghij" for last in "abcdefghijklmnopqrst"]

WORKS: tuple[dict[str, Any], ...] = (
    *({"DOI": doi, "title": [f"Odd {number}"]} for number, doi in enumerate(ODD_DOIS)),
    {
        "DOI": "10.1000/swifts",
        "title": ["On the flight of swifts"],
        "subtitle": ["A study in three winters"],
        "author": [{"family": "van der Berg", "given": "Ada"}, {"family": "Özdemir", "given": "Can"}],
        "issued": {"date-parts": [[2019, 5]]},
        "published-print": {"date-parts": [[2020]]},
        "container-title": ["Journal of Towers"],
        "volume": "12",
        "page": "345-367",
        "aliases": ["10.1000/OLD-swifts"],
    },
    {
        "DOI": "10.1000/untitled",
        "author": [{"family": "Einstein"}],
        "issued": {"date-parts": [[1905]]},
        "volume": "17",
        "page": "891-921",
    },
    {
        "DOI": "10.1000/who",
        "title": ["Report on towers"],
        "author": [{"name": "World Tower Organization"}],
        "issued": {"date-parts": [[2001]]},
    },
    {"DOI": "10.1000/kanji", "title": ["塔の研究"], "author": [{"family": "山田"}], "issued": {"date-parts": [[2011]]}},
    {
        "DOI": "10.1000/number",
        "title": ["Birds"],
        "volume": "7",
        "article-number": "e01234",
        "author": [{"family": "Li"}],
    },
    *(
        {
            "DOI": f"10.2000/{n}",
            "title": [f"Towers and their birds, part {n}"],
            "author": [{"family": SMITHS[n]}],
            "issued": {"date-parts": [[2000 + n % 20]]},
            "volume": str(n),
            "page": str(10 * n),
        }
        for n in range(200)
    ),
)


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, LocalIndex]:
    folder = tmp_path_factory.mktemp("works")
    source = folder / "works.jsonl"
    source.write_text("\n".join(map(json.dumps, WORKS)), encoding="utf-8")
    for name, complete in (("complete", True), ("some", False)):
        build_index([source], folder / name, complete=complete, as_of=date(2026, 3, 1))
    return {True: LocalIndex(folder / "complete"), False: LocalIndex(folder / "some")}


@pytest.fixture(scope="module")
def index(indexes: dict[bool, LocalIndex]) -> LocalIndex:
    return indexes[True]


def dois(lookup: Lookup) -> list[str]:
    return [record.doi for record in lookup.records] if isinstance(lookup, Found) else []


def like(index: LocalIndex, *references: Reference) -> Sequence[Lookup]:
    return asyncio.run(index.works_like(references))


@pytest.mark.parametrize("doi", ODD_DOIS)
def test_a_doi_finds_its_work_and_no_other(index: LocalIndex, doi: str) -> None:
    assert dois(asyncio.run(index.works_by_doi([doi]))[doi]) == [doi.lower()]


def test_an_alias_finds_the_work_with_its_own_doi(index: LocalIndex) -> None:
    assert dois(asyncio.run(index.works_by_doi(["10.1000/old-swifts"]))["10.1000/old-swifts"]) == ["10.1000/swifts"]


@pytest.mark.parametrize(
    "doi", ["10.1000/a", "10.1000/ab#", "10.1000/", "", "*", "10.1000/ab OR 10.1000/swifts", "\ud800", "\x00", "x" * 70_000]
)
def test_a_miss_in_a_complete_index_says_of_which_day(index: LocalIndex, doi: str) -> None:
    answer = asyncio.run(index.works_by_doi([doi]))[doi]

    assert answer == NotFound(source="index:complete", complete=True, as_of=date(2026, 3, 1))


def test_a_miss_in_any_other_index_means_nothing(indexes: dict[bool, LocalIndex]) -> None:
    answer = asyncio.run(indexes[False].works_by_doi(["10.1000/none"]))["10.1000/none"]

    assert isinstance(answer, Unavailable)
    assert "not declared complete" in answer.reason


@pytest.mark.parametrize("doi", ["10.48550/arxiv.1706.03762", "10.5281/zenodo.1", "10.3969/j.issn.1000-0000.2014.04.001"])
def test_a_complete_index_does_not_speak_for_other_agencies(index: LocalIndex, doi: str) -> None:
    answer = asyncio.run(index.works_by_doi([doi]))[doi]

    assert isinstance(answer, Unavailable)
    assert doi.partition("/")[0] in answer.reason


def test_every_doi_of_many_gets_its_answer(index: LocalIndex) -> None:
    wanted = [f"10.2000/{n}" for n in range(200)]

    answers = asyncio.run(index.works_by_doi(wanted))

    assert [dois(answers[doi]) for doi in wanted] == [[doi] for doi in wanted]


SWIFTS = "van der Berg, A. & Özdemir, C. (2019). On the flight of swifts. J. Towers, 12, 345–367."
DESCRIPTIONS = {
    "raw string": (Reference(id="1", raw=SWIFTS), "10.1000/swifts"),
    "title alone": (Reference(id="1", raw="", title="On the Flight of Swifts"), "10.1000/swifts"),
    "title misspelt": (Reference(id="1", raw="", title="On the fligth of swifts in winters"), "10.1000/swifts"),
    "author and year, another title": (
        Reference(id="1", raw="", title="Towers", authors=(Name(family="Berg"),), issued=Date(year=2019)),
        "10.1000/swifts",
    ),
    "year one off": (Reference(id="1", raw="", authors=(Name(family="van der Berg"),), issued=Date(year=2021)), "10.1000/swifts"),
    "volume and page alone": (Reference(id="1", raw="", volume="12", page="345"), "10.1000/swifts"),
    "no title in the string": (Reference(id="1", raw="A. Einstein, Ann. Phys. 17, 891 (1905)."), "10.1000/untitled"),
    "wrongly parsed": (
        Reference(id="1", raw="Einstein A. Ann Phys. 1905;17(10):891–921", title="Ann Phys", confidence=0.4),
        "10.1000/untitled",
    ),
    "organisation": (Reference(id="1", raw="World Tower Organization. (2001). Report on towers."), "10.1000/who"),
    "other script": (Reference(id="1", raw="山田 (2011) 塔の研究"), "10.1000/kanji"),
    "article number": (
        Reference(id="1", raw="", volume="7", page="e1234", authors=(Name(family="Li"),)),
        "10.1000/number",
    ),
}


@pytest.mark.parametrize(("reference", "doi"), DESCRIPTIONS.values(), ids=DESCRIPTIONS)
def test_a_description_finds_the_work_first(index: LocalIndex, reference: Reference, doi: str) -> None:
    assert dois(like(index, reference)[0])[:1] == [doi]


def test_answers_come_in_the_order_of_the_references(index: LocalIndex) -> None:
    references = [
        Reference(id=str(n), raw=f"{SMITHS[n]} ({2000 + n % 20}). Towers and their birds, part {n}.") for n in range(150)
    ]

    assert [dois(lookup)[0] for lookup in like(index, *references)] == [f"10.2000/{n}" for n in range(150)]


@pytest.mark.parametrize("raw", ["", "zzz qqq", "()[]{}", "\x00"])
def test_nothing_alike_is_not_found(indexes: dict[bool, LocalIndex], raw: str) -> None:
    for complete, index in indexes.items():
        answer = like(index, Reference(id="1", raw=raw))[0]

        assert isinstance(answer, NotFound)
        assert answer.complete is complete


@pytest.mark.parametrize(
    ("postings", "asked"),
    [
        (10_000, ["flight", "birds", "towers", "berg", "smithaa", "berg2019", "berg2020"]),
        (202, ["flight", "birds", "berg", "smithaa", "berg2019", "berg2020"]),
        (1, ["flight", "berg", "berg2019", "berg2020"]),
        (0, ["flight", "berg", "berg2019", "berg2020"]),
    ],
)
def test_a_query_walks_no_more_postings_than_it_may(
    index: LocalIndex, monkeypatch: pytest.MonkeyPatch, postings: int, asked: list[str]
) -> None:
    """One work has "flight" in its title, 201 have "birds" and 201 "towers"; each name has one. Keys are always asked for."""
    monkeypatch.setattr(search, "POSTINGS", postings)
    names = (Name(family="Berg"), Name(family=SMITHS[0]))
    reference = Reference(id="1", raw="", title="Flight, birds, towers", authors=names, issued=Date(year=2019))

    query = search.candidate_query(reference, *open_searcher(next(index.info.directory.glob("generation-*"))))

    assert re.findall(r'"(\w+)"', str(query)) == asked


HOSTILE = (
    'title:"swifts" AND doi:*', "swifts) OR (*:*", "+swifts -flight ^9999", "swifts~99 [a TO z]", "a\\", '"', "*", "?" * 1000,
    "/.*/", "NOT NOT NOT", "\ud800", "doi:10.1000/ab", "swifts\x00flight", "İ" * 500,
)  # fmt: skip


@pytest.mark.parametrize("raw", HOSTILE)
def test_nothing_in_a_reference_is_syntax(index: LocalIndex, raw: str) -> None:
    fields = Reference(id="1", raw="", title=raw, authors=(Name(family=raw), Name(literal=raw)))
    for answer in like(index, Reference(id="1", raw=raw), fields):
        assert isinstance(answer, Found | NotFound)
        assert len(dois(answer)) <= 10


REFERENCES = st.builds(
    Reference,
    id=st.just("1"),
    raw=st.text(),
    title=st.text(),
    authors=st.tuples(st.builds(Name, family=st.text())),
    issued=st.builds(Date, year=st.integers(-9999, 99999)),
    volume=st.text(),
    page=st.text(),
    confidence=st.sampled_from((0.5, 1.0)),
)


@given(reference=REFERENCES)
@settings(max_examples=100, deadline=None)
def test_any_reference_gets_an_answer(index: LocalIndex, reference: Reference) -> None:
    assert isinstance(like(index, reference)[0], Found | NotFound)


@pytest.mark.parametrize("piece", ["(", "A, ", "1 ", "12(3):45-67, ", "swifts ", "é", "<b", "2019a "])
def test_a_megabyte_of_anything_gets_an_answer(index: LocalIndex, piece: str) -> None:
    raw = piece * (1_000_000 // len(piece))
    fields = Reference(id="1", raw="", title=raw, volume=raw, page=raw, authors=(Name(family=raw),))

    answers = like(index, Reference(id="1", raw=raw), fields)

    assert all(isinstance(answer, Found | NotFound) for answer in answers)


def test_a_complete_index_covers_what_crossref_registers(indexes: dict[bool, LocalIndex]) -> None:
    assert indexes[True].covers(Reference(id="1", raw="", type="article-journal"))
    assert not indexes[True].covers(Reference(id="1", raw="", type="webpage"))
    assert not indexes[False].covers(Reference(id="1", raw="", type="article-journal"))


def test_it_says_what_it_is(index: LocalIndex) -> None:
    use = index.use()

    assert (index.name, use.name, index.searches, index.complete) == ("index:complete", "index:complete", True, True)
    assert (use.as_of, use.note) == ("2026-03-01", f"{len(WORKS)} works, complete")
    assert Path(use.address).name == "complete"


def test_it_opens_and_closes_like_any_source(index: LocalIndex) -> None:
    async def ask() -> Lookup:
        async with index as source:
            return (await source.works_by_doi(["10.1000/ab"]))["10.1000/ab"]

    assert dois(asyncio.run(ask())) == ["10.1000/ab"]
