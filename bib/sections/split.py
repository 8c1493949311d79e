"""The lines of a reference list to its entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bib.model import Span
from bib.sections.boundaries import entry_starts
from bib.sections.labels import labelled_starts, labels_inside, number_of
from bib.sections.lines import Line
from bib.sections.looks import bullet_length
from bib.sections.together import parts_of_entries


def split_entries(lines: Sequence[Line]) -> tuple[Span, ...]:
    """The entries that the lines of one list hold, in order."""
    if not lines:
        return ()
    form, starts = labelled_starts(lines)
    if form in ("", "bullet"):
        starts = starts or entry_starts(lines)
        groups = [lines[first:following] for first, following in pairwise([*starts, len(lines)])]
        return tuple(_trimmed(group, start, end) for group, start, end in parts_of_entries(groups))
    return tuple(_labelled(lines, form, starts))


def _labelled(lines: Sequence[Line], form: str, starts: Sequence[int]) -> Iterator[Span]:
    """Entries that begin with labels: at the beginning of lines, and inside the lines where numbers are missing between two."""
    numbers = [number_of(lines[place], form) for place in starts]
    for place, (first, following) in enumerate(pairwise([*starts, len(lines)])):
        group = lines[first:following]
        number, after = numbers[place], numbers[place + 1] if place + 1 < len(numbers) else None
        bounds = [group[0].start]
        if number is not None and (after is None or after > number + 1):
            for line in group:
                inside = labels_inside(line.text, form, number + 1, after)
                bounds += [line.start + start for start in inside]
                number += len(inside)
        bounds.append(group[-1].end)
        at = 0
        for start, end in pairwise(bounds):
            while group[at].end <= start:
                at += 1
            last = at
            while last + 1 < len(group) and group[last + 1].start < end:
                last += 1
            yield _trimmed(group[at : last + 1], start, end, first=at == 0)


def _trimmed(lines: Sequence[Line], start: int, end: int, *, first: bool = True) -> Span:
    """A stretch of lines without a bullet before the ``first`` of an entry or white space at its end."""
    if first and start == lines[0].start:
        start = min(start + bullet_length(lines[0].text), lines[0].end - 1)
    for line in lines:
        if line.start < end <= line.end:
            end = line.start + len(line.text[: end - line.start].rstrip())
    return Span(start, end)
