r"""Commands that a document defines itself: those without arguments are replaced by what they stand for, within bounds."""

from __future__ import annotations

import re

from litcheck.documents.latex.arguments import argument_end

#: A definition longer than this is a program and no abbreviation.
_LONGEST = 2000
#: How deep definitions may stand in one another, how many of them are replaced in a document, and by how many characters in all.
#: Beyond, the commands are left as they are: definitions may go round in circles, or double at each step.
_DEEPEST = 20
_MOST = 20_000
_MOST_CHARACTERS = 2_000_000

_NEW_COMMAND = re.compile(
    r"\*?\s{0,20}(?:\{\s{0,20}\\(?P<braced>[A-Za-z@]{1,60})\s{0,20}\}|\\(?P<bare>[A-Za-z@]{1,60}))\s{0,20}"
    r"(?P<arguments>\[\s{0,5}[0-9]\s{0,5}\]\s{0,20})?(?P<default>\[[^\[\]\n]{0,200}\]\s{0,20})?(?=\{)"
)
_DEF = re.compile(r"\s{0,20}\\(?P<bare>[A-Za-z@]{1,60})\s{0,20}(?P<arguments>[^{}\n\s]{1,100})?\s{0,20}(?=\{)")


class Definitions:
    """The commands that were defined so far."""

    def __init__(self) -> None:
        self._bodies: dict[str, str] = {}
        self._left = _MOST
        self._characters_left = _MOST_CHARACTERS

    def define(self, text: str, at: int, end: int, *, plain: bool, again: bool = True) -> int:
        r"""Takes the definition after ``\newcommand`` (or ``\def``, ``plain``), and gives where it ends.

        Without ``again`` a command that is defined keeps its definition (``\providecommand``).
        """
        found = (_DEF if plain else _NEW_COMMAND).match(text, at, end)
        if not found:
            return at
        closing = argument_end(text, found.end(), end)
        if closing < 0:
            return found.end()
        name = found["bare"] or found["braced"]
        body = text[found.end() + 1 : closing]
        if not found["arguments"] and len(body) <= _LONGEST and (again or name not in self._bodies):
            self._bodies[name] = body
        return closing + 1

    def expand(self, name: str, depth: int) -> str | None:
        """What the command stands for, at this depth of definitions in definitions; ``None`` if it is to be left as it is."""
        body = self._bodies.get(name)
        if body is None or depth >= _DEEPEST or self._left <= 0 or self._characters_left < len(body):
            return None
        self._left -= 1
        self._characters_left -= len(body)
        return body
