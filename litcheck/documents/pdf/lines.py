"""The lines of a page as pdfium finds them: their text, their place, the size of their letters, and which of them are raised.

A call into pdfium for every character would take longer than reading the page. So a line is measured by the rectangles around
its text objects (what one command of the page's content draws: a line, a word or a glyph, as its producer likes), and single
objects are looked at only where a rectangle stands higher than its line or far from the one before.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pypdfium2 import raw as pdfium

#: pdfium's mark for a hyphen at the end of a line, which it joins with the next one.
_BROKEN = "\ufffe"
_FIRST_NUMBER = re.compile(r"\d{1,5}(?=\s)")
_SEGMENT = re.compile(rf"[^\r\n{_BROKEN}]+{_BROKEN}?")

#: Shares of the size of the letters. A raised number stands a third of it higher, and its letters are 0.55 to 0.8 as large.
RAISED = 0.12
SMALLER = 0.92
#: A blank is a quarter of it, in justified lines seldom more than three quarters; cells of a table stand further apart.
WIDE_GAP = 1.0
#: The blanks of a justified line are wider than the first of these shares, not wider than the second, and the widest of them is
#: less than so many times as wide as the narrowest.
BLANK, _WIDEST_BLANK = 0.15, 2.5
_ALIKE = 1.6
_NUMBER_GAP = 0.5
#: Raised marks stand a little apart from their words even without a blank.
BLANK_BESIDE_RAISED = 0.2
#: Marks above and below a line are no further from its letters.
_SHIFT = 0.3
#: No box around letters is taller, or reaches further below their baseline, than this share of their size.
_TALLEST, _DEEPEST = 1.2, 0.35
#: Letters beyond these bounds, in points, are no text that a person reads.
_SMALLEST, _LARGEST = 1.0, 200.0
#: Coordinates beyond this are absurd: pages are at most 14,400 points wide.
_FARTHEST = 100_000.0


#: The object that holds a character, as a mere address: the binding's own way makes a Python object of each.
_object_at = ctypes.CFUNCTYPE(ctypes.c_void_p, pdfium.FPDF_TEXTPAGE, ctypes.c_int)(
    ctypes.cast(pdfium.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
)


@dataclass(slots=True)
class Line:
    """A line, or a piece of one that stands apart from what is beside it. Points from the lower left of the upright page.

    ``raised`` are stretches of ``text``, half open. ``is_row`` is said of what turned out to be a record of a table. ``page`` is
    counted from 1, 0 until the line has come to stand in a region.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    baseline: float
    size: float
    raised: list[tuple[int, int]] = field(default_factory=list)
    is_row: bool = False
    page: int = 0


class PageLines:
    """Finds the lines of one page after another, with the same few C variables."""

    def __init__(self) -> None:
        self._box = [ctypes.c_double() for _ in range(4)]
        self._references = [ctypes.byref(edge) for edge in self._box]
        self._matrix = pdfium.FS_MATRIX()
        self._matrix_reference = ctypes.byref(self._matrix)

    def of(self, page: pdfium.FPDF_TEXTPAGE, count: int) -> list[Line]:
        """The lines of a page with ``count`` characters, in the order of its content, turned upright.

        Text in another direction than most of the page (a stamp along the margin) is left out.
        """
        text = _text_of(page, count)
        found: list[tuple[int, Line]] = []
        for segment in _SEGMENT.finditer(text):
            found += self._measured(page, segment.start(), segment.group())
        if not found:
            return []
        weights: Counter[int] = Counter()
        for quarter, line in found:
            weights[quarter] += len(line.text)
        upright = weights.most_common(1)[0][0]
        return [_turned(line, upright) for quarter, line in found if quarter == upright]

    def _measured(self, page: pdfium.FPDF_TEXTPAGE, start: int, segment: str) -> list[tuple[int, Line]]:
        text = segment.strip()
        if not text:
            return []
        start += len(segment) - len(segment.lstrip())
        boxes = self._boxes(page, start, len(text))
        middle = len(text) // 2
        while text[middle].isspace():
            middle -= 1
        quarter, baseline, size = self._set(page, start + middle)
        if not (boxes and _SMALLEST <= size <= _LARGEST and quarter >= 0):
            return []
        text = text.replace(_BROKEN, "-")
        if quarter or len(boxes) == 1:
            return [(quarter, _line(text, boxes, baseline, size))]
        if jumps := [n for n in range(1, len(boxes)) if _is_jump(boxes[n - 1], boxes[n], size)]:
            firsts, boxes = self._firsts(page, start, text, boxes)
            jumps = [n for n in range(1, len(boxes)) if _is_jump(boxes[n - 1], boxes[n], size)]
            if jumps:
                edges = [0, *(firsts[n] for n in jumps), len(text)]
                return [one for a, b in pairwise(edges) for one in self._measured(page, start + a, text[a:b])]
        return [(0, line) for line in self._parted(page, start, text, boxes, baseline, size)]

    def _parted(
        self, page: pdfium.FPDF_TEXTPAGE, start: int, text: str, boxes: list[_Box], baseline: float, size: float
    ) -> list[Line]:
        """The line, or its pieces where gaps part it, with its raised stretches."""
        floor = baseline + RAISED * size
        # Boxes that are taller or reach deeper than these letters do are of others: it is the raised ones that were measured.
        tallest, deepest = max(box[3] - box[1] for box in boxes), min(box[1] for box in boxes)
        mistaken = tallest > _TALLEST * size or deepest < baseline - _DEEPEST * size
        odd = [n for n, box in enumerate(boxes) if mistaken or box[1] > floor]
        if not odd and not _wide_gaps(boxes, size, text):
            return [_line(text, boxes, baseline, size)]
        firsts, boxes = self._firsts(page, start, text, boxes)
        odd = [n for n, box in enumerate(boxes) if mistaken or box[1] > floor]
        placed = {n: self._set(page, start + firsts[n])[1:] for n in odd}
        for of_object, letters in placed.values():
            if letters > size:
                baseline, size = of_object, letters
        up = [n for n, (at, letters) in placed.items() if letters < SMALLER * size and at > baseline + RAISED * size]
        if up:
            text, firsts = _without_needless_blanks(text, up, firsts, boxes, BLANK_BESIDE_RAISED * size)
        ends = [*firsts[1:], len(text)]
        raised = [(firsts[n], firsts[n] + len(text[firsts[n] : ends[n]].rstrip())) for n in up]
        found = []
        edges = [0, *_wide_gaps(boxes, size, text), len(boxes)]
        for first, last in pairwise(edges):
            begin = firsts[first] if first else 0
            end = firsts[last] if last < len(boxes) else len(text)
            piece = text[begin:end].rstrip()
            spans = [(a - begin, b - begin) for a, b in raised if begin <= a < end]
            found.append(_line(piece, boxes[first:last], baseline, size, _joined(spans, piece)))
        return found

    def _boxes(self, page: pdfium.FPDF_TEXTPAGE, start: int, length: int) -> list[_Box]:
        """Left, bottom, right, top of each text object's part in the stretch; the empty ones left out."""
        left, top, right, bottom = self._box
        references = self._references
        rectangle = pdfium.FPDFText_GetRect
        boxes = []
        for n in range(pdfium.FPDFText_CountRects(page, start, length)):
            rectangle(page, n, *references)
            box = (left.value, bottom.value, right.value, top.value)
            if -_FARTHEST < box[0] < box[2] < _FARTHEST and -_FARTHEST < box[1] <= box[3] < _FARTHEST:
                boxes.append(box)
        return boxes

    def _set(self, page: pdfium.FPDF_TEXTPAGE, index: int) -> tuple[int, float, float]:
        """How a character is set: quarter turns to the left (-1 for anything between), baseline, size in points."""
        matrix = self._matrix
        if not pdfium.FPDFText_GetMatrix(page, index, self._matrix_reference):
            return -1, 0.0, 0.0
        size = pdfium.FPDFText_GetFontSize(page, index) * math.hypot(matrix.c, matrix.d)
        across, up = matrix.a, matrix.b
        if abs(up) < 0.1 * abs(across):
            return (0, matrix.f, size) if across > 0 else (2, -matrix.f, size)
        if abs(across) < 0.1 * abs(up):
            return (1, -matrix.e, size) if up > 0 else (3, matrix.e, size)
        return -1, 0.0, size

    def _firsts(self, page: pdfium.FPDF_TEXTPAGE, start: int, text: str, boxes: list[_Box]) -> tuple[list[int], list[_Box]]:
        """The offsets in ``text`` at which its objects begin, and their boxes; each glyph for itself where these do not fit."""
        glyphs = [n for n, character in enumerate(text) if not character.isspace()]
        if len(glyphs) == len(boxes):
            return glyphs, boxes
        firsts = []
        last = 0
        for n in glyphs:
            address = _object_at(page, start + n) or last
            if address != last:
                firsts.append(n)
                last = address
        if len(firsts) == len(boxes):
            return firsts, boxes
        placed = [(n, box) for n in glyphs for box in self._boxes(page, start + n, 1)]
        return [n for n, _ in placed], [box for _, box in placed]


def blanks_of(spans: Sequence[tuple[float, float]]) -> list[float]:
    """How far each stretch begins behind the end of all before it."""
    found = []
    end = spans[0][1]
    for left, right in spans[1:]:
        found.append(left - end)
        end = max(end, right)
    return found


def are_alike(gaps: Sequence[float], size: float) -> bool:
    """Whether the gaps between pieces of a line are the blanks of a justified one: several, of one width, and not too wide."""
    blanks = [gap for gap in gaps if gap > BLANK * size]
    return len(blanks) > 1 and max(blanks) < min(_ALIKE * min(blanks), _WIDEST_BLANK * size)


def _without_needless_blanks(
    text: str, raised: list[int], firsts: list[int], boxes: list[_Box], blank: float
) -> tuple[str, list[int]]:
    """The text without the blanks that pdfium sees beside raised objects where there is none, and where its objects begin now."""
    before = {n for n in raised if n}
    after = {n + 1 for n in raised if n + 1 < len(boxes) and not text[firsts[n + 1]].isalnum()}
    needless = {firsts[n] - 1 for n in before | after if text[firsts[n] - 1].isspace() and boxes[n][0] - boxes[n - 1][2] < blank}
    kept = "".join(character for at, character in enumerate(text) if at not in needless)
    return kept, [first - sum(at < first for at in needless) for first in firsts]


def _is_jump(before: _Box, after: _Box, size: float) -> bool:
    """Whether what follows stands on another row: pdfium now and then sees one line where several are."""
    return after[0] - before[2] < -size or after[3] < before[1] - _SHIFT * size or after[1] > before[3] + _SHIFT * size


def _wide_gaps(boxes: list[_Box], size: float, text: str) -> list[int]:
    """The boxes that stand far from the one before; not the words of a justified line.

    What follows a number at the beginning of the line may be nearer: numbers of lines keep little distance.
    """
    apart = [after[0] - before[2] for before, after in pairwise(boxes)]
    wide = [n for n, gap in enumerate(apart, 1) if gap >= WIDE_GAP * size]
    # Only where each word is drawn for itself are the blanks between words among the gaps.
    if wide and len(boxes) >= len(text.split()) and are_alike(apart, size):
        wide = []
    if number := _FIRST_NUMBER.match(text):
        near = (n for n in (1, number.end()) if n < len(boxes) and apart[n - 1] > _NUMBER_GAP * size)
        wide = sorted({*wide, *near})
    return wide


_Box = tuple[float, float, float, float]


def _text_of(page: pdfium.FPDF_TEXTPAGE, count: int) -> str:
    """The page's characters, as many as pdfium counts: those that it leaves out of texts are blanks here."""
    buffer = (ctypes.c_ushort * (2 * count + 1))()
    written = pdfium.FPDFText_GetText(page, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", errors="replace")
    if len(text) == count:
        return text
    codes = (pdfium.FPDFText_GetUnicode(page, n) for n in range(count))
    return "".join(chr(code) if code >= 32 or code in (10, 13) else _BROKEN if code == 2 else " " for code in codes)


def _line(text: str, boxes: list[_Box], baseline: float, size: float, raised: list[tuple[int, int]] | None = None) -> Line:
    if len(boxes) == 1:
        left, bottom, right, top = boxes[0]
        return Line(text, left, right, bottom, top, baseline, size, raised or [])
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return Line(text, min(lefts), max(rights), min(bottoms), max(tops), baseline, size, raised or [])


def _joined(spans: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Raised stretches with nothing but blanks between them as one: producers draw "1", "," and "2" apart."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _turned(line: Line, quarter: int) -> Line:
    """The line as it stands once the page is turned so that it reads from left to right."""
    if quarter == 0:
        return line
    left, bottom, right, top = line.left, line.bottom, line.right, line.top
    if quarter == 1:
        left, bottom, right, top = bottom, -right, top, -left
    elif quarter == 2:
        left, bottom, right, top = -right, -top, -left, -bottom
    else:
        left, bottom, right, top = -top, left, -bottom, right
    return Line(line.text, left, right, bottom, top, line.baseline, line.size, line.raised)
