"""Items of CSL-JSON, the form in which references leave this program, and in which other programs hand theirs over.

Follows the schema of CSL 1.0.2 (https://github.com/citation-style-language/schema, ``csl-data.json``). Two choices of our own:

- An arXiv id stands in ``number``, with ``archive`` saying "arXiv"; Zotero's ``"number": "arXiv:2001.00001"`` is read too.
- What CSL has no variable for stands in ``custom``, the place that the schema gives to programs: ``authors-truncated``,
  ``year-suffix``, ``label``, ``doi-printed`` (where it differs from ``DOI``) and ``confidence`` (below 1).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bib.formats.csl_types import csl_type_of, is_csl_type
from bib.identifiers import normalise_doi
from bib.model import Date, Name, Reference
from bib.names import parse_names

#: Fields that are plain strings on both sides.
_TEXT_FIELDS: Mapping[str, str] = {
    "title": "title",
    "container_title": "container-title",
    "collection_title": "collection-title",
    "volume": "volume",
    "issue": "issue",
    "page": "page",
    "edition": "edition",
    "publisher": "publisher",
    "publisher_place": "publisher-place",
    "doi": "DOI",
    "url": "URL",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "isbn": "ISBN",
    "language": "language",
    "status": "status",
}

_NAME_FIELDS: Mapping[str, str] = {
    "family": "family",
    "given": "given",
    "non_dropping_particle": "non-dropping-particle",
    "dropping_particle": "dropping-particle",
    "suffix": "suffix",
    "literal": "literal",
}

#: What other programs write where the field of ``_TEXT_FIELDS`` is absent.
_STAND_INS: Mapping[str, tuple[str, ...]] = {
    "container-title": ("container-title-short", "journalAbbreviation"),
    "page": ("article-number",),
    "title": ("title-short", "shortTitle"),
}

_ARXIV = "arXiv"
_ARXIV_PREFIX = re.compile(r"arxiv:\s*", re.IGNORECASE)
_RAW_DATE = re.compile(r"\s*(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?!\d)")
#: Lists of thousands of authors are shorter.
_LONGEST_NAMES = 100_000
_TYPES = "csl_json_types"
_OTHERS = frozenset({"others", "et al", "et al."})


def reference_to_csl(reference: Reference) -> dict[str, Any]:
    """A reference as a CSL-JSON item. Empty fields are left out; ``raw``, ``span`` and ``segments`` are no part of it."""
    item: dict[str, Any] = {"id": reference.id, "type": reference.type}
    for role, names in (("author", reference.authors), ("editor", reference.editors)):
        if people := [csl for name in names if (csl := name_to_csl(name))]:
            item[role] = people
    if reference.issued:
        item["issued"] = _date_to_csl(reference.issued)
    if reference.original_year is not None:
        item["original-date"] = {"date-parts": [[reference.original_year]]}
    for field, variable in _TEXT_FIELDS.items():
        if value := getattr(reference, field):
            item[variable] = value
    if reference.arxiv:
        item["archive"] = _ARXIV
        item["number"] = reference.arxiv
    if reference.accessed:
        item["accessed"] = _date_to_csl(reference.accessed)
    if custom := _custom(reference):
        item["custom"] = custom
    return item


def reference_from_csl(item: Mapping[str, Any], *, id: str, raw: str = "") -> Reference:  # noqa: A002 -- the field's name
    """The reference that a CSL-JSON item describes, whatever its own ``id``.

    The inverse of ``reference_to_csl``, and lenient with what other programs write: numbers where strings are due, lists of
    one (as in Crossref's answers), dates and names as strings, Crossref's types. Any other type is a document; what has another
    shape altogether counts as absent.
    """
    custom = item.get("custom")
    custom = custom if isinstance(custom, Mapping) else {}
    fields: dict[str, Any] = {field: _text_or_stand_in(item, variable) for field, variable in _TEXT_FIELDS.items()}
    doi_printed = fields["doi"]
    fields["doi"] = normalise_doi(doi_printed)
    issued = item.get("issued")
    if not fields["status"] and isinstance(issued, Mapping):
        fields["status"] = _text(issued.get("literal"))
    authors, others = _names_from_csl(item.get("author"))
    editors, _ = _names_from_csl(item.get("editor"))
    original = _date_from_csl(item.get("original-date"))
    confidence = custom.get("confidence")
    return Reference(
        id=id,
        raw=raw,
        type=_type(_text(item.get("type"))),
        authors=authors,
        authors_truncated=others or custom.get("authors-truncated") is True,
        editors=editors,
        issued=_date_from_csl(issued),
        original_year=original.year if original else None,
        accessed=_date_from_csl(item.get("accessed")),
        arxiv=_arxiv(item),
        year_suffix=_text(custom.get("year-suffix")),
        label=_text(custom.get("label")),
        doi_printed=_text(custom.get("doi-printed")) or doi_printed,
        confidence=confidence if isinstance(confidence, float) and 0 <= confidence <= 1 else 1.0,
        **fields,
    )


def _custom(reference: Reference) -> dict[str, Any]:
    custom: dict[str, Any] = {}
    if reference.authors_truncated:
        custom["authors-truncated"] = True
    if reference.year_suffix:
        custom["year-suffix"] = reference.year_suffix
    if reference.label:
        custom["label"] = reference.label
    if reference.doi_printed and reference.doi_printed != reference.doi:
        custom["doi-printed"] = reference.doi_printed
    if reference.confidence < 1:
        custom["confidence"] = reference.confidence
    return custom


def name_to_csl(name: Name) -> dict[str, str]:
    """The name as a CSL name variable, absent parts left out."""
    return {variable: value for part, variable in _NAME_FIELDS.items() if (value := getattr(name, part))}


def _names_from_csl(people: object) -> tuple[tuple[Name, ...], bool]:
    """Names of a CSL list, and whether it ends in "others" or "et al." instead of a last name.

    A string in place of the list or of one of its names, and a ``name`` in place of its parts, is read as names in print are.
    """
    names: list[Name] = []
    others = False
    for person in people if isinstance(people, (list, tuple)) else (people,):
        name = Name()
        if isinstance(person, Mapping):
            name = Name(**{part: _text(person.get(variable)) for part, variable in _NAME_FIELDS.items()})
        string = person.get("name") if isinstance(person, Mapping) else person
        printed = _text(string) if isinstance(string, str) else ""
        if (name.literal or name.family or printed).lower() in _OTHERS and not name.given:
            others = True
        elif name != Name():
            names.append(name)
        elif printed:
            more, cut = parse_names(printed[:_LONGEST_NAMES])
            names.extend(more or (Name(literal=printed),))
            others = others or cut
    return tuple(names), others


def _date_to_csl(date: Date) -> dict[str, Any]:
    parts = [date.year]
    if date.month is not None:
        parts.append(date.month)
        if date.day is not None:
            parts.append(date.day)
    return {"date-parts": [parts]}


def _date_from_csl(value: object) -> Date | None:
    """The date, or the beginning of the range, that a CSL date variable holds."""
    if isinstance(value, str):
        value = {"raw": value}
    if not isinstance(value, Mapping):
        return None
    match value.get("date-parts"):
        case [[first, *rest], *_]:
            numbers = [_number(first), *(_number(part) for part in rest[:2])]
        case _:
            raw = _RAW_DATE.match(_text(value.get("raw")) or _text(value.get("literal")))
            numbers = [int(part) for part in raw.groups() if part] if raw else []
    year, month, day = (*numbers, None, None, None)[:3]
    if year is None:
        return None
    if month is None or not 1 <= month <= 12:
        return Date(year=year)
    return Date(year=year, month=month, day=day if day is not None and 1 <= day <= 31 else None)


def _type(word: str) -> str:
    return word if is_csl_type(word) else csl_type_of(_TYPES, word)


def _arxiv(item: Mapping[str, Any]) -> str:
    number = _text(item.get("number"))
    prefix = _ARXIV_PREFIX.match(number)
    if prefix:
        return number[prefix.end() :]
    return number if _text(item.get("archive")).lower() == _ARXIV.lower() else ""


def _text_or_stand_in(item: Mapping[str, Any], variable: str) -> str:
    candidates = (variable, *_STAND_INS.get(variable, ()))
    return next((text for name in candidates if (text := _text(item.get(name)))), "")


def _text(value: object) -> str:
    """A string or number as text; the first of a list; nothing for anything else."""
    match value:
        case str():
            # JSON can spell half a character ("\\ud800"), which no file can hold.
            return value.strip().encode("utf-8", "replace").decode("utf-8")
        case bool():
            return ""
        case int() | float():
            return str(value)
        case [first, *_] if not isinstance(first, (list, tuple)):
            return _text(first)
    return ""


def _number(value: object) -> int | None:
    """A whole number given as such or in digits."""
    match value:
        case bool():
            return None
        case int():
            return value
        case str() if value.isdecimal() and len(value) <= 4:
            return int(value)
    return None
