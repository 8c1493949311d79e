"""The parts of a text that are taken: whether a span touches any of them is found without going through all."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from bib.model import Span


class Covered:
    """What some spans, in any order and however they overlap, cover together."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in sorted(spans):
            if self._ends and span.start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], span.end)
            elif span.start < span.end:
                self._starts.append(span.start)
                self._ends.append(span.end)

    def touches(self, span: Span) -> bool:
        """Whether a span shares at least one character with them."""
        last = bisect_left(self._starts, span.end) - 1
        return last >= 0 and self._ends[last] > span.start


def overlapping(among: Sequence[Span], spans: Sequence[Span]) -> Iterator[list[int]]:
    """For each of the spans the places of those among the others that share a character with it; both in text order."""
    first = 0
    for span in spans:
        while first < len(among) and among[first].end <= span.start:
            first += 1
        place = first
        places = []
        while place < len(among) and among[place].start < span.end:
            if among[place].overlaps(span):
                places.append(place)
            place += 1
        yield places
