"""``read_html`` and what the readers of pages and books share: from parts to a document."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from lxml import etree

from bib.model import Span
from bib.sections import ReferenceSection
from litcheck.documents.html.encoding import decode_html
from litcheck.documents.html.page import Page, Part
from litcheck.documents.html.telling import tell
from litcheck.documents.html.trees import parse_html
from litcheck.documents.model import Document
from litcheck.documents.prose import trimmed
from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance


def read_html(path: str, data: bytes, allowance: Allowance) -> Document:
    """The document in a web page, saved or exported (Word, LibreOffice, Google Docs, pandoc, publishers' pages).

    Nothing is fetched or run. What belongs to the page around the text is left out, so is what is not shown; numbers of ordered
    lists are printed. A footnote or endnote that is marked as one comes after the paragraph that first refers to it, beginning
    with its mark; the mark in the text is a raised number. Reference lists that are marked are taken as marked. White space
    is as in ``prose``. Raises ``UnreadableDocument`` for pages without text.
    """
    text, encoding = decode_html(path, data)
    root = parse_html(path, text, allowance)
    return document_of(path, data, [Part(name="", root=root)], allowance, format_name="html", encoding=encoding)


def document_of(
    path: str, data: bytes, parts: Sequence[Part], allowance: Allowance, *, format_name: str, encoding: str
) -> Document:
    """The document that the parts make up together. Raises ``UnreadableDocument`` where they hold no text."""
    page = Page(parts, allowance)
    told = tell(page, allowance)
    text = told.prose.finish()
    if not text:
        raise UnreadableDocument(f"{path} holds no text. If a program in the page writes it, save what the browser shows.")
    places = {element: span for element, (start, end) in told.places.items() if (span := trimmed(text, start, end))}
    return Document(
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        format=format_name,
        text=text,
        encoding=encoding,
        superscripts=tuple(sorted(span for start, end in told.raised if (span := trimmed(text, start, end)))),
        sections=_sections(page, places),
    )


def _sections(page: Page, places: Mapping[etree._Element, Span]) -> tuple[ReferenceSection, ...] | None:
    """The lists that the page marks, ``None`` where it marks none."""
    sections = []
    for found in page.lists:
        entries = tuple(places[entry] for entry in found.entries if entry in places)
        if entries:
            heading = places.get(found.heading) if found.heading is not None else None
            start = heading.start if heading is not None and heading.end <= entries[0].start else entries[0].start
            sections.append(ReferenceSection(span=Span(start, entries[-1].end), heading=heading, entries=entries))
    return tuple(sections) or None
