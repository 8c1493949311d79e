"""Characters of the font Symbol, which documents hold as codes of its own: "a" is an alpha there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bib.wordlists import lines_of

#: Where Word puts a font's own codes among those of Unicode (U+F020 to U+F0FF).
_PRIVATE = 0xF000
#: What stands for a sign that cannot be told.
UNKNOWN = "\ufffd"


@cache
def _shown() -> Mapping[int, str]:
    """What each code of the font shows."""
    lines = (line.split() for line in lines_of("symbol_font", package="litcheck.documents"))
    return {0x20: " ", 0x23: "#"} | {int(code, 16): character for code, character in lines}


@cache
def private_symbols() -> Mapping[int, str]:
    """The same for the codes where Word puts them among Unicode's, a table for ``str.translate``."""
    return {_PRIVATE + code: _shown().get(code, UNKNOWN) for code in range(0x20, 0x100)}


def symbol(code: int, font: str) -> str:
    """The sign that a code of a font shows, ``UNKNOWN`` for what only a picture of it could tell."""
    if font.lower() == "symbol":
        return _shown().get(code - _PRIVATE if code >= _PRIVATE else code, UNKNOWN)
    if 0x20 <= code < 0xD800 or 0xF100 <= code <= 0xFFFD:
        return chr(code)
    return UNKNOWN
