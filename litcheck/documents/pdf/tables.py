"""Tables: which rows of a column are those of one, and which pieces make a cell."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from itertools import pairwise

from litcheck.documents.pdf.lines import Line

#: Pieces are in one column of the table if their left or right ends are no further apart, in points.
_ALIGNED = 3.0
#: Rows of a table are no further apart than so many sizes of their letters.
_FARTHEST = 4.0
#: Their pieces leave some of their width empty.
_FULLEST = 0.93
#: Lines of one cell stand closer than cells below each other: a step so much larger than the smallest begins a record, if a share
#: of the steps is.
_LARGER_STEP = 1.12
_SHARE_OF_LARGER = 0.2
#: Under that rule, so many records at most may have two lines in their first cell.
_SHARE_OF_TALL = 0.4

Row = list[Line]


def runs_of_table(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """The tables among a column's rows, given from the top down with their pieces: half-open ranges."""
    tabular = [_is_tabular(rows, n) for n in range(len(rows))]
    runs: list[tuple[int, int]] = []
    n = 0
    while n < len(rows):
        if not tabular[n]:
            n += 1
            continue
        end = n + 1
        while end < len(rows) and _is_near(rows[end - 1], rows[end]) and (tabular[end] or _is_cell(rows, end, n, tabular)):
            end += 1
        if _is_table(rows[n:end]):
            runs.append((n, end))
        n = end
    return runs


def records_of(rows: Sequence[Row]) -> list[list[list[Line]]]:
    """The records of a table: for each of its columns the lines of a cell, from the top down."""
    columns = _columns(rows)
    placed = [[(_column_of(piece, columns), piece) for piece in row] for row in rows]
    step = _line_step(placed, len(columns))
    by_step = _records_by_step(placed, len(columns), step) if step else None
    return by_step or _records_by_first_cell(placed, len(columns))


def _is_table(rows: Sequence[Row]) -> bool:
    """Whether the rows are too many, or have too many pieces, to be lines of text whose wide blanks happen to meet."""
    parted = [len(row) for row in rows if len(row) > 1]
    if len(parted) < 2 or (len(parted) == 2 and min(parted) == 2):
        return False
    width = max(row[-1].right for row in rows) - min(row[0].left for row in rows)
    return statistics.median(sum(piece.right - piece.left for piece in row) for row in rows if len(row) > 1) < _FULLEST * width


def _is_tabular(rows: Sequence[Row], n: int) -> bool:
    row = rows[n]
    if len(row) < 2:
        return False
    others = [piece for m in (n - 2, n - 1, n + 1, n + 2) if 0 <= m < len(rows) for piece in rows[m] if len(rows[m]) > 1]
    aligned = sum(any(_are_aligned(piece, other) for other in others) for piece in row[1:])
    return 2 * aligned >= len(row) - 1


def _are_aligned(piece: Line, other: Line) -> bool:
    return abs(piece.left - other.left) < _ALIGNED or abs(piece.right - other.right) < _ALIGNED


def _is_near(above: Row, below: Row) -> bool:
    return above[0].baseline - below[0].baseline < _FARTHEST * max(above[0].size, below[0].size)


def _is_cell(rows: Sequence[Row], n: int, begin: int, tabular: Sequence[bool]) -> bool:
    """Whether a row of one piece, or with pieces that stand askew, goes on a cell above it or heads rows below it."""
    lefts = [piece.left for row in rows[begin:n] for piece in row]
    first = min(lefts)
    following = any(tabular[n + 1 : n + 3])
    second = min((left for left in lefts if left > first + _ALIGNED), default=first)
    for piece in rows[n]:
        if piece.left < first - _ALIGNED:
            return False
        inside = piece.left > first + _ALIGNED and any(abs(piece.left - left) < _ALIGNED for left in lefts)
        if not inside and not (following and (piece.right < second or len(rows[n]) > 1)):
            return False
    return True


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """The left and right end of each column: the narrow pieces show them, what spans several of them is left aside."""
    pieces = sorted((piece for row in rows if len(row) > 1 for piece in row), key=lambda piece: piece.right - piece.left)
    columns: list[tuple[float, float]] = []
    for piece in pieces:
        touched = [column for column in columns if piece.left < column[1] and column[0] < piece.right]
        if len(touched) < 2:
            if touched:
                columns.remove(touched[0])
            left = min([piece.left, *(column[0] for column in touched)])
            columns.append((left, max([piece.right, *(column[1] for column in touched)])))
    return sorted(columns)


def _column_of(piece: Line, columns: Sequence[tuple[float, float]]) -> int:
    for n, (_, right) in enumerate(columns):
        if piece.left < right:
            return n
    return len(columns) - 1


_Placed = Sequence[Sequence[tuple[int, Line]]]


def _line_step(placed: _Placed, width: int) -> float:
    """How far apart lines of one cell stand, 0 where that is as far as cells do."""
    steps = []
    for column in range(width):
        lines = [piece for row in placed for at, piece in row if at == column]
        steps += [above.baseline - below.baseline for above, below in pairwise(lines) if above.baseline > below.baseline]
    if not steps:
        return 0.0
    steps.sort()
    smallest = steps[len(steps) // 10]
    larger = sum(step > _LARGER_STEP * smallest for step in steps)
    return smallest if larger >= _SHARE_OF_LARGER * len(steps) else 0.0


def _records_by_step(placed: _Placed, width: int, step: float) -> list[list[list[Line]]] | None:
    """The records where a larger step parts them, ``None`` if that would make cells of what are rows."""
    records: list[list[list[Line]]] = []
    for row in placed:
        if not records or any(
            records[-1][at] and records[-1][at][-1].baseline - piece.baseline > _LARGER_STEP * step for at, piece in row
        ):
            records.append([[] for _ in range(width)])
        for at, piece in row:
            records[-1][at].append(piece)
    tall = sum(len(record[0]) > 1 for record in records)
    return records if tall <= _SHARE_OF_TALL * len(records) else None


def _records_by_first_cell(placed: _Placed, width: int) -> list[list[list[Line]]]:
    """The records where each row is one, but for those that go on a few cells of the one above and have no first cell."""
    records: list[list[list[Line]]] = []
    for row in placed:
        goes_on = records and min(at for at, _ in row) > 0 and 2 * len(row) <= width
        if not goes_on:
            records.append([[] for _ in range(width)])
        for at, piece in row:
            records[-1][at].append(piece)
    return records
