"""The works of Word's own source manager (``b:Sources`` in ``customXml``; ECMA-376, part 1, 22.6), by their tags."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from bib.formats.csl_types import csl_type_of
from bib.identifiers import find_doi
from bib.model import Date, Name, Reference

_B = "{http://schemas.openxmlformats.org/officeDocument/2006/bibliography}"
_TYPES = "word_source_types"
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_CONTAINERS = ("JournalName", "PeriodicalTitle", "BookTitle", "ConferenceName", "InternetSiteTitle", "PublicationTitle")

#: The root of a part with sources.
SOURCES = _B + "Sources"


def read_sources(root: etree._Element) -> Iterator[tuple[str, Reference]]:
    """Each source's tag and the work."""
    for source in root.iterchildren(_B + "Source"):
        tag = _text(source, "Tag")
        year = _YEAR.search(_text(source, "Year"))
        doi = find_doi(" ".join(_text(source, name) for name in ("DOI", "StandardNumber", "URL", "Comments")))
        container = next(filter(None, (_text(source, name) for name in _CONTAINERS)), "")
        title = _text(source, "Title")
        reference = Reference(
            id=tag,
            raw="",
            type=csl_type_of(_TYPES, _text(source, "SourceType")),
            authors=tuple(_names(source, "Author")),
            editors=tuple(_names(source, "Editor")),
            issued=Date(year=int(year[0])) if year else None,
            title=title or container,
            container_title=container if title else "",
            volume=_text(source, "Volume"),
            issue=_text(source, "Issue"),
            page=_text(source, "Pages"),
            edition=_text(source, "Edition"),
            publisher=_text(source, "Publisher"),
            publisher_place=_text(source, "City"),
            doi=doi[0] if doi else "",
            doi_printed=doi[0] if doi else "",
            url=_text(source, "URL"),
        )
        if tag and (reference.title or reference.authors):
            yield tag, reference


def _names(source: etree._Element, role: str) -> Iterator[Name]:
    for holder in source.iterfind(f"{_B}Author/{_B}{role}"):
        corporate = _text(holder, "Corporate")
        if corporate:
            yield Name(literal=corporate)
        for person in holder.iterfind(f"{_B}NameList/{_B}Person"):
            given = " ".join(filter(None, (_text(person, "First"), _text(person, "Middle"))))
            family = _text(person, "Last")
            if family:
                yield Name(family=family, given=given)


def _text(element: etree._Element, name: str) -> str:
    found = element.find(_B + name)
    return "" if found is None or not found.text else " ".join(found.text.split())
