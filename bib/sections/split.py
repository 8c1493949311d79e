"""The lines of a reference list to its entries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bib.model import Span
from bib.sections.lines import Line, bullet_length, continues, has_key, is_identifier, label_number, quality, start_strength

#: A line this much of the list's width or longer may have been broken for want of room; a shorter one ended on purpose.
_FULL = 0.82
#: Lists narrower than this were set in lines; a wider "line" is a paragraph of its own.
_WIDEST_COLUMN = 160
#: In wrapped lists about half of the lines begin an entry; with this share of whole ones, all lines are entries.
_WHOLE = 0.75
#: Labels may skip so many numbers and still count as one sequence.
_MAX_SKIP = 3

_OPEN_END = re.compile(
    r"(?:[,&;:(\[–—-]|\b(?:and|und|et|y|e|in|of|the|for|de|da|do|la|el|In|a|an|on|with|to|by|from|der|die|das|des|von|vol\.|pp\.|no\.|eds?\.))$"
)
_INLINE_BRACKET = re.compile(r"(?:(?<=\s)|(?<=\.)|^)\[(\d{1,4})\](?=\s{0,4}\S)")
_INLINE_NUMBER = re.compile(r"(?:(?<=[.\])\d]\s)|(?<=[a-z/]\s)|^)(\d{1,4})\.\s{1,4}(?=[^\W\d_a-z])")


def split_entries(lines: Sequence[Line]) -> tuple[Span, ...]:
    """The entries that the lines of one list hold."""
    if not lines:
        return ()
    starts = _numbered(lines) or _keyed(lines) or _bulleted(lines) or _by_look(lines)
    entries: list[Span] = []
    for first, following in pairwise([*starts, len(lines)]):
        entries.extend(_entry(lines[first:following]))
    return tuple(entries)


def _entry(lines: Sequence[Line]) -> list[Span]:
    """The span of the lines of one entry; several entries if labels inside a long line say so."""
    start, end = lines[0].start, lines[-1].end
    if len(lines) == 1 and len(lines[0].text) > 2 * _WIDEST_COLUMN:
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


def _by_look(lines: Sequence[Line]) -> list[int]:
    """The lines that begin an entry, told by blank lines, indentation, the width of the column and how lines begin."""
    hanging = _hanging_indent(lines)
    width = _width(lines) if not _lines_are_whole(lines) else _WIDEST_COLUMN + 1
    paragraphs = _paragraphs_are_entries(lines)
    starts = [0]
    starts.extend(
        place
        for place in range(1, len(lines))
        if _begins(lines[place], lines[place - 1], hanging=hanging, width=width, paragraphs=paragraphs)
    )
    return starts


def _lines_are_whole(lines: Sequence[Line]) -> bool:
    """Whether most lines look like entries by themselves, so that the list has one a line however short they are."""
    judged = [line for line in lines if not is_identifier(line.text)]
    whole = sum(start_strength(line.text) > 0 and quality(line.text) > 0.5 for line in judged)
    return whole >= _WHOLE * len(judged)


def _width(lines: Sequence[Line]) -> int:
    lengths = sorted(line.length for line in lines)
    return lengths[int(len(lengths) * 0.95)] if len(lengths) > 4 else lengths[-1]


def _hanging_indent(lines: Sequence[Line]) -> int | None:
    """The indentation of first lines, if the list has hanging indents (or the reverse, first lines indented)."""
    indents: dict[int, list[Line]] = {}
    for line in lines:
        indents.setdefault(line.indent, []).append(line)
    if len(indents) < 2 or len(lines) < 4:
        return None
    largest = sorted(indents, key=lambda indent: -len(indents[indent]))[:2]
    if sum(len(indents[indent]) for indent in largest) < 0.85 * len(lines) or min(len(indents[i]) for i in largest) < 2:
        return None
    shares = {
        indent: sum(start_strength(line.text) == 2 for line in indents[indent]) / len(indents[indent]) for indent in largest
    }
    best, other = sorted(largest, key=lambda indent: -shares[indent])
    return best if shares[best] >= 0.6 and shares[other] <= 0.35 else None


def _paragraphs_are_entries(lines: Sequence[Line]) -> bool:
    """Whether blank lines part the entries: most paragraphs look whole."""
    heads = [place for place, line in enumerate(lines) if place == 0 or line.blank_before]
    if len(heads) < 2 or len(heads) * 12 < len(lines):
        return False
    good = judged = 0
    for first, following in pairwise([*heads, len(lines)]):
        text = " ".join(line.text for line in lines[first : min(following, first + 12)])
        if is_identifier(text):
            continue
        judged += 1
        several = sum(quality(line.text) == 1.0 for line in lines[first:following]) > 1
        good += int(quality(text) > 0 and not several)
    return good >= 0.6 * judged


def _begins(line: Line, before: Line, *, hanging: int | None, width: int, paragraphs: bool) -> bool:
    """Whether ``line`` begins an entry, given the line before it."""
    if is_identifier(line.text):
        return False
    strength = start_strength(line.text)
    open_end = _OPEN_END.search(before.text[-12:]) is not None
    if paragraphs:
        if not line.blank_before:
            return False
        return not (continues(line.text) and (strength < 2)) and not (open_end and strength < 2)
    if hanging is not None:
        return line.indent == hanging and not continues(line.text)
    if continues(line.text) and not (width > _WIDEST_COLUMN and quality(line.text) > 0.5):
        return False
    ended_on_purpose = before.length < _FULL * width - len(line.text.split(None, 1)[0])
    if width > _WIDEST_COLUMN:
        return not (open_end and strength < 2 and quality(line.text) < 0.4)
    if open_end and not (strength == 2 and quality(line.text) == 1.0 and ended_on_purpose):
        return False
    if ended_on_purpose:
        return strength > 0 or line.blank_before or quality(line.text) >= 0
    return strength == 2 and _closed(before.text)


def _closed(text: str) -> bool:
    """Whether a line ends as an entry may end: a full stop, a digit, a bracket, an address."""
    last = text.rstrip("*_")[-1:]
    return last in '.)]>/?!»”"' or last.isdigit() or "doi" in text[-60:].lower() or "http" in text[-80:].lower()
