"""Pieces of lines put together: what pdfium finds apart on one row of a column."""

from __future__ import annotations

from collections.abc import Sequence

from litcheck.documents.pdf.lines import RAISED, SMALLER, Line

#: Shares of the size of the letters: how far apart pieces with a blank between them stand, and cells of a table.
_BLANK = 0.12
_CELL = 2.0
#: Pieces whose baselines are no further apart stand on one row.
_SAME_ROW = 0.1
#: A raised number stands no higher above its line, no further from the words beside it, and has no more characters.
_HIGHEST = 0.75
_BESIDE = 0.6
_LONGEST_RAISED = 30


def rows_joined(lines: Sequence[Line]) -> list[Line]:
    """A column's pieces of lines, given from the top down, as whole lines from the top down. A tab parts the cells of a table."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (-line.baseline, line.left)):
        if rows and abs(rows[-1][0].baseline - line.baseline) <= max(0.5, _SAME_ROW * line.size):
            rows[-1].append(line)
        else:
            rows.append([line])
    kept: list[list[Line]] = []
    for n, row in enumerate(rows):
        home = _home(row, rows[n + 1 : n + 3])
        if home is None:
            kept.append(row)
        else:
            home += row
    return [_joined(row) for row in kept]


def _home(row: list[Line], below: list[list[Line]]) -> list[Line] | None:
    """The row whose words the pieces are raised beside, if they are numbers or marks that pdfium found on a row of their own."""
    for candidate in below:
        if all(any(_is_raised_beside(piece, line) for line in candidate) for piece in row):
            return candidate
    return None


def _is_raised_beside(piece: Line, line: Line) -> bool:
    size = line.size
    return (
        piece.size < SMALLER * size
        and RAISED * size < piece.baseline - line.baseline < _HIGHEST * size
        and len(piece.text) <= _LONGEST_RAISED
        and (abs(piece.left - line.right) < _BESIDE * size or abs(line.left - piece.right) < _BESIDE * size)
    )


def _joined(row: list[Line]) -> Line:
    if len(row) == 1:
        return row[0]
    row = sorted(row, key=lambda piece: piece.left)
    main = max(row, key=lambda piece: (piece.size, len(piece.text)))
    text = ""
    raised: list[tuple[int, int]] = []
    end = row[0].left
    for piece in row:
        gap = piece.left - end
        if text and gap > _CELL * main.size:
            text += "\t"
        elif text and gap > _BLANK * main.size:
            text += " "
        if piece.size < SMALLER * main.size and piece.baseline > main.baseline + RAISED * main.size:
            raised.append((len(text), len(text) + len(piece.text)))
        else:
            raised += [(start + len(text), stop + len(text)) for start, stop in piece.raised]
        text += piece.text
        end = max(end, piece.right)
    return Line(
        text,
        min(piece.left for piece in row),
        max(piece.right for piece in row),
        min(piece.bottom for piece in row),
        max(piece.top for piece in row),
        main.baseline,
        main.size,
        raised,
    )
