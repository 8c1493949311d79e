"""``read_html`` and what the readers of pages and books share: from parts to a document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from lxml import etree

from bib.model import Span
from bib.sections import ReferenceSection
from litcheck.documents.html.encoding import decode_html
from litcheck.documents.html.page import Page, Part
from litcheck.documents.html.telling import tell
from litcheck.documents.html.trees import parse_html
from litcheck.documents.model import CitationLink, Document
from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance

#: A link of more characters is no citation; one of several works in parentheses is shorter.
_LONGEST_LINK = 300


def read_html(path: str, data: bytes, allowance: Allowance) -> Document:
    """The document in a web page, saved or exported (Word, LibreOffice, Google Docs, pandoc, publishers' pages).

    Nothing is fetched or run. What belongs to the page around the text is left out, so is what is not shown; numbers of ordered
    lists are printed. A footnote or endnote that is marked as one comes after the paragraph that first refers to it, beginning
    with its mark; the mark in the text is a raised number. Reference lists that are marked are taken as marked, and links to
    their entries are kept. White space is as in ``prose``. Raises ``UnreadableDocument`` for pages without text.
    """
    text, encoding = decode_html(data, allowance)
    root = parse_html(text, allowance)
    return document_of(path, data, [Part(name="", root=root)], allowance, format_name="html", encoding=encoding)


def document_of(
    path: str, data: bytes, parts: Sequence[Part], allowance: Allowance, *, format_name: str, encoding: str
) -> Document:
    """The document that the parts make up together. Raises ``UnreadableDocument`` where they hold no text."""
    laid = lay_out(parts, allowance)
    if not laid.text:
        raise UnreadableDocument(
            f"{allowance.name} holds no text. If a program in the page writes it, save what the browser shows."
        )
    return Document(
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        format=format_name,
        text=laid.text,
        encoding=encoding,
        superscripts=laid.superscripts,
        sections=laid.sections or None,
        links=laid.links([str(number) for number in range(1, len(laid.entries) + 1)]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOut:
    """The text of all parts, and where what they mark stands in it. ``entries`` are those of all lists, in order."""

    text: str
    superscripts: tuple[Span, ...]
    sections: tuple[ReferenceSection, ...]
    entries: tuple[etree._Element, ...]
    cited: tuple[tuple[Span, tuple[etree._Element, ...]], ...]

    def links(self, ids: Sequence[str]) -> tuple[CitationLink, ...]:
        """The links to entries, in order; ``ids`` are those of the entries."""
        by_entry = dict(zip(self.entries, ids, strict=True))
        return tuple(
            CitationLink(span=span, references=tuple(by_entry[entry] for entry in entries if entry in by_entry))
            for span, entries in self.cited
        )


def lay_out(parts: Sequence[Part], allowance: Allowance) -> LaidOut:
    """The parts read."""
    page = Page(parts, allowance)
    told = tell(page, allowance)
    text = told.prose.finish()
    spans = {element: Span(*place).trimmed(text) for element, place in told.places.items()}
    places = {element: span for element, span in spans.items() if span.start < span.end}
    raised = (Span(*place).trimmed(text) for place in told.raised)
    return LaidOut(
        text=text,
        superscripts=tuple(sorted(span for span in raised if span.start < span.end)),
        sections=tuple(_sections(page, places)),
        entries=tuple(entry for found in page.lists for entry in found.entries if entry in places),
        cited=tuple(sorted(_cited(page, places), key=itemgetter(0))),
    )


def _cited(page: Page, places: Mapping[etree._Element, Span]) -> Iterator[tuple[Span, tuple[etree._Element, ...]]]:
    for link, entries in page.cited.items():
        span = places.get(link)
        if span is not None and span.end - span.start <= _LONGEST_LINK:
            yield span, entries


def _sections(page: Page, places: Mapping[etree._Element, Span]) -> Iterator[ReferenceSection]:
    """The lists that the page marks."""
    for found in page.lists:
        entries = tuple(places[entry] for entry in found.entries if entry in places)
        if entries:
            heading = places.get(found.heading) if found.heading is not None else None
            start = heading.start if heading is not None and heading.end <= entries[0].start else entries[0].start
            yield ReferenceSection(span=Span(start, entries[-1].end), heading=heading, entries=entries)
