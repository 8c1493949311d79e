"""Crossref's JSON of one work, as its REST API and its data files hold it, turned into a ``Record``.

Nothing in an answer is trusted to have the documented type: a field of another type counts as absent. What a publisher
deposited is kept, oddities included; only mark-up, entities and stray white space go.

The format: https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from bib.model import Name
from litcheck.evidence import PublicationYear, Record, Relation, Update

#: The date fields of a work that may hold the year that an author cites, and what kind of year each is. ``created`` and
#: ``deposited`` are dates of the record, not of the work.
_YEAR_FIELDS = (
    ("published-print", "print"),
    ("published-online", "online"),
    ("issued", "issued"),
    ("published", "published"),
    ("posted", "posted"),
    ("accepted", "accepted"),
    ("published-other", "other"),
    ("approved", "other"),
    ("content-created", "other"),
)

#: Every field that a record is made of.
FIELDS = (
    *("DOI", "type", "title", "original-title", "subtitle", "author", "editor", "container-title", "short-container-title"),
    *("volume", "issue", "page", "article-number", "publisher", "ISBN", "journal-issue", "institution"),
    *("updated-by", "update-to", "relation", "aliases"),
    *(field for field, _ in _YEAR_FIELDS),
)

#: Years outside are slips of the keyboard ("20019") or placeholders ("1", "9999").
_FIRST_YEAR, _LAST_YEAR = 1000, 2200

#: Types of update that mean the same as a documented one.
_UPDATE_KINDS = {"err": "erratum", "expression-of-concern-notice": "expression-of-concern", "withdrawn": "withdrawal"}

_MATHS = re.compile(r"</?(?:mml:)?math(?:\s[^<>]{0,2000})?>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][\w:.-]{0,40}(?:\s[^<>]{0,2000})?/?>")
#: Control characters, halves of surrogate pairs, and what turns or hides text (bidirectional overrides, soft hyphens).
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\xad\u200b\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_DOI_RESOLVER = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s?)", re.IGNORECASE)
_NOT_ISBN = re.compile(r"[^0-9X]")


def record_from_crossref(item: Mapping[str, Any], *, source: str, url: str, fetched_at: datetime) -> Record:
    """The record that Crossref's JSON of one work describes.

    ``source`` is the name of the source that holds it, ``url`` where a person finds the same (the DOI's address, if empty).
    Never raises for what ``item`` holds; without a usable ``DOI`` the record's ``doi`` is empty.
    """
    doi = _doi(item.get("DOI"))
    kind = _text(item.get("type"))
    containers = _texts(item.get("container-title"))
    if not containers and kind == "posted-content":
        containers = _institutions(item.get("institution"))
    return Record(
        source=source,
        doi=doi,
        url=url or f"https://doi.org/{quote(doi)}",
        fetched_at=fetched_at,
        type=kind,
        titles=_distinct((*_texts(item.get("title")), *_texts(item.get("original-title")))),
        subtitles=_texts(item.get("subtitle")),
        authors=_names(item.get("author")),
        editors=_names(item.get("editor")),
        years=_years(item),
        containers=containers,
        short_containers=_texts(item.get("short-container-title")),
        volume=_text(item.get("volume")),
        issue=_text(item.get("issue")),
        page=_text(item.get("page")),
        article_number=_text(item.get("article-number")),
        publisher=_text(item.get("publisher")),
        isbns=_isbns(item.get("ISBN")),
        updates=_updates(item.get("updated-by")),
        updates_to=_updates(item.get("update-to")),
        relations=_relations(item.get("relation")),
        aliases=tuple(alias for alias in map(_doi, _list(item.get("aliases"))) if alias),
    )


def record_as_asked(item: Mapping[str, Any], *, doi: str = "", source: str, address: str, fetched_at: datetime) -> Record:
    """The record of a work that the API at ``address`` gave for ``doi``, which may be an alias of the work's own."""
    url = f"{address}/works/{quote(_doi(item.get('DOI')), safe='')}"
    record = record_from_crossref(item, source=source, url=url, fetched_at=fetched_at)
    if doi in ("", record.doi, *record.aliases):
        return record
    return replace(record, aliases=(*record.aliases, doi))


def plain_text(marked_up: str) -> str:
    """Text without tags, entities, runs of white space and invisible characters: "H<sub>2</sub>O &amp;amp; ice" → "H2O & ice".

    Entities are decoded twice, because publishers encode them twice. Formulae keep their letters and stand between spaces.
    """
    text = marked_up
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = _TAG.sub("", _MATHS.sub(" ", text))
    text = " ".join(text.split())
    return text if text.isprintable() else " ".join(_INVISIBLE.sub("", text).split())


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _mappings(value: object) -> Iterable[Mapping[str, Any]]:
    return (element for element in _list(value) if isinstance(element, dict))


def _text(value: object) -> str:
    return plain_text(value) if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    if not value or not isinstance(value, list):
        return ()
    return tuple([text for element in value if (text := _text(element))])


def _distinct(texts: tuple[str, ...]) -> tuple[str, ...]:
    return texts if len(texts) < 2 else tuple(dict.fromkeys(texts))


def _doi(value: object) -> str:
    if not isinstance(value, str):
        return ""
    doi = _DOI_RESOLVER.sub("", value.strip()).lower()
    # Half a surrogate pair or a control character is no part of a DOI, and neither an address nor a terminal can take it.
    return doi if doi.isprintable() else _INVISIBLE.sub("", doi)


def _names(value: object) -> tuple[Name, ...]:
    if not value:
        return ()
    return tuple([name for person in _mappings(value) if (name := _name(person)) is not None])


def _name(person: Mapping[str, Any]) -> Name | None:
    """The name of one contributor, ``None`` where nothing in it is a name.

    A contributor without ``family`` is an organisation (``name``) or a person with a single name.
    """
    family, given = _text(person.get("family")), _text(person.get("given"))
    if family:
        return Name(family=family, given=given, suffix=_text(person.get("suffix")))
    if literal := _text(person.get("name")) or _text(person.get("literal")):
        return Name(literal=literal)
    return Name(family=given) if given else None


def _institutions(value: object) -> tuple[str, ...]:
    """The repositories of a preprint: what an author names where an article has its journal."""
    return tuple(name for institution in _mappings(value) if (name := _text(institution.get("name"))))


def _years(item: Mapping[str, Any]) -> tuple[PublicationYear, ...]:
    years = [
        PublicationYear(kind=kind, year=year)
        for field, kind in _YEAR_FIELDS
        if field in item and (year := _year(item[field])) is not None
    ]
    issue = item.get("journal-issue")
    if isinstance(issue, dict):
        for field, kind in _YEAR_FIELDS[:2]:
            if (year := _year(issue.get(field))) is not None:
                years.append(PublicationYear(kind=kind, year=year))
    return tuple(dict.fromkeys(years)) if len(years) > 1 else tuple(years)


def _date_parts(value: object) -> list[Any]:
    """The first of the date's ``date-parts``: ``[2020, 3, 1]``, ``[2020]``, ``[None]`` or nothing at all."""
    parts = _list(value.get("date-parts")) if isinstance(value, dict) else []
    return _list(parts[0]) if parts else []


def _year(value: object) -> int | None:
    parts = _date_parts(value)
    year = parts[0] if parts else None
    # bool is an int to Python and never a year.
    if type(year) is int and _FIRST_YEAR <= year <= _LAST_YEAR:
        return year
    return None


def _day(value: object) -> date | None:
    """A full date; the first day of the month or year where the registry holds no more."""
    year = _year(value)
    if year is None:
        return None
    month, day = (part if type(part) is int else 1 for part in [*_date_parts(value)[1:3], 1, 1][:2])
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return date(year, 1, 1)


def _updates(value: object) -> tuple[Update, ...]:
    """Notices, each once: the same notice from publisher and Retraction Watch stays two, with two sources."""
    if not value:
        return ()
    updates = [
        Update(
            kind=_UPDATE_KINDS.get(kind, kind),
            doi=_doi(notice.get("DOI") or notice.get("doi")),
            date=_day(notice.get("updated")),
            source=_text(notice.get("source")).lower(),
            label=_text(notice.get("label")),
        )
        for notice in _mappings(value)
        if (kind := _kind(notice.get("type")))
    ]
    return tuple(dict.fromkeys(updates))


def _relations(value: object) -> tuple[Relation, ...]:
    if not value or not isinstance(value, dict):
        return ()
    return tuple(
        dict.fromkeys(
            Relation(kind=_kind(name), id_type=id_type, id=_doi(target["id"]) if id_type == "doi" else target["id"].strip())
            for name, targets in value.items()
            for target in _mappings(targets)
            if isinstance(target.get("id"), str) and (id_type := _text(target.get("id-type")).lower())
        )
    )


def _kind(value: object) -> str:
    """A registry's type in lower case with hyphens: "expression_of_concern" → "expression-of-concern"."""
    return _text(value).lower().replace("_", "-").replace(" ", "-")


def _isbns(value: object) -> tuple[str, ...]:
    """ISBNs in digits alone; older records hold them as addresses ("http://id.crossref.org/isbn/978…")."""
    if not value:
        return ()
    found = (_NOT_ISBN.sub("", text.rpartition("/")[2].upper()) for text in _list(value) if isinstance(text, str))
    return _distinct(tuple(isbn for isbn in found if isbn))
