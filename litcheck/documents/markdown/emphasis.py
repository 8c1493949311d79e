"""Which asterisks, underscores and tildes mark words, and which are printed.

Source: CommonMark 0.31, section 6.2, rules 1 to 8. As nothing is to be known of what is marked, marks of one kind are matched
without regard to those of another.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(slots=True)
class Delimiter:
    """A run of marks: the node that prints it, how many are left to print, whether it can open and close."""

    sign: str
    node: int
    left: int
    opens: bool
    closes: bool

    @classmethod
    def of(cls, text: str, start: int, end: int, node: int) -> Delimiter:
        """The run in ``text`` from ``start`` to ``end``."""
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        blank_before, blank_after = not before.strip(), not after.strip()
        left = not blank_after and (not _is_punctuation(after) or blank_before or _is_punctuation(before))
        right = not blank_before and (not _is_punctuation(before) or blank_after or _is_punctuation(after))
        sign = text[start]
        if sign != "_":
            return cls(sign, node, end - start, left, right)
        opens = left and (not right or _is_punctuation(before))
        closes = right and (not left or _is_punctuation(after))
        return cls(sign, node, end - start, opens, closes)


def _is_punctuation(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "PS" if sign else False


def matched(delimiters: Iterable[Delimiter]) -> Iterator[tuple[int, int]]:
    """The nodes of the runs of which some marks are not printed, and how many of each are."""
    open_runs: dict[str, list[Delimiter]] = {}
    changed: dict[int, Delimiter] = {}
    for run in delimiters:
        stack = open_runs.setdefault(run.sign, [])
        while run.closes and run.left and stack:
            opener = stack[-1]
            used = min(opener.left, run.left, 2)
            opener.left -= used
            run.left -= used
            changed[opener.node], changed[run.node] = opener, run
            if not opener.left:
                stack.pop()
        if run.opens and run.left:
            stack.append(run)
    return ((node, run.left) for node, run in changed.items())
