"""Lines of a Markdown source with their places, and the contents of blocks put together from them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

#: What parts the lines of a content whose break is meant: no source holds it, as its line ends are all "\n".
HARD_BREAK = "\r"
_TAB = 4


class Line(NamedTuple):
    """A line, or what a list or quotation around it leaves of it, and where that begins in the source."""

    text: str
    start: int

    @property
    def is_blank(self) -> bool:
        """Whether it holds nothing but white space."""
        return not self.text or self.text.isspace()

    @property
    def indent(self) -> int:
        """The columns of white space that it begins with."""
        return _columns(self.text[: len(self.text) - len(self.text.lstrip(" \t"))])

    def without(self, count: int) -> Line:
        """The line from its character ``count`` on."""
        return Line(self.text[count:], self.start + count)

    def outdented(self, columns: int) -> Line:
        """The line without so many columns of the white space that it begins with."""
        at = column = 0
        while at < len(self.text) and column < columns and self.text[at] in " \t":
            column = _next_column(self.text[at], column)
            at += 1
        return self.without(at)

    def stripped(self) -> Line:
        """The line without white space at its ends."""
        left = self.text.lstrip()
        return Line(left.rstrip(), self.start + len(self.text) - len(left))


def _next_column(sign: str, column: int) -> int:
    return column + (_TAB - column % _TAB if sign == "\t" else 1)


def _columns(text: str) -> int:
    column = 0
    for sign in text:
        column = _next_column(sign, column)
    return column


def source_lines(printed: str, source: str) -> Iterator[Line]:
    """The lines of ``source``, whose line ends are of any system, as ``printed`` has them, with line feeds alone.

    What is hidden at the beginning of a line is no indentation.
    """
    start = 0
    while start < len(printed):
        end = printed.find("\n", start)
        end = len(printed) if end < 0 else end
        # Of a pair that ends lines the first stands as a blank in ``printed``.
        cut = end > start and source[end - 1] == "\r"
        line = Line(printed[start : end - 1 if cut else end], start)
        blank = len(line.text) - len(line.text.lstrip())
        yield line.without(blank) if blank and source[start : start + blank].strip() else line
        start = end + 1


class Content:
    """The lines of one paragraph, heading or cell as one text, and where its characters stand in the source."""

    def __init__(self, lines: Sequence[Line]) -> None:
        pieces: list[str] = []
        self._starts: list[int] = []
        self._sources: list[int] = []
        at = 0
        for number, line in enumerate(lines):
            text, start = line.stripped()
            is_last = number == len(lines) - 1
            hard = not is_last and (line.text.endswith("  ") or _ends_in_backslash(text))
            if not is_last and _ends_in_backslash(text):
                text = text[:-1].rstrip()
            self._starts.append(at)
            self._sources.append(start)
            pieces.append(text if is_last else text + (HARD_BREAK if hard else "\n"))
            at += len(pieces[-1])
        self.text = "".join(pieces)

    def source(self, at: int) -> int:
        """The offset in the source of the character at ``at``."""
        line = bisect_right(self._starts, at) - 1
        return self._sources[line] + at - self._starts[line]


def _ends_in_backslash(text: str) -> bool:
    return (len(text) - len(text.rstrip("\\"))) % 2 == 1
