"""Files of tagged lines, "AU  - Lee, Anna" (RIS, MEDLINE): divided into records, each field with its tag.

Programs that write them are careless with blanks, so a tag, blanks, a hyphen and a blank are a field wherever the tag is one
that the format may have. Every other line continues the field before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from bib.formats.entries import EntryIds, Lines, checked_entry
from bib.model import Entry, ParseFailure, Reference, Span
from bib.newlines import unix_newlines
from bib.wordlists import lines_of

#: The longest line that may be a heading of an export; search strategies are long.
_LONGEST_HEADING = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedRecord:
    """One record: its fields in order as (tag, value), its place without the blank lines around it, and its first line.

    Only the first field may be without a value.
    ``opened`` says that it begins with the tag that begins records; without it, it is a stray piece of one, or, without any
    field, text that stands between records.
    """

    fields: tuple[tuple[str, str], ...]
    by_tag: Mapping[str, Sequence[str]] = field(repr=False)
    span: Span
    line: int
    opened: bool

    def values(self, *tags: str) -> tuple[str, ...]:
        """The values of fields with the tags that are not empty, tag by tag."""
        return tuple(value for tag in tags for value in self.by_tag.get(tag, ()))

    def first(self, *tags: str) -> str:
        """The first value of the first of the tags that has one."""
        return next(iter(self.values(*tags)), "")


def read_records(text: str, *, field_start: re.Pattern[str], opening: str, closing: str = "") -> Iterator[TaggedRecord]:
    """The records of a file. ``field_start`` matches the beginning of a line that opens a field, its group 1 the tag.

    A record begins with a field ``opening`` and ends before the next one, or with a field ``closing`` if the format has such. In
    formats without, it also ends at a blank line before one that has neither a tag nor the blanks of a continued field.
    Lines after a record and outside of the next become records that are not ``opened``, but for headings of exports, their
    links and numbers. So do tagged lines before the first record; what is untagged there is the heading of the file.
    """
    text = unix_newlines(text)
    lines = Lines(text)
    fields: list[tuple[str, list[str]]] = []
    start = end = 0
    loose: Span | None = None
    any_opened = after_blank = False

    def record() -> TaggedRecord:
        joined = ((tag, " ".join(" ".join(pieces).split())) for tag, pieces in fields)
        values = tuple((tag, value) for number, (tag, value) in enumerate(joined) if value or number == 0)
        by_tag: dict[str, list[str]] = {}
        for tag, value in values:
            if value:
                by_tag.setdefault(tag, []).append(value)
        opened = bool(values) and values[0][0] == opening
        return TaggedRecord(fields=values, by_tag=by_tag, span=Span(start, end), line=lines.of(start), opened=opened)

    def between(place: Span) -> TaggedRecord:
        return TaggedRecord(fields=(), by_tag={}, span=place, line=lines.of(place.start), opened=False)

    for at, line in _lines(text):
        mark = field_start.match(line)
        tag = mark[1].upper() if mark else ""
        if loose and (mark or not line.strip()):
            yield between(loose)
            loose = None
        # A blank line ends a stray piece, but not a record: some programs put one between fields.
        is_loose = not mark and not closing and after_blank and not line[:1].isspace() and bool(line)
        if fields and (tag == opening or (not line.strip() and fields[0][0] != opening) or is_loose):
            yield record()
            fields = []
        after_blank = not line.strip()
        if mark and (tag != closing or not closing):
            if not fields:
                start = at + mark.start(1)
            # What has no value says nothing, and thousands of such fields would fill the memory.
            if len(fields) > 1 and not any(map(str.strip, fields[-1][1])):
                fields.pop()
            fields.append((tag, [line[mark.end() :]]))
            any_opened = any_opened or tag == opening
            end = at + len(line.rstrip())
        elif mark and fields:
            end = at + len(line.rstrip())
            yield record()
            fields = []
        elif not mark and fields and line.strip():
            fields[-1][1].append(line)
            end = at + len(line.rstrip())
        elif not mark and any_opened and line.strip() and not (loose is None and _is_heading(line.strip())):
            first = at + len(line) - len(line.lstrip())
            loose = Span(loose.start if loose else first, at + len(line.rstrip()))
    if loose:
        yield between(loose)
    if fields:
        yield record()


def _is_heading(line: str) -> bool:
    """Whether the line is what exports put between records: numbers, rules, what was searched, links, whose it is."""
    return len(line) <= _LONGEST_HEADING and _headings().fullmatch(line) is not None


@cache
def _headings() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in lines_of("export_headings")), re.IGNORECASE)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines with their offsets. Only a line feed ends one: strings hold other separators inside."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, text[start:end]
        start = end + 1


def entry_of(
    record: TaggedRecord,
    text: str,
    ids: EntryIds,
    *,
    id_tag: str,
    beginning: str,
    saying_what: Sequence[str],
    read: Callable[[str, str], Reference],
) -> Entry:
    """The entry that a record holds: what ``read`` makes of an id and the record's text, or a failure with its line.

    ``beginning`` says in words what a record begins with. A record in which no tag of ``saying_what`` has a value is no
    reference, and is not read.
    """
    raw = record.span.of(text)
    id_ = ids.new(record.first(id_tag), record.line)
    if not record.fields:
        reason = f"The text stands outside of any record; a record begins with {beginning}."
        return ParseFailure(id=id_, raw=raw, reason=reason, span=record.span, line=record.line)
    if not record.opened:
        reason = f"The record begins with {record.fields[0][0]}, not with {beginning}."
        return ParseFailure(id=id_, raw=raw, reason=reason, span=record.span, line=record.line)
    says_what = bool(record.values(*saying_what))
    reference = read(id_, raw) if says_what else Reference(id=id_, raw=raw, span=record.span)
    return checked_entry(reference, line=record.line)
