"""A reference list in a text."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from operator import attrgetter

from bib.model import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceSection:
    """One reference list in a text: the whole of it with its heading, and each entry.

    ``span`` runs from the heading (or the first entry, without one) to the end of the last entry.
    ``entries`` are in order, do not overlap and have no white space at either end. A printed label ("[12]", "3.") is part of
    its entry; a bullet is not. ``interruptions`` are the stretches inside entries that belong to the page and not to the entry:
    running heads, page numbers; in order.
    """

    span: Span
    heading: Span | None
    entries: tuple[Span, ...]
    interruptions: tuple[Span, ...] = ()

    def text_of(self, entry: Span, text: str) -> str:
        """The text of one of the entries, a line feed in the place of each interruption."""
        pieces: list[str] = []
        at = entry.start
        for hole in self.interruptions[bisect_right(self.interruptions, entry.start, key=attrgetter("start")) :]:
            if hole.end >= entry.end:
                break
            pieces.append(text[at : hole.start])
            at = hole.end
        return "\n".join([*pieces, text[at : entry.end]])
