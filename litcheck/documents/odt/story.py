"""Goes through the body of a document and writes what it prints to the flow of its text.

Tracked deletions stand apart in OpenDocument and are left out, so that all changes are taken as accepted. The format's own
citations and what reference managers keep in reference marks, bookmarks, sections and fields are collected in ``Story.managed``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from lxml import etree

from bib.model import Reference
from litcheck.documents.fields import is_managed
from litcheck.documents.flow import Flow, Layout
from litcheck.documents.numerals import whole_number
from litcheck.documents.odt.bibliography import marked_work
from litcheck.documents.odt.formulas import linear
from litcheck.documents.odt.lists import Count, Lists
from litcheck.documents.odt.names import DRAW, FIELD, HREF, MATH, OFFICE, STYLE, SVG, TABLE, TEXT, XML_ID
from litcheck.documents.odt.styles import PLAIN, Styles, TextStyle
from litcheck.documents.word_processor import Managed
from litcheck.limits import Allowance

_SPACE = re.compile(r"[ \t\r\n]+")
_STYLE_NAME = TEXT + "style-name"
#: So many spaces in one place are a layout, and one is as good.
_MOST_SPACES = 100


class Story:
    """Writes to ``flow``: ``read`` takes the body. ``formula`` gives the formula of an embedded object."""

    def __init__(
        self,
        flow: Flow,
        styles: Styles,
        lists: Lists,
        bookmarks: Mapping[str, str],
        formula: Callable[[str], str],
        allowance: Allowance,
    ) -> None:
        self._flow = flow
        self._styles = styles
        self._lists = lists
        self._bookmarks = bookmarks
        self._formula = formula
        self._allowance = allowance
        #: What reference managers keep, as its ends are passed.
        self.managed: list[Managed] = []
        #: The works of the format's own citations by their ids.
        self.works: dict[str, Reference] = {}
        self._begun: dict[str | None, tuple[str, int]] = {}
        self._open_fields: list[tuple[str, int]] = []
        self._outline = Count("")
        self._list: Count | None = None
        self._list_style = ""
        self._level = -1
        self._label: tuple[int, int | None] | None = None
        self._note_mark = ""
        self._in_paragraph = False
        self._after_space = True
        self._rows = 0

    def read(self, body: etree._Element) -> None:
        """Writes what the body holds."""
        self._read_blocks(body, PLAIN)

    def _read_blocks(self, parent: etree._Element, style: TextStyle) -> None:
        """Elements that hold paragraphs; white space between them is none of the text's."""
        for child in parent:
            read = _READ.get(child.tag)
            if read is not None:
                read(self, child, style)
            elif isinstance(child.tag, str):
                self._read_blocks(child, style)

    def _read_inline(self, parent: etree._Element, style: TextStyle) -> None:
        """Elements within a paragraph."""
        self._write(parent.text, style)
        for child in parent:
            read = _READ.get(child.tag)
            if read is not None:
                read(self, child, style)
            elif isinstance(child.tag, str):
                self._read_inline(child, style)
            self._write(child.tail, style)

    def _read_children(self, element: etree._Element, style: TextStyle) -> None:
        if self._in_paragraph:
            self._read_inline(element, style)
        else:
            self._read_blocks(element, style)

    def _write(self, text: str | None, style: TextStyle) -> None:
        """Text in which any white space is one space."""
        if not text or style.hidden:
            return
        self._allowance.check_time()
        words = _SPACE.sub(" ", text)
        if self._after_space and words[0] == " ":
            words = words[1:]
        if words:
            self._after_space = words[-1] == " "
            self._flow.add(words, raised=style.raised)

    def _write_exactly(self, text: str, style: TextStyle) -> None:
        if not style.hidden:
            self._after_space = False
            self._flow.add(text, raised=style.raised)

    def _read_paragraph(self, paragraph: etree._Element, style: TextStyle) -> None:
        if self._in_paragraph:
            self._read_box(paragraph, style)
            return
        own = self._styles.within(style, "paragraph", paragraph.get(_STYLE_NAME))
        label, layout = self._label_of(paragraph, own)
        if self._note_mark:
            label, self._note_mark = f"{self._note_mark} {label}", ""
        if label or layout is not Layout.BLOCK:
            self._flow.label(label, layout)
        self._in_paragraph, self._after_space = True, True
        self._read_inline(paragraph, own)
        self._in_paragraph = False
        self._flow.end_paragraph()

    def _label_of(self, paragraph: etree._Element, style: TextStyle) -> tuple[str, Layout]:
        if self._list is None:
            if paragraph.tag == TEXT + "h" and paragraph.get(TEXT + "is-list-header") != "true":
                level = whole_number(paragraph.get(TEXT + "outline-level"), 1) - 1
                return self._lists.label(self._outline, "", level), Layout.BLOCK
            return "", Layout.BLOCK
        if self._label is None:
            return "", Layout.ITEM
        level, start = self._label
        self._label = None
        return self._lists.label(self._list, self._list_style or style.list_style, level, start), Layout.ITEM

    def _read_list(self, source: etree._Element, style: TextStyle) -> None:
        around = self._list, self._list_style, self._level, self._label
        name = source.get(_STYLE_NAME)
        self._list_style = name or self._list_style
        self._level += 1
        if self._list is None:
            goes_on = source.get(TEXT + "continue-numbering") == "true"
            self._list = self._lists.begin(
                self._list_style, source.get(XML_ID), source.get(TEXT + "continue-list"), goes_on=goes_on
            )
        self._read_blocks(source, style)
        self._list, self._list_style, self._level, self._label = around

    def _read_item(self, item: etree._Element, style: TextStyle) -> None:
        value = item.get(TEXT + "start-value")
        self._label = (self._level, None if value is None else whole_number(value, 1))
        self._read_blocks(item, style)
        self._label = None

    def _read_list_heading(self, item: etree._Element, style: TextStyle) -> None:
        self._label = None
        self._read_blocks(item, style)

    def _read_span(self, span: etree._Element, style: TextStyle) -> None:
        self._read_inline(span, self._styles.within(style, "text", span.get(_STYLE_NAME)))

    def _read_spaces(self, element: etree._Element, style: TextStyle) -> None:
        self._write_exactly(" " * min(whole_number(element.get(TEXT + "c"), 1), _MOST_SPACES), style)

    def _read_tab(self, _: etree._Element, style: TextStyle) -> None:
        self._write_exactly("\t", style)

    def _read_break(self, _: etree._Element, style: TextStyle) -> None:
        self._write_exactly("\n", style)

    def _read_hidden(self, element: etree._Element, style: TextStyle) -> None:
        if element.get(TEXT + "is-hidden") != "true":
            self._read_inline(element, style)

    def _read_note(self, note: etree._Element, style: TextStyle) -> None:
        body = note.find(TEXT + "note-body")
        if body is None or style.hidden:
            return
        cited = note.find(TEXT + "note-citation")
        mark = "" if cited is None else " ".join("".join(map(str, cited.itertext())).split())
        self._write_exactly(mark, TextStyle(raised=True))
        self._flow.begin_aside()
        around, self._note_mark = self._note_mark, mark
        self._read_apart(body, PLAIN)
        self._note_mark = around
        self._flow.end_aside(at_end=note.get(TEXT + "note-class") == "endnote")

    def _read_box(self, box: etree._Element, style: TextStyle) -> None:
        if not style.hidden:
            self._flow.begin_aside()
            self._read_apart(box, PLAIN)
            self._flow.end_aside()

    def _read_apart(self, element: etree._Element, style: TextStyle) -> None:
        """What stands within a paragraph or list and is none of it."""
        around = self._in_paragraph, self._after_space, self._list, self._list_style, self._level, self._label
        self._in_paragraph, self._list, self._list_style, self._level, self._label = False, None, "", -1, None
        if element.tag in _PARAGRAPHS:
            self._read_paragraph(element, style)
        else:
            self._read_blocks(element, style)
        self._in_paragraph, self._after_space, self._list, self._list_style, self._level, self._label = around

    def _read_table(self, table: etree._Element, style: TextStyle) -> None:
        self._read_blocks(table, style)
        self._flow.end_table()

    def _read_row(self, row: etree._Element, style: TextStyle) -> None:
        self._flow.begin_row()
        self._rows += 1
        self._read_blocks(row, style)
        self._rows -= 1
        self._flow.end_row()

    def _read_cell(self, cell: etree._Element, style: TextStyle) -> None:
        if not self._rows or self._in_paragraph:
            self._read_children(cell, style)
            return
        self._flow.begin_cell()
        self._read_apart(cell, style)
        self._flow.end_cell()

    def _read_section(self, section: etree._Element, style: TextStyle) -> None:
        hidden = section.get(TEXT + "display") == "none" or section.get(TEXT + "is-hidden") == "true"
        if not hidden:
            self._read_managed(section.get(TEXT + "name") or "", section, style)

    def _read_bibliography(self, index: etree._Element, style: TextStyle) -> None:
        self._read_managed("BIBLIOGRAPHY", index, style)

    def _read_managed(self, instruction: str, element: etree._Element, style: TextStyle) -> None:
        if not is_managed(instruction):
            self._read_children(element, style)
            return
        begins = self._flow.mark()
        self._read_children(element, style)
        self.managed.append(Managed(instruction, (), begins, self._flow.mark()))

    def _read_own_citation(self, mark: etree._Element, style: TextStyle) -> None:
        work = marked_work(mark)
        if not work.id or not (work.title or work.authors):
            self._read_inline(mark, style)
            return
        self.works[work.id] = work
        begins = self._flow.mark()
        self._read_inline(mark, style)
        self.managed.append(Managed(f'CITATION "{work.id}"', (), begins, self._flow.mark()))

    def _begin_mark(self, element: etree._Element, _: TextStyle) -> None:
        """A reference mark, whose name is the instruction, or a bookmark, whose name leads to it."""
        name = element.get(TEXT + "name") or ""
        instruction = self._bookmarks.get(name, "") if element.tag == TEXT + "bookmark-start" else name
        if is_managed(instruction):
            self._begun[name] = instruction, self._flow.mark()

    def _end_mark(self, element: etree._Element, _: TextStyle) -> None:
        begun = self._begun.pop(element.get(TEXT + "name"), None)
        if begun is not None:
            instruction, begins = begun
            self.managed.append(Managed(instruction, (), begins, self._flow.mark()))

    def _begin_field(self, element: etree._Element, _: TextStyle) -> None:
        values = (parameter.get(FIELD + "value") or "" for parameter in element.iterchildren(FIELD + "param"))
        self._open_fields.append((next(filter(is_managed, values), ""), self._flow.mark()))

    def _end_field(self, _: etree._Element, __: TextStyle) -> None:
        if self._open_fields:
            instruction, begins = self._open_fields.pop()
            if instruction:
                self.managed.append(Managed(instruction, (), begins, self._flow.mark()))

    def _read_object(self, element: etree._Element, style: TextStyle) -> None:
        formula = element.find(MATH + "math")
        if formula is not None:
            self._read_formula(formula, style)
        elif href := element.get(HREF):
            self._write_exactly(self._formula(href), style)

    def _read_formula(self, formula: etree._Element, style: TextStyle) -> None:
        self._write_exactly(linear(formula), style)

    def _read_ruby(self, ruby: etree._Element, style: TextStyle) -> None:
        base = ruby.find(TEXT + "ruby-base")
        if base is not None:
            self._read_inline(base, style)

    def _skip(self, _: etree._Element, __: TextStyle) -> None:
        """What is not printed in the text."""


_PARAGRAPHS = (TEXT + "p", TEXT + "h")
_READ: Mapping[str, Callable[[Story, etree._Element, TextStyle], None]] = {
    **dict.fromkeys(_PARAGRAPHS, Story._read_paragraph),
    TEXT + "span": Story._read_span,
    TEXT + "s": Story._read_spaces,
    TEXT + "tab": Story._read_tab,
    TEXT + "line-break": Story._read_break,
    TEXT + "list": Story._read_list,
    TEXT + "list-item": Story._read_item,
    TEXT + "list-header": Story._read_list_heading,
    TEXT + "note": Story._read_note,
    TEXT + "section": Story._read_section,
    TEXT + "bibliography": Story._read_bibliography,
    TEXT + "bibliography-mark": Story._read_own_citation,
    **dict.fromkeys((TEXT + "reference-mark-start", TEXT + "bookmark-start"), Story._begin_mark),
    **dict.fromkeys((TEXT + "reference-mark-end", TEXT + "bookmark-end"), Story._end_mark),
    FIELD + "fieldmark-start": Story._begin_field,
    FIELD + "fieldmark-end": Story._end_field,
    **dict.fromkeys((TEXT + "hidden-text", TEXT + "hidden-paragraph"), Story._read_hidden),
    TEXT + "ruby": Story._read_ruby,
    DRAW + "text-box": Story._read_box,
    DRAW + "object": Story._read_object,
    MATH + "math": Story._read_formula,
    TABLE + "table": Story._read_table,
    TABLE + "table-row": Story._read_row,
    TABLE + "table-cell": Story._read_cell,
    **dict.fromkeys(
        (
            *(OFFICE + name for name in ("annotation", "annotation-end", "forms", "scripts", "binary-data")),
            *(
                TEXT + name
                for name in ("tracked-changes", "sequence-decls", "variable-decls", "user-field-decls", "note-citation")
            ),
            *(TEXT + f"{index}-source" for index in ("bibliography", "table-of-content", "illustration-index", "table-index")),
            *(TEXT + f"{index}-source" for index in ("object-index", "user-index", "alphabetical-index")),
            *(SVG + "title", SVG + "desc", TABLE + "covered-table-cell", STYLE + "style"),
        ),
        Story._skip,
    ),
}
