"""Writes what an RTF file prints to the flow of its text: characters, paragraphs, tables, notes, fields."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping

from litcheck.documents.fields import is_managed
from litcheck.documents.flow import Flow, Layout
from litcheck.documents.numerals import numeral
from litcheck.documents.rtf.groups import Closing, Font, Group, OpenField, Role
from litcheck.documents.symbol_font import UNKNOWN, private_symbols, symbol
from litcheck.documents.word_processor import Managed
from litcheck.limits import Allowance

_BULLET = "•"
#: A label is never longer than this; what would be is cut.
_LONGEST_LABEL = 60
_HIGH, _LOW, _END = 0xD800, 0xDC00, 0xE000
#: Where Word puts the codes of fonts that have their own.
_PRIVATE = 0xF000


class Story:
    """What is printed. ``group`` is what holds where the next characters stand; the reader sets it."""

    def __init__(self, flow: Flow, fonts: Mapping[int, Font], allowance: Allowance) -> None:
        self._flow = flow
        self._fonts = fonts
        self._allowance = allowance
        self.group = Group()
        #: The codec of the file, and the ways in which foot- and endnotes are numbered.
        self.codec = "cp1252"
        self.ways = {Closing.FOOTNOTE: "1", Closing.ENDNOTE: "1"}
        #: What reference managers keep, as its ends are passed.
        self.managed: list[Managed] = []
        self._bytes = bytearray()
        self._half = 0
        self._to_skip = 0
        self._fields: list[OpenField] = []
        self._label: list[str] = []
        self._next_label: str | None = None
        self._numbers = {Closing.FOOTNOTE: 0, Closing.ENDNOTE: 0}
        self._marks: list[str] = []
        self._awaits_note = False
        self._tables: list[tuple[bool, bool, bool]] = []
        self._in_row = self._in_cell = self._in_table = self._defines_row = False

    def add_bytes(self, text: bytes) -> None:
        """Characters in the code page of their font. Those that stand in for the last numbered character are passed over."""
        if self._to_skip:
            passed = min(self._to_skip, len(text))
            self._to_skip -= passed
            text = text[passed:]
        self._bytes += text

    def add_numbered(self, number: int) -> None:
        """A character by its number in Unicode, 16 bits, perhaps negative, perhaps half of one."""
        self.flush()
        unit = number % 0x10000
        if _HIGH <= unit < _LOW:
            self._half = unit
        elif _LOW <= unit < _END:
            if self._half:
                self.write(chr(0x10000 + ((self._half - _HIGH) << 10) + (unit - _LOW)))
            self._half = 0
        else:
            self.write(chr(unit).translate(private_symbols()))
        self._to_skip = self.group.instead

    def pass_over(self) -> bool:
        """Whether a control word or sign stands in for a numbered character and is passed over."""
        if self._to_skip:
            self._to_skip -= 1
            return True
        return False

    def flush(self) -> None:
        """Writes the characters so far, which may be several bytes each."""
        if not self._bytes:
            return
        data = bytes(self._bytes)
        self._bytes.clear()
        font = self._fonts.get(self.group.font) if self.group.font is not None else None
        if font is not None and font.has_own_codes:
            self.write("".join(symbol(_PRIVATE + code if code >= 0x80 else code, font.name) for code in data))
        else:
            self.write(data.decode((font.codec if font else "") or self.codec, "replace"))

    def write(self, text: str) -> None:
        """Writes to wherever the text of the group belongs."""
        self._allowance.check_time()
        group = self.group
        if group.role is Role.BODY:
            if not (group.hidden or group.deleted):
                self._begin_place()
                if self._next_label is not None:
                    self._flow.label(self._next_label, Layout.ITEM)
                    self._next_label = None
                self._flow.add(text, raised=group.raised)
        elif group.role is Role.LABEL:
            self._label.append(text)
        elif self._fields and not self._fields[-1].is_done:
            (self._fields[-1].data if group.role is Role.DATA else self._fields[-1].instruction).append(text)

    def end_of_group(self) -> None:
        """No character stands in beyond the group's end."""
        self.flush()
        self._to_skip = 0

    # Paragraphs and tables

    def end_paragraph(self) -> None:
        """Ends the paragraph, unless its end is deleted or hidden."""
        self.flush()
        if self.group.role is Role.BODY and not (self.group.hidden or self.group.deleted):
            self._begin_place()
            self._next_label = None
            self._flow.end_paragraph()

    def end_cell(self) -> None:
        """Ends a cell, which may be empty."""
        self.flush()
        self._begin_cell()
        self._flow.end_cell()
        self._in_cell = False

    def end_row(self) -> None:
        """Ends a row; a cell that was not ended is."""
        self.flush()
        if self._in_cell:
            self.end_cell()
        if self._in_row:
            self._flow.end_row()
        self._in_row = self._defines_row = False

    def define_row(self) -> None:
        """What follows stands in cells, until the row ends."""
        self._defines_row = True

    def end_document(self) -> None:
        """Ends all that is open."""
        self.flush()
        self.end_row()

    def _begin_place(self) -> None:
        """Begins the cell in which the next characters stand, or ends the table that they come after."""
        if self.group.in_table or self._defines_row:
            self._begin_cell()
        elif self._in_table and not self._in_cell:
            self.end_row()
            self._flow.end_table()
            self._in_table = False

    def _begin_cell(self) -> None:
        if not self._in_row:
            self._flow.begin_row()
            self._in_row = self._in_table = True
        if not self._in_cell:
            self._flow.begin_cell()
            self._in_cell = True

    # Labels, notes and boxes

    def end_label(self) -> None:
        """What stands before a paragraph of a list, as the program that wrote the file counted it."""
        self.flush()
        label = "".join(self._label).replace("\t", " ").strip()[:_LONGEST_LABEL].replace(UNKNOWN, _BULLET)
        self._label.clear()
        self._next_label = f"{label} " if label else ""

    def note_mark(self) -> None:
        """The mark of a note: in the text that of the one that follows, within a note its own, which is printed already."""
        self.flush()
        self._awaits_note = not (self._marks and self._marks[-1])

    def begin_note(self, kind: Closing) -> None:
        """Begins a foot- or endnote. One without an automatic mark has its own, in the text and in the note."""
        self.flush()
        mark = ""
        if self._awaits_note:
            self._numbers[kind] += 1
            mark = numeral(self._numbers[kind], self.ways[kind])
            self._begin_place()
            self._flow.add(mark, raised=True)
        self._awaits_note = False
        self._begin_aside(mark)
        if mark:
            self._flow.label(f"{mark} ", Layout.BLOCK)

    def begin_box(self) -> None:
        """Begins a text box."""
        self.flush()
        self._begin_aside("")

    def end_aside(self, kind: Closing) -> None:
        """Ends a note or box."""
        self.flush()
        self.end_row()
        self._marks.pop()
        self._in_row, self._in_cell, self._defines_row = self._tables.pop()
        self._flow.end_aside(at_end=kind is Closing.ENDNOTE)

    def _begin_aside(self, mark: str) -> None:
        self._begin_place()
        self._marks.append(mark)
        self._tables.append((self._in_row, self._in_cell, self._defines_row))
        self._in_row = self._in_cell = self._defines_row = False
        self._flow.begin_aside()

    # Fields

    def begin_field(self) -> None:
        """Begins a field."""
        self.flush()
        self._fields.append(OpenField())

    def begin_result(self) -> None:
        """What follows is printed for the innermost field."""
        self.flush()
        if self._fields and self.group.role is Role.BODY and not self._fields[-1].is_done:
            open_field = self._fields[-1]
            open_field.is_done = True
            if is_managed("".join(open_field.instruction)):
                self._begin_place()
                open_field.begins = self._flow.mark()

    def end_field(self) -> None:
        """Ends the innermost field. What one within an instruction keeps beside it belongs to the field around."""
        self.flush()
        ended = self._fields.pop()
        if ended.begins is not None:
            data = tuple(filter(None, (_as_base64("".join(ended.data)),)))
            self.managed.append(Managed("".join(ended.instruction), data, ended.begins, self._flow.mark()))
        elif self._fields and not self._fields[-1].is_done:
            self._fields[-1].data += ended.data


def _as_base64(digits: str) -> str:
    """Data in hexadecimal as the base64 in which Word's other format holds it; nothing for what is neither."""
    try:
        return base64.b64encode(binascii.unhexlify("".join(digits.split()))).decode()
    except (binascii.Error, ValueError):
        return ""
