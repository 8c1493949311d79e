"""Works of the registry as records that can be printed."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bib.strings.training.aligning import flat

#: (family name, given name) pairs.
People = tuple[tuple[str, str], ...]

_QUOTED = re.compile('[“”"«»]')
_LONGEST_TITLE = 400
_TAGS = re.compile(r"<[^<>]{1,80}>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is printed. An organisation is a family name without a given name.

    ``kind``: article, chapter, book, conference, thesis, report, page or news. ``number`` is that of a report, the degree of a
    thesis or the version of a program, ``extent`` how many pages a book has, ``credit`` says who translated it or the like.
    """

    kind: str
    authors: People
    title: str
    year: int
    container: str = ""
    volume: str = ""
    issue: str = ""
    page: str = ""
    doi: str = ""
    url: str = ""
    editors: People = ()
    publisher: str = ""
    place: str = ""
    edition: str = ""
    series: str = ""
    number: str = ""
    extent: str = ""
    credit: str = ""
    language: str = ""
    month: int = 0
    day: int = 0


@dataclass(slots=True)
class Parts:
    """Pieces of real records from which others are put together."""

    articles: list[Record] = field(default_factory=list)
    listed: list[Record] = field(default_factory=list)
    given: list[str] = field(default_factory=list)
    books: list[str] = field(default_factory=list)


def read_parts(works: Path, *, without: Iterable[Mapping[str, Any]], lists: Iterable[Sequence[Mapping[str, Any]]] = ()) -> Parts:
    """The registry's articles, with the given names that are printed in full, and the articles in manuscripts' ``lists``.

    Works behind the references ``without`` (rows with ``fields``), told by DOI or title, are left out.
    """
    parts = Parts()
    fields = [row["fields"] for row in without]
    left_out = {str(field.get("doi") or "").lower() for field in fields} | {
        flat(str(field.get("title") or "")) for field in fields
    }
    left_out -= {""}
    for name in ("works.jsonl.gz", "crossref-recorded.jsonl.gz"):
        with gzip.open(works / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                work = json.loads(line)
                record = _record(work)
                if record is None or record.doi.lower() in left_out or flat(record.title) in left_out:
                    continue
                if record.kind == "article":
                    parts.articles.append(record)
                    parts.given += [given for _, given in record.authors if re.match(r"[^\W\d_]{3,}", given)]
                elif not _QUOTED.search(record.title):
                    parts.books.append(record.title)
    for references in lists:
        parts.listed += [
            record
            for reference in references
            if (record := _listed(reference, parts.given)) and record.doi not in left_out and flat(record.title) not in left_out
        ]
    return parts


def _listed(reference: Mapping[str, Any], given: Sequence[str]) -> Record | None:
    """An article in a manuscript's list by its deposited fields; of authors only family names are deposited."""
    families, title, year = reference.get("authors"), str(reference.get("title") or ""), str(reference.get("year") or "")
    if not families or not title or not year.isdigit() or not reference.get("container") or len(title) > _LONGEST_TITLE:
        return None
    return Record(
        kind="article",
        authors=tuple((family, given[hash_of(f"{family} {title}") % len(given)]) for family in families),
        title=_clean(title),
        year=int(year),
        container=_clean(str(reference["container"])),
        volume=str(reference.get("volume") or ""),
        issue=str(reference.get("issue") or ""),
        page=str(reference.get("fpage") or ""),
        doi=str(reference.get("doi") or "").lower(),
    )


def _record(work: dict[str, object]) -> Record | None:
    title = _clean(_first(work.get("title")))
    container = _clean(_first(work.get("container-title")))
    short = _clean(_first(work.get("short-container-title")))
    issued = work.get("issued")
    dates = issued.get("date-parts") if isinstance(issued, dict) else None
    year = dates[0][0] if dates and dates[0] and isinstance(dates[0][0], int) else 0
    people = work.get("author")
    authors = tuple(
        (_clean(str(person.get("family") or person.get("name") or "")), _clean(str(person.get("given") or "")))
        for person in (people if isinstance(people, list) else ())
    )
    authors = tuple(author for author in authors if author[0])
    if not title or not year or not authors or len(title) > _LONGEST_TITLE:
        return None
    kind = "article" if work.get("type") in ("journal-article", "proceedings-article") and container else "book"
    month = dates[0][1] if dates and len(dates[0]) > 1 and isinstance(dates[0][1], int) else 0
    return Record(
        kind=kind,
        authors=authors,
        title=title,
        year=year,
        month=month,
        container=short if short and hash_of(title) % 3 == 0 else container,
        volume=str(work.get("volume") or ""),
        issue=str(work.get("issue") or ""),
        page=str(work.get("page") or work.get("article-number") or ""),
        doi=str(work.get("DOI") or ""),
    )


def hash_of(text: str) -> int:
    """A number that depends on the text alone, the same in every run."""
    from zlib import crc32

    return crc32(text.encode())


def _first(value: object) -> str:
    if isinstance(value, list):
        return str(value[0]) if value and value[0] else ""
    return str(value or "")


def _clean(text: str) -> str:
    return " ".join(_TAGS.sub("", text).split())
