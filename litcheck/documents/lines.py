"""Bare lists of references, one a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bib.model import Entry, ParseFailure, Span
from bib.strings import parse_references
from litcheck.documents.model import Document


def mark_lines(document: Document) -> Document:
    """The document with line N as the reference "N". A blank line is an unparsed one, so that numbers stay true."""
    spans = tuple(_lines(document.text))
    filled = [(number, span) for number, span in enumerate(spans, start=1) if span.start < span.end]
    parsed = parse_references(
        [span.of(document.text) for _, span in filled],
        ids=[str(number) for number, _ in filled],
        spans=[span for _, span in filled],
    )
    entries: list[Entry] = [
        ParseFailure(id=str(number), raw="", reason="The line is blank.", span=span, line=number)
        for number, span in enumerate(spans, start=1)
    ]
    for (number, _), entry in zip(filled, parsed, strict=True):
        entries[number - 1] = entry
    return replace(document, format="lines", entries=tuple(entries), is_bibliography=True)


def _lines(text: str) -> Iterator[Span]:
    """Each line without the white space around it. Only a line feed ends a line: strings hold other separators inside."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end]
        indent = len(line) - len(line.lstrip())
        yield Span(start + indent, start + max(indent, len(line.rstrip())))
        start = end + 1
