"""Pieces of lines put together: what pdfium finds apart on one row of a column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from litcheck.documents.pdf.lines import BLANK, BLANK_BESIDE_RAISED, RAISED, SMALLER, WIDE_GAP, Line, are_alike, blanks_of
from litcheck.documents.pdf.tables import records_of, runs_of_table

#: Pieces whose baselines are no further apart stand on one row.
_SAME_ROW = 0.1
#: A raised or lowered mark stands no higher or deeper, no further from the words beside it, and has no more characters.
_HIGHEST = 0.75
_BESIDE = 0.6
_LONGEST_MARK = 30

#: The label of an entry that stands apart from it. Bare numbers are left out: tables count their records by them.
_LABEL = re.compile(r"\[(\d{1,4})\]|\(?(\d{1,4})[.)]")


def rows_joined(lines: Sequence[Line]) -> list[Line]:
    """A column's pieces of lines, given from the top down, as whole lines from the top down.

    A record of a table is a line, tabs between its cells.
    """
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (-line.baseline, line.left)):
        if rows and abs(rows[-1][0].baseline - line.baseline) <= max(0.5, _SAME_ROW * line.size):
            rows[-1].append(line)
        else:
            rows.append([line])
    kept: list[list[Line]] = []
    for n, row in enumerate(rows):
        home = _home(row, [*kept[-1:], *rows[n + 1 : n + 3]])
        if home is None:
            kept.append(row)
        else:
            home += row
    kept = _with_labels([_without_blanks(sorted(row, key=lambda piece: piece.left)) for row in kept])
    joined: list[Line] = []
    done = 0
    for begin, end in runs_of_table(kept):
        joined += map(_joined, kept[done:begin])
        joined += map(_record, records_of(kept[begin:end]))
        done = end
    return joined + [_joined(row) for row in kept[done:]]


def _home(row: list[Line], around: list[list[Line]]) -> list[Line] | None:
    """The row whose words the pieces stand beside, if they are raised or lowered marks that pdfium found apart."""
    if any(len(piece.text) > _LONGEST_MARK for piece in row):
        return None
    for candidate in around:
        if all(any(_is_mark_beside(piece, line) for line in candidate) for piece in row):
            return candidate
    return None


def _is_mark_beside(piece: Line, line: Line) -> bool:
    size = line.size
    return (
        piece.size < SMALLER * size
        and RAISED * size < abs(piece.baseline - line.baseline) < _HIGHEST * size
        and (abs(piece.left - line.right) < _BESIDE * size or abs(line.left - piece.right) < _BESIDE * size)
    )


def _without_blanks(row: list[Line]) -> list[Line]:
    """The pieces of a row, those put together that only blanks part; a justified line is one piece."""
    if len(row) == 1:
        return row
    gaps = blanks_of([(piece.left, piece.right) for piece in row])
    size = max(piece.size for piece in row)
    if 2 * sum(" " in piece.text for piece in row) < len(row) and are_alike(gaps, size):
        return [_joined(row)]
    parts = [[row[0]]]
    for gap, piece in zip(gaps, row[1:], strict=True):
        if gap < WIDE_GAP * size:
            parts[-1].append(piece)
        else:
            parts.append([piece])
    return [_joined(part) for part in parts]


def _with_labels(rows: list[list[Line]]) -> list[list[Line]]:
    """The rows, the labels of a numbered list put together with their entries: side by side they look like a table's columns.

    Labels of a list count up by one, and nothing but the entry stands beside them.
    """
    labelled = [(n, int(label[1] or label[2])) for n, row in enumerate(rows) if (label := _LABEL.fullmatch(row[0].text))]
    counted = set()
    for (n, number), (next_n, next_number) in pairwise(labelled):
        if next_number == number + 1 and len(rows[n]) == len(rows[next_n]) == 2:
            counted |= {n, next_n}
    return [[_joined(row)] if n in counted else row for n, row in enumerate(rows)]


def _joined(row: list[Line]) -> Line:
    """The pieces of a row as one line."""
    if len(row) == 1:
        return row[0]
    main = max(row, key=lambda piece: (piece.size, len(piece.text)))
    gaps = blanks_of([(piece.left, piece.right) for piece in row])
    joints = []
    for before, gap, piece in zip(row, gaps, row[1:], strict=False):
        apart = SMALLER * main.size > min(before.size, piece.size) and (piece.size < main.size or not piece.text[0].isalnum())
        blank = BLANK_BESIDE_RAISED if apart else BLANK
        joints.append(" " if gap >= blank * main.size else "")
    return _one_line(row, joints, main)


def _record(cells: list[list[Line]]) -> Line:
    """The cells of a record as one line, a tab before each but the first; empty ones at the end left out."""
    while not cells[-1]:
        cells = cells[:-1]
    pieces: list[Line] = []
    joints: list[str] = []
    tabs = -1
    for cell in cells:
        tabs += 1
        for n, piece in enumerate(cell):
            if pieces:
                above = pieces[-1].text
                inside = "" if above[-1] in "-/" else " "
                joints.append(inside if n else "\t" * tabs)
            tabs = 0
            pieces.append(piece)
    line = _one_line(pieces, joints, pieces[0])
    return replace(line, is_row=True)


def _one_line(pieces: Sequence[Line], joints: Sequence[str], main: Line) -> Line:
    text = ""
    raised: list[tuple[int, int]] = []
    for piece, joint in zip(pieces, ["", *joints], strict=True):
        text += joint
        if piece.size < SMALLER * main.size and piece.baseline > main.baseline + RAISED * main.size:
            raised.append((len(text), len(text) + len(piece.text)))
        else:
            raised += [(start + len(text), end + len(text)) for start, end in piece.raised]
        text += piece.text
    return Line(
        text,
        min(piece.left for piece in pieces),
        max(piece.right for piece in pieces),
        min(piece.bottom for piece in pieces),
        max(piece.top for piece in pieces),
        main.baseline,
        main.size,
        raised,
    )
