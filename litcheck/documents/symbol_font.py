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
def symbols() -> Mapping[int, str]:
    """What each code from 32 to 255 shows, also moved up to where Word puts it; a table for ``str.translate`` of the latter."""
    shown = dict.fromkeys(range(_PRIVATE + 0x20, _PRIVATE + 0x100), UNKNOWN)
    shown |= {_PRIVATE + 0x20: " ", _PRIVATE + 0x23: "#", 0x20: " ", 0x23: "#"}
    for line in lines_of("symbol_font", package="litcheck.documents"):
        code, character = line.split()
        shown[int(code, 16)] = shown[_PRIVATE + int(code, 16)] = character
    return shown


def symbol(code: int, font: str) -> str:
    """The sign that a code of a font shows, ``UNKNOWN`` for what only a picture of it could tell."""
    if font.lower() == "symbol":
        return symbols().get(code, UNKNOWN)
    if 0x20 <= code < 0xD800 or 0xF100 <= code <= 0xFFFD:
        return chr(code)
    return UNKNOWN
