"""Free-text reference strings to references: identifiers by rule, then segments, then fields."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bib.model import Entry, ParseFailure, Reference, Span
from bib.strings.assembly import assemble
from bib.strings.notes import take_notes
from bib.strings.segmentation import LONGEST, segment_all

#: "———." in place of the authors, perhaps behind a label.
_DASHES = re.compile(r"\s{0,9}(?:\[?\d{1,4}[\].)]\s{1,4})?[—–_-]{2,12}")


def parse_reference(raw: str, *, id: str, span: Span | None = None) -> Entry:  # noqa: A002 -- the field's name
    """The fields of one entry of a reference list, whatever its style; never raises.

    A string without at least an author or title and a year (or "in press", "n.d.") is a ``ParseFailure``.
    Many strings are read faster by ``parse_references``.
    """
    return parse_references([raw], ids=[id], spans=[span])[0]


def parse_references(raws: Sequence[str], *, ids: Sequence[str], spans: Sequence[Span | None] | None = None) -> tuple[Entry, ...]:
    """The entries of one list, in order. A dash for the authors stands for those of the entry before."""
    places = spans if spans is not None else [None] * len(raws)
    read = [raw[:LONGEST] for raw in raws]
    notes = [take_notes(raw) for raw in read]
    segments = segment_all(read, notes)
    entries: list[Entry] = []
    for raw, name, span, beginning, note, pieces in zip(raws, ids, places, read, notes, segments, strict=True):
        if not raw.strip():
            entries.append(ParseFailure(id=name, raw=raw, span=span, reason="the entry is empty"))
            continue
        entry = assemble(raw, beginning, pieces, note, id=name, span=span)
        before = entries[-1] if entries else None
        if isinstance(entry, Reference) and isinstance(before, Reference) and _repeats_authors(entry):
            entry = replace(entry, authors=before.authors, authors_truncated=before.authors_truncated)
        entries.append(entry)
    return tuple(entries)


def _repeats_authors(reference: Reference) -> bool:
    """Whether a dash stands where the authors should be."""
    return not reference.authors and _DASHES.match(reference.raw) is not None
