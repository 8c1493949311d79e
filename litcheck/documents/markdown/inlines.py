"""What stands in a paragraph of Markdown, read into printed pieces: escapes, emphasis, raised runs, links, notes, keys.

A mark that opens or closes nothing is a character like any other. Each character of a paragraph is looked at a bounded number of
times.

Syntax: CommonMark 0.31, section 6; Pandoc's manual, sections "Inline formatting" to "Citation syntax".
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from bib.wordlists import lines_of
from litcheck.documents.latex.formulas import formula_text, raised_text
from litcheck.documents.latex_keys import command_keys
from litcheck.documents.markdown.attributes import ATTRIBUTES, html_attributes
from litcheck.documents.markdown.emphasis import Delimiter, matched
from litcheck.documents.markdown.hidden import code_spans
from litcheck.documents.markdown.lines import HARD_BREAK, Content
from litcheck.documents.pandoc_keys import key_at
from litcheck.documents.pieces import Mark

_SPECIAL = re.compile(
    r"[\\`*_\[\]!<&^~$@\n\r]|-{2,}|(?<!\w)(?:https?|ftp)://|(?<!\w)www\.(?=\w)|(?<!\w)doi:(?=\d)|(?<![\w./])10\.\d{4,9}/"
)
#: An address ends where mark-up does; parentheses in it are in pairs.
_ADDRESS = re.compile(r"(?:[^\s<>\[\]()*`^|\\]|\([^\s<>\[\]()*`^|\\]{0,500}\))+(?<![.,;:!?'\"_~])")
_BLANKS = re.compile(r"[ \t]{2,}|\t")
_RUN = re.compile(r"(.)\1*")
_NOTE = re.compile(r"\[\^([^\s\[\]^]{1,100})\]")
_DESTINATION = re.compile(
    r"\([ \t\n]{0,9}(?P<to><[^<>\[\]\n\r]{0,2000}>|(?:[^\s()\[\]\\<]|\\[^\s\w]|\([^\s()\[\]]{0,500}\)){0,2000})"
    r"(?:[ \t\n]{1,9}(?:\"[^\"\[\]]{0,1000}\"|'[^'\[\]]{0,1000}'))?[ \t\n]{0,9}\)"
)
_LABEL = re.compile(r"\[([^\[\]]{0,500})\]")
_AUTOMATIC = re.compile(r"<((?:https?|ftp|mailto|doi):[^\s<>]{1,2000}|[\w.+-]{1,100}@[\w.-]{1,200})>", re.IGNORECASE)
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]{0,15})(?:\s[^<>]{0,2000})?/?>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_RAW = re.compile(r"\{=[\w+-]{1,50}\}")
_PROGRAM = re.compile(r"(?:r |\{[a-z]{1,20}\})")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_DASHES = {2: "–", 3: "—"}
_WITHOUT_WIDTH = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


class Control(Enum):
    """What a piece does to the page around it."""

    LINE = auto()
    """What follows begins a line."""
    CELL = auto()
    """What follows begins a cell."""
    NOTE = auto()
    """A mark of the note whose label is the piece's key."""
    NOTE_BEGIN = auto()
    NOTE_END = auto()
    """A note whose text stands between the two."""


@dataclass(slots=True)
class Node:
    """A stretch of printed text and the part of the content that it stands for, while it may yet change."""

    text: str
    start: int
    end: int
    mark: Mark | Control | None = None
    key: str = ""


@dataclass(slots=True)
class _Bracket:
    """A bracket that is open: its node, and whether it begins a picture or may begin a note."""

    node: int
    is_image: bool = False
    is_note: bool = False


@cache
def _tags() -> Mapping[str, str]:
    """What each tag does."""
    found: dict[str, str] = {}
    for line in lines_of("markdown_tags", package="litcheck.documents"):
        kind, _, names = line.partition(":")
        found |= dict.fromkeys(names.split(), kind)
    return found


def read_inlines(content: Content, notes: frozenset[str], labels: Mapping[str, str]) -> list[Node]:
    """The pieces that a content prints; ``notes`` are the labels of the notes that the document has, ``labels`` those of links.

    A link's target is kept as ``labels`` or the source gives it.
    """
    reader = _Reader(content.text, notes, labels)
    reader.read()
    for node in reader.nodes:
        node.start, node.end = content.source(node.start), content.source(max(node.start, node.end - 1)) + 1
    return reader.nodes


class _Reader:
    def __init__(self, text: str, notes: frozenset[str], labels: Mapping[str, str]) -> None:
        self.nodes: list[Node] = []
        self._text = text
        self._notes = notes
        self._labels = labels
        self._code = {span.start: span.end for span in code_spans(text, 0, len(text))} if "`" in text else {}
        self._brackets: list[_Bracket] = []
        self._delimiters: list[Delimiter] = []
        #: The open mark of a raised, and of a lowered, run: its node and how many brackets are open around it.
        self._open: dict[str, tuple[int, int]] = {}
        self._raised_tags: list[int] = []
        self._link_tags: list[int] = []
        self._bare_keys: list[int] = []

    def read(self) -> None:
        text, at = self._text, 0
        while special := _SPECIAL.search(text, at):
            self._plain(at, special.start())
            at = self._special(special.start(), special.group())
        self._plain(at, len(text))
        for node, left in matched(self._delimiters):
            self.nodes[node].text = self.nodes[node].text[:left]

    def _add(self, text: str, start: int, end: int, mark: Mark | Control | None = None, key: str = "") -> int:
        self.nodes.append(Node(text, start, end, mark, key))
        return end

    def _literal(self, start: int, end: int) -> int:
        return self._add(self._text[start:end], start, end)

    def _plain(self, start: int, end: int) -> None:
        """Text without marks; runs of blanks in it are one."""
        if start == end:
            return
        at = start
        for blanks in _BLANKS.finditer(self._text, start, end):
            if at < blanks.start():
                self._literal(at, blanks.start())
            at = self._add(" ", blanks.start(), blanks.end())
        if at < end:
            self._literal(at, end)
        if self._open and any(sign.isspace() for sign in self._text[start:end]):
            self._at_blank()

    def _at_blank(self) -> None:
        """No raised or lowered run holds a blank, unless in a link."""
        self._open = {sign: place for sign, place in self._open.items() if place[1] < len(self._brackets)}

    def _special(self, at: int, found: str) -> int:
        match found[0]:
            case "\\":
                return self._backslash(at)
            case "`":
                return self._backticks(at)
            case "*" | "_":
                return self._delimiter(at)
            case "[":
                return self._open_bracket(at)
            case "!" if self._text.startswith("[", at + 1):
                self._brackets.append(_Bracket(len(self.nodes), is_image=True))
                return self._literal(at, at + 2)
            case "]":
                return self._close_bracket(at)
            case "<":
                return self._tag(at)
            case "&":
                return self._entity(at)
            case "^" if self._text.startswith("[", at + 1) and not self._text.startswith("[^", at + 1):
                # "^[1](#ref)^" is no note.
                self._brackets.append(_Bracket(len(self.nodes) + 1, is_note=True))
                self._literal(at, at + 1)
                return self._literal(at + 1, at + 2)
            case "^":
                return self._raise(at, "^", Mark.RAISE, Mark.LOWER)
            case "~" if self._text.startswith("~~", at):
                return self._delimiter(at)
            case "~":
                return self._raise(at, "~", None, None)
            case "$":
                return self._formula(at)
            case "@":
                return self._key(at)
            case "\n":
                self._at_blank()
                return self._add("\n", at, at + 1, Mark.BREAK)
            case "\r":
                self._at_blank()
                return self._add("", at, at + 1, Control.LINE)
            case "-":
                end = at + len(found)
                return self._add(_DASHES.get(len(found), found), at, end)
            case "!":
                return self._literal(at, at + 1)
            case _:
                address = _ADDRESS.match(self._text, at)
                return self._literal(at, address.end() if address else at + 1)

    def _backslash(self, at: int) -> int:
        sign = self._text[at + 1 : at + 2]
        if sign in _PUNCTUATION and sign:
            return self._literal(at + 1, at + 2)
        if sign == " ":
            return self._add(" ", at, at + 2)
        found = command_keys(self._text, at)
        if found is None:
            return self._literal(at, at + 1)
        end = found[1]
        return self._add(self._text[at:end].replace("\n", " ").replace(HARD_BREAK, " "), at, end, Mark.CITE)

    def _backticks(self, at: int) -> int:
        run = _RUN.match(self._text, at)
        after = run.end() if run else at + 1
        end = self._code.get(at)
        if end is None:
            return self._literal(at, after)
        code = self._text[after : end - (after - at)].replace("\n", " ").replace(HARD_BREAK, " ")
        if raw := _RAW.match(self._text, end):
            return raw.end()
        if not _PROGRAM.match(code):
            blanks = len(code) - len(code.lstrip())
            self._add(code.strip(), after + blanks, after + blanks + len(code.strip()))
            self._at_blank()
        return self._after_attributes(end)

    def _after_attributes(self, at: int) -> int:
        attributes = ATTRIBUTES.match(self._text, at)
        return attributes.end() if attributes else at

    def _delimiter(self, at: int) -> int:
        run = _RUN.match(self._text, at)
        end = run.end() if run else at + 1
        self._delimiters.append(Delimiter.of(self._text, at, end, len(self.nodes)))
        return self._literal(at, end)

    def _open_bracket(self, at: int) -> int:
        note = _NOTE.match(self._text, at)
        if note and note[1] in self._notes:
            return self._add("", at, note.end(), Control.NOTE, note[1])
        self._brackets.append(_Bracket(len(self.nodes)))
        return self._literal(at, at + 1)

    def _close_bracket(self, at: int) -> int:
        after = at + 1
        if not self._brackets:
            return self._literal(at, after)
        bracket = self._brackets.pop()
        opening = self.nodes[bracket.node]
        depth = len(self._brackets)
        self._open = {sign: place for sign, place in self._open.items() if place[1] <= depth}
        target, end = self._target(opening.end, at)
        if bracket.is_note and target is None:
            self.nodes[bracket.node - 1].text = ""
            opening.text, opening.mark = "", Control.NOTE_BEGIN
            return self._add("", at, after, Control.NOTE_END)
        if bracket.is_note and "^" not in self._open:
            self._open["^"] = (bracket.node - 1, depth)
        if target is not None or bracket.is_image:
            opening.text = ""
            if target is not None and target.startswith("#") and not bracket.is_image:
                opening.mark, opening.key = Mark.LINK, target[1:]
                self._add("", at, end, Mark.LINK_END)
            return end
        while self._bare_keys and self._bare_keys[-1] > bracket.node:
            self.nodes[self._bare_keys.pop()].mark = Mark.KEY
        return self._literal(at, after)

    def _target(self, start: int, at: int) -> tuple[str | None, int]:
        """Where the words before the bracket at ``at`` lead to, and where that is said; ``None`` if they are no link or span."""
        after = at + 1
        if destination := _DESTINATION.match(self._text, after):
            return destination["to"].strip("<>"), self._after_attributes(destination.end())
        if attributes := ATTRIBUTES.match(self._text, after):
            return "", attributes.end()
        label = _LABEL.match(self._text, after)
        words = self._text[start:at] if at - start <= _LONGEST_LABEL else ""
        if label and (target := self._labels.get(folded(label[1] or words))) is not None:
            return target, label.end()
        if not label and (target := self._labels.get(folded(words))) is not None:
            return target, after
        return None, after

    def _tag(self, at: int) -> int:
        if automatic := _AUTOMATIC.match(self._text, at):
            self._literal(at + 1, automatic.end() - 1)
            return automatic.end()
        tag = _TAG.match(self._text, at)
        kind = _tags().get(tag["name"].lower()) if tag else None
        if tag is None or kind is None:
            return self._literal(at, at + 1)
        end, closes, name = tag.end(), bool(tag["end"]), tag["name"].lower()
        if kind == "line":
            self._at_blank()
            self._add("", at, end, Control.LINE)
        elif kind == "cell" and not closes:
            self._add("", at, end, Control.CELL)
        elif kind == "raised":
            self._pair(self._raised_tags, at, end, closes, Mark.RAISE, Mark.LOWER)
        elif name == "a":
            href = "" if closes else html_attributes(tag[0]).href
            if closes or href.startswith("#"):
                self._pair(self._link_tags, at, end, closes, Mark.LINK, Mark.LINK_END, href[1:])
        return end

    def _pair(self, opened: list[int], at: int, end: int, closes: bool, begin: Mark, finish: Mark, key: str = "") -> None:
        """A tag that begins or ends something; one without its other does nothing."""
        if not closes:
            opened.append(len(self.nodes))
            self._add("", at, end, None, key)
        elif opened:
            self.nodes[opened.pop()].mark = begin
            self._add("", at, end, finish)

    def _entity(self, at: int) -> int:
        entity = _ENTITY.match(self._text, at)
        if entity is None:
            return self._literal(at, at + 1)
        sign = html.unescape(entity[0]).translate(_WITHOUT_WIDTH)
        return self._add(" " if sign.isspace() else sign, at, entity.end())

    def _raise(self, at: int, sign: str, begin: Mark | None, finish: Mark | None) -> int:
        """A mark that begins a raised or lowered run, or ends the one that is open here."""
        node, depth = self._open.get(sign, (-1, -1))
        if node >= 0 and depth == len(self._brackets) and self.nodes[node].end < at:
            del self._open[sign]
            self.nodes[node].text, self.nodes[node].mark = "", begin
            return self._add("", at, at + 1, finish)
        self._open[sign] = (len(self.nodes), len(self._brackets))
        return self._literal(at, at + 1)

    def _formula(self, at: int) -> int:
        text = self._text
        if text.startswith("$$", at):
            end = text.find("$$", at + 2)
            return self._literal(at, at + 2) if end < 0 else self._add(" ", at, end + 2)
        end = text.find("$", at + 1)
        while end > 0 and text[end - 1] == "\\":
            end = text.find("$", end + 1)
        formula = text[at + 1 : max(end, at + 1)]
        if not formula or formula[0].isspace() or formula[-1].isspace() or text[end + 1 : end + 2].isdigit():
            return self._literal(at, at + 1)
        if raised := raised_text(formula):
            self._add("", at, at + 1, Mark.RAISE)
            self._add(raised, at, end + 1)
            return self._add("", end, end + 1, Mark.LOWER)
        return self._add(" ".join(formula_text(formula).split()), at, end + 1)

    def _key(self, at: int) -> int:
        found = key_at(self._text, at)
        if found is None:
            return self._literal(at, at + 1)
        key, end, braced = found
        cited = braced or self._text.startswith(" [", end)
        if not cited:
            self._bare_keys.append(len(self.nodes))
        return self._add(self._text[at:end], at, end, Mark.KEY if cited else Mark.BARE_KEY, key)


#: Labels of links are shorter than this.
_LONGEST_LABEL = 500


def folded(label: str) -> str:
    """A label as it is compared with others."""
    return " ".join(label.split()).casefold()
