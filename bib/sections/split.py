"""The lines of a reference list to its entries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bib.model import Span
from bib.sections.boundaries import entry_starts
from bib.sections.lines import Line
from bib.sections.looks import bullet_length, has_key, label_number, start_strength

#: A line longer than this is a paragraph.
_LONGEST_WRAPPED = 160
#: Labels may skip so many numbers and still count as one sequence.
_MAX_SKIP = 3

_INLINE_BRACKET = re.compile(r"(?:(?<=\s)|(?<=\.)|^)\[(\d{1,4})\](?=\s{0,4}\S)")
_INLINE_NUMBER = re.compile(r"(?:(?<=[.\])\d]\s)|(?<=[a-z/]\s)|^)(\d{1,4})\.\s{1,4}(?=[^\W\d_a-z])")


def split_entries(lines: Sequence[Line]) -> tuple[Span, ...]:
    """The entries that the lines of one list hold."""
    if not lines:
        return ()
    starts = _numbered(lines) or _keyed(lines) or _bulleted(lines) or entry_starts(lines)
    entries: list[Span] = []
    for first, following in pairwise([*starts, len(lines)]):
        entries.extend(_entry(lines[first:following]))
    return tuple(entries)


def _entry(lines: Sequence[Line]) -> list[Span]:
    """The span of the lines of one entry; several entries if labels inside a long line say so."""
    start, end = lines[0].start, lines[-1].end
    if len(lines) == 1 and len(lines[0].text) > 2 * _LONGEST_WRAPPED:
        inline = _inline_starts(lines[0].text)
        if inline:
            places = [*inline, len(lines[0].text)]
            return [Span(start + a, start + a + len(lines[0].text[a:b].rstrip())) for a, b in pairwise(places)]
    start += bullet_length(lines[0].text)
    return [Span(start, end)] if start < end else []


def _inline_starts(text: str) -> list[int]:
    """Where entries begin in a paragraph that holds them all: "[1] … [2] … [3] …"."""
    for pattern in (_INLINE_BRACKET, _INLINE_NUMBER):
        starts: list[int] = []
        expected = None
        for match in pattern.finditer(text):
            number = int(match.group(1))
            if expected is None and match.start() == 0:
                expected = number
            if number == expected:
                starts.append(match.start())
                expected += 1
        if len(starts) >= 3:
            return starts
    return []


def _numbered(lines: Sequence[Line]) -> list[int]:
    """The lines that begin with the next number of a sequence, if the list is numbered."""
    labels = [label_number(line.text) for line in lines]
    first = next((place for place, label in enumerate(labels[:4]) if label and label[1] <= 1), None)
    if first is None:
        first = 0 if labels[0] and labels[0][0] in "bp" else None
    if first is None:
        return []
    label = labels[first]
    assert label is not None
    form, last = label[0], label[1]
    starts = [first]
    for place in range(first + 1, len(lines)):
        found = labels[place]
        if found is None or found[0] != form:
            continue
        repeated = (
            found[1] == last and (lines[place].blank_before or start_strength(lines[place].text[found[2] :]) == 2) and form != "t"
        )
        if last < found[1] <= last + _MAX_SKIP or repeated:
            if found[1] > last + 1 and any(
                other and other[0] == form and other[1] == last + 1 for other in labels[place + 1 : place + 12]
            ):
                continue
            starts.append(place)
            last = found[1]
    if form == "t" and len(starts) < 3:
        return []
    if len(starts) >= 2 or len(lines) <= 3 or form in "bp":
        return starts
    return []


def _keyed(lines: Sequence[Line]) -> list[int]:
    starts = [place for place, line in enumerate(lines) if has_key(line.text)]
    return starts if len(starts) >= 2 and starts[0] == 0 else []


def _bulleted(lines: Sequence[Line]) -> list[int]:
    starts = [place for place, line in enumerate(lines) if bullet_length(line.text)]
    return starts if len(starts) >= 2 and starts[0] == 0 and len(starts) * 8 >= len(lines) else []
