"""The columns of a page in the order in which they are read."""

from __future__ import annotations

import statistics
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from litcheck.documents.pdf.lines import Line

#: The gutter between two columns lies in this middle part of the text's width.
_MIDDLE = (0.25, 0.75)
#: A column has at least so many lines, most of which fill it to this share of its width: those of tables and lists of names do
#: not. Where other pages have two columns, fewer will do: formulas are short.
_FEWEST_LINES = 5
_FILLED = 0.7
_MOST, _ENOUGH = 0.5, 0.2
#: Lines begin at one edge if their letters do within so many points.
_SAME_EDGE = 2.0
#: Columns side by side share this part of their height at least.
_BESIDE = 0.3


@dataclass(slots=True)
class Region:
    """A column, or a stretch of the page as wide as the text: its lines from the top down, and its edges in points."""

    lines: list[Line]
    left: float
    right: float


def gutters_of(pages: Sequence[list[Line]]) -> list[float | None]:
    """Where the gutter of each page lies, ``None`` for pages in one column. A short page follows the others."""
    found = [_gutter(page) for page in pages]
    usual = Counter(round(gutter / 4) for gutter in found if gutter is not None)
    if not usual:
        return found
    gutters = [round(gutter) for gutter in found if gutter is not None]
    common = statistics.median(gutter for gutter in gutters if round(gutter / 4) == usual.most_common(1)[0][0])
    return [_usual_gutter(page, common) if gutter is None else gutter for page, gutter in zip(pages, found, strict=True)]


def regions_of(lines: Sequence[Line], gutter: float | None) -> list[Region]:
    """The regions of one page in reading order: between lines that cross the gutter, the left column and then the right one."""
    ordered = sorted(lines, key=lambda line: (-line.baseline, line.left))
    if gutter is None:
        return [_region(ordered)] if ordered else []
    regions: list[Region] = []
    wide: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []

    def close(*bands: list[Line]) -> None:
        regions.extend(_region(band) for band in bands if band)

    beside = [line.baseline for line in ordered if line.left >= gutter]
    for line in ordered:
        if line.left < gutter < line.right and not _is_near(line, beside):
            close(left, right)
            left, right = [], []
            wide.append(line)
            continue
        close(wide)
        wide = []
        (left if line.left < gutter else right).append(line)
    close(wide, left, right)
    return regions


def _is_near(line: Line, baselines: list[float]) -> bool:
    """Whether the right column has a line beside this one: it is one of the left column, too long for it (an address)."""
    return any(abs(line.baseline - baseline) < 0.8 * line.size for baseline in baselines)


def _region(lines: list[Line]) -> Region:
    return Region(lines, min(line.left for line in lines), max(line.right for line in lines))


def _gutter(lines: list[Line]) -> float | None:
    """The place that fewest lines cross, if what stands on both sides of it is columns of text."""
    if len(lines) < 2 * _FEWEST_LINES:
        return None
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    width = right - left
    starts = sorted(line.left for line in lines if _MIDDLE[0] < (line.left - left) / width < _MIDDLE[1])
    best: tuple[int, float] | None = None
    for start in dict.fromkeys(starts):
        begun = bisect_right(starts, start + _SAME_EDGE) - bisect_left(starts, start - _SAME_EDGE)
        if begun < _FEWEST_LINES:
            continue
        place = start - 1
        crossing = sum(line.left < place < line.right for line in lines)
        # Twice, or the indent of a column's lines would do as well as its edge.
        if best is None or (2 * crossing - begun, place) < best:
            best = (2 * crossing - begun, place)
    if best is None:
        return None
    place = best[1]
    beside = [line for line in lines if line.right <= place]
    after = [line for line in lines if line.left >= place]
    if not (_is_column(beside) and _is_column(after)):
        return None
    end = statistics.quantiles([line.right for line in beside], n=20)[-1]
    low, high = max(_foot(beside), _foot(after)), min(_head(beside), _head(after))
    shared = (high - low) / max(1.0, min(_head(beside) - _foot(beside), _head(after) - _foot(after)))
    return (end + place) / 2 if shared >= _BESIDE and end < place else None


def _is_column(lines: list[Line], share: float = _MOST) -> bool:
    if len(lines) < _FEWEST_LINES:
        return False
    # A tenth of the lines may stick out: long addresses and formulas do.
    tenth = len(lines) // 10
    width = sorted(line.right for line in lines)[-1 - tenth] - sorted(line.left for line in lines)[tenth]
    return sum(line.right - line.left >= _FILLED * width for line in lines) >= share * len(lines)


def _usual_gutter(lines: list[Line], gutter: float) -> float | None:
    """The gutter of the other pages, where no more lines of this one cross it than keep to one side, and these are no table."""
    sides = [[line for line in lines if line.right <= gutter], [line for line in lines if line.left >= gutter]]
    crossing = len(lines) - sum(map(len, sides))
    if 2 * crossing > len(lines):
        return None
    # A table across the page leaves no column of text on either side, one within a column does.
    beside = any(len(side) < _FEWEST_LINES or _is_column(side, _ENOUGH) for side in sides)
    return gutter if beside or not crossing else None


def _head(lines: list[Line]) -> float:
    return max(line.baseline for line in lines)


def _foot(lines: list[Line]) -> float:
    return min(line.baseline for line in lines)
