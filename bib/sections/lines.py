"""Lines of a text with their offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: A line longer than this was not broken for want of room: it is a paragraph.
LONGEST_WRAPPED = 160

_LINE = re.compile(r"[^\n\r\f\u2028]*(?:\r\n|[\n\r\f\u2028])?")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its offsets without white space at either end, its indentation and its text.

    ``blank_before`` says that a blank line or a form feed stands before it, ``page_before`` that a form feed does.
    """

    start: int
    end: int
    indent: int
    text: str
    blank_before: bool
    page_before: bool = False

    @property
    def length(self) -> int:
        """Its length with indentation, as on the page."""
        return self.indent + self.end - self.start


def lines_of_text(text: str, begin: int, end: int) -> Iterator[Line]:
    """The lines of ``text[begin:end]`` that hold more than white space."""
    blank_before = page_before = False
    place = begin
    while place < end:
        match = _LINE.match(text, place, end)
        assert match is not None
        body = match.group()
        stripped = body.strip()
        if stripped:
            lead = len(body) - len(body.lstrip())
            start, indent = place + lead, len(body[:lead].expandtabs(8))
            yield Line(start, start + len(stripped), indent, stripped, blank_before, page_before)
            blank_before = page_before = False
        else:
            blank_before = True
        if body.endswith("\f"):
            blank_before = page_before = True
        place = match.end()
