"""The first steps of the pipeline: from a file to a document, and from a document to the entries of its list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bib.model import Entry
from litcheck.documents import read_document
from litcheck.documents.model import Document

if TYPE_CHECKING:
    from bib.sections import ReferenceSection


def listed_in(bibliographies: Sequence[Path]) -> tuple[Entry, ...] | None:
    """The entries of a manuscript that keeps them in other files, ``None`` without such files.

    Raises ``UnreadableDocument``.
    """
    if not bibliographies:
        return None
    # An id that a second file repeats stands for the first: BibTeX itself takes the first of two entries with one key.
    entries: dict[str, Entry] = {}
    for bibliography in bibliographies:
        for entry in entries_of(read_document(bibliography)):
            entries.setdefault(entry.id, replace(entry, span=None))  # its offsets point into the other file
    return tuple(entries.values())


def read(path: Path, *, lines: bool = False, listed: tuple[Entry, ...] | None = None) -> Document:
    """Reads one file; ``listed`` are its entries where it keeps them elsewhere. Raises ``UnreadableDocument``."""
    document = read_document(path, lines=lines)
    return document if listed is None else replace(document, entries=listed)


def entries_of(document: Document, sections: Sequence[ReferenceSection] | None = None) -> tuple[Entry, ...]:
    """The entries of a document: as its format holds them, or split and parsed from its text."""
    if document.entries is not None:
        return document.entries
    from bib.strings import parse_references  # loads the tagger of reference strings

    if sections is None:
        from bib.sections import find_reference_sections  # needless for bibliographies

        sections = find_reference_sections(document.text)
    spans = [span for section in sections for span in section.entries]
    raws = [section.text_of(span, document.text) for section in sections for span in section.entries]
    return parse_references(raws, ids=[str(n) for n in range(1, len(spans) + 1)], spans=spans)
