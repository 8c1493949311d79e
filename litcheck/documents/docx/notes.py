"""Foot- and endnotes: where their texts are, and how their marks are numbered."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree

from litcheck.documents.docx.names import VAL, W
from litcheck.documents.numerals import numeral, whole_number

_WAYS: Mapping[str | None, str] = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_SIGNS = "*†‡§"


class Notes:
    """The notes of one kind (``footnote`` or ``endnote``) by their ids. Their part is read when the first is asked for."""

    def __init__(self, kind: str, part: Callable[[], etree._Element | None], properties: etree._Element | None) -> None:
        self._kind = kind
        self._part = part
        self._waiting: dict[str | None, etree._Element] | None = None
        way = None if properties is None else properties.find(W + "numFmt")
        start = None if properties is None else properties.find(W + "numStart")
        self._way = ("lowerRoman" if kind == "endnote" else "decimal") if way is None else way.get(VAL)
        self._number = (1 if start is None else whole_number(start.get(VAL), 1)) - 1

    def next_mark(self) -> str:
        """The mark of the next note, as the document numbers them."""
        self._number += 1
        if self._way == "chicago":
            times, place = divmod(self._number - 1, len(_SIGNS))
            return _SIGNS[place] * (times % len(_SIGNS) + 1)
        return numeral(self._number, _WAYS.get(self._way, "1"))

    def take(self, id_: str | None) -> etree._Element | None:
        """The note with an id; each is given once, whatever a broken file says."""
        if self._waiting is None:
            root = self._part()
            notes = () if root is None else root.iterchildren(W + self._kind)
            self._waiting = {note.get(W + "id"): note for note in notes}
        return self._waiting.pop(id_, None)
