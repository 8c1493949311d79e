"""Numbers that cite from a table: the cells of a column headed "Reference" that hold nothing else."""

from __future__ import annotations

import re

from bib.model import Span
from litcheck.citations.covered import Covered
from litcheck.citations.model import Form
from litcheck.citations.numbering import LONGEST_RANGE, NumberGroup, NumberItem
from litcheck.citations.wordlists import words_of

_DASHES = "-–—‒−‐‑"
_CELL = re.compile(rf"\s{{0,3}}\d{{1,3}}(?:\s?[{_DASHES},;]\s?\d{{1,3}}){{0,20}}\s?,?\s{{0,3}}")
_PIECE = re.compile(rf"(\d{{1,3}})(?:\s?[{_DASHES}]\s?(\d{{1,3}}))?")
#: Cells longer than this hold more than numbers.
_LONGEST_CELL = 120


def find_cells(text: str, without: Covered, numbers: range, form: Form) -> list[NumberGroup]:
    """The groups in such cells, row after row until a line without a tab ends the table."""
    found: list[NumberGroup] = []
    column = -1
    start = 0
    for line in text.split("\n"):
        if "\t" not in line:
            column = -1
        else:
            place = start
            for nth, cell in enumerate(line.split("\t")):
                if column < 0 and _is_heading(cell):
                    column = nth
                elif nth == column and len(cell) <= _LONGEST_CELL and _CELL.fullmatch(cell):
                    group = _group(cell, place, numbers, form)
                    if group is not None and not without.touches(group.span):
                        found.append(group)
                place += len(cell) + 1
        start += len(line) + 1
    return found


def _is_heading(cell: str) -> bool:
    words = re.split(r"\W+", cell[:_LONGEST_CELL].strip().lower())
    return words[0] in words_of("reference_headings") and len(words) <= len(("reference", "or", "note"))


def _group(cell: str, offset: int, numbers: range, form: Form) -> NumberGroup | None:
    items: list[NumberItem] = []
    for piece in _PIECE.finditer(cell):
        first, last = int(piece[1]), int(piece[2] or piece[1])
        if first not in numbers or last not in numbers or not first <= last <= first + LONGEST_RANGE:
            return None
        items.append(NumberItem(first, last, Span(offset + piece.start(), offset + piece.end())))
    return NumberGroup(tuple(items), form, Span(items[0].span.start, items[-1].span.end))
