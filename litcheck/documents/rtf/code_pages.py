"""How the bytes of an RTF file are letters: the code page of the file and those of its fonts."""

from __future__ import annotations

import codecs
from collections.abc import Mapping

_WESTERN = "cp1252"
#: What a font's ``\\fcharset`` says, as Python's codecs.
_CHARSETS: Mapping[int, str] = {
    **{77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "big5", 161: "cp1253", 162: "cp1254"},
    **{163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437"},
    **{255: "cp850"},
}
_PAGES: Mapping[int, str] = {10000: "mac_roman", 65001: "utf-8", 936: "gb18030"}

#: The charset of fonts with codes of their own.
SYMBOLS = 2
#: What the words say that stand in place of a code page at the beginning of old files.
OF_WORDS: Mapping[bytes, str] = {b"mac": "mac_roman", b"pc": "cp437", b"pca": "cp850"}


def of_page(number: int) -> str:
    """The codec of a Windows code page; Western for one that is not known."""
    return _known(_PAGES.get(number, f"cp{number}"))


def of_charset(number: int) -> str:
    """The codec of a font's charset, empty where the font leaves it to the file (0, 1) or has codes of its own (2)."""
    return _CHARSETS.get(number, "")


def _known(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return _WESTERN
