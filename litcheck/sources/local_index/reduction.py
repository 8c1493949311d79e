"""A Crossref work reduced to what a check needs, and which of two records of one DOI is the better."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

#: Fields kept as they are.
KEPT = (
    "DOI", "URL", "type", "subtype", "title", "subtitle", "original-title", "short-title", "container-title",
    "short-container-title", "volume", "issue", "page", "article-number", "publisher", "publisher-location", "institution",
    "edition-number", "ISBN", "ISSN", "update-to", "updated-by", "update_to", "updated_by", "relation", "aliases", "language",
    "event", "group-title",
)  # fmt: skip
#: Set where a record tells only what a table of retractions does.
STAND_IN = "litcheck-stand-in"
#: Lists of persons, kept without affiliations and identifiers.
PERSONS = ("author", "editor")
#: Dates, kept as their parts.
DATES = (
    "issued", "published", "published-print", "published-online", "published-other", "posted", "accepted", "approved",
    "content-created", "created",
)  # fmt: skip
#: Parts of a person kept.
PERSON_PARTS = ("family", "given", "suffix", "prefix", "name", "literal", "sequence")
#: Times of the registry, the more telling first; they decide which of two records is newer.
TIMES = ("indexed", "deposited")

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def reduce_work(item: Mapping[str, Any]) -> dict[str, Any]:
    """``item`` without abstracts, references, licences and all else that no check looks at, and without empty fields."""
    work = {name: value for name in KEPT if (value := item.get(name))}
    for name in PERSONS:
        if isinstance(people := item.get(name), list) and people:
            work[name] = [_person(person) for person in people if isinstance(person, dict)]
    for name in DATES:
        if isinstance(when := item.get(name), dict) and (parts := when.get("date-parts")):
            work[name] = {"date-parts": parts}
    if isinstance(journal_issue := item.get("journal-issue"), dict):
        work["journal-issue"] = journal_issue
    for name in TIMES:
        if isinstance(when := item.get(name), dict) and isinstance(stamp := when.get("timestamp"), int):
            work["indexed"] = {"timestamp": stamp}
            break
    if STAND_IN in item:
        work[STAND_IN] = True
    return work


def _person(person: Mapping[str, Any]) -> dict[str, Any]:
    return {part: value for part in PERSON_PARTS if (value := person.get(part))}


def encode_work(work: Mapping[str, Any] | list[Any]) -> bytes:
    """A reduced work, in either form, as JSON. A lone surrogate, which UTF-8 cannot hold, becomes a question mark."""
    return _encode(work).encode("utf-8", errors="replace")


def rank(work: Mapping[str, Any]) -> tuple[int, int, int]:
    """Sorts records of one DOI, the best last: newer in the registry's own time, then more fields, then more authors.

    A record without a time is not from the registry's own interface, and has the lowest.
    """
    when = work.get("indexed")
    stamp = when.get("timestamp", 0) if isinstance(when, dict) else 0
    authors = work.get("author")
    return stamp, len(work), len(authors) if isinstance(authors, list) else 0
