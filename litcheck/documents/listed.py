"""A file that holds references as data: its entries marked, or refused where none of them can be used, and their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bib.model import Entry, ParseFailure, Reference, Span
from bib.newlines import line_and_column
from litcheck.documents.load import name_in_messages
from litcheck.documents.model import Document, EntryPlace
from litcheck.errors import UnreadableDocument

_ADVICE = "If it is a manuscript, give it another name."


def mark_listed(
    document: Document, entries: tuple[Entry, ...], *, format_name: str, expected: str, advice: str = _ADVICE
) -> Document:
    """The document with the entries that a reader found in it. The broken among them are kept, and LC003 reports them.

    Raises ``UnreadableDocument`` where there is none, or none that can be used, saying what was expected and what is wrong;
    ``advice`` says what to do where there is none.
    """
    if not any(isinstance(entry, Reference) for entry in entries):
        raise UnreadableDocument(f"{name_in_messages(document.path)} {_lacks(entries, expected, advice)}")
    return replace(document, format=format_name, entries=entries, is_bibliography=True)


def place_of(path: str, span: Span, starts: Sequence[int]) -> EntryPlace:
    """Where an entry stands in a file whose lines begin at ``starts``."""
    line, column = line_and_column(span.start, starts)
    return EntryPlace(path=path, start=span.start, end=span.end, line=line, column=column)


def without_offsets(entry: Entry) -> Entry:
    """The entry without its offsets, which point into another text than its document's."""
    if isinstance(entry, ParseFailure):
        return replace(entry, span=None)
    return replace(entry, span=None, problems=tuple(replace(problem, span=None) for problem in entry.problems))


def _lacks(entries: tuple[Entry, ...], expected: str, advice: str) -> str:
    for entry in entries:
        if isinstance(entry, ParseFailure):
            return f"holds no reference that can be used. Its line {entry.line}: {entry.reason} Export the references again."
    return f"holds no {expected}. {advice}"
