"""A reference list in a text."""

from __future__ import annotations

from dataclasses import dataclass

from bib.model import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceSection:
    """One reference list in a text: the whole of it with its heading, and each entry.

    ``span`` runs from the heading (or the first entry, without one) to the end of the last entry.
    ``entries`` are in order, do not overlap and have no white space at either end. A printed label ("[12]", "3.") is part of
    its entry; a bullet is not.
    """

    span: Span
    heading: Span | None
    entries: tuple[Span, ...]
