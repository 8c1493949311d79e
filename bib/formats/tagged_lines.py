"""Files of tagged lines, "AU  - Lee, Anna" (RIS, MEDLINE): divided into records, each field with its tag.

Programs that write them are careless with blanks, so a tag, blanks, a hyphen and a blank are a field wherever the tag is one
that the format may have. Every other line continues the field before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bib.formats.entries import Lines
from bib.model import Span
from bib.newlines import unix_newlines


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedRecord:
    """One record: its fields in order as (tag, value), its place without the blank lines around it, and its first line.

    ``opened`` says that it begins with the tag that begins records; without it, it is a stray piece of one.
    """

    fields: tuple[tuple[str, str], ...]
    span: Span
    line: int
    opened: bool

    def values(self, *tags: str) -> tuple[str, ...]:
        """The values of fields with one of the tags that are not empty, in the order of the file."""
        return tuple(value for tag, value in self.fields if value and tag in tags)

    def first(self, *tags: str) -> str:
        """The first value of the first of the tags that has one."""
        return next((value for tag in tags for value in self.values(tag)), "")


def read_records(text: str, *, field: re.Pattern[str], opening: str, closing: str = "") -> Iterator[TaggedRecord]:
    """The records of a file. ``field`` matches the beginning of a line that opens a field, its group 1 the tag.

    A record begins with a field ``opening`` and ends before the next one, or with a field ``closing`` if the format has such.
    Untagged lines outside of records are skipped (headings of exports); tagged ones become records that are not ``opened``.
    """
    text = unix_newlines(text)
    lines = Lines(text)
    fields: list[tuple[str, list[str]]] = []
    start = end = 0

    def record() -> TaggedRecord:
        values = tuple((tag, " ".join(" ".join(pieces).split())) for tag, pieces in fields)
        return TaggedRecord(fields=values, span=Span(start, end), line=lines.of(start), opened=fields[0][0] == opening)

    for at, line in _lines(text):
        mark = field.match(line)
        tag = mark[1].upper() if mark else ""
        if tag == opening and fields:
            yield record()
            fields = []
        if mark and (tag != closing or not closing):
            if not fields:
                start = at + mark.start(1)
            fields.append((tag, [line[mark.end() :]]))
            end = at + len(line.rstrip())
        elif mark and fields:
            end = at + len(line.rstrip())
            yield record()
            fields = []
        elif not mark and fields and line.strip():
            fields[-1][1].append(line)
            end = at + len(line.rstrip())
    if fields:
        yield record()


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines with their offsets. Only a line feed ends one: strings hold other separators inside."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, text[start:end]
        start = end + 1
