"""Lines to paragraphs, and paragraphs over the ends of columns and pages."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from bib.sections.headings import reference_headings
from litcheck.documents.pdf.columns import Region
from litcheck.documents.pdf.entries import is_rest_of_entry
from litcheck.documents.pdf.lines import Line

#: text: sentences and headings; entry: of a list with hanging indents; row: of a table; note: at the foot of a page; float:
#: a caption.
Kind = Literal["text", "entry", "row", "note", "float"]

#: Sizes of letters that differ by less, in points, are the same.
SAME_SIZE = 0.6
#: Lines further apart than this share of the usual distance belong to different paragraphs.
_FURTHER = 1.3
#: An indent, as a share of the size of the letters; more than the last of these is a heading or a formula.
_INDENT = (0.45, 6.0)
#: A heading of a reference list has no more characters.
_LONGEST_HEADING = 80
#: Lines of one indent begin within so many points: letters stand a little off their edge.
_SAME_INDENT = 1.5
#: How much wider than on average the first word of the next line may be and still have had its place on this one.
_WIDER = 1.35

_LABEL = re.compile(r"\[(\d{1,4})\](?=\s)|\(?(\d{1,4})[.)](?=[\s\t])")
_CAPTION = re.compile(
    r"(?:Supplementary |Extended Data |Online )?(?:Figure|Fig\.?|FIG\.?|FIGURE|Table|TABLE|Tabla|Tabela|Figura|Box|Scheme|Chart)"
    r"\s(?:[A-Z]?\d{1,3}|[IVX]{1,5})[A-Za-z]?(?:[.:|]|\s(?=[A-Z(])|\Z)"
)
_NOTE_MARK = re.compile(r"[*†‡§¶‖#∗]|\d{1,2}\s?(?=[^\W\d_])")
_SENTENCE_END = re.compile(r"[.?!:;][\"”’')\]]?\Z")


@dataclass(slots=True)
class Paragraph:
    """A paragraph's lines in reading order; those of several columns where it runs over their ends."""

    kind: Kind
    lines: list[Line]
    indented: bool = False


@dataclass(slots=True)
class _Stretch:
    """Lines of one size in one region, and whether their paragraphs hang, open with an indent, or neither.

    ``labelled`` are the places of lines that open with a number, the next of which is one more or the last of which one less.
    ``hang`` is where the further lines of its numbered entries begin, ``None`` where that is not right of their numbers.
    """

    lines: list[Line]
    left: float
    right: float
    layout: Literal["hanging", "indented", "flush"]
    labelled: frozenset[int] = frozenset()
    hang: float | None = None

    def label(self, line: Line) -> int | None:
        """The number of the entry that begins with a line; ``None`` for numbers that a line broke before ("1574–" above "9.")."""
        label = _LABEL.match(line.text)
        if not label or (self.hang is not None and abs(line.left - self.hang) < _SAME_INDENT):
            return None
        return int(label[1] or label[2])


def paragraphs_of(regions: Sequence[Region]) -> list[Paragraph]:
    """The paragraphs of a document whose regions are given in reading order.

    A paragraph that runs on, in another column or below a figure, stands whole where it begins; notes, captions and tables that
    come between its parts follow it.
    """
    made: list[Paragraph] = []
    #: The last paragraph of each size of letters, as long as nothing has ended it.
    open_ones: list[tuple[Paragraph, _Stretch]] = []
    body = _usual_size([line for region in regions for line in region.lines])
    steps = _steps([region.lines for region in regions])
    before: _Stretch | None = None
    is_listed = False  # below the heading of a reference list
    for region in regions:
        lines, notes = _without_notes(region.lines, body)
        interrupted = True
        for stretch in _stretches(lines, region, steps, before):
            before = stretch
            for paragraph in _parted(stretch, steps):
                if paragraph.kind in ("float", "row"):
                    made.append(paragraph)
                    interrupted = True
                    continue
                size = paragraph.lines[0].size
                same = next((one for one in open_ones if abs(one[0].lines[-1].size - size) < SAME_SIZE), None)
                if interrupted and same and _goes_on(*same, paragraph, stretch, is_listed=is_listed):
                    same[0].lines += paragraph.lines
                    paragraph = same[0]
                else:
                    made.append(paragraph)
                is_listed = is_listed or is_list_heading(_text_of(paragraph))
                # Small print leaves the text around it open; a heading or the next paragraph ends what came before.
                interrupted = size < body - SAME_SIZE
                open_ones = [one for one in open_ones if one[0].lines[-1].size > size + SAME_SIZE]
                open_ones.append((paragraph, stretch))
        made += notes
    return made


def is_list_heading(text: str) -> bool:
    """Whether a line, or a short paragraph, heads a reference list."""
    return len(text) <= _LONGEST_HEADING and any(True for _ in reference_headings(text))


def _usual_size(lines: Sequence[Line]) -> float:
    """The size of most letters."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _steps(columns: Sequence[list[Line]]) -> dict[int, float]:
    """The usual distance between lines by the rounded size of their letters."""
    found: dict[int, Counter[float]] = {}
    for lines in columns:
        for above, below in pairwise(lines):
            if abs(above.size - below.size) < SAME_SIZE:
                counted = found.setdefault(round(below.size), Counter())
                counted[round(2 * (above.baseline - below.baseline)) / 2] += 1
    return {size: counted.most_common(1)[0][0] for size, counted in found.items()}


def _without_notes(lines: list[Line], body: float) -> tuple[list[Line], list[Paragraph]]:
    """The lines of a column, and the notes at its foot: small print that opens with a mark below larger letters.

    A reference list may be in small print too; notes below one that begins in this column are in smaller letters than it.
    """
    first = _small_print(lines, body)
    if 0 < first < len(lines) and is_list_heading(lines[first - 1].text):
        first = _small_print(lines, lines[first].size)
    if first in (0, len(lines)) or not _opens_note(lines[first]):
        return lines, []
    notes: list[Paragraph] = []
    for line in lines[first:]:
        if not notes or _opens_note(line):
            notes.append(Paragraph("note", [line]))
        else:
            notes[-1].lines.append(line)
    return lines[:first], notes


def _small_print(lines: Sequence[Line], size: float) -> int:
    """Where the lines at the foot begin that are in smaller letters than ``size``."""
    first = len(lines)
    while first and lines[first - 1].size < size - SAME_SIZE:
        first -= 1
    return first


def _opens_note(line: Line) -> bool:
    return bool(line.raised and line.raised[0][0] == 0) or bool(_NOTE_MARK.match(line.text))


def _stretches(lines: Sequence[Line], region: Region, steps: dict[int, float], before: _Stretch | None) -> Iterator[_Stretch]:
    """The region's lines parted where the size of letters changes, a wide gap opens or a reference list begins."""
    begin = 0
    for n in range(1, len(lines) + 1):
        if n < len(lines) and abs(lines[n].size - lines[n - 1].size) < SAME_SIZE and not is_list_heading(lines[n - 1].text):
            step = steps.get(round(lines[n].size), 0.0)
            if lines[n - 1].baseline - lines[n].baseline <= 2 * step:
                continue
        part = list(lines[begin:n])
        begin = n
        if part:
            stretch = _stretch(part, region, before)
            yield stretch
            before = stretch


def _stretch(lines: list[Line], region: Region, before: _Stretch | None) -> _Stretch:
    left = _left_edge(lines)
    stretch = _Stretch(lines, left, region.right, "flush", hang=_hang(lines))
    stretch.labelled = _labelled(stretch)
    hanging = indented = flush = 0
    for above, below in pairwise(lines):
        was, now = _is_indented(above, left), _is_indented(below, left)
        full = not _has_room(above, below, region.right)
        if was and now:
            hanging += 1
        elif now:
            hanging += full
            indented += not full
        elif was:
            hanging += not full
            indented += full
        else:
            flush += full
    if hanging > max(indented, flush):
        stretch.layout = "hanging"
    elif indented > hanging:
        stretch.layout = "indented"
    elif not flush and before and abs(before.lines[-1].size - lines[0].size) < SAME_SIZE:
        stretch.layout = before.layout
    return stretch


def _hang(lines: Sequence[Line]) -> float | None:
    """Where most lines without a number begin, if that is an indent right of the numbers that most others open with."""
    lefts: tuple[list[float], list[float]] = ([], [])
    for line in lines:
        lefts[bool(_LABEL.match(line.text))].append(line.left)
    if not all(lefts):
        return None
    hang, edge = map(statistics.median, lefts)
    return hang if hang - edge > _INDENT[0] * lines[0].size else None


def _labelled(stretch: _Stretch) -> frozenset[int]:
    labels = [(n, label) for n, line in enumerate(stretch.lines) if (label := stretch.label(line)) is not None]
    return frozenset(n for one, other in pairwise(labels) if other[1] == one[1] + 1 for n in (one[0], other[0]))


def _left_edge(lines: Sequence[Line]) -> float:
    """Where the leftmost lines begin, a single one that sticks out left aside."""
    lefts = sorted(line.left for line in lines)
    return lefts[1] if len(lefts) > 4 and lefts[1] - lefts[0] > 2 else lefts[0]


def _is_indented(line: Line, left: float) -> bool:
    return _INDENT[0] * line.size < line.left - left < _INDENT[1] * line.size


def _has_room(above: Line, below: Line, right: float) -> bool:
    """Whether the first word of the line below would have fitted at the end of the line above: a paragraph ended there."""
    word = len(below.text.split(maxsplit=1)[0]) + 1
    letter = max((above.right - above.left) / max(len(above.text), 1), 0.35 * above.size)
    return right - above.right > _WIDER * word * letter


def _parted(stretch: _Stretch, steps: dict[int, float]) -> Iterator[Paragraph]:
    paragraph: Paragraph | None = None
    for n, line in enumerate(stretch.lines):
        above = stretch.lines[n - 1] if n else None
        if paragraph is None or above is None or n in stretch.labelled or _begins(above, line, stretch, steps, paragraph):
            if paragraph:
                yield paragraph
            paragraph = Paragraph(_kind(line, stretch), [line], _is_indented(line, stretch.left))
        else:
            paragraph.lines.append(line)
    if paragraph:
        yield paragraph


def _kind(line: Line, stretch: _Stretch) -> Kind:
    if line.is_row:
        return "row"
    if _CAPTION.match(line.text):
        return "float"
    return "entry" if stretch.layout == "hanging" else "text"


def _begins(above: Line, line: Line, stretch: _Stretch, steps: dict[int, float], paragraph: Paragraph) -> bool:
    """Whether the line begins a paragraph."""
    step = steps.get(round(line.size), 0.0)
    if line.is_row or paragraph.kind == "row":
        return True
    if step and above.baseline - line.baseline > _FURTHER * step:
        return True
    if paragraph.kind == "float":
        return False
    if _follows(stretch.label(paragraph.lines[0]), stretch.label(line)):
        return True
    indented = _is_indented(line, stretch.left)
    if stretch.layout == "hanging":
        return not indented
    if stretch.layout == "indented" and indented:
        return True
    return _has_room(above, line, stretch.right)


def _follows(label: int | None, next_label: int | None) -> bool:
    """Whether the labels are those of entries one after the other."""
    return label is not None and next_label == label + 1


def _goes_on(paragraph: Paragraph, stretch: _Stretch, following: Paragraph, next_stretch: _Stretch, *, is_listed: bool) -> bool:
    """Whether a paragraph runs over the end of its column into the first one of the next; of a list if it ``is_listed``."""
    last, first = paragraph.lines[-1], following.lines[0]
    if abs(last.size - first.size) >= SAME_SIZE or paragraph.kind == "row" or following.kind == "row":
        return False
    if _follows(stretch.label(paragraph.lines[0]), next_stretch.label(first)):
        return False
    indented = _is_indented(first, next_stretch.left)
    if next_stretch.layout == "hanging" and stretch.layout == "hanging":
        return indented
    if last.text.endswith("-"):
        return True
    if next_stretch.layout == "indented" and indented:
        return False
    if _has_room(last, first, stretch.right):
        return False
    if next_stretch.layout == "indented" or stretch.layout == "indented":
        return True
    if not _SENTENCE_END.search(last.text) or first.text[:1].islower():
        return True
    return is_listed and is_rest_of_entry(_text_of(paragraph), _text_of(following))


def _text_of(paragraph: Paragraph) -> str:
    return " ".join(line.text for line in paragraph.lines)
