"""A reduced work in less room: only what records are made of, with names of one letter, and no names where order says enough.

Tantivy compresses what is stored, sixteen kilobytes at a time, so names that repeat cost less than they seem to. Of 11,238 works
as Crossref gives them this form takes 148 bytes a work where the other takes 192 (`python benchmarks/index.py WORKS --compact`).
To compress each work by itself, with a dictionary, took 164 bytes and 15 µs a work.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from litcheck.sources.crossref_records import FIELDS
from litcheck.sources.local_index.reduction import DATES, PERSONS

#: The letters of fields. A letter is never used for another field.
LETTERS = {
    "container-title": "c", "volume": "v", "issue": "n", "page": "p", "publisher": "b", "short-container-title": "s",
    "indexed": "x", "journal-issue": "j", "editor": "e", "subtitle": "u", "article-number": "a", "ISBN": "i",
}  # fmt: skip
_FIELDS = {letter: field for field, letter in LETTERS.items()}
#: The letters of dates.
DATE_LETTERS = {"issued": "i", "published": "d", "published-print": "p", "published-online": "o", "posted": "s", "accepted": "a"}
_DATES = {letter: field for field, letter in DATE_LETTERS.items()}
#: What stands at its own place, in this order, and in front of the rest: authors and years follow.
_LEADING = ("DOI", "type", "title")


def compact_work(work: Mapping[str, Any]) -> list[Any]:
    """A reduced work as [DOI, type, titles, authors, years, rest]. What has an unforeseen shape is kept as it is, in the rest."""
    years: dict[str, int] = {}
    rest: dict[str, Any] = {}
    authors: list[Any] = []
    for field in (*FIELDS, "indexed"):
        if field not in work or field in _LEADING:
            continue
        value = work[field]
        if field in DATES and (year := _year(value)) is not None:
            years[DATE_LETTERS.get(field, field)] = year
        elif field == "author" and isinstance(value, list):
            authors = [_short_person(person) for person in value]
        else:
            rest[LETTERS.get(field, field)] = _shortened(field, value)
    return [*(work.get(field, "") for field in _LEADING), authors, years, rest]


def expand_work(compact: list[Any]) -> dict[str, Any]:
    """The reduced work of which ``compact_work`` made this, but for what no record is made of. Raises ``ValueError`` if none."""
    try:
        doi, kind, titles, authors, years, rest = compact
        work = {name: value for name, value in zip(_LEADING, (doi, kind, titles), strict=True) if value}
        if authors:
            work["author"] = [_person(person) for person in authors]
        for letter, year in years.items():
            work[_DATES.get(letter, letter)] = {"date-parts": [[year]]}
        for letter, value in rest.items():
            field = _FIELDS.get(letter, letter)
            work[field] = _restored(field, value)
    except (TypeError, AttributeError) as error:
        raise ValueError("a document without its work") from error
    return work


def _shortened(field: str, value: Any) -> Any:
    match field, value:
        case ("indexed", {"timestamp": int(stamp)}):
            return stamp
        case ("journal-issue", dict()):
            return {
                DATE_LETTERS[name]: year for name in ("published-print", "published-online") if (year := _year(value.get(name)))
            }
        case (name, list()) if name in PERSONS:
            return [_short_person(person) for person in value]
    return value


def _restored(field: str, value: Any) -> Any:
    match field, value:
        case ("indexed", int()):
            return {"timestamp": value}
        case ("journal-issue", dict()):
            return {_DATES[letter]: {"date-parts": [[year]]} for letter, year in value.items()}
        case (name, list()) if name in PERSONS:
            return [_person(person) for person in value]
    return value


def _year(value: Any) -> int | None:
    match value:
        case {"date-parts": [[year, *_], *_]} if type(year) is int:
            return year
    return None


def _short_person(person: Any) -> Any:
    """["Lund", "Ada"], ["Lund", "Ada", "Jr."] for persons, ["Tower Society"] for others, and as it is what is neither."""
    match person:
        case {"family": str(family), **parts} if family.strip():
            given, suffix = parts.get("given", ""), parts.get("suffix", "")
            return [family, given, suffix] if suffix else [family, given]
        case {"name": str(name), **parts} if name.strip() and "family" not in parts:
            return [name]
    return person


def _person(short: Any) -> Any:
    match short:
        case [name]:
            return {"name": name}
        case [_, _, *_]:
            return {part: value for part, value in zip(("family", "given", "suffix"), short, strict=False) if value}
    return short
