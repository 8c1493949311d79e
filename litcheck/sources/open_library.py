"""Open Library's API as a source: books by ISBN, dozens a request, and by title and author.

Documentation: https://openlibrary.org/dev/docs/api/books and https://openlibrary.org/dev/docs/api/search. Its records are made by
volunteers: good for telling that a book exists, and not for correcting an entry. The answers in the tests are made by hand after
this documentation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bib.folding import fold
from bib.model import Name, Reference
from litcheck.evidence import PublicationYear, Record
from litcheck.sources.answers import Answer, Terms, UnusableAnswer
from litcheck.sources.catalogue import ANY, Catalogue
from litcheck.sources.json_values import listed, mappings, printed_name, text, texts
from litcheck.sources.pacing import Rate

#: The page of a work or an edition is there, whatever address the API is asked at.
SITE = "https://openlibrary.org"
FIELDS = "key,title,subtitle,author_name,publish_year,publisher,isbn"

_YEAR = re.compile(r"\b(1[4-9]\d\d|20\d\d)\b")
_ISBN = re.compile(r"(?:97[89])?\d{9}[\dX]")
_NOT_WHOLE = frozenset({"article-journal", "chapter", "paper-conference", "entry-encyclopedia", "entry-dictionary"})
#: Editions come in many years; more of a work's ISBNs than this are of no use.
MOST_ISBNS = 50


class OpenLibrary(Catalogue):
    """Open Library at its address."""

    name = "openlibrary"
    #: About one request a second. https://openlibrary.org/developers/api
    terms = Terms(rates={ANY: Rate(1, 1)}, at_once=1)
    identifies = "isbn"

    def may_hold(self, reference: Reference) -> bool:
        """Whether it is a whole book."""
        return reference.type == "book" and bool(reference.title)

    def identifier_of(self, reference: Reference) -> str:
        """The ISBN of a whole book: that of a chapter or a paper leads to what it is in."""
        return reference.isbn if reference.type not in _NOT_WHOLE and _ISBN.fullmatch(reference.isbn) else ""

    async def held(self, ids: Sequence[str]) -> Mapping[str, Record]:
        """The editions of up to fifty ISBNs."""
        values = {"bibkeys": ",".join(f"ISBN:{isbn}" for isbn in ids), "format": "json", "jscmd": "data"}
        editions = await self.ask("api/books", values, _editions)
        return {isbn: _edition(editions[f"ISBN:{isbn}"], isbn) for isbn in ids if f"ISBN:{isbn}" in editions}

    async def found(self, reference: Reference) -> Sequence[Record]:
        """Works with this title and first author. One that is listed several times counts once."""
        author = reference.authors[0].full_family if reference.authors else ""
        values = {"title": reference.title, "author": author, "fields": FIELDS, "limit": "10"}
        works: dict[tuple[str, ...], Record] = {}
        for item in await self.ask("search.json", values, _works):
            record = _work(item, reference.year)
            works.setdefault((fold(record.title), *(fold(name.full_family) for name in record.authors[:1])), record)
        return tuple(works.values())


def _editions(answer: Answer) -> Mapping[str, Mapping[str, Any]]:
    """The editions by "ISBN:…". Raises ``UnusableAnswer``."""
    found = answer.json()
    if answer.status != 200 or not isinstance(found, dict) or not all(isinstance(item, dict) for item in found.values()):
        raise UnusableAnswer("answered with something that is no table of editions")
    return found


def _works(answer: Answer) -> list[Mapping[str, Any]]:
    """The works of a search. Raises ``UnusableAnswer``."""
    if answer.status == 200:
        match answer.json():
            case {"docs": list(items)}:
                return [item for item in items if isinstance(item, dict) and text(item.get("title"))]
    raise UnusableAnswer("answered a search with something that holds no works")


def _edition(item: Mapping[str, Any], isbn: str) -> Record:
    year = _YEAR.search(text(item.get("publish_date")))
    publishers = texts(*(publisher.get("name") for publisher in mappings(item.get("publishers"))))
    return Record(
        source=OpenLibrary.name,
        doi="",
        url=_page(item.get("key"), f"/isbn/{isbn}"),
        fetched_at=datetime.now(UTC),
        type="book",
        titles=texts(item.get("title")),
        subtitles=texts(item.get("subtitle")),
        authors=_names(texts(*(author.get("name") for author in mappings(item.get("authors"))))),
        years=(PublicationYear(kind="print", year=int(year[1])),) if year else (),
        publisher=next(iter(publishers), ""),
        isbns=(isbn,),
        curated=False,
    )


def _work(item: Mapping[str, Any], year: int | None) -> Record:
    """A work with all its editions. Its list of years is not complete: a year that it lacks says nothing."""
    isbns = [isbn for isbn in listed(item.get("isbn")) if _ISBN.fullmatch(isbn)]
    years = item.get("publish_year")
    is_listed = isinstance(years, list) and year in years
    return Record(
        source=OpenLibrary.name,
        doi="",
        url=_page(item.get("key"), ""),
        fetched_at=datetime.now(UTC),
        type="book",
        titles=texts(item.get("title")),
        subtitles=texts(item.get("subtitle")),
        authors=_names(listed(item.get("author_name"))),
        years=(PublicationYear(kind="print", year=year),) if is_listed and year is not None else (),
        publisher=next(iter(listed(item.get("publisher"))), ""),
        isbns=tuple(isbns[:MOST_ISBNS]),
        curated=False,
    )


def _page(key: object, otherwise: str) -> str:
    path = text(key)
    return SITE + (path if path.startswith("/") else otherwise)


def _names(printed: Sequence[str]) -> tuple[Name, ...]:
    return tuple(printed_name(name) for name in printed)
