"""How a reference stands, by what was asked about it and answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bib.model import Date, Name, Reference
from litcheck.assessing import assess, is_traceable
from litcheck.evidence import Evidence, Found, Identified, Lookup, NotFound, PublicationYear, Record, Registration, Unavailable
from litcheck.matching import Accepted, choose_record

DOI = "10.1000/tides.2019.7"
REFERENCE = Reference(
    id="1",
    raw="Okafor, A. (2019). Tidal rhythms in the feeding of mudflat crabs. Journal of Coastal Ecology, 12, 223–228.",
    type="article-journal",
    title="Tidal rhythms in the feeding of mudflat crabs",
    authors=(Name(family="Okafor", given="A."),),
    issued=Date(year=2019),
    container_title="Journal of Coastal Ecology",
    volume="12",
    page="223–228",
    doi=DOI,
)
WORK = Record(
    source="registry",
    doi=DOI,
    url="",
    fetched_at=datetime(2026, 11, 1, tzinfo=UTC),
    titles=(REFERENCE.title,),
    authors=REFERENCE.authors,
    years=(PublicationYear(kind="issued", year=2019),),
    containers=("Journal of Coastal Ecology",),
    volume="12",
    page="223-228",
)
OTHER = Record(
    source="registry",
    doi=DOI,
    url="",
    fetched_at=datetime(2026, 11, 1, tzinfo=UTC),
    titles=("Soil moisture and the emergence of beetles in spring",),
    authors=(Name(family="Novak", given="P."),),
    years=(PublicationYear(kind="issued", year=2001),),
    containers=("Annals of Soil Zoology",),
)
MISS = NotFound(source="registry", complete=True)
DOWN = Unavailable(source="registry", reason="timed out")


@pytest.mark.parametrize(
    ("by_doi", "by_search", "covered", "status"),
    [
        ((Found(source="registry", records=(WORK,)),), (), True, "verified"),
        ((MISS,), (Found(source="registry", records=(WORK,)),), True, "verified"),
        ((DOWN,), (Found(source="registry", records=(WORK,)),), True, "verified"),
        ((Found(source="registry", records=(OTHER,)),), (MISS,), True, "wrong-work"),
        ((MISS,), (MISS,), True, "not-found"),
        ((MISS,), (Found(source="registry", records=(OTHER,)),), True, "not-found"),
        ((MISS,), (DOWN,), True, "unavailable"),
        ((DOWN,), (MISS,), True, "unavailable"),
        ((MISS,), (MISS,), False, "unavailable"),
        ((), (), True, "unavailable"),
    ],
)
def test_status(by_doi: tuple[Lookup, ...], by_search: tuple[Lookup, ...], covered: bool, status: str) -> None:
    assert assess(REFERENCE, Evidence(by_doi=by_doi, by_search=by_search, covered=covered)).status == status


def test_a_doi_of_another_agency_is_neither_found_nor_missing() -> None:
    datacite = Registration(source="doi.org", agency="DataCite")
    evidence = Evidence(by_doi=(NotFound(source="crossref"),), registration=datacite, covered=True)
    assert assess(REFERENCE, evidence).status == "unverifiable"


@pytest.mark.parametrize(
    ("year", "as_of", "status"),
    [
        (2024, date(2025, 3, 31), "not-found"),
        (2025, date(2025, 3, 31), "unavailable"),
        (2025, date(2025, 12, 31), "unavailable"),
        (2025, date(2026, 3, 31), "not-found"),
        (2026, date(2025, 12, 31), "unavailable"),
        (2026, None, "not-found"),
    ],
)
def test_a_work_newer_than_the_source_is_not_missing(year: int, as_of: date | None, status: str) -> None:
    reference = Reference(id="1", raw="", type="article-journal", title=REFERENCE.title, issued=Date(year=year))
    for answer in (NotFound(source="index", complete=True, as_of=as_of), Found(source="index", records=(OTHER,), as_of=as_of)):
        assert assess(reference, Evidence(by_search=(answer,), covered=True)).status == status


def test_a_source_of_today_outweighs_one_of_a_former_day() -> None:
    reference = Reference(id="1", raw="", type="article-journal", title=REFERENCE.title, issued=Date(year=2026))
    old, today = Found(source="index", records=(OTHER,), as_of=date(2025, 3, 31)), Found(source="registry", records=(OTHER,))
    assert assess(reference, Evidence(by_search=(old,), covered=True)).status == "unavailable"
    assert assess(reference, Evidence(by_search=(old, today), covered=True)).status == "not-found"


def test_the_record_of_the_doi_is_the_outcome_when_it_fits() -> None:
    assessment = assess(REFERENCE, Evidence(by_doi=(Found(source="registry", records=(WORK,)),), covered=True))
    assert assessment.by_doi is not None
    assert isinstance(assessment.outcome, Accepted)
    assert assessment.outcome.match.record is WORK


@pytest.mark.parametrize(
    ("type_", "doi", "traceable"),
    [
        ("article-journal", "", True),
        ("paper-conference", "", True),
        ("book", "", False),
        ("webpage", "", False),
        ("legislation", "", False),
        ("article", "", False),
        ("book", "10.1000/book", True),
        ("book", "10.1000.book", False),
        ("webpage", "doi-of-a-page", False),
        ("document", "", False),
    ],
)
def test_kinds_that_registries_need_not_hold(type_: str, doi: str, traceable: bool) -> None:
    assert is_traceable(Reference(id="1", raw="", type=type_, doi=doi)) is traceable


BOOK = Reference(
    id="1",
    raw="Okafor, A. (2015). Crabs of the northern mudflats. Shore Press.",
    type="book",
    title="Crabs of the northern mudflats",
    authors=(Name(family="Okafor", given="A."),),
    issued=Date(year=2015),
)
REGISTERED = Record(
    source="crossref",
    doi="10.1000/crabs",
    url="",
    fetched_at=WORK.fetched_at,
    titles=(BOOK.title,),
    authors=BOOK.authors,
    years=(PublicationYear(kind="print", year=2015),),
)
VOLUNTEERS = replace(REGISTERED, source="openlibrary", doi="", url="https://books.example/1", curated=False)


@pytest.mark.parametrize(
    ("found", "best"),
    [
        ((VOLUNTEERS,), VOLUNTEERS),
        ((VOLUNTEERS, REGISTERED), REGISTERED),
        ((VOLUNTEERS, replace(REGISTERED, titles=("Gulls",))), VOLUNTEERS),
    ],
)
def test_a_registry_s_record_comes_before_one_that_others_put_together(found: tuple[Record, ...], best: Record) -> None:
    evidence = Evidence(by_search=tuple(Found(source=record.source, records=(record,)) for record in found))
    outcome = choose_record(BOOK, evidence)
    assert isinstance(outcome, Accepted)
    assert outcome.match.record is best
    assert assess(BOOK, evidence).status == "verified"


def test_a_book_that_nobody_lists_is_no_finding() -> None:
    evidence = Evidence(by_search=(NotFound(source="crossref"), NotFound(source="openlibrary")), covered=True)
    assert assess(BOOK, evidence).status == "unverifiable"


def test_a_copy_of_a_record_does_not_say_that_a_doi_is_another_work_s() -> None:
    copy = replace(OTHER, source="openalex", doi=DOI, curated=False)
    evidence = Evidence(
        by_doi=(Unavailable(source="crossref", reason="down"), Found(source="openalex", records=(copy,))), covered=True
    )
    assessment = assess(REFERENCE, evidence)
    assert assessment.by_doi is None
    assert assessment.status == "unavailable"


def test_each_work_counts_once_and_every_answer_is_seen() -> None:
    identified = Identified(kind="pmid", id="7", lookup=Found(source="pubmed", records=(replace(WORK, source="pubmed"),)))
    evidence = Evidence(
        by_doi=(Found(source="registry", records=(WORK,)),),
        by_identifier=(identified, Identified(kind="isbn", id="8", lookup=Unavailable(source="openlibrary", reason="down"))),
        by_search=(Found(source="openlibrary", records=(VOLUNTEERS,)),),
    )
    assert evidence.candidates == (WORK, VOLUNTEERS)
    assert [lookup.source for lookup in evidence.lookups] == ["registry", "pubmed", "openlibrary", "openlibrary"]
    assert [lookup.source for lookup in evidence.unavailable] == ["openlibrary"]
