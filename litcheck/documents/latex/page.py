"""The page on which a LaTeX document is printed: its running text, and the notes and floats that follow their paragraphs."""

from __future__ import annotations

from dataclasses import dataclass

from litcheck.documents.pieces import Buffer, Mark, Piece

#: What LaTeX prints above a reference list and a summary.
_HEADING_OF_LIST = "References"
_HEADING_OF_ABSTRACT = "Abstract"


@dataclass(slots=True)
class _Environment:
    name: str
    kind: str
    part: Buffer | None = None
    number: int = 0


class Page:
    """What was printed so far. Parts are printed one inside the other: a note in a float in the text."""

    def __init__(self) -> None:
        self._text = Buffer()
        self._parts = [self._text]
        self._waiting: list[Buffer] = []
        self._environments: list[_Environment] = []
        self._preambles: list[Buffer] = []
        self._title: Buffer | None = None
        self._notes = 0

    @property
    def pieces(self) -> list[Piece]:
        """All that was printed, in order."""
        return self._text.pieces

    @property
    def at_blank(self) -> bool:
        """Whether a blank would add nothing here."""
        return self._parts[-1].last in ("", " ", "\n", "\t")

    @property
    def _in_table(self) -> bool:
        return any(environment.kind == "table" for environment in self._environments[-2:])

    def print(self, text: str, file: int, start: int, end: int, mark: Mark | None = None, key: str = "") -> None:
        """Prints a piece of text, or a mark, with its source."""
        if text or mark:
            self._parts[-1].add(Piece(text, file, start, end, mark, key))

    def end_line(self) -> None:
        """What follows begins a line."""
        self._parts[-1].end_line("\n")

    def end_paragraph(self) -> None:
        """What follows begins a paragraph; the notes and floats of the last one come between."""
        self._parts[-1].end_line("\n\n")
        if len(self._parts) == 1:
            waiting, self._waiting = self._waiting, []
            for part in waiting:
                for piece in part.pieces:
                    self._text.add(piece)
                self._text.end_line("\n\n")

    def begin_preamble(self) -> None:
        """What is printed now, up to ``end_preamble``, is left out, but for a title."""
        preamble = Buffer()
        self._preambles.append(preamble)
        self._parts.append(preamble)

    def end_preamble(self) -> None:
        """Prints the title that the preamble gave."""
        if not self._preambles:
            return
        self._close(self._preambles.pop())
        self._waiting.clear()
        self._environments.clear()
        self.end_paragraph()
        if self._title:
            for piece in self._title.pieces:
                self._parts[-1].add(piece)
            self._title = None
            self.end_paragraph()

    @property
    def in_preamble(self) -> bool:
        """Whether what is printed now is left out."""
        return bool(self._preambles)

    def begin_title(self) -> Buffer:
        """The beginning of the title that a preamble gives."""
        return self._begin_part()

    def end_title(self, title: Buffer) -> None:
        """The end of the title; it is printed where the preamble ends."""
        if self._close(title):
            self._title = title

    def begin_note(self, file: int, start: int, end: int, *, with_mark: bool) -> Buffer:
        """A note: its number is raised here, and its text, after the number, follows the paragraph."""
        if with_mark:
            self._notes += 1
            for text, mark in (("", Mark.RAISE), (str(self._notes), None), ("", Mark.LOWER)):
                self.print(text, file, start, end, mark)
        note = self._begin_part()
        self.print(f"{max(1, self._notes)} ", file, start, end)
        return note

    def end_note(self, note: Buffer) -> None:
        """The end of a note."""
        if self._close(note):
            self._waiting.append(note)

    def drop_note(self, note: Buffer) -> None:
        """The end of a note without a text."""
        self._close(note)

    def end_cell(self) -> None:
        """The end of a cell, where there is a table around it."""
        if self._in_table:
            self._parts[-1].end_cell()

    def begin_environment(self, name: str, kind: str, file: int, start: int, end: int) -> None:
        """The beginning of an environment that prints what it holds."""
        environment = _Environment(name, kind)
        self._environments.append(environment)
        match kind:
            case "float":
                environment.part = self._begin_part()
            case "table" | "items" | "numbers":
                self.end_line()
            case "list":
                self.end_paragraph()
                self.print("", file, start, end, Mark.LIST)
                self.print(_HEADING_OF_LIST, file, start, end)
                self.end_paragraph()
            case _ if name == "abstract":
                self.end_paragraph()
                self.print(_HEADING_OF_ABSTRACT, file, start, end)
                self.end_paragraph()

    def end_environment(self, name: str) -> None:
        """The end of the innermost environment of that name, and of all in it."""
        if all(environment.name != name for environment in self._environments):
            return
        while self._environments:
            environment = self._environments.pop()
            self._end(environment)
            if environment.name == name:
                return

    def _end(self, environment: _Environment) -> None:
        match environment.kind:
            case "float" if environment.part:
                if self._close(environment.part):
                    self._waiting.append(environment.part)
                if self._text.last in ("", "\n"):
                    self.end_paragraph()
            case "table" | "items" | "numbers":
                self.end_line()
            case "list":
                self.end_paragraph()
                self.print("", 0, 0, 0, Mark.LIST_END)
            case _ if environment.name == "abstract":
                self.end_paragraph()

    def item_label(self) -> str:
        """What stands before the next item of the list around it."""
        kind = next((one.kind for one in reversed(self._environments) if one.kind in ("items", "numbers")), "items")
        return f"{self.item_number()}. " if kind == "numbers" else "• "

    def item_number(self) -> int:
        """The number of the next item of the list around it."""
        innermost = self._innermost_list()
        if innermost is None:
            return 1
        innermost.number += 1
        return innermost.number

    def set_item_number(self, number: int) -> None:
        """Counts the items of the list around it from ``number`` on, which the next one exceeds by one."""
        if innermost := self._innermost_list():
            innermost.number = number

    def _innermost_list(self) -> _Environment | None:
        return next((one for one in reversed(self._environments) if one.kind in ("numbers", "items", "list")), None)

    def finish(self) -> None:
        """The end of the document: whatever is still open ends."""
        while self._environments:
            self._end(self._environments.pop())
        while len(self._parts) > 1:
            part = self._parts.pop()
            if part not in self._preambles:
                self._waiting.append(part)
        self.end_paragraph()
        self._text.end_text()

    def _begin_part(self) -> Buffer:
        part = Buffer()
        self._parts.append(part)
        return part

    def _close(self, part: Buffer) -> bool:
        """Closes the part and all in it, what these hold waiting for the end of the paragraph; whether it was open."""
        if all(open_part is not part for open_part in self._parts[1:]):
            return False
        while (innermost := self._parts.pop()) is not part:
            self._waiting.append(innermost)
        return True
