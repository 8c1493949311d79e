"""The order in which a list is cited by number: it tells citations from other numbers that look the same."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from litcheck.citations.numbering import NumberGroup

#: How far above the number due a strong candidate may be: the numbers between were not recognised.
AHEAD = 2


@dataclass(frozen=True, slots=True)
class NumberCandidate:
    """A group of numbers that may cite. ``strong``: what stands around it allows hardly anything else.

    ``certain``: nothing else at all, so that it may also come before its turn, as in the legend of a figure.
    """

    group: NumberGroup
    strong: bool
    certain: bool = False


def in_sequence(candidates: Sequence[NumberCandidate]) -> list[NumberGroup]:
    """Strong candidates whose numbers are due by then, and weak ones that a chain needs."""
    numbers = [(number, index) for index, candidate in enumerate(candidates) for number in candidate.group.numbers()]
    chain = _on_longest_rise([number for number, _ in numbers])
    needed: dict[int, set[int]] = {}
    for place in chain:
        needed.setdefault(numbers[place][1], set()).add(numbers[place][0])
    values = {number for group in needed.values() for number in group}
    kept: list[NumberGroup] = []
    due = 0
    for index, candidate in enumerate(candidates):
        fills = needed.get(index, set())
        due = max(due, max(fills, default=0))
        if max(candidate.group.numbers()) > due + AHEAD and not candidate.certain:
            continue
        if candidate.strong or any((n == 1 or n - 1 in values) and n + 1 in values for n in fills):
            kept.append(candidate.group)
    return kept


def _on_longest_rise(numbers: Sequence[int]) -> list[int]:
    """Places of all numbers that lie on some longest strictly rising subsequence."""
    ending = _rise_lengths(numbers)
    starting = _rise_lengths([-number for number in reversed(numbers)])[::-1]
    longest = max(ending, default=0)
    return [place for place in range(len(numbers)) if ending[place] + starting[place] == longest + 1]


def longest_rise(numbers: Sequence[int]) -> list[int]:
    """The longest strictly rising subsequence; of several the one that ends last."""
    lengths = _rise_lengths(numbers)
    needed = max(lengths, default=0)
    found: list[int] = []
    for number, length in zip(reversed(numbers), reversed(lengths), strict=True):
        # What ends a rise one shorter, and comes last before the one above, is also below it.
        if length == needed:
            found.append(number)
            needed -= 1
    return found[::-1]


def _rise_lengths(numbers: Sequence[int]) -> list[int]:
    """For each number the length of the longest rising subsequence that ends with it."""
    tails: list[int] = []
    lengths: list[int] = []
    for number in numbers:
        at = bisect_left(tails, number)
        if at == len(tails):
            tails.append(number)
        else:
            tails[at] = number
        lengths.append(at + 1)
    return lengths


def needed_by_sequence(candidates: Sequence[NumberCandidate]) -> list[NumberGroup]:
    """All strong candidates, and those weak ones that fill a gap in the order."""
    if all(candidate.strong for candidate in candidates):
        return [candidate.group for candidate in candidates]
    in_order = {group.span for group in in_sequence(candidates)}
    return [candidate.group for candidate in candidates if candidate.strong or candidate.group.span in in_order]
