"""Blocks of Markdown printed in order, with the notes that they refer to after each paragraph, and the lists they mark."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from bib.sections.headings import reference_headings
from litcheck.documents.markdown.blocks import (
    AsItStands,
    Block,
    DivisionBegin,
    DivisionEnd,
    Heading,
    Item,
    List,
    Note,
    NoteHere,
    Paragraph,
)
from litcheck.documents.markdown.inlines import Control, Node, read_inlines
from litcheck.documents.markdown.lines import Content, Line
from litcheck.documents.markdown.tables import Table
from litcheck.documents.marks import is_marked
from litcheck.documents.pieces import Buffer, Mark, Piece

_BULLET = "•"


class Page:
    """What was printed so far. ``notes`` and ``labels`` are those of the whole document."""

    def __init__(self, notes: Mapping[str, Note], labels: Mapping[str, str]) -> None:
        self._buffer = Buffer()
        self._notes = notes
        self._labels = labels
        self._known = frozenset(notes)
        self._numbers: dict[str, int] = {}
        self._note_count = 0
        self._waiting: deque[tuple[int, int, Note | Sequence[Node]]] = deque()
        self._in_notes = False
        self._divisions: list[str] = []
        self._in_list = False
        self._listed: frozenset[str] = frozenset()
        self._in_table = False

    def print(self, blocks: Sequence[Block]) -> None:
        """Prints the blocks of the whole text. Notes whose texts stand under the heading of a reference list are its entries."""
        self._listed = frozenset(_listed_notes(blocks))
        self._print(blocks, "\n\n")

    def print_keys(self, keys: Sequence[tuple[str, int]]) -> None:
        """Prints keys that are cited without a place in the text, in a paragraph."""
        for place, (key, start) in enumerate(keys):
            if place:
                self._add(", ", start, start)
            self._buffer.add(Piece(f"@{key}", 0, start, start + len(key) + 1, Mark.KEY, key))
        self._buffer.end_line("\n\n")

    def finish(self) -> list[Piece]:
        """All that was printed, in order."""
        self._buffer.end_text()
        return self._buffer.pieces

    def _add(self, text: str, start: int, end: int, mark: Mark | None = None, key: str = "") -> None:
        if text or mark:
            self._buffer.add(Piece(text, 0, start, end, mark, key))

    def _print(self, blocks: Sequence[Block], ending: str) -> None:
        for block, following in pairwise((*blocks, None)):
            match block:
                case Paragraph():
                    self._print_lines(block.lines, ending)
                case Heading():
                    if isinstance(following, DivisionBegin) and _kind(following) == "list":
                        self._begin_list(block.line.start)
                    self._print_lines([block.line], ending)
                case AsItStands():
                    for line in block.lines:
                        text, start = line.stripped()
                        self._add(text, start, start + len(text))
                        self._buffer.end_line("\n")
                    self._buffer.end_line(ending)
                case List():
                    self._print_list(block, ending)
                case Table():
                    self._print_table(block, ending)
                case DivisionBegin():
                    self._begin_division(block)
                case DivisionEnd():
                    self._end_division()
                case NoteHere() if block.label in self._listed:
                    number = self._number(block.label)
                    self._add(f"{number}. ", block.start, block.start + 1)
                    self._print(self._notes[block.label].blocks, "\n")
                case _:
                    pass

    def _print_lines(self, lines: Sequence[Line], ending: str) -> None:
        content = Content(lines)
        self._write(read_inlines(content, self._known, self._labels))
        self._buffer.end_line(ending)
        if not self._in_table:
            self._print_notes(ending)

    def _print_list(self, found: List, ending: str) -> None:
        self._buffer.end_line("\n")
        for item, label in zip(found.items, _labels(found.items), strict=True):
            mark = item.mark
            is_copy = label == mark.text
            self._add(label, mark.start, mark.start + (len(label) if is_copy else 1))
            self._add(" ", mark.start, mark.start)
            self._print(item.blocks, "\n")
            self._buffer.end_line("\n")
        self._buffer.end_line(ending)

    def _print_table(self, table: Table, ending: str) -> None:
        self._in_table = True
        self._buffer.end_line(ending)
        for row in table.rows:
            if all(line.is_blank for cell in row for line in cell):
                continue
            for place, cell in enumerate(row):
                if place:
                    self._buffer.end_cell()
                self._write(read_inlines(Content([line for line in cell if not line.is_blank]), self._known, self._labels))
            self._buffer.end_line("\n")
        self._buffer.end_line(ending)
        self._in_table = False
        self._print_notes(ending)

    def _begin_division(self, division: DivisionBegin) -> None:
        kind = _kind(division)
        if kind == "list":
            self._begin_list(division.start)
        elif kind == "entry" and self._in_list:
            self._add("", division.start, division.start, Mark.ENTRY, division.attributes.id)
        self._divisions.append(kind)

    def _begin_list(self, start: int) -> None:
        if not self._in_list:
            self._in_list = True
            self._add("", start, start, Mark.LIST)

    def _end_division(self) -> None:
        """Ends the innermost division. Of lists in one another the innermost ends all."""
        if self._divisions and self._divisions.pop() == "list" and self._in_list:
            self._in_list = False
            self._add("", 0, 0, Mark.LIST_END)

    def _write(self, nodes: Sequence[Node]) -> None:
        note: list[Node] = []
        depth = 0
        #: The line that ended last: its end is printed once something follows on the next.
        ended: Node | None = None
        for node in nodes:
            match node.mark:
                case Control.NOTE_BEGIN:
                    depth += 1
                    if depth == 1:
                        self._note_count += 1
                        self._print_mark(self._note_count, node)
                        note = []
                case Control.NOTE_END:
                    depth -= 1
                    if depth == 0:
                        self._waiting.append((self._note_count, node.start, note))
                case _ if depth:
                    # What is a note in a note stays a part of it.
                    note.append(node)
                case Control.NOTE:
                    if node.key not in self._numbers and node.key not in self._listed:
                        self._waiting.append((self._note_count + 1, node.start, self._notes[node.key]))
                    self._print_mark(self._number(node.key), node)
                case Control.LINE if not self._in_table:
                    self._buffer.end_line("\n")
                case Control.CELL:
                    if self._buffer.last not in ("", "\n"):
                        self._buffer.end_cell()
                case Control():
                    self._add(" ", node.start, node.end)
                case Mark.BREAK:
                    ended = node
                    continue
                case mark:
                    if ended and node.text and self._buffer.last not in ("", "\n", "\t"):
                        self._end_source_line(ended)
                    self._add(node.text, node.start, node.end, mark, node.key)
            if node.text or isinstance(node.mark, Control):
                ended = None

    def _end_source_line(self, node: Node) -> None:
        if self._in_table:
            self._add(" ", node.start, node.end)
        else:
            self._add("\n", node.start, node.end, Mark.BREAK)

    def _number(self, label: str) -> int:
        if label not in self._numbers:
            self._note_count += 1
            self._numbers[label] = self._note_count
        return self._numbers[label]

    def _print_mark(self, number: int, node: Node) -> None:
        for text, mark in (("", Mark.RAISE), (str(number), None), ("", Mark.LOWER)):
            self._add(text, node.start, node.end, mark)

    def _print_notes(self, ending: str) -> None:
        if self._in_notes:
            return
        self._in_notes = True
        while self._waiting:
            number, start, content = self._waiting.popleft()
            self._add(f"{number} ", start, start + 1)
            if isinstance(content, Note):
                self._print(content.blocks, ending)
            else:
                self._write(content)
            self._buffer.end_line(ending)
        self._in_notes = False


def _kind(division: DivisionBegin) -> str:
    """Whether a division is a reference list, an entry of one, or anything else."""
    if is_marked(division.attributes, "reference_lists"):
        return "list"
    return "entry" if is_marked(division.attributes, "entries") else ""


def _labels(items: Sequence[Item]) -> Iterator[str]:
    """What stands before each item. Numbers that rise are an author's own; others, such as "1." before each, are counted."""
    numbers = [item.number for item in items if item.number is not None]
    rising = all(one < two for one, two in pairwise((0, *numbers)))
    number = max(numbers[0], 1) - 1 if numbers else 0
    for item in items:
        if item.number is None:
            yield _BULLET
            continue
        number += 1
        yield item.mark.text if rising else f"{number}."


def _listed_notes(blocks: Sequence[Block]) -> Iterator[str]:
    """The labels of the notes whose texts stand under the heading of a reference list."""
    in_list = False
    for block in blocks:
        match block:
            case Heading():
                in_list = any(reference_headings(block.line.text))
            case NoteHere() if in_list:
                yield block.label
            case _:
                pass
