"""What the lines of a Markdown source are: headings, paragraphs, lists, tables, divisions, notes.

Blocks of code, rules, definitions of links and the marks of what holds blocks are left out; a quotation is what stands in it.
A paragraph is ended by what ends it in CommonMark, but not by the mark of a quotation: ">" begins many a line of prose.

Syntax: CommonMark 0.31, sections 4 and 5; Pandoc's manual, sections "Headings" to "Tables", "Footnotes", "Divs and Spans".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from litcheck.documents.markdown.attributes import ATTRIBUTES, Attributes, html_attributes, pandoc_attributes
from litcheck.documents.markdown.hidden import FENCE, closes_fence
from litcheck.documents.markdown.inlines import folded
from litcheck.documents.markdown.lines import Line
from litcheck.documents.markdown.tables import Table, read_table
from litcheck.limits import Allowance

#: Lists and quotations that are nested more deeply are kept as they stand.
_DEEPEST = 12
_CODE_INDENT = 4

_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+|$)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_DIVISION = re.compile(r" {0,3}:{3,}[ \t]*(?P<names>\{[^{}]*\}|[\w-]*)[ \t]*:*[ \t]*$")
_HTML_DIVISION = re.compile(r"[ \t]{0,20}<(?P<end>/?)(?:div|section)\b[^<>]*>[ \t]*$", re.IGNORECASE)
_QUOTATION = re.compile(r" {0,3}>[ \t]?")
_ITEM = re.compile(r" {0,3}(?P<mark>[-+*•]|(?P<number>\d{1,9})[.)]|\((?P<in_brackets>\d{1,3})\)|#\.)(?P<blank>[ \t]+|$)")
_NOTE = re.compile(r" {0,3}\[\^(?P<label>[^\s\[\]^]{1,100})\]:[ \t]*")
_LINK = re.compile(
    r" {0,3}\[(?P<label>[^\[\]^@][^\[\]]{0,500})\]:[ \t]*<?(?P<to>[^\s<>]+)>?(?:[ \t]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t]*$"
)
_DEFINITION = re.compile(r" {0,3}(?::(?!:)|~(?!~))[ \t]{1,3}(?=\S)")
_LINE_BLOCK = re.compile(r"\|[ \t]+(?=\S)")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of running text."""

    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Heading:
    """The line of a heading, without its marks."""

    line: Line


@dataclass(frozen=True, slots=True)
class AsItStands:
    """Lines that are set in, each of them kept as it is."""

    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class DivisionBegin:
    """The beginning of a division."""

    attributes: Attributes
    start: int


@dataclass(frozen=True, slots=True)
class DivisionEnd:
    """The end of a division."""


@dataclass(frozen=True, slots=True)
class NoteHere:
    """The place at which the text of a note stands in the source."""

    label: str
    start: int


@dataclass(frozen=True, slots=True)
class Note:
    """What a note says."""

    blocks: Sequence[Block]


@dataclass(slots=True)
class Item:
    """An item of a list: its mark (``number`` ``None`` for a bullet, 0 where the format counts) and what it holds."""

    mark: Line
    number: int | None
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class List:
    """Items that follow each other."""

    items: Sequence[Item]


Block = Paragraph | Heading | AsItStands | DivisionBegin | DivisionEnd | NoteHere | List | Table


class BlockReader:
    """Reads lines as blocks; notes and the targets of links that it comes across are kept by their labels."""

    def __init__(self, allowance: Allowance) -> None:
        self.notes: dict[str, Note] = {}
        self.labels: dict[str, str] = {}
        self._allowance = allowance

    def read(self, lines: Sequence[Line], depth: int = 0) -> list[Block]:
        """The blocks of the lines, which stand in so many lists and quotations."""
        blocks: list[Block] = []
        at = 0
        while at < len(lines):
            self._allowance.check_time()
            at = at + 1 if lines[at].is_blank else self._read_block(lines, at, depth, blocks)
        return blocks

    def _read_block(self, lines: Sequence[Line], at: int, depth: int, blocks: list[Block]) -> int:
        """Adds the block that begins at a line, and gives the line after it."""
        line = lines[at]
        text = line.text
        if table := read_table(lines, at):
            blocks.append(table[0])
            return table[1]
        if line.indent >= _CODE_INDENT or depth > _DEEPEST:
            end = at + 1
            while end < len(lines) and not lines[end].is_blank and (lines[end].indent >= _CODE_INDENT or depth > _DEEPEST):
                end += 1
            blocks.append(AsItStands(lines[at:end]))
            return end
        if fence := FENCE.match(text.rstrip()):
            end = at + 1
            while end < len(lines) and not closes_fence(lines[end].text, fence[1]):
                end += 1
            return end + 1
        if heading := _HEADING.match(text):
            blocks.append(Heading(Line(_without_ending(text[heading.end() :]), line.start + heading.end())))
            return at + 1
        if division := _DIVISION.match(text):
            names = division["names"]
            blocks.append(DivisionBegin(pandoc_attributes(names), line.start) if names else DivisionEnd())
            return at + 1
        if division := _HTML_DIVISION.match(text):
            blocks.append(DivisionEnd() if division["end"] else DivisionBegin(html_attributes(text), line.start))
            return at + 1
        if _RULE.match(text):
            return at + 1
        if _QUOTATION.match(text):
            return self._read_quotation(lines, at, depth, blocks)
        if _ITEM.match(text):
            return self._read_list(lines, at, depth, blocks)
        if note := _NOTE.match(text):
            return self._read_note(lines, at, depth, note, blocks)
        if (link := _LINK.match(text)) and not link["label"].strip().isdigit():
            self.labels.setdefault(folded(link["label"]), link["to"])
            return at + 1
        return _read_paragraph(lines, at, blocks)

    def _read_quotation(self, lines: Sequence[Line], at: int, depth: int, blocks: list[Block]) -> int:
        inside: list[Line] = []
        end = at
        while end < len(lines) and not lines[end].is_blank:
            mark = _QUOTATION.match(lines[end].text)
            if not mark and (_begins_block(lines[end].text) or inside[-1].is_blank):
                break
            inside.append(lines[end].without(mark.end()) if mark else lines[end])
            end += 1
        blocks += self.read(inside, depth + 1)
        return end

    def _read_list(self, lines: Sequence[Line], at: int, depth: int, blocks: list[Block]) -> int:
        items: list[Item] = []
        end = at
        while end < len(lines):
            found = _ITEM.match(lines[end].text)
            if not found or _RULE.match(lines[end].text):
                break
            end = self._read_item(lines, end, depth, found, items)
        blocks.append(List(items))
        return end

    def _read_item(self, lines: Sequence[Line], at: int, depth: int, found: re.Match[str], items: list[Item]) -> int:
        """Adds an item, and gives the line of the next one, or of what follows the list."""
        first = lines[at]
        blank = len(found["blank"].expandtabs(4))
        inside = [first.without(found.end() if blank <= _CODE_INDENT else found.end("mark") + 1)]
        within = found.end("mark") + (blank if 0 < blank <= _CODE_INDENT else 1)
        end = at + 1
        after_blank = False
        while end < len(lines):
            line = lines[end]
            if line.is_blank:
                after_blank = True
            elif line.indent >= min(within, _CODE_INDENT):
                inside.append(line.outdented(within))
                after_blank = False
            elif after_blank or _begins_block(line.text) or _ITEM.match(line.text):
                break
            else:
                inside.append(line)
                end += 1
                continue
            if line.is_blank:
                inside.append(line)
            end += 1
        number = found["number"] or found["in_brackets"] or ("0" if found["mark"] == "#." else "")
        mark = Line(found["mark"], first.start + found.start("mark"))
        items.append(Item(mark, int(number) if number else None, self.read(inside, depth + 1)))
        return end

    def _read_note(self, lines: Sequence[Line], at: int, depth: int, note: re.Match[str], blocks: list[Block]) -> int:
        inside = [lines[at].without(note.end())]
        end = at + 1
        while end < len(lines):
            line = lines[end]
            if line.indent >= _CODE_INDENT or line.is_blank:
                inside.append(line.outdented(_CODE_INDENT))
            elif inside[-1].is_blank or _begins_block(line.text):
                break
            else:
                inside.append(line)
            end += 1
        self.notes.setdefault(note["label"], Note(self.read(inside, depth + 1)))
        blocks.append(NoteHere(note["label"], lines[at].start))
        return end


def _without_ending(text: str) -> str:
    """A heading without its attributes and the signs that close it."""
    text = text.rstrip()
    if text.endswith("}") and (opening := text.rfind("{")) >= 0 and ATTRIBUTES.fullmatch(text, opening):
        text = text[:opening].rstrip()
    closed = text.rstrip("#")
    return closed if closed[-1:] in ("", " ", "\t") else text


def _begins_block(text: str) -> bool:
    """Whether a line ends the paragraph before it."""
    item = _ITEM.match(text)
    if item:
        # "… in chapter\n12. This" is no list.
        return bool(item["blank"]) and item["number"] in (None, "1") and item["in_brackets"] in (None, "1")
    begins = any(form.match(text) for form in (_HEADING, _DIVISION, _HTML_DIVISION, _RULE, _NOTE))
    return begins or FENCE.match(text.rstrip()) is not None


def _read_paragraph(lines: Sequence[Line], at: int, blocks: list[Block]) -> int:
    """Adds the paragraph that begins at a line, a term or a definition of one, or a line of a poem, without their marks."""
    first = lines[at]
    mark = _LINE_BLOCK.match(first.text) or _DEFINITION.match(first.text)
    inside = [first.without(mark.end()) if mark else first]
    end = at + 1
    while end < len(lines) and not lines[end].is_blank:
        text = lines[end].text
        if _UNDERLINE.match(text):
            end += 1
            break
        if _begins_block(text) or _LINE_BLOCK.match(text) or _DEFINITION.match(text) or read_table(lines, end):
            break
        inside.append(lines[end])
        end += 1
    blocks.append(Paragraph(inside))
    return end
