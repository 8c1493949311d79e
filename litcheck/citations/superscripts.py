"""Raised numbers that cite: by mark-up where the format keeps it, else by what stands around a number glued to a word."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from bib.model import Span
from litcheck.citations.numbering import LONGEST_RANGE, NumberGroup, NumberItem
from litcheck.citations.wordlists import words_of

_DASHES = "-–—‒−‐‑"
# A letter or a closing mark, then numbers joined by commas and dashes; every repetition is bounded.
_GLUED = re.compile(
    rf"(?<=[^\W\d_.,;:?!)\]’”\"'»%]|[.,;:?!)\]’”\"'»%])\d{{1,3}}(?:(?:,\s?|[{_DASHES}])\d{{1,3}}(?!\d)){{0,40}}(?![\w°′])"
)
_PIECE = re.compile(rf"(\d{{1,3}})(?:[{_DASHES}](\d{{1,3}}))?")
_MARKED = re.compile(rf"[\s\[(]{{0,4}}\d{{1,3}}(?:[\s,;{_DASHES}]{{1,3}}\d{{1,3}}){{0,40}}[\s\])]{{0,4}}")
#: Letters of the word before that must be small for the number to stand on it like a note, not in it like a formula.
_PLAIN_WORD = 3
#: How far to look back for the word before a number.
_LOOK_BACK = 40


@dataclass(frozen=True, slots=True)
class _Candidate:
    group: NumberGroup
    strong: bool
    """Whether what stands around it allows hardly anything else than a citation."""


def find_marked(text: str, raised: Sequence[Span], numbers: range) -> list[NumberGroup]:
    """The groups among the spans that the format marks as raised."""
    found: list[NumberGroup] = []
    for span in _joined(text, raised):
        if not _MARKED.fullmatch(span.of(text)):
            continue
        before = text[span.start - 1 : span.start]
        if before.isdigit() or _word_before(text, span.start).lower() in words_of("units"):
            continue
        items = _items(span.of(text), span.start)
        if items and all(item.first in numbers and item.last in numbers for item in items):
            found.append(NumberGroup(items, "superscript", span))
    return found


def find_unmarked(text: str, without: Sequence[Span], numbers: range) -> list[NumberGroup]:
    """The groups in a text without mark-up: those that fit the order in which a list is cited for the first time.

    Numbers run on through a text (Vancouver): the longest rising chain of candidates says which number is due where, and a
    number above it is no citation yet.
    """
    candidates = [
        candidate
        for found in _GLUED.finditer(text)
        if (candidate := _candidate(text, found, numbers)) is not None
        and not any(span.start <= found.start() < span.end for span in without)
    ]
    return _in_sequence(candidates)


def _candidate(text: str, found: re.Match[str], numbers: range) -> _Candidate | None:
    start, end = found.span()
    after = text[end : end + 2]
    if after[:1] and (after[0] in "%/°′'’=×^" and after[:2] not in ("’ ", "' ")):
        return None
    if after[:1] in (".", ",") and after[1:2].isdigit():
        return None
    if after[:1] and after[0] in _DASHES and (after[1:2].isalnum()):
        return None
    items = _items(found.group(), start)
    if not items or any(item.first not in numbers or item.last not in numbers for item in items):
        return None
    group = NumberGroup(items, "superscript", Span(start, end))
    before = text[start - 1]
    if before.isalpha():
        word = _word_before(text, start)
        if word.lower() in words_of("units"):
            return None
        plain = word.isalpha() and len(word) >= _PLAIN_WORD and word[1:].islower()
        return _Candidate(group, plain)
    beyond = text[start - 2 : start - 1]
    if before in ".,;:?!" and not (beyond.isalpha() or beyond in ")]’”\"'»%"):
        return None
    if before in ".:" and _word_before(text, start - 1).lower() in words_of("parts"):
        return None
    return _Candidate(group, True)


def _in_sequence(candidates: Sequence[_Candidate]) -> list[NumberGroup]:
    """Strong candidates whose numbers are due by then, and weak ones that fill the chain between their neighbours."""
    numbers = [(number, index) for index, candidate in enumerate(candidates) for number in candidate.group.numbers()]
    chain = _longest_rise([number for number, _ in numbers])
    due_at: list[tuple[int, int]] = [(numbers[place][1], numbers[place][0]) for place in chain]
    places = [index for index, _ in due_at]
    in_chain = {index: {number for i, number in due_at if i == index} for index in set(places)}
    values = {number for _, number in due_at}
    kept: list[NumberGroup] = []
    for index, candidate in enumerate(candidates):
        position = bisect_right(places, index)
        due = due_at[position - 1][1] if position else 0
        group = set(candidate.group.numbers())
        if max(group) > due:
            continue
        fills = group & in_chain.get(index, set())
        if candidate.strong or (len(group) > 1 and fills) or any({n - 1, n + 1} <= values or n == 1 for n in fills):
            kept.append(candidate.group)
    return kept


def _longest_rise(numbers: Sequence[int]) -> list[int]:
    """Places of a longest strictly rising subsequence."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for place, number in enumerate(numbers):
        at = bisect_left(tails, number)
        previous.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(number)
            ends.append(place)
        else:
            tails[at] = number
            ends[at] = place
    chain: list[int] = []
    place = ends[-1] if ends else -1
    while place >= 0:
        chain.append(place)
        place = previous[place]
    return chain[::-1]


def _items(text: str, offset: int) -> tuple[NumberItem, ...]:
    items: list[NumberItem] = []
    for piece in _PIECE.finditer(text):
        first = int(piece[1])
        last = int(piece[2]) if piece[2] else first
        if not first <= last <= first + LONGEST_RANGE or first == 0 or (piece[2] and first == last):
            return ()
        items.append(NumberItem(first, last, Span(offset + piece.start(), offset + piece.end())))
    return tuple(items)


def _word_before(text: str, end: int) -> str:
    start = end
    while start > 0 and end - start < _LOOK_BACK and text[start - 1].isalnum():
        start -= 1
    return text[start:end]


def _joined(text: str, raised: Sequence[Span]) -> list[Span]:
    """Raised runs that touch, or have only a comma or dash between them, as one."""
    joined: list[Span] = []
    for span in sorted(raised):
        if (
            joined
            and span.start - joined[-1].end <= 1
            and (between := text[joined[-1].end : span.start]) in ("", *",;" + _DASHES)
        ):
            assert between is not None
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined
