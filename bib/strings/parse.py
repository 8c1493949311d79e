"""Free-text reference strings to references: identifiers by rule, then segments, then fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bib.model import Entry, ParseFailure, Reference, Span
from bib.strings.assembly import assemble
from bib.strings.notes import take_notes
from bib.strings.segmentation import LONGEST, segment


def parse_reference(raw: str, *, id: str, span: Span | None = None) -> Entry:  # noqa: A002 -- the field's name
    """The fields of one entry of a reference list, whatever its style; never raises.

    A string without at least an author or title and a year (or "in press", "n.d.") is a ``ParseFailure``.
    """
    if not raw.strip():
        return ParseFailure(id=id, raw=raw, span=span, reason="the entry is empty")
    read = raw[:LONGEST]
    notes = take_notes(read)
    return assemble(raw, read, segment(read, notes), notes, id=id, span=span)


def parse_references(raws: Sequence[str], *, ids: Sequence[str], spans: Sequence[Span | None] | None = None) -> tuple[Entry, ...]:
    """The entries of one list, in order. A dash for the authors stands for those of the entry before."""
    places = spans if spans is not None else [None] * len(raws)
    entries: list[Entry] = []
    for raw, name, span in zip(raws, ids, places, strict=True):
        entry = parse_reference(raw, id=name, span=span)
        before = entries[-1] if entries else None
        if isinstance(entry, Reference) and isinstance(before, Reference) and _repeats_authors(entry):
            entry = replace(entry, authors=before.authors, authors_truncated=before.authors_truncated)
        entries.append(entry)
    return tuple(entries)


def _repeats_authors(reference: Reference) -> bool:
    """Whether a dash stands where the authors should be."""
    printed = next((segment.text for segment in reference.segments if segment.label == "author"), "")
    return bool(printed) and not printed.strip("—–-_. ")
