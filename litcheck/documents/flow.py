"""The text of a word processor's document as its reader goes through it: paragraphs, notes and boxes, tables, raised runs.

What DOCX, ODT and RTF come to is laid out alike, and as in a plain text:

- Paragraphs are apart by a blank line; those of one list, and the rows of one table, follow each other without one. Blank
  paragraphs are left out. Headings are paragraphs.
- A note's mark stays in its place as a raised number. A footnote is a paragraph of its own after the paragraph (or table) that
  refers to it, its mark and a space before it; endnotes stand at the end of the text, likewise. Text boxes come after the
  paragraph that they are anchored to.
- Cells of a row are apart by tabs, paragraphs of one cell by spaces. A table of one column is no table: its cells are paragraphs.
- Soft hyphens and characters without width are left out, non-breaking hyphens are hyphens, ligatures are their letters;
  non-breaking spaces stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from bib.model import Span
from litcheck.documents.plain_characters import in_plain_characters
from litcheck.limits import Allowance


class _Raised(str):
    """A run above the line."""

    __slots__ = ()


@dataclass(slots=True)
class _Mark:
    """A place that the reader wants to know once the text is whole."""

    number: int


_Piece = str | _Mark


class Layout(Enum):
    """What a paragraph is to its neighbours: neighbours that are both of a list or of a table have no blank line between."""

    BLOCK = "block"
    ITEM = "item"
    ROW = "row"


@dataclass(slots=True)
class _Paragraph:
    pieces: list[_Piece]
    layout: Layout
    #: Which table a row belongs to.
    table: int = 0

    def follows(self, other: _Paragraph) -> bool:
        """Whether there is no blank line between this and the other before it."""
        return self.layout is not Layout.BLOCK and (self.layout, self.table) == (other.layout, other.table)

    @property
    def is_blank(self) -> bool:
        return not any(isinstance(piece, str) and not piece.isspace() for piece in self.pieces)


@dataclass(slots=True)
class _Level:
    """Paragraphs that come one after the other: those of the body, of a note, of a cell."""

    table: int
    done: list[_Paragraph] = field(default_factory=list)
    open: list[_Piece] = field(default_factory=list)
    label: str = ""
    layout: Layout = Layout.BLOCK
    asides: list[_Paragraph] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Flowed:
    """The whole text, the spans of its raised runs and of its paragraphs, and where each mark came to stand.

    ``endnotes`` is where the endnotes begin, the end of the text where there are none.
    """

    text: str
    superscripts: tuple[Span, ...]
    paragraphs: tuple[Span, ...]
    places: tuple[int, ...]
    endnotes: int

    def between(self, begins: int, ends: int) -> Span:
        """What stands between two marks."""
        return Span(self.places[begins], max(self.places[begins], self.places[ends]))


class Flow:
    """The text so far. ``add`` writes to the open paragraph; whatever begins must end, innermost first."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._table_count = 0
        self._levels = [self._new_level()]
        self._rows: list[list[_Level]] = []
        self._endnotes: list[_Paragraph] = []
        self._marks = 0

    def add(self, text: str, *, raised: bool = False) -> None:
        """Writes to the open paragraph. ``raised`` is text above the line."""
        if text := in_plain_characters(text):
            self._levels[-1].open.append(_Raised(text) if raised else text)

    def mark(self) -> int:
        """Remembers where the text is now; the number that comes back is the index of its place in ``Flowed.places``."""
        self._levels[-1].open.append(_Mark(self._marks))
        self._marks += 1
        return self._marks - 1

    def label(self, text: str, layout: Layout) -> None:
        """Says what is printed before the open paragraph, nothing if that stays blank, and how it stands to its neighbours."""
        self._levels[-1].label = text
        self._levels[-1].layout = layout

    def end_paragraph(self) -> None:
        """Ends the open paragraph; notes and boxes that were begun in it follow."""
        level = self._levels[-1]
        paragraph = _Paragraph(level.open, level.layout)
        if level.label and not paragraph.is_blank:
            _put_before(level.label, paragraph.pieces)
        level.done.append(paragraph)
        level.open, level.label, level.layout = [], "", Layout.BLOCK
        self._place_asides(level)
        self._allowance.check_time()

    def begin_aside(self) -> None:
        """Begins a note or a box."""
        self._levels.append(self._new_level())

    def end_aside(self, *, at_end: bool = False) -> None:
        """Ends the note or box: it comes after the paragraph or table that is open around it, or ``at_end`` of the text."""
        aside = self._close()
        waiting = self._endnotes if at_end else self._levels[-1].asides
        waiting += [*aside.done, *aside.asides]

    def begin_row(self) -> None:
        """Begins a row of a table."""
        self._rows.append([])

    def begin_cell(self) -> None:
        """Begins a cell of the row."""
        self._levels.append(self._new_level())

    def end_cell(self) -> None:
        """Ends the cell."""
        self._rows[-1].append(self._close())

    def end_row(self) -> None:
        """Ends the row."""
        cells = self._rows.pop()
        level = self._levels[-1]
        if level.open:
            self.end_paragraph()
        if len(cells) == 1:
            level.done += cells[0].done
            level.asides += cells[0].asides
            self._place_asides(level)
        elif cells:
            pieces: list[_Piece] = []
            for place, cell in enumerate(cells):
                if place:
                    pieces.append("\t")
                pieces += _in_one_line(cell.done)
            level.done.append(_Paragraph(pieces, Layout.ROW, level.table))
            level.asides += [aside for cell in cells for aside in cell.asides]

    def end_table(self) -> None:
        """Ends a table: the notes of its cells follow."""
        level = self._levels[-1]
        self._place_asides(level)
        self._table_count += 1
        level.table = self._table_count

    def finish(self) -> Flowed:
        """The whole text, once all that was begun has ended."""
        level = self._close()
        written = _Written(self._marks)
        for paragraph in (*level.done, *level.asides):
            written.write(paragraph)
        endnotes = written.length
        for paragraph in self._endnotes:
            written.write(paragraph)
        return Flowed(
            text="".join(written.pieces),
            superscripts=tuple(written.superscripts),
            paragraphs=tuple(written.paragraphs),
            places=tuple(written.places),
            endnotes=endnotes,
        )

    def _place_asides(self, level: _Level) -> None:
        """Puts what waits after the paragraph or row that was just ended, unless that stands in a table."""
        if not self._rows:
            level.done += level.asides
            level.asides = []

    def _new_level(self) -> _Level:
        self._table_count += 1
        return _Level(self._table_count)

    def _close(self) -> _Level:
        if self._levels[-1].open:
            self.end_paragraph()
        return self._levels.pop()


class _Written:
    """Paragraphs one after the other, and where in their text what stands."""

    def __init__(self, marks: int) -> None:
        self.pieces: list[str] = []
        self.superscripts: list[Span] = []
        self.paragraphs: list[Span] = []
        self.places = [0] * marks
        self.length = 0
        self._before: _Paragraph | None = None

    def write(self, paragraph: _Paragraph) -> None:
        """Adds a paragraph; of a blank one nothing stays but its marks."""
        is_blank = paragraph.is_blank
        if not is_blank:
            if self._before is not None and not paragraph.follows(self._before):
                self._add("\n")
            self._before = paragraph
        start = self.length
        for piece in paragraph.pieces:
            if isinstance(piece, _Mark):
                self.places[piece.number] = self.length
            elif not is_blank:
                if isinstance(piece, _Raised) and not piece.isspace():
                    self._raise(Span(self.length, self.length + len(piece)))
                self._add(piece)
        if not is_blank:
            self.paragraphs.append(Span(start, self.length))
            self._add("\n")

    def _add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def _raise(self, span: Span) -> None:
        if self.superscripts and self.superscripts[-1].end == span.start:
            span = Span(self.superscripts.pop().start, span.end)
        self.superscripts.append(span)


def _put_before(label: str, pieces: list[_Piece]) -> None:
    """Puts a label before the first text, after the marks that stand there and in the place of any blanks."""
    for place, piece in enumerate(pieces):
        if isinstance(piece, _Mark):
            continue
        if not piece.isspace():
            pieces[place] = _Raised(piece) if isinstance(piece, _Raised) else piece.lstrip()
            pieces.insert(place, label)
            return
        pieces[place] = ""


def _in_one_line(paragraphs: Sequence[_Paragraph]) -> list[_Piece]:
    """What a cell holds, on one line and without tabs."""
    pieces: list[_Piece] = []
    for paragraph in paragraphs:
        if pieces and not paragraph.is_blank:
            pieces.append(" ")
        for piece in paragraph.pieces:
            if isinstance(piece, _Mark):
                pieces.append(piece)
            else:
                line = piece.replace("\n", " ").replace("\t", " ")
                pieces.append(_Raised(line) if isinstance(piece, _Raised) else line)
    return pieces
