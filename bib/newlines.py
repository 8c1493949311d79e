"""Line ends of every system as one, without moving a character."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence


def unix_newlines(text: str) -> str:
    """``text`` with lines that end in a line feed alone, every other character at its old offset.

    Old Macintosh files end lines with a carriage return, Windows files with both; the return of a pair becomes a space.
    """
    if "\r" not in text:
        return text
    return text.replace("\r\n", " \n").replace("\r", "\n")


def line_starts(text: str) -> tuple[int, ...]:
    """The offsets at which the lines of ``text`` begin."""
    return (0, *(newline.end() for newline in re.finditer("\n", unix_newlines(text))))


def line_and_column(offset: int, starts: Sequence[int]) -> tuple[int, int]:
    """The line and the column of an offset, both counted from 1, in a text whose lines begin at ``starts``."""
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1
