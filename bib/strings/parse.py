"""Free-text reference strings to references: identifiers by rule, then segments, then fields."""

from __future__ import annotations

from collections.abc import Sequence

from bib.model import Entry, ParseFailure, Span
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
    """The entries of one list, in order."""
    places = spans if spans is not None else [None] * len(raws)
    return tuple(parse_reference(raw, id=name, span=span) for raw, name, span in zip(raws, ids, places, strict=True))
