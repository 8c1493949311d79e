r"""The arguments of LaTeX's commands: where they end, and which commands do not print theirs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from bib.wordlists import lines_of

#: An argument longer than this is one whose closing mark is missing. Authors with their addresses take some thousand characters.
_LONGEST = {"{": 20_000, "[": 2000, "(": 2000}

_BRACES = re.compile(r"\\.|[{}]", re.DOTALL)
_BRACKETS = re.compile(r"\\.|[{}\]]", re.DOTALL)
_PARENTHESES = re.compile(r"\\.|[{})]", re.DOTALL)
_CLOSING = {"{": _BRACES, "[": _BRACKETS, "(": _PARENTHESES}
_BLANK = re.compile(r"(?:[ \t]|%[^\n]{0,500}\n)*(?:\n[ \t]*(?!\n))?")
_OPENING = {"o": "[", "p": "(", "m": "{", "t": "{"}


def after_blank(text: str, at: int, end: int) -> int:
    """Where the blanks, comments and the single line's end at ``at`` end."""
    blank = _BLANK.match(text, at, end)
    return blank.end() if blank else at


def argument_end(text: str, at: int, end: int) -> int:
    """Where the argument that is opened at ``at`` is closed, -1 if it is not. Closing marks within braces do not count."""
    depth = 0
    opening = text[at]
    for mark in _CLOSING[opening].finditer(text, at + 1, min(end, at + _LONGEST[opening])):
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}" and (depth or opening != "{"):
            depth -= 1
            if depth < 0:
                return -1
        elif depth == 0 and mark[0] in "}])":
            return mark.start()
    return -1


def read_arguments(text: str, at: int, end: int, signature: str) -> tuple[tuple[int, int] | None, int]:
    """The inside of the argument that is printed (``t``), if there is one, and where the arguments end.

    ``signature`` has the letters of ``data/latex_arguments.txt``. Reading stops at the first argument in braces that is missing.
    """
    printed = None
    for letter in signature:
        start = after_blank(text, at, end)
        if not text.startswith(_OPENING[letter], start, end):
            if letter in "mt":
                break
            continue
        closing = argument_end(text, start, end)
        if closing < 0:
            break
        if letter == "t":
            printed = (start + 1, closing)
        at = closing + 1
    return printed, at


@cache
def signatures() -> Mapping[str, str]:
    """By the names of commands, what they do with their first arguments."""
    return dict(line.split(maxsplit=1) for line in lines_of("latex_arguments", package="litcheck.documents"))


@cache
def environments() -> Mapping[str, tuple[str, str]]:
    """By the names of environments, how they are read and the arguments of their beginning."""
    found = {}
    for line in lines_of("latex_environments", package="litcheck.documents"):
        name, kind, *arguments = line.split()
        found[name] = (kind, arguments[0] if arguments else "o")
    return found
