"""Tables as Pandoc writes and reads them: pipe, grid, simple and multiline tables.

Syntax: Pandoc's manual, section "Tables".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from litcheck.documents.markdown.hidden import code_spans
from litcheck.documents.markdown.lines import Line

#: The header of a multiline table has fewer lines, and one of its rows fewer than the second.
_LONGEST_HEADER = 20
_LONGEST_TABLE = 2000

_PIPES = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:[|+][ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_PIPE = re.compile(r"(?<!\\)\|")
_GRID = re.compile(r"[ \t]*\+(?:[-=:]+\+)+[ \t]*$")
_DASHES = re.compile(r"[ \t]*-+(?:[ ]+-+)*[ \t]*$")
_DASH_RUN = re.compile(r"-+")

Cell = Sequence[Line]
Row = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, each of some lines."""

    rows: Sequence[Row]


def read_table(lines: Sequence[Line], at: int) -> tuple[Table, int] | None:
    """The table that begins at a line, and the line after it; ``None`` if none does."""
    text = lines[at].text
    if _GRID.match(text):
        return _grid(lines, at)
    below = lines[at + 1].text if at + 1 < len(lines) else ""
    if "|" in text and "|" in below and _PIPES.match(below):
        return _pipes(lines, at)
    if "--" in text and _DASHES.match(text):
        return _dashed(lines, at)
    if "--" in below and " " in below.strip() and _DASHES.match(below):
        end = _end_of_rows(lines, at + 2)
        columns = _columns(below)
        closed = end < len(lines) and _is_dashes(lines[end])
        return Table([_cut(lines[row], columns) for row in (at, *range(at + 2, end))]), end + closed
    return None


def _is_dashes(line: Line) -> bool:
    return "--" in line.text and _DASHES.match(line.text) is not None


def _end_of_rows(lines: Sequence[Line], at: int) -> int:
    while at < len(lines) and not lines[at].is_blank and not _is_dashes(lines[at]):
        at += 1
    return at


def _columns(dashes: str) -> list[int]:
    return [run.start() for run in _DASH_RUN.finditer(dashes)]


def _cut(line: Line, columns: Sequence[int]) -> Row:
    """The cells of a line: from the beginning of a column to that of the next."""
    ends = [*columns[1:], len(line.text)]
    starts = [0, *columns[1:]]
    return [[Line(line.text[start:end], line.start + start)] for start, end in zip(starts, ends, strict=True)]


def _pipes(lines: Sequence[Line], at: int) -> tuple[Table, int]:
    rows: list[Row] = [_cells(lines[at])]
    end = at + 2
    while end < len(lines) and not lines[end].is_blank and "|" in lines[end].text:
        rows.append(_cells(lines[end]))
        end += 1
    return Table(rows), end


def _cells(line: Line) -> Row:
    row = line.stripped()
    if row.text.startswith("|"):
        row = row.without(1)
    code = {place for span in code_spans(row.text, 0, len(row.text)) for place in range(span.start, span.end)}
    cells: list[Cell] = []
    at = 0
    for pipe in _PIPE.finditer(row.text):
        if pipe.start() not in code:
            cells.append([Line(row.text[at : pipe.start()], row.start + at)])
            at = pipe.end()
    if row.text[at:].strip():
        cells.append([row.without(at)])
    return cells


def _grid(lines: Sequence[Line], at: int) -> tuple[Table, int] | None:
    columns = [place for place, sign in enumerate(lines[at].text) if sign == "+"]
    rows: list[Row] = []
    row: list[list[Line]] = [[] for _ in columns[1:]]
    end = at + 1
    while end < len(lines) and lines[end].text.lstrip().startswith(("|", "+")):
        line = lines[end]
        if _GRID.match(line.text):
            rows.append(row)
            row = [[] for _ in columns[1:]]
        else:
            for cell, start, stop in zip(row, columns, columns[1:], strict=False):
                cell.append(Line(line.text[start + 1 : stop], line.start + start + 1))
        end += 1
    return (Table(rows), end) if rows else None


def _dashed(lines: Sequence[Line], at: int) -> tuple[Table, int] | None:
    """A table that begins with a line of dashes: of one run above a header of some lines, of several without a header."""
    header: list[Line] = []
    below = at
    if " " not in lines[at].text.strip():
        below = _end_of_rows(lines, at + 1)
        header = list(lines[at + 1 : below])
        is_header = 0 < len(header) <= _LONGEST_HEADER and below < len(lines) and " " in lines[below].text.strip()
        if not is_header or lines[below].is_blank:
            return None
    end = below + 1
    while end < len(lines) and not _is_dashes(lines[end]):
        end += 1
        if end - below > _LONGEST_TABLE:
            return None
    if end == len(lines):
        return None
    columns = _columns(lines[below].text)
    body = lines[below + 1 : end]
    rows = [_joined(header, columns)] if header else []
    if any(line.is_blank for line in body):
        rows += [_joined(group, columns) for group in _groups(body)]
    else:
        rows += [_cut(line, columns) for line in body]
    return Table(rows), end + 1


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if not line.is_blank:
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _joined(lines: Sequence[Line], columns: Sequence[int]) -> Row:
    """The cells of a row that takes several lines."""
    cells: list[list[Line]] = [[] for _ in columns]
    for line in lines:
        for cell, piece in zip(cells, _cut(line, columns), strict=True):
            cell += piece
    return cells
