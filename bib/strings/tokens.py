"""A reference string as tokens: words, numbers, single marks, and one token for each stretch that rules have understood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from bib.strings.notes import Hole

#: More tokens than this are not read; the longest real entries, with hundreds of authors, have some 2,000.
MOST_TOKENS = 2500

_ZERO_WIDTH = "\u00ad\u200b-\u200f\u2060\ufeff"
#: Letters and digits are parted ("C81", "제14권"), but for the end of a number ("3rd", "2020a"); mark-up is one token.
_TOKEN = re.compile(
    rf"\d+(?:(?:[a-z]{{1,3}}|[A-Z])(?![^\W_]))?|[^\W\d_]+(?:[{_ZERO_WIDTH}]+[^\W\d_]+)*|[^\W_]"
    r"|</?[A-Za-z]{1,6}>|\*{1,3}|_{1,3}|``|''|[^\w\s]"
)
_INVISIBLE = re.compile(rf"[{_ZERO_WIDTH}]")
_EMPHASIS = re.compile(r"</?[A-Za-z]{1,6}>|\*{1,3}|_{1,3}")

#: Begins the words of tokens that stand for something else; no token of a text is more than this one character.
SIGN = "\x02"
#: The word of a token that stands for mark-up, and those of holes by their kinds.
EMPHASIS = f"{SIGN}em"
_HOLES = {kind: f"{SIGN}{kind}" for kind in ("label", "doi", "id", "url", "access", "remark")}
_HOLE_WORDS = frozenset(_HOLES.values())


def is_hole(word: str) -> bool:
    """Whether a token's word stands for a stretch that rules have understood."""
    return word in _HOLE_WORDS


class Place(IntEnum):
    """Where a token stands among brackets and quotation marks."""

    OPEN = 0
    ROUND = 1
    SQUARE = 2
    QUOTED = 3


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one string. ``words[i]`` is its normalised text, ``spans[i]`` its place in the string.

    ``spaced[i]`` is 1 if white space stands before it; ``places[i]`` is a ``Place``.
    """

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    spaced: bytes
    places: bytes

    def __len__(self) -> int:
        return len(self.words)


def tokenise(text: str, holes: Sequence[Hole] = ()) -> Tokens:
    """The tokens of ``text``; a hole is one token named after its kind, whatever it holds.

    ``holes`` are in order and do not overlap.
    """
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    start = 0
    for hole in holes:
        _read(text, start, hole.start, words, spans)
        words.append(_HOLES[hole.kind])
        spans.append((hole.start, hole.end))
        start = hole.end
    _read(text, start, len(text), words, spans)
    if not text.isascii() or any(mark in text for mark in "*_<"):
        words = [word if word in _HOLE_WORDS else _normalised(word) for word in words]
    del words[MOST_TOKENS:], spans[MOST_TOKENS:]
    ends = [0, *(end for _, end in spans)]
    spaced = bytes([start > end for (start, _), end in zip(spans, ends, strict=False)])
    return Tokens(tuple(words), tuple(spans), spaced, _places(words, spaced))


def _read(text: str, start: int, end: int, words: list[str], spans: list[tuple[int, int]]) -> None:
    matches = list(_TOKEN.finditer(text, start, end))
    words += [match[0] for match in matches]
    spans += [match.span() for match in matches]


def _normalised(word: str) -> str:
    if not word.isascii():
        return unicodedata.normalize("NFKC", _INVISIBLE.sub("", word)) or word
    return EMPHASIS if _EMPHASIS.fullmatch(word) else word


_OPENING = {"(": Place.ROUND, "[": Place.SQUARE, "“": Place.QUOTED, "«": Place.QUOTED, "„": Place.QUOTED, "``": Place.QUOTED}
_CLOSING = {")": Place.ROUND, "]": Place.SQUARE, "”": Place.QUOTED, "»": Place.QUOTED, "''": Place.QUOTED}
_BRACKETS = frozenset((*_OPENING, *_CLOSING, '"'))
#: A bracket that is not closed within so many tokens was opened by mistake.
_LONGEST_BRACKET = 40
_LONGEST_QUOTATION = 120


def _places(words: Sequence[str], spaced: bytes) -> bytes:
    """The place of each token; brackets and quotation marks belong to what they enclose. Nothing nests here."""
    places = bytearray(len(words))
    opened: tuple[Place, int] | None = None
    for index, word in [(index, word) for index, word in enumerate(words) if word in _BRACKETS]:
        place = _OPENING.get(word)
        if word == '"':
            place = Place.QUOTED if opened is None or opened[0] is not Place.QUOTED else None
        if opened is None and place is not None:
            opened = (place, index)
        elif opened is not None and (_CLOSING.get(word) is opened[0] or (word == '"' and opened[0] is Place.QUOTED)):
            limit = _LONGEST_QUOTATION if opened[0] is Place.QUOTED else _LONGEST_BRACKET
            if index - opened[1] <= limit:
                places[opened[1] : index + 1] = bytes([opened[0]]) * (index + 1 - opened[1])
            opened = None
    return bytes(places)
