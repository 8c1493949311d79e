"""Fields of Citavi 5 and 6: ``ADDIN CitaviPlaceholder{…}``, in braces JSON in base64 with ``Entries`` and their ``Reference``s.

An object that was written before is referred to by its number (``{"$ref": "5"}`` for the one with ``"$id": "5"``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bib.formats.csl_types import csl_type_of
from bib.identifiers import normalise_doi
from bib.model import Date, Name, Reference
from litcheck.documents.fields.content import Cited, from_base64, json_object, objects, words

_PACKED = re.compile(r"CitaviPlaceholder\s*\{?([^{}]*)")
#: The pages as printed, within Citavi's own mark-up of a range.
_AS_PRINTED = re.compile(r"<os>([^<]{1,40})</os>")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_TYPES = "citavi_types"
_SAME = "$id"
_REFERS = "$ref"


def cited_in_citavi(instruction: str) -> Cited:
    """The works of a citation."""
    packed = _PACKED.search(instruction)
    holds = json_object(from_base64(packed[1])) if packed else {}
    written = {words(one[_SAME]): one for one in _all_objects(holds) if _SAME in one}
    entries = [_resolved(entry.get("Reference"), written) for entry in objects(holds.get("Entries"))]
    references = [_reference(entry, written) for entry in entries if entry]
    return Cited(tuple(reference for reference in references if reference.title or reference.authors))


def _reference(source: Mapping[str, Any], written: Mapping[str, Mapping[str, Any]]) -> Reference:
    parent = _resolved(source.get("ParentReference"), written)
    periodical = _resolved(source.get("Periodical"), written)
    year = _YEAR.search(" ".join(words(one.get(key)) for one in (source, parent) for key in ("YearResolved", "Year")))
    title = ": ".join(filter(None, (words(source.get("Title")), words(source.get("Subtitle")))))
    doi = words(source.get("Doi"))
    return Reference(
        id=words(source.get("Id")) or title,
        raw="",
        type=csl_type_of(_TYPES, words(source.get("ReferenceType"))),
        authors=_names(source, "Authors", written) or _names(source, "Organizations", written),
        editors=_names(source, "Editors", written) or _names(parent, "Editors", written),
        issued=Date(year=int(year[1])) if year else None,
        title=title,
        container_title=words(periodical.get("Name")) or words(parent.get("Title")),
        volume=words(source.get("Volume")),
        issue=words(source.get("Number")),
        page="-".join(_AS_PRINTED.findall(words(source.get("PageRange")))[:2]),
        publisher=next((words(one.get("Name")) for one in objects(source.get("Publishers"))), ""),
        doi=normalise_doi(doi),
        doi_printed=doi,
        isbn=words(source.get("Isbn")),
    )


def _names(source: Mapping[str, Any], role: str, written: Mapping[str, Mapping[str, Any]]) -> tuple[Name, ...]:
    people = [_resolved(person, written) for person in objects(source.get(role))]
    names = [
        Name(
            family=words(person.get("LastName")),
            given=" ".join(filter(None, (words(person.get("FirstName")), words(person.get("MiddleName"))))),
            non_dropping_particle=words(person.get("Prefix")),
            suffix=words(person.get("Suffix")),
        )
        if words(person.get("FirstName")) or words(person.get("MiddleName"))
        else Name(literal=words(person.get("LastName")))
        for person in people
    ]
    return tuple(name for name in names if name.full_family)


def _resolved(value: object, written: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        return {}
    return written.get(words(value[_REFERS]), {}) if _REFERS in value else value


def _all_objects(holds: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    waiting: list[object] = [holds]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
