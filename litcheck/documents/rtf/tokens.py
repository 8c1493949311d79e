"""The pieces of an RTF file: control words, braces, text; and the way past a group whose text does not count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    rb"\\(?:(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?|'(?P<code>[0-9A-Fa-f]{2})|(?P<sign>.))"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n\0]+)|[\r\n\0]+",
    re.DOTALL,
)
_BRACE = re.compile(rb"[{}]|\\bin(\d{1,10}) ?|\\.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Token:
    """One piece: a ``word`` (with its number, if any), a ``sign``, a ``code`` (a byte in hexadecimal), ``brace`` or ``text``."""

    kind: str
    value: bytes
    number: int | None = None


class Tokens:
    """The pieces of a file one after the other. Binary data is passed over."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def __iter__(self) -> Iterator[Token]:
        while found := _TOKEN.match(self._data, self._at):
            self._at = found.end()
            kind = found.lastgroup
            if kind == "number":
                kind = "word"
            if kind is None:
                continue
            number = int(found["number"]) if found["number"] else None
            if kind == "word" and found["word"] == b"bin":
                self._at += max(0, number or 0)
                continue
            yield Token(kind, found[kind], number)

    def begins_with(self, control: bytes, within: int) -> bool:
        """Whether a control word stands in the next bytes."""
        return control in self._data[self._at : self._at + within]

    def skip_group(self) -> None:
        """Goes to the brace that closes the group in which the last piece stands."""
        depth = 1
        while found := _BRACE.search(self._data, self._at):
            self._at = found.end()
            brace = found.group()
            if brace == b"{":
                depth += 1
            elif brace == b"}":
                depth -= 1
                if not depth:
                    self._at = found.start()
                    return
            elif found[1]:
                self._at += int(found[1])
        self._at = len(self._data)
