"""What stands on pages beside the text: running heads and feet, page numbers, the numbers of lines."""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from litcheck.documents.pdf.lines import Line

#: So many rows from the edge of a page are looked at. Journals set up to three lines above and below the text.
_EDGE_ROWS = 4
#: Rows stand at the same height if they are no further apart, in points.
_SAME_HEIGHT = 2.5
#: A head is on at least so many pages (left and right pages may have different ones), or on both of two.
_PAGES_WITH_HEAD = 3
#: A row that changes from page to page is a head if it stands at one height on this share of the pages, and further from the text
#: than lines stand from each other.
_SHARE_OF_PAGES = 0.6
_APART = 1.6

_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"(?<![^\W\d_])[ivxlc]{1,6}(?![^\W\d_])")
_NUMBER = re.compile(r"\d{1,5}")
#: At least so many numbers beside the lines of a page, and on so many of its rows where every line is numbered.
_FEWEST_NUMBERS = 4
_SHARE_OF_ROWS = 0.7

Row = list[Line]


def without_furniture(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """The lines of each page that belong to its text."""
    return _without_heads(_without_line_numbers(pages))


def rows_of(lines: Sequence[Line]) -> list[Row]:
    """The lines from the top down, those on one baseline together, from left to right."""
    rows: list[Row] = []
    for line in sorted(lines, key=lambda line: -line.baseline):
        if rows and rows[-1][0].baseline - line.baseline <= _SAME_HEIGHT:
            rows[-1].append(line)
        else:
            rows.append([line])
    for row in rows:
        row.sort(key=lambda line: line.left)
    return rows


def leading_of(lines: Sequence[Line]) -> float:
    """How far, in points, the lines of a page usually stand from each other; 0 for fewer than two lines."""
    heights = [row[0].baseline for row in rows_of(lines)]
    steps = Counter(round(2 * (above - below)) / 2 for above, below in pairwise(heights))
    return steps.most_common(1)[0][0] if steps else 0.0


def _without_line_numbers(pages: Sequence[list[Line]]) -> list[list[Line]]:
    numbered = [_line_numbers(page) for page in pages]
    found = [line for numbers in numbered for line in numbers]
    if not found:
        return list(pages)
    # What one page shows goes for short pages as well.
    left, right = min(line.left for line in found), max(line.right for line in found)
    return [
        [line for line in page if not (_NUMBER.fullmatch(line.text) and left - 1 <= line.left and line.right <= right + 1)]
        for page in pages
    ]


def _line_numbers(page: list[Line]) -> list[Line]:
    """The numbers that stand in one margin, beside most of the rows, and rise evenly from the top down."""
    numbers = [line for line in page if _NUMBER.fullmatch(line.text)]
    if len(numbers) < _FEWEST_NUMBERS:
        return []
    others = [line for line in page if not _NUMBER.fullmatch(line.text)]
    if not others:
        return []
    start = statistics.quantiles([line.left for line in others], n=20)[0] if len(others) > 1 else others[0].left
    end = max(line.right for line in others)
    for margin in (
        [line for line in numbers if line.right <= start + 1],
        [line for line in numbers if line.left >= end - 1],
    ):
        if len(margin) < _FEWEST_NUMBERS:
            continue
        values = [int(line.text) for line in sorted(margin, key=lambda line: -line.baseline)]
        step, times = Counter(b - a for a, b in pairwise(values)).most_common(1)[0]
        if (
            step > 0
            and times >= _SHARE_OF_ROWS * (len(values) - 1)
            and len(values) * step >= _SHARE_OF_ROWS * len(rows_of(others))
        ):
            return margin
    return []


def _without_heads(pages: Sequence[list[Line]]) -> list[list[Line]]:
    heads: list[list[Row]] = [[] for _ in pages]
    all_rows = [rows_of(page) for page in pages]
    enough = min(_PAGES_WITH_HEAD, len(pages))
    if enough < 2:
        return list(pages)
    alike: dict[str, list[tuple[int, Row]]] = defaultdict(list)
    for number, rows in enumerate(all_rows):
        for row in [*rows[:_EDGE_ROWS], *rows[max(_EDGE_ROWS, len(rows) - _EDGE_ROWS) :]]:
            alike[_pattern(row)].append((number, row))
    for found in alike.values():
        heights = Counter(round(row[0].baseline / _SAME_HEIGHT) for _, row in found)
        for number, row in found:
            height = round(row[0].baseline / _SAME_HEIGHT)
            if sum(heights[height + by] for by in (-1, 0, 1)) >= enough:
                heads[number].append(row)
    _add_changing_heads(all_rows, heads)
    dropped = [{id(line) for row in of_page for line in row} for of_page in heads]
    return [[line for line in page if id(line) not in gone] for page, gone in zip(pages, dropped, strict=True)]


def _pattern(row: Row) -> str:
    """What a running head keeps from page to page: its words, not its numbers."""
    return _ROMAN.sub("#", _DIGITS.sub("#", " ".join(line.text for line in row).casefold()))


def _add_changing_heads(all_rows: list[list[Row]], heads: list[list[Row]]) -> None:
    """Heads that name the section or the authors of the day: the first or last row, at one height, apart from the text."""
    for first, second in ((0, 1), (-1, -2)):
        apart: list[tuple[int, Row]] = []
        for number, rows in enumerate(all_rows):
            if len(rows) > _EDGE_ROWS and rows[first] not in heads[number]:
                step = abs(rows[first][0].baseline - rows[second][0].baseline)
                usual = leading_of([line for row in rows for line in row])
                if step > _APART * usual:
                    apart.append((number, rows[first]))
        heights = Counter(round(row[0].baseline / _SAME_HEIGHT) for _, row in apart)
        for number, row in apart:
            height = round(row[0].baseline / _SAME_HEIGHT)
            times = sum(heights[height + by] for by in (-1, 0, 1))
            if times >= max(_PAGES_WITH_HEAD, _SHARE_OF_PAGES * len(all_rows)):
                heads[number].append(row)
