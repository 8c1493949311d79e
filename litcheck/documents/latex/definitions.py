r"""Commands that a document defines itself are replaced by what they stand for, arguments put in their places, within bounds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from litcheck.documents.latex.arguments import after_blank, argument_end
from litcheck.documents.latex.streams import Stream

#: A definition longer than this is a program and no abbreviation.
_LONGEST = 2000
#: How deep definitions may stand in one another, how many of them are replaced in a document, and by how many characters in all.
#: Beyond, the commands are left as they are: definitions may go round in circles, or double at each step.
_DEEPEST = 20
_MOST = 20_000
_MOST_CHARACTERS = 2_000_000

_NEW_COMMAND = re.compile(
    r"\*?\s{0,20}(?:\{\s{0,20}\\(?P<braced>[A-Za-z@]{1,60})\s{0,20}\}|\\(?P<bare>[A-Za-z@]{1,60}))\s{0,20}"
    r"(?:\[\s{0,5}(?P<count>[0-9])\s{0,5}\]\s{0,20})?(?:\[(?P<default>[^\[\]\n]{0,200})\]\s{0,20})?(?=\{)"
)
_DEF = re.compile(r"\s{0,20}\\(?P<bare>[A-Za-z@]{1,60})\s{0,20}(?P<arguments>[^{}\n\s]{1,100})?\s{0,20}(?=\{)")
_PLAIN_ARGUMENTS = re.compile(r"(?:#[1-9]){1,9}")
_ARGUMENT = re.compile(r"#([1-9])")
#: What may end a definition that names itself: conditionals, and looking at what follows.
_CONDITION = re.compile(r"\\(?:if|futurelet|@if|@ifnextchar|afterassignment|loop)", re.IGNORECASE)
_COMMAND = re.compile(r"\\([A-Za-z@]{1,60})")
_TOKEN = re.compile(r"\\[A-Za-z]{1,60}|\\?[^\s{}\\]")


@dataclass(frozen=True, slots=True)
class _Definition:
    """``default`` is what the first argument is where it is not given in brackets, ``None`` if it has to be in braces."""

    body: str
    arguments: int = 0
    default: str | None = None


class EndlessDefinition(Exception):
    """A command stands for itself, directly or through others, so that TeX would not end either; holds its name."""


class Definitions:
    """The commands that were defined so far."""

    def __init__(self) -> None:
        self._known: dict[str, _Definition] = {}
        self._left = _MOST
        self._characters_left = _MOST_CHARACTERS

    def define(self, stream: Stream, *, plain: bool, again: bool = True) -> None:
        r"""Takes the definition after ``\newcommand`` (or ``\def``, ``plain``) and passes over it.

        Without ``again`` a command that is defined keeps its definition (``\providecommand``).
        """
        found = stream.match(_DEF if plain else _NEW_COMMAND, stream.at)
        if not found:
            return
        closing = argument_end(stream.text, found.end(), stream.end)
        stream.at = found.end() if closing < 0 else closing + 1
        body = stream.text[found.end() + 1 : closing]
        if closing < 0 or len(body) > _LONGEST:
            return
        if plain:
            pattern = found["arguments"] or ""
            if pattern and not _PLAIN_ARGUMENTS.fullmatch(pattern):
                return
            name, definition = found["bare"], _Definition(body, len(pattern) // 2)
        else:
            name = found["bare"] or found["braced"]
            definition = _Definition(body, int(found["count"] or 0), found["default"])
        if again or name not in self._known:
            self._known[name] = definition

    def expand(self, name: str, stream: Stream) -> str | None:
        """What the command stands for, and passes over its arguments; ``None`` if it is to be left as it is.

        Raises ``EndlessDefinition``.
        """
        definition = self._known.get(name)
        if definition is None:
            return None
        body = self._replaced(definition, stream)
        # Inside of what another command stands for, what is left as it is may be left because it would never end.
        if body is None and stream.depth and self._is_endless(name):
            raise EndlessDefinition(name)
        return body

    def _replaced(self, definition: _Definition, stream: Stream) -> str | None:
        if stream.depth >= _DEEPEST or self._left <= 0:
            return None
        values, at = _arguments(definition, stream)
        if len(values) < definition.arguments:
            return None
        length = len(definition.body) + sum(len(values[int(place) - 1]) for place in _used(definition))
        if length > self._characters_left:
            return None
        self._left -= 1
        self._characters_left -= length
        stream.at = at
        if not values:
            return definition.body
        return _ARGUMENT.sub(lambda found: values[int(found[1]) - 1] if int(found[1]) <= len(values) else "", definition.body)

    def _is_endless(self, name: str) -> bool:
        """Whether a command leads back to itself, and nothing on the way could end that."""
        seen: set[str] = set()
        due = [name]
        while due:
            body = self._known[due.pop()].body
            if _CONDITION.search(body):
                return False
            named = {found[1] for found in _COMMAND.finditer(body)} & self._known.keys()
            if name in named:
                return True
            due += named - seen
            seen |= named
        return False


def _used(definition: _Definition) -> list[str]:
    return [place for place in _ARGUMENT.findall(definition.body) if int(place) <= definition.arguments]


def _arguments(definition: _Definition, stream: Stream) -> tuple[list[str], int]:
    """The arguments that follow, fewer than there should be where one is missing, and where they end."""
    values: list[str] = []
    at = stream.at
    while len(values) < definition.arguments:
        start = after_blank(stream.text, at, stream.end)
        is_optional = not values and definition.default is not None
        if stream.holds("[" if is_optional else "{", start):
            closing = argument_end(stream.text, start, stream.end)
            if closing < 0:
                break
            values.append(stream.text[start + 1 : closing])
            at = closing + 1
        elif is_optional:
            values.append(definition.default or "")
        elif token := stream.match(_TOKEN, start):
            values.append(token[0])
            at = token.end()
        else:
            break
    return values, at
