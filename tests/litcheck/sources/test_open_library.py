"""Open Library: ISBNs in batches, titles, its records, and what may go wrong. Its answers are made by hand."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import respx

from bib.model import Date, Name
from litcheck.evidence import Found, NotFound, PublicationYear, Unavailable
from litcheck.sources.answers import Patience
from litcheck.sources.open_library import OpenLibrary
from tests.litcheck.sources.catalogues import by_identifier, crabs, like

URL = "https://openlibrary.test"
ISBN = "9780000000002"

EDITION = {
    "url": f"{URL}/books/OL1M/Crabs",
    "key": "/books/OL1M",
    "title": "Crabs of the mudflats",
    "subtitle": "a field guide",
    "authors": [{"name": "Ada Okafor", "url": f"{URL}/authors/OL1A"}],
    "publishers": [{"name": "Shore Press"}],
    "publish_date": "March 2015",
    "identifiers": {"isbn_13": [ISBN]},
}


def work(**fields: Any) -> dict[str, Any]:
    return {
        "key": "/works/OL1W",
        "title": "Crabs of the mudflats",
        "author_name": ["Ada Okafor"],
        "publish_year": [2015, 2018],
        "publisher": ["Shore Press", "Quay Books"],
        "isbn": [ISBN, "nonsense"],
    } | fields


@respx.mock
def test_isbns_go_in_one_request(patience: Patience) -> None:
    route = respx.get(f"{URL}/api/books").mock(return_value=httpx.Response(200, json={f"ISBN:{ISBN}": EDITION}))
    found = by_identifier(OpenLibrary(URL, patience=patience), ISBN, "9780000000019")
    assert route.call_count == 1
    assert route.calls[0].request.url.params["bibkeys"] == f"ISBN:{ISBN},ISBN:9780000000019"
    assert isinstance(found["9780000000019"], NotFound)
    lookup = found[ISBN]
    assert isinstance(lookup, Found)
    (record,) = lookup.records
    assert (record.doi, record.url, record.identity) == (
        "",
        "https://openlibrary.org/books/OL1M",
        "https://openlibrary.org/books/OL1M",
    )
    assert (record.title, record.subtitles) == ("Crabs of the mudflats", ("a field guide",))
    assert record.authors == (Name(family="Okafor", given="Ada"),)
    assert record.years == (PublicationYear(kind="print", year=2015),)
    assert (record.publisher, record.isbns, record.type) == ("Shore Press", (ISBN,), "book")
    assert not record.curated


@pytest.mark.parametrize(("year", "held"), [(2018, (PublicationYear(kind="print", year=2018),)), (2017, ())])
@respx.mock
def test_a_year_that_its_editions_lack_says_nothing(year: int, held: tuple[PublicationYear, ...], patience: Patience) -> None:
    route = respx.get(f"{URL}/search.json").mock(
        return_value=httpx.Response(200, json={"numFound": 2, "docs": [work(), work(key="/works/OL2W")]})
    )
    book = crabs(type="book", title="Crabs of the mudflats", issued=Date(year=year))
    (lookup,) = like(OpenLibrary(URL, patience=patience), book)
    assert isinstance(lookup, Found)
    (record,) = lookup.records  # the same work twice counts once
    assert record.years == held
    assert record.isbns == (ISBN,)
    assert (route.calls[0].request.url.params["title"], route.calls[0].request.url.params["author"]) == (
        "Crabs of the mudflats",
        "Okafor",
    )


@pytest.mark.parametrize(
    ("kind", "isbn", "asked", "held"),
    [("book", ISBN, ISBN, True), ("chapter", ISBN, "", False), ("report", ISBN, ISBN, False), ("book", "", "", True)],
)
def test_what_it_is_asked_about(kind: str, isbn: str, asked: str, held: bool) -> None:
    reference = crabs(type=kind, isbn=isbn)
    assert OpenLibrary(URL).identifier_of(reference) == asked
    assert OpenLibrary(URL).may_hold(reference) is held
    assert not OpenLibrary(URL).covers(reference)


@pytest.mark.parametrize(
    "answer",
    [httpx.Response(200, html="<html>"), httpx.Response(200, json=[1]), httpx.Response(404, json={}), httpx.Response(503)],
)
@respx.mock
def test_what_is_no_table_is_unavailable(answer: httpx.Response, patience: Patience) -> None:
    respx.get(f"{URL}/api/books").mock(return_value=answer)
    respx.get(f"{URL}/search.json").mock(return_value=answer)
    library = OpenLibrary(URL, patience=patience)
    assert isinstance(by_identifier(library, ISBN)[ISBN], Unavailable)
    assert isinstance(like(library, crabs(type="book"))[0], Unavailable)


@pytest.mark.parametrize(
    "fields", [{"key": None}, {"author_name": "Ada"}, {"publish_year": "2015"}, {"isbn": {}}, {"publisher": [1]}, {"subtitle": 1}]
)
@respx.mock
def test_odd_fields_count_as_absent(fields: dict[str, Any], patience: Patience) -> None:
    respx.get(f"{URL}/search.json").mock(return_value=httpx.Response(200, json={"docs": [work(**fields), "odd", {"title": 3}]}))
    (lookup,) = like(OpenLibrary(URL, patience=patience), crabs(type="book"))
    assert isinstance(lookup, Found)
    assert [record.title for record in lookup.records] == ["Crabs of the mudflats"]
