"""Goes through the body, the notes and the text boxes of a document and writes what they print to the flow of its text.

Tracked changes are taken as accepted: what was inserted is in, what was deleted or moved away is out, and a deleted paragraph
mark joins two paragraphs. Of alternatives (``mc:AlternateContent``) the first is read. Of fields the result is read; what
reference managers keep in them, in content controls and in bookmarks is collected in ``Story.managed``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field

from lxml import etree

from litcheck.documents.docx.formulas import linear
from litcheck.documents.docx.names import MC, VAL, M, W, is_on
from litcheck.documents.docx.notes import Notes
from litcheck.documents.docx.numbering import Numbering
from litcheck.documents.docx.styles import PLAIN, RunStyle, Style, Styles, numbers_of, telling_properties
from litcheck.documents.fields import is_managed
from litcheck.documents.flow import Flow, Layout
from litcheck.documents.symbol_font import UNKNOWN, private_symbols, symbol
from litcheck.documents.word_processor import Managed
from litcheck.limits import Allowance

_PARAGRAPH_PROPERTIES = W + "pPr"
_RUN_PROPERTIES = W + "rPr"
_STYLE = W + "pStyle"
_FRAME = W + "framePr"
_TEXT = W + "t"
_NUMBERING = W + "numPr"
_FIELD_MARK = W + "fldChar"
_NOT_PRINTED = ("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "del", "moveFrom", "delText")
#: EndNote keeps the same data in two places; more belong to fields that are nested to keep their reader busy.
_MOST_DATA = 4
_PRIVATE_USE = re.compile("[\uf020-\uf0ff]")


@dataclass(slots=True)
class _Field:
    """A field that is open: at its instruction, or at its result, which begins at a mark if a reference manager made it."""

    is_instruction: bool = True
    instruction: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    begins: int | None = None


class Story:
    """Writes to ``flow``: ``read`` takes the body."""

    def __init__(
        self,
        flow: Flow,
        styles: Styles,
        numbering: Numbering,
        footnotes: Notes,
        endnotes: Notes,
        bookmarks: Mapping[str, str],
        allowance: Allowance,
    ) -> None:
        self._flow = flow
        self._styles = styles
        self._numbering = numbering
        self._footnotes = footnotes
        self._endnotes = endnotes
        self._bookmarks = bookmarks
        self._allowance = allowance
        #: What reference managers keep, as its ends are passed.
        self.managed: list[Managed] = []
        self._open_bookmarks: dict[str | None, tuple[str, int]] = {}
        self._note_mark = ""
        self._rows = 0
        #: The fields that are open, and how many of them are still at their instruction.
        self._fields: list[_Field] = []
        self._instructions = 0
        self._reads_fields = True
        #: The properties of runs that matter here; most say only which font and size.
        self._telling: Set[etree._Element | None] = frozenset()

    def read(self, root: etree._Element) -> None:
        """Writes what an element holds: the body, a note, a text box."""
        around = self._fields, self._instructions, self._reads_fields, self._telling
        self._fields, self._instructions, self._reads_fields, self._telling = [], 0, _is_balanced(root), telling_properties(root)
        self._walk(root, PLAIN)
        self._fields, self._instructions, self._reads_fields, self._telling = around

    def _walk(self, elements: Iterable[etree._Element], style: RunStyle) -> None:
        for child in elements:
            read = _READ.get(child.tag)
            if read is None:
                if len(child):
                    self._walk(child, style)
            else:
                read(self, child, style)

    def _read_paragraph(self, paragraph: etree._Element, _: RunStyle) -> None:
        style, marks = self._styles.default, None
        children = iter(paragraph)
        first = next(children, None)
        numbering, is_initial = None, False
        if first is not None and first.tag == _PARAGRAPH_PROPERTIES:
            for child in first:
                tag = child.tag
                if tag == _STYLE:
                    style = self._styles.style(child.get(VAL))
                elif tag == _NUMBERING:
                    numbering = child
                elif tag == _FRAME:
                    is_initial = child.get(W + "dropCap") in ("drop", "margin")
                elif tag == _RUN_PROPERTIES:
                    marks = child
        elif first is not None:
            children = iter(paragraph)
        label, layout = self._label(numbering, style)
        if self._note_mark:
            label, self._note_mark = f"{self._note_mark} {label}", ""
        if label or layout is not Layout.BLOCK:
            self._flow.label(label, layout)
        self._walk(children, style.run)
        # A large first letter is a paragraph of its own, and the next one goes on with it.
        if not (self._instructions or is_initial or (marks is not None and len(marks) and _is_joined(marks))):
            self._flow.end_paragraph()

    def _label(self, numbering: etree._Element | None, style: Style) -> tuple[str, Layout]:
        number_id, level = style.number_id, style.level
        if numbering is not None:
            own_id, own_level = numbers_of(numbering)
            number_id = number_id if own_id is None else own_id
            level = level if own_level is None else own_level
        if not number_id or number_id == "0":
            return "", Layout.BLOCK
        label = self._numbering.label(number_id, level or 0)
        return (label or "", Layout.BLOCK if label is None else Layout.ITEM)

    def _read_run(self, run: etree._Element, style: RunStyle) -> None:
        for child in run:
            tag = child.tag
            if tag == _TEXT:
                self._read_text(child, style)
            elif tag == _RUN_PROPERTIES:
                if child in self._telling:
                    style = self._styles.of_run(child, style)
            else:
                self._walk((child,), style)

    def _write(self, text: str, style: RunStyle) -> None:
        self._allowance.check_time()
        if self._instructions:
            self._instruct(text)
        elif not style.hidden:
            self._flow.add(text, raised=style.raised)

    def _read_text(self, element: etree._Element, style: RunStyle) -> None:
        text = element.text
        if not text:
            return
        if not text.isascii() and _PRIVATE_USE.search(text):
            text = text.translate(private_symbols())
        self._write(text.replace("\n", " "), style)

    def _read_tab(self, _: etree._Element, style: RunStyle) -> None:
        self._write("\t", style)

    def _read_break(self, _: etree._Element, style: RunStyle) -> None:
        self._write("\n", style)

    def _read_hyphen(self, _: etree._Element, style: RunStyle) -> None:
        self._write("-", style)

    def _read_symbol(self, element: etree._Element, style: RunStyle) -> None:
        try:
            code = int(element.get(W + "char") or "", 16)
        except ValueError:
            self._write(UNKNOWN, style)
        else:
            self._write(symbol(code, element.get(W + "font") or ""), style)

    def _read_formula(self, formula: etree._Element, style: RunStyle) -> None:
        self._write(linear(formula), style)

    def _read_field_mark(self, element: etree._Element, _: RunStyle) -> None:
        if not self._reads_fields:
            return
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(_Field(data=[data.text for data in element.iterchildren(W + "fldData") if data.text]))
            self._instructions += 1
        elif not self._fields:
            pass  # it began in what is not printed
        elif kind == "separate":
            self._instructions -= self._fields[-1].is_instruction
            self._fields[-1].is_instruction = False
            if not self._instructions and is_managed("".join(self._fields[-1].instruction)):
                self._fields[-1].begins = self._flow.mark()
        elif kind == "end":
            self._end_field(self._fields.pop())

    def _end_field(self, ended: _Field) -> None:
        self._instructions -= ended.is_instruction
        if ended.begins is not None:
            instruction = "".join(ended.instruction)
            self.managed.append(Managed(instruction, tuple(ended.data), ended.begins, self._flow.mark()))
        elif self._fields and self._fields[-1].is_instruction:
            # EndNote keeps what is long in a field of its own within the instruction.
            self._fields[-1].data = [*self._fields[-1].data, *ended.data][:_MOST_DATA]

    def _read_instruction(self, element: etree._Element, _: RunStyle) -> None:
        self._instruct(element.text or "")

    def _instruct(self, text: str) -> None:
        """Adds to the instruction of the innermost field that is still at it."""
        for open_field in reversed(self._fields):
            if open_field.is_instruction:
                open_field.instruction.append(text)
                return

    def _read_simple_field(self, element: etree._Element, style: RunStyle) -> None:
        self._read_managed(element.get(W + "instr") or "", element, style)

    def _read_control(self, control: etree._Element, style: RunStyle) -> None:
        tag = control.find(f"{W}sdtPr/{W}tag")
        self._read_managed("" if tag is None else tag.get(VAL) or "", control, style)

    def _read_managed(self, instruction: str, element: etree._Element, style: RunStyle) -> None:
        if self._instructions or not is_managed(instruction):
            self._walk(element, style)
            return
        begins = self._flow.mark()
        self._walk(element, style)
        self.managed.append(Managed(instruction, (), begins, self._flow.mark()))

    def _begin_bookmark(self, element: etree._Element, _: RunStyle) -> None:
        instruction = self._bookmarks.get(element.get(W + "name") or "")
        if instruction is not None:
            self._open_bookmarks[element.get(W + "id")] = instruction, self._flow.mark()

    def _end_bookmark(self, element: etree._Element, _: RunStyle) -> None:
        opened = self._open_bookmarks.pop(element.get(W + "id"), None)
        if opened is not None:
            instruction, begins = opened
            self.managed.append(Managed(instruction, (), begins, self._flow.mark()))

    def _read_alternatives(self, element: etree._Element, style: RunStyle) -> None:
        chosen = element.find(MC + "Choice")
        if chosen is None:
            chosen = element.find(MC + "Fallback")
        if chosen is not None:
            self._walk(chosen, style)

    def _read_box(self, box: etree._Element, style: RunStyle) -> None:
        if style.hidden:
            return
        self._flow.begin_aside()
        self.read(box)
        self._flow.end_aside()

    def _read_row(self, row: etree._Element, style: RunStyle) -> None:
        if row.find(f"{W}trPr/{W}del") is not None:
            return
        self._flow.begin_row()
        self._rows += 1
        self._walk(row, style)
        self._rows -= 1
        self._flow.end_row()

    def _read_cell(self, cell: etree._Element, style: RunStyle) -> None:
        if not self._rows:
            self._walk(cell, style)
            return
        self._flow.begin_cell()
        self._walk(cell, style)
        self._flow.end_cell()

    def _read_table(self, table: etree._Element, style: RunStyle) -> None:
        self._walk(table, style)
        self._flow.end_table()

    def _read_ruby(self, ruby: etree._Element, style: RunStyle) -> None:
        base = ruby.find(W + "rubyBase")
        if base is not None:
            self._walk(base, style)

    def _read_footnote_mark(self, reference: etree._Element, style: RunStyle) -> None:
        self._read_note(reference, self._footnotes, style, at_end=False)

    def _read_endnote_mark(self, reference: etree._Element, style: RunStyle) -> None:
        self._read_note(reference, self._endnotes, style, at_end=True)

    def _read_note(self, reference: etree._Element, notes: Notes, style: RunStyle, *, at_end: bool) -> None:
        """Writes a note and its mark. One with a mark of its own prints that itself."""
        note = None if style.hidden else notes.take(reference.get(W + "id"))
        if note is None:
            return
        custom = reference.get(W + "customMarkFollows")
        mark = "" if custom is not None and is_on(custom) else notes.next_mark()
        self._write(mark, RunStyle(raised=True))
        self._flow.begin_aside()
        around, self._note_mark = self._note_mark, mark
        self.read(note)
        self._note_mark = around
        self._flow.end_aside(at_end=at_end)

    def _skip(self, _: etree._Element, __: RunStyle) -> None:
        """What is not printed."""


def _is_joined(marks: etree._Element) -> bool:
    """Whether a paragraph's own mark is deleted, moved away or hidden, so that the next paragraph goes on with it."""
    hidden = marks.find(W + "vanish")
    return (hidden is not None and is_on(hidden.get(VAL))) or any(marks.find(W + tag) is not None for tag in ("del", "moveFrom"))


def _is_balanced(root: etree._Element) -> bool:
    """Whether all fields that begin also end, each with no more than one result; else their marks mean nothing."""
    results: list[int] = []
    for mark in root.iter(_FIELD_MARK):
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            results.append(0)
        elif not results:
            return False
        elif kind == "end":
            results.pop()
        elif kind == "separate":
            results[-1] += 1
            if results[-1] > 1:
                return False
    return not results


_READ: Mapping[str, Callable[[Story, etree._Element, RunStyle], None]] = {
    W + "p": Story._read_paragraph,
    W + "r": Story._read_run,
    _TEXT: Story._read_text,
    W + "tab": Story._read_tab,
    W + "ptab": Story._read_tab,
    W + "br": Story._read_break,
    W + "cr": Story._read_break,
    W + "noBreakHyphen": Story._read_hyphen,
    W + "sym": Story._read_symbol,
    M + "oMath": Story._read_formula,
    _FIELD_MARK: Story._read_field_mark,
    W + "instrText": Story._read_instruction,
    W + "fldSimple": Story._read_simple_field,
    W + "sdt": Story._read_control,
    W + "bookmarkStart": Story._begin_bookmark,
    W + "bookmarkEnd": Story._end_bookmark,
    MC + "AlternateContent": Story._read_alternatives,
    W + "txbxContent": Story._read_box,
    W + "tbl": Story._read_table,
    W + "tr": Story._read_row,
    W + "tc": Story._read_cell,
    W + "ruby": Story._read_ruby,
    W + "footnoteReference": Story._read_footnote_mark,
    W + "endnoteReference": Story._read_endnote_mark,
    **dict.fromkeys((W + name for name in _NOT_PRINTED), Story._skip),
}
