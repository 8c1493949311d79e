"""What every reader of a bibliography needs: ids that are unlike, lines of offsets, and what counts as an entry at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from bib.model import Entry, ParseFailure, Reference

_LINE_ID = re.compile(r"line \d+(?:\.\d+)?")


def is_line_id(id_: str) -> bool:
    """Whether the id is a line, which ``EntryIds`` gives to entries that have none of their own."""
    return _LINE_ID.fullmatch(id_) is not None


class EntryIds:
    """Gives each entry an id that no other one has."""

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self._taken = set(reserved)
        self._on_line: Counter[int] = Counter()

    def new(self, wanted: str, line: int) -> str:
        """``wanted`` if it is free, or else the line ("line 12", then "line 12.2"): several entries may stand on one."""
        new = wanted
        while not new or new in self._taken:
            self._on_line[line] += 1
            count = self._on_line[line]
            new = f"line {line}" if count == 1 else f"line {line}.{count}"
        self._taken.add(new)
        return new


class Lines:
    """Lines of offsets into a text, counted from 1. Offsets are asked for in rising order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line = 1

    def of(self, offset: int) -> int:
        """The line that holds the character at ``offset``."""
        self._line += self._text.count("\n", self._at, offset)
        self._at = max(self._at, offset)
        return self._line


def checked_entry(reference: Reference, *, line: int) -> Entry:
    """The reference, or a failure where it says neither who made the work nor what it is called."""
    if reference.authors or reference.editors or reference.title:
        return reference
    return ParseFailure(
        id=reference.id,
        raw=reference.raw,
        reason="The entry has neither an author nor a title.",
        span=reference.span,
        line=line,
    )


def unlike(wanted: str, taken: dict[str, int]) -> str:
    """``wanted``, or with the first number that makes it unlike all in ``taken`` ("lee-2"); it is added to them.

    ``taken`` holds for each name the last number that was tried for it.
    """
    new, number = wanted, taken.get(wanted, 1)
    while new in taken:
        number += 1
        new = f"{wanted}-{number}"
    taken[wanted] = number
    taken.setdefault(new, 1)
    return new
