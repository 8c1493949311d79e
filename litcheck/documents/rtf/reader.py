"""``read_rtf``: goes through the pieces of a Rich Text document and tells its story what they mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from bib.wordlists import lines_of
from litcheck.documents.flow import Flow
from litcheck.documents.model import Document
from litcheck.documents.rtf import code_pages
from litcheck.documents.rtf.groups import Closing, Font, Group, Role
from litcheck.documents.rtf.story import Story
from litcheck.documents.rtf.tokens import Token, Tokens
from litcheck.documents.word_processor import document_of
from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance

#: Groups deeper than in any document: each costs memory while it is open.
DEEPEST = 5_000
#: Text that stands so many half-points above the line is raised; less only evens out how letters sit. A judgement.
RAISED_FROM = 4
#: How far into a note its first control words reach, of which ``\ftnalt`` makes it an endnote.
_NOTE_HEAD = 24
_DATA = "litcheck.documents"

_CHARACTERS: Mapping[bytes, str] = {
    **{b"tab": "\t", b"line": "\n", b"page": "\n", b"column": "\n", b"emdash": "—", b"endash": "–", b"bullet": "•"},
    **{b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"emspace": "\u2003", b"enspace": "\u2002"},
    b"qmspace": "\u2005",
}
_SIGNS: Mapping[bytes, str] = {b"~": "\u00a0", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\", b"\t": "\t"}
_WAYS: Mapping[bytes, tuple[Closing, str]] = {
    **{b"ftnnar": (Closing.FOOTNOTE, "1"), b"ftnnalc": (Closing.FOOTNOTE, "a"), b"ftnnauc": (Closing.FOOTNOTE, "A")},
    **{b"ftnnrlc": (Closing.FOOTNOTE, "i"), b"ftnnruc": (Closing.FOOTNOTE, "I")},
    **{b"aftnnar": (Closing.ENDNOTE, "1"), b"aftnnalc": (Closing.ENDNOTE, "a"), b"aftnnauc": (Closing.ENDNOTE, "A")},
    **{b"aftnnrlc": (Closing.ENDNOTE, "i"), b"aftnnruc": (Closing.ENDNOTE, "I")},
}
_NOT_NAME = re.compile(r"[;\s]+$")


def read_rtf(path: str, data: bytes, allowance: Allowance) -> Document:
    """The document as a word processor would print it with all changes accepted; see ``flow`` for how its text is laid out.

    Headers, footers, comments and hidden text are left out. Raises ``UnreadableDocument`` for what is cut off, nested without
    end, or without any text.
    """
    flow = Flow(allowance)
    reader = _Reader(data, flow, allowance)
    reader.read()
    return document_of(path, data, flow.finish(), reader.story.managed, {}, allowance, format_name="rtf")


class _Reader:
    """Keeps the groups that are open, and the fonts."""

    def __init__(self, data: bytes, flow: Flow, allowance: Allowance) -> None:
        self._allowance = allowance
        self._tokens = Tokens(data)
        self._fonts: dict[int, Font] = {}
        self._font = Font()
        self.story = Story(flow, self._fonts, allowance)
        self._groups: list[Group] = []
        self._is_starred = False
        self._skips_next = False
        self._left_out = frozenset(word.encode() for word in lines_of("rtf_left_out", package=_DATA))
        self._starred = frozenset(word.encode() for word in lines_of("rtf_starred", package=_DATA))

    def read(self) -> None:
        """Reads to the end of the outermost group. Raises ``UnreadableDocument`` where it does not end."""
        for token in self._tokens:
            if token.kind == "brace":
                if token.value == b"{":
                    self._open()
                elif not self._close():
                    break
            elif not self._groups:
                continue  # before the first group
            elif token.kind == "word":
                self._read_word(token)
            elif token.kind == "sign":
                self._read_sign(token.value)
            else:
                self._add(bytes.fromhex(token.value.decode()) if token.kind == "code" else token.value)
        if self._groups:
            raise UnreadableDocument(
                f"{self._allowance.name} is cut off: its last groups are not closed. Save or download it anew."
            )
        self.story.end_document()

    def _open(self) -> None:
        if len(self._groups) >= DEEPEST:
            raise UnreadableDocument(f"{self._allowance.name} is nested more than {DEEPEST:,} groups deep, which no document is.")
        self.story.end_of_group()
        self._groups.append(self.story.group)
        self.story.group = replace(self.story.group, closing=Closing.NOTHING)
        self._is_starred = False
        if self._skips_next:
            self._skips_next = False
            self._tokens.skip_group()

    def _close(self) -> bool:
        """Ends the innermost group; whether the document goes on."""
        if not self._groups:
            return False
        story = self.story
        story.end_of_group()
        closing = story.group.closing
        if closing in (Closing.FOOTNOTE, Closing.ENDNOTE, Closing.BOX):
            story.end_aside(closing)
        elif closing is Closing.LABEL:
            story.end_label()
        elif closing is Closing.FIELD:
            story.end_field()
        story.group = self._groups.pop()
        return bool(self._groups)

    def _add(self, text: bytes) -> None:
        if self.story.group.role is Role.FONTS:
            self._font.name = _NOT_NAME.sub("", self._font.name + text.decode("ascii", "replace"))
        else:
            self.story.add_bytes(text)

    def _read_sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._is_starred = True
        elif self.story.pass_over():
            return
        elif sign in b"\r\n":
            self.story.end_paragraph()
        elif sign in _SIGNS:
            self.story.flush()
            self.story.write(_SIGNS[sign])

    def _read_word(self, token: Token) -> None:
        word, number = token.value, token.number
        if self._is_starred:
            self._is_starred = False
            if word not in self._starred:
                self._tokens.skip_group()
                return
        if word in self._left_out:
            self.story.flush()
            self._tokens.skip_group()
        elif word == b"u" and number is not None:
            self.story.add_numbered(number)
        elif self.story.pass_over():
            return
        elif word in _CHARACTERS:
            self.story.flush()
            self.story.write(_CHARACTERS[word])
        elif word in _MEANINGS:
            self.story.flush()
            _MEANINGS[word](self, number)
        elif word in _WAYS:
            kind, way = _WAYS[word]
            self.story.ways[kind] = way
        elif word in code_pages.OF_WORDS:
            self.story.codec = code_pages.OF_WORDS[word]

    def _set(self, **changes: object) -> None:
        self.story.group = replace(self.story.group, **changes)  # type: ignore[arg-type]  # names and types as in Group

    # What control words mean; a number that is 0 takes back what the word says.

    def _reset_characters(self, _: int | None) -> None:
        self._set(raised=False, hidden=False, deleted=False, font=None)

    def _reset_paragraph(self, _: int | None) -> None:
        self._set(in_table=False)

    def _raise(self, number: int | None) -> None:
        self._set(raised=number != 0)

    def _lower(self, _: int | None) -> None:
        self._set(raised=False)

    def _lift(self, number: int | None) -> None:
        self._set(raised=(6 if number is None else number) >= RAISED_FROM)

    def _hide(self, number: int | None) -> None:
        self._set(hidden=number != 0)

    def _delete(self, number: int | None) -> None:
        self._set(deleted=number != 0)

    def _enter_table(self, number: int | None) -> None:
        self._set(in_table=number != 0)

    def _set_font(self, number: int | None) -> None:
        if self.story.group.role is Role.FONTS:
            self._font = self._fonts.setdefault(number or 0, Font())
        else:
            self._set(font=number)

    def _set_charset(self, number: int | None) -> None:
        self._font.codec = code_pages.of_charset(number or 0)
        self._font.has_own_codes = number == code_pages.SYMBOLS

    def _set_page(self, number: int | None) -> None:
        self.story.codec = code_pages.of_page(number or 0)

    def _set_instead(self, number: int | None) -> None:
        self._set(instead=max(0, 1 if number is None else number))

    def _begin_fonts(self, _: int | None) -> None:
        self._set(role=Role.FONTS)

    def _begin_label(self, _: int | None) -> None:
        if self.story.group.role is Role.BODY:
            self._set(role=Role.LABEL, closing=Closing.LABEL)

    def _begin_note(self, _: int | None) -> None:
        if self.story.group.role is not Role.BODY or self.story.group.hidden or self.story.group.deleted:
            self._tokens.skip_group()
            return
        kind = Closing.ENDNOTE if self._tokens.begins_with(b"\\ftnalt", _NOTE_HEAD) else Closing.FOOTNOTE
        self.story.begin_note(kind)
        self._set(closing=kind, in_table=False, raised=False)

    def _begin_box(self, _: int | None) -> None:
        if self.story.group.role is Role.BODY:
            self.story.begin_box()
            self._set(closing=Closing.BOX, in_table=False, raised=False)

    def _begin_field(self, _: int | None) -> None:
        self.story.begin_field()
        self._set(closing=Closing.FIELD)

    def _begin_instruction(self, _: int | None) -> None:
        self._set(role=Role.INSTRUCTION)

    def _begin_data(self, _: int | None) -> None:
        self._set(role=Role.DATA)

    def _begin_result(self, _: int | None) -> None:
        self.story.begin_result()

    def _end_paragraph(self, _: int | None) -> None:
        self.story.end_paragraph()

    def _end_cell(self, _: int | None) -> None:
        if self.story.group.role is Role.BODY:
            self.story.end_cell()

    def _end_row(self, _: int | None) -> None:
        if self.story.group.role is Role.BODY:
            self.story.end_row()

    def _note_mark(self, _: int | None) -> None:
        if not (self.story.group.hidden or self.story.group.deleted):
            self.story.note_mark()

    def _define_row(self, _: int | None) -> None:
        if self.story.group.role is Role.BODY:
            self.story.define_row()

    def _choose_unicode(self, _: int | None) -> None:
        """Of the two groups that follow the first is for readers that do not know Unicode."""
        self._skips_next = True


_MEANINGS: Mapping[bytes, Callable[[_Reader, int | None], None]] = {
    b"plain": _Reader._reset_characters,
    b"pard": _Reader._reset_paragraph,
    b"super": _Reader._raise,
    **dict.fromkeys((b"nosupersub", b"sub", b"dn"), _Reader._lower),
    b"up": _Reader._lift,
    b"v": _Reader._hide,
    **dict.fromkeys((b"deleted", b"mvf"), _Reader._delete),
    b"intbl": _Reader._enter_table,
    b"f": _Reader._set_font,
    b"fcharset": _Reader._set_charset,
    b"ansicpg": _Reader._set_page,
    b"uc": _Reader._set_instead,
    b"fonttbl": _Reader._begin_fonts,
    **dict.fromkeys((b"listtext", b"pntext"), _Reader._begin_label),
    b"footnote": _Reader._begin_note,
    **dict.fromkeys((b"shptxt", b"dptxbxtext"), _Reader._begin_box),
    b"field": _Reader._begin_field,
    b"fldinst": _Reader._begin_instruction,
    b"datafield": _Reader._begin_data,
    b"fldrslt": _Reader._begin_result,
    **dict.fromkeys((b"par", b"sect", b"nestcell", b"nestrow"), _Reader._end_paragraph),
    b"cell": _Reader._end_cell,
    b"row": _Reader._end_row,
    b"chftn": _Reader._note_mark,
    b"trowd": _Reader._define_row,
    b"upr": _Reader._choose_unicode,
}
