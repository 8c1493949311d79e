"""Text from documents and registries made harmless: nothing in it acts on a terminal, a Markdown page or the reading order.

HTML needs no function here: the templates escape everything, and ``printable`` runs before that.
"""

from __future__ import annotations

import re

#: Control characters that have a picture of their own (U+2400 and up); the rest of what is harmful becomes U+FFFD.
_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "␡"}
_SPACES = {ord(character): " " for character in "\t\n\r\v\f\x85\u2028\u2029"}
#: Embeddings, overrides and isolates: they reorder text beyond their own end. The marks U+200E and U+200F do not.
_BIDI = dict.fromkeys((*range(8234, 8239), *range(8294, 8298)), "�")
_C1 = dict.fromkeys(range(128, 160), "�")
_INVISIBLE_TAGS = dict.fromkeys(range(917504, 917632), "�")
_LONE_SURROGATES = dict.fromkeys(range(55296, 57344), "�")
_HARMLESS = _C1 | _PICTURES | _BIDI | _INVISIBLE_TAGS | _LONE_SURROGATES | _SPACES

_RUN_OF_SPACES = re.compile(r" {2,}")
#: What begins emphasis, code, a link, an image, a table cell, mathematics or struck text anywhere in a line.
_MARKDOWN_INLINE = re.compile(r"[\\`*_\[\]|~$^]|!(?=\[)")
#: What begins a heading, a list, a quotation or a rule at the start of a line.
_MARKDOWN_BLOCK = re.compile(r"^( {0,3})([#+\-=:]|\d{1,9}(?=[.)]))")
#: Bare addresses, which GitHub turns into links by itself.
_MARKDOWN_ADDRESS = re.compile(r"(?<=[a-z])(?=://)|(?<=www)(?=\.)", re.IGNORECASE)


def printable(text: str) -> str:
    """``text`` on one line, every character that would act rather than show replaced by one that shows: ESC by "␛"."""
    if text.isascii() and text.isprintable():
        return text
    return _RUN_OF_SPACES.sub(" ", text.translate(_HARMLESS))


def encodable(text: str) -> str:
    """``text`` without halves of surrogate pairs, which no file can hold; nothing else is changed."""
    return text if text.isascii() else text.translate(_LONE_SURROGATES)


def markdown(text: str) -> str:
    """``text`` as Markdown that shows exactly its characters: no emphasis, link, table cell, heading or HTML begins in it."""
    text = _MARKDOWN_INLINE.sub(r"\\\g<0>", printable(text))
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _MARKDOWN_ADDRESS.sub(r"\\", text)
    return _MARKDOWN_BLOCK.sub(_escape_block, text)


def _escape_block(match: re.Match[str]) -> str:
    spaces, sign = match.groups()
    # A number is no list item any more when the sign after it is escaped.
    return f"{spaces}{sign}\\" if sign.isdigit() else f"{spaces}\\{sign}"
