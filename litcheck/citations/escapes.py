r"""Markdown's escapes of brackets ("\[3\]") and its dashes ("3--5") as the characters they print, without moving any other.

Programs that write Markdown, pandoc above all, escape every bracket that is no link and write the dash of a range as two hyphens.
Source: CommonMark 0.31, section 2.4; Pandoc's manual, extension "smart".
"""

from __future__ import annotations

import re

_OPENING = re.compile(r"(?<!\\)\\(?=[\[(])")
_CLOSING = re.compile(r"(?<!\\)\\([\])])")
_DASH = re.compile(r"(?<=[\d\])])--(?=\d|\\?[\[(])")


def without_escapes(text: str) -> str:
    """``text`` with a space in the place of each backslash before a bracket, every other character at its old offset.

    A closing bracket and its backslash change places; of two hyphens within a range the second becomes a space.
    """
    if "\\" not in text and "--" not in text:
        return text
    return _CLOSING.sub(r"\1 ", _OPENING.sub(" ", _DASH.sub("– ", text)))
