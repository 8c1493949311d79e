"""The text of a marked-up document (HTML, EPUB, JATS) as it grows: what mark-up leaves open about white space is settled here.

As in a plain text, paragraphs and headings stand apart by a blank line; the lines of a list and the rows of a table follow each
other without one, cells are apart by tabs. Runs of white space, non-breaking spaces among them, are one space; soft hyphens and
characters without width are left out, non-breaking hyphens are hyphens, ligatures are their letters.
"""

from __future__ import annotations

import re
from enum import IntEnum

from litcheck.documents.plain_characters import in_plain_characters

_RUN = re.compile(r"\s+")


class _Gap(IntEnum):
    """What has to come before the next words."""

    NONE = 0
    SPACE = 1
    LINE = 2
    BLOCK = 3


_WRITTEN = {_Gap.NONE: "", _Gap.SPACE: " ", _Gap.LINE: "\n", _Gap.BLOCK: "\n\n"}


class Prose:
    """The text so far. White space is written only once words come after it, so none stands at the end of a line."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._gap = _Gap.NONE
        self._cells = 0
        #: Cells of the row that ended since the last words: empty ones keep their place.
        self._tabs = 0

    @property
    def place(self) -> int:
        """Where the text ends now. What is written next begins here or after white space: see ``Span.trimmed``."""
        return self._length

    def add(self, text: str) -> None:
        """Writes words; white space at either end, or alone, parts them from their neighbours."""
        words = _RUN.sub(" ", in_plain_characters(text))
        if not words.strip(" "):
            self._widen(_Gap.SPACE if words else _Gap.NONE)
            return
        if words[0] == " ":
            self._widen(_Gap.SPACE)
        self._write(words.strip(" "))
        if words[-1] == " ":
            self._widen(_Gap.SPACE)

    def keep(self, text: str) -> None:
        """Writes a text whose line breaks and blanks are meant, such as a program."""
        for number, line in enumerate(text.split("\n")):
            if number:
                self.end_line()
            words = in_plain_characters(line)
            if words.strip():
                self._write(words.rstrip())
            if words[-1:].isspace():
                self.space()

    def space(self) -> None:
        """Parts what comes next from what stands here."""
        self._widen(_Gap.SPACE)

    def end_line(self) -> None:
        """What comes next stands on a line of its own; in a cell, after a space."""
        self._end(_Gap.LINE)

    def end_block(self) -> None:
        """What comes next stands after a blank line; in a cell, after a space."""
        self._end(_Gap.BLOCK)

    def begin_cell(self) -> None:
        """What comes next belongs to a cell."""
        self._cells += 1

    def end_cell(self) -> None:
        """What comes next belongs to the next cell, or the next row."""
        self._cells -= 1
        self._tabs += 1

    def finish(self) -> str:
        """The whole text; a newline ends it."""
        if self._length:
            self._pieces.append("\n")
        return "".join(self._pieces)

    def _end(self, gap: _Gap) -> None:
        if self._cells:
            self._widen(_Gap.SPACE)
        else:
            self._widen(gap)
            self._tabs = 0

    def _widen(self, gap: _Gap) -> None:
        if self._length:
            self._gap = max(self._gap, gap)

    def _write(self, words: str) -> None:
        gap = "" if self._tabs and self._gap is _Gap.SPACE else _WRITTEN[self._gap]
        tabs = "\t" * self._tabs if self._length else ""
        self._pieces += (gap, tabs, words)
        self._length += len(gap) + len(tabs) + len(words)
        self._gap = _Gap.NONE
        self._tabs = 0
