"""Pandoc's abstract syntax, as its JSON has it, laid out as a text.

A note's mark is raised in its place, and its text follows the paragraph (``flow``); code, pictures and raw pieces of other
languages are left out, formulas are put in plain characters. Citations by key stay as the document prints them.

Form: Text.Pandoc.Definition of pandoc-types 1.22 and 1.23 (pandoc 2.11 to 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from litcheck.documents.flow import Flow, Layout
from litcheck.documents.latex.formulas import formula_text

#: Deeper nesting of lists, quotations and tables than any document has.
_DEEPEST = 60
#: What a notebook's cells printed, and what readers of other formats mark as not for print.
_LEFT_OUT = frozenset({"output", "hidden", "notes"})

#: Versions of pandoc before 3 leave this line as it is.
_ORG_BIBLIOGRAPHY = "#+bibliography:"


class NotPandocError(ValueError):
    """The JSON is none of Pandoc's, or nested too deeply."""


@dataclass(frozen=True, slots=True)
class Cited:
    """The keys of one citation, and the numbers of the flow's marks at its beginning and its end."""

    keys: tuple[str, ...]
    begin: int
    end: int


class Layouter:
    """Writes blocks and inlines to a flow, and keeps the citations by key and the files of references that it comes across."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._notes = 0
        self._depth = 0
        self.cited: list[Cited] = []
        self.bibliographies: list[str] = []

    def blocks(self, blocks: object) -> None:
        """Writes a list of blocks. Raises ``NotPandocError``."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NotPandocError(f"it is nested more than {_DEEPEST} levels deep")
        for kind, content in _elements(blocks):
            self._block(kind, content)
        self._depth -= 1

    def paragraph(self, inlines: object) -> None:
        """Writes inlines as a paragraph."""
        self._inlines(inlines)
        self._flow.end_paragraph()

    def _block(self, kind: str, content: Any) -> None:
        match kind, content:
            case (("Para" | "Plain"), list()):
                self.paragraph(content)
            case "Header", [_, _, inlines]:
                self.paragraph(inlines)
            case "LineBlock", list():
                for line in content:
                    self.paragraph(line)
            case "BlockQuote", list():
                self.blocks(content)
            case (("Div" | "Figure"), [[_, [*classes], _], *_, inside]):
                if not _LEFT_OUT.intersection(name for name in classes if isinstance(name, str)):
                    self.blocks(inside)
            case "BulletList", list():
                self._items(content, ["• "] * len(content))
            case "OrderedList", [[int(start), *_], [*items]]:
                self._items(items, [f"{number}. " for number in range(start, start + len(items))])
            case "DefinitionList", list():
                for term, definitions in _pairs(content):
                    self.paragraph(term)
                    for definition in _list(definitions):
                        self.blocks(definition)
            case "Table", list():
                self._table(content)
            case "RawBlock", ["org", str(line)] if line.lower().startswith(_ORG_BIBLIOGRAPHY):
                self.bibliographies.append(line[len(_ORG_BIBLIOGRAPHY) :].strip().strip('"'))
            case _:
                pass  # code, rules, raw pieces

    def _items(self, items: Sequence[object], labels: Sequence[str]) -> None:
        for item, label in zip(items, labels, strict=True):
            self._flow.label(label, Layout.ITEM)
            self.blocks(item)

    def _table(self, table: list[Any]) -> None:
        match table:
            case [_, [_, [*caption]], _, [_, [*head]], [*bodies], [_, [*foot]]]:
                self.blocks(caption)
                rows = [*head]
                for body in bodies:
                    match body:
                        case [_, _, [*inner_head], [*inner]]:
                            rows += [*inner_head, *inner]
                for row in (*rows, *foot):
                    match row:
                        case [_, [*cells]]:
                            self._row([cell[-1] for cell in cells if isinstance(cell, list) and cell])
            case _:
                raise NotPandocError("a table has another form")
        self._flow.end_table()

    def _row(self, cells: Sequence[object]) -> None:
        self._flow.begin_row()
        for cell in cells:
            self._flow.begin_cell()
            self.blocks(cell)
            self._flow.end_cell()
        self._flow.end_row()

    def _inlines(self, inlines: object, *, raised: bool = False) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NotPandocError(f"it is nested more than {_DEEPEST} levels deep")
        for kind, content in _elements(inlines):
            self._inline(kind, content, raised)
        self._depth -= 1

    def _inline(self, kind: str, content: Any, raised: bool) -> None:
        match kind, content:
            case "Str", str():
                self._flow.add(content, raised=raised)
            case (("Space" | "SoftBreak"), _):
                self._flow.add(" ", raised=raised)
            case "LineBreak", _:
                self._flow.add("\n")
            case (("Emph" | "Strong" | "Underline" | "Strikeout" | "SmallCaps" | "Subscript"), list()):
                self._inlines(content, raised=raised)
            case "Superscript", list():
                self._inlines(content, raised=True)
            case "Quoted", [{"t": mark}, inside]:
                left, right = ("‘", "’") if mark == "SingleQuote" else ("“", "”")
                self._flow.add(left, raised=raised)
                self._inlines(inside, raised=raised)
                self._flow.add(right, raised=raised)
            case (("Span" | "Link"), [_, [*inside], *_]):
                self._inlines(inside, raised=raised)
            case "Cite", [[*citations], inside]:
                self._cite(citations, inside, raised)
            case "Code", [_, str(code)]:
                self._flow.add(code, raised=raised)
            case "Math", [{"t": "InlineMath"}, str(formula)]:
                self._flow.add(formula_text(formula), raised=raised)
            case "Math", _:
                self._flow.add(" ")
            case "Note", list():
                self._note(content)
            case _:
                pass  # pictures, raw pieces

    def _cite(self, citations: list[object], inside: object, raised: bool) -> None:
        keys = tuple(one["citationId"] for one in citations if isinstance(one, dict) and isinstance(one.get("citationId"), str))
        begin = self._flow.mark()
        if inside:
            self._inlines(inside, raised=raised)
        else:
            self._flow.add("[" + "; ".join(f"@{key}" for key in keys) + "]")
        self.cited.append(Cited(keys, begin, self._flow.mark()))

    def _note(self, blocks: list[object]) -> None:
        self._notes += 1
        number = str(self._notes)
        self._flow.add(number, raised=True)
        self._flow.begin_aside()
        self._flow.add(f"{number} ")
        self.blocks(blocks)
        self._flow.end_aside()


def _elements(elements: object) -> list[tuple[str, Any]]:
    found = [(one["t"], one.get("c")) for one in _list(elements) if isinstance(one, dict) and isinstance(one.get("t"), str)]
    if len(found) < len(_list(elements)):
        raise NotPandocError("an element has another form")
    return found


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise NotPandocError("there is no list where one is due")
    return value


def _pairs(value: list[Any]) -> list[tuple[Any, Any]]:
    return [(pair[0], pair[1]) for pair in value if isinstance(pair, list) and len(pair) == 2]
