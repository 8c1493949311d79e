"""What the tagger sees of a token: the word itself, its beginning and end, its shape, and what is known of such words.

Everything that depends on the word alone is found once a word. What depends on its neighbours (brackets, white space, its
place in the string, names of journals that run over several tokens) is found once a string.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from importlib.resources import files
from zlib import crc32

from bib.folding import unaccent
from bib.strings.tokens import SIGN
from bib.wordlists import lines_of, pairs_of

#: Beginnings and ends of words are told apart by a checksum of so many values.
AFFIX_VALUES = 4096

#: What a word may be part of, and how often it was, as one digit each in the lexicon.
ROLES = ("family", "given", "title", "container", "publisher", "place")
#: Word lists whose members are marked.
_LISTS = ("particles", "name_suffixes", "conjunctions", "et_al", "organisation_words", "function_words", "journal_words")
DENSE = 2 * len(ROLES) + len(_LISTS) + 2


class Shape(IntEnum):
    """The look of a token."""

    OTHER = 0
    INITIAL = 1
    CAPITALISED = 2
    CAPITALS = 3
    LONG_CAPITALS = 4
    SMALL = 5
    SMALL_LETTER = 6
    MIXED = 7
    ROMAN = 8
    DIGIT = 9
    TWO_DIGITS = 10
    THREE_DIGITS = 11
    YEAR = 12
    FOUR_DIGITS = 13
    LONG_NUMBER = 14
    NUMBER_LETTER = 15
    MARK = 16
    SIGN = 17


_SHAPES: tuple[tuple[re.Pattern[str], Shape], ...] = tuple(
    (re.compile(pattern), shape)
    for pattern, shape in (
        (rf"{SIGN}.+", Shape.SIGN),
        (r"\W+", Shape.MARK),
        (r"(?:1[5-9]|20)\d\d", Shape.YEAR),
        (r"\d", Shape.DIGIT),
        (r"\d\d", Shape.TWO_DIGITS),
        (r"\d{3}", Shape.THREE_DIGITS),
        (r"\d{4}", Shape.FOUR_DIGITS),
        (r"\d+", Shape.LONG_NUMBER),
        (r"\d+[A-Za-z]{1,3}", Shape.NUMBER_LETTER),
    )
)


def shape_of(word: str) -> Shape:
    """The look of a word."""
    if word.isalpha():
        if len(word) == 1:
            return Shape.INITIAL if word.isupper() else Shape.SMALL_LETTER
        if word.islower():
            return Shape.SMALL
        if word.isupper():
            if _ROMAN.fullmatch(word):
                return Shape.ROMAN
            return Shape.CAPITALS if len(word) <= 4 else Shape.LONG_CAPITALS
        return Shape.CAPITALISED if word[0].isupper() and word[1:].islower() else Shape.MIXED
    return next((shape for pattern, shape in _SHAPES if pattern.fullmatch(word)), Shape.OTHER)


_ROMAN = re.compile(r"[IVXLC]{2,7}")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """How often words were seen in each of ``ROLES``: a digit each, 0 never, 9 very often (a logarithmic scale)."""

    digits: Mapping[str, str]

    @staticmethod
    @cache
    def load() -> Lexicon:
        """The lexicon that is shipped, made by ``bib.strings.training``."""
        text = files("bib").joinpath("data", "lexicon.txt").read_text(encoding="utf-8")
        return Lexicon(dict(line.split(": ", 1) for line in text.splitlines() if not line.startswith("#")))


def word_features(word: str, lexicon: Lexicon) -> tuple[int, int, int, int, tuple[float, ...]]:
    """Checksums of a word's first three, last three and last two letters, its shape, and ``DENSE`` numbers from 0 to 1."""
    shape = shape_of(word)
    if shape in (Shape.MARK, Shape.SIGN):
        return 0, 0, 0, int(shape), _NOTHING
    lower = word.lower()
    plain = unaccent(lower)
    digits = lexicon.digits.get(plain, "")
    dense = (*_levels(digits), *_listed().get(lower, _UNLISTED), float(not digits))
    return _checksum(f"^{plain[:3]}"), _checksum(f"{plain[-3:]}$"), _checksum(f"{plain[-2:]}$"), int(shape), dense


_NOTHING = (0.0,) * DENSE
_UNLISTED = (0.0,) * (len(_LISTS) + 1)


@lru_cache(maxsize=50_000)
def _levels(digits: str) -> tuple[float, ...]:
    """The levels of the lexicon, and their shares of the highest."""
    levels = [int(digit) / 9 for digit in digits] or [0.0] * len(ROLES)
    most = max(levels) or 1.0
    return (*levels, *(level / most for level in levels))


@lru_cache(maxsize=50_000)
def _checksum(text: str) -> int:
    return crc32(text.encode()) % (AFFIX_VALUES - 1) + 1


@cache
def _listed() -> Mapping[str, tuple[float, ...]]:
    """For each single word of ``_LISTS`` and each name of a month the lists that have it."""
    lists = [
        {word for entry in lines_of(name) for word in (entry.lower(), *re.findall(r"\w+", entry.lower()))} for name in _LISTS
    ]
    lists.append(set(pairs_of("months")))
    return {word: tuple(float(word in words) for words in lists) for word in set().union(*lists)}
