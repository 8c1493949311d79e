"""Which words of two values differ, so that a reader sees it at a glance. Marks; judges nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bib.folding import fold

#: Beyond this many words a value is no title any more; comparing it word by word would only cost time.
_MOST_WORDS = 300

_WORD = re.compile(r"\w+(?:['’.\-‐‑–]\w+)*|[^\w\s]")
_AUTHOR = re.compile(r"[^;]+")
_INITIAL = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a value, and whether the other value lacks it."""

    text: str
    differs: bool = False


Pieces = tuple[Piece, ...]


def mark_words(left: str, right: str) -> tuple[Pieces, Pieces]:
    """Both values in pieces; words that the other lacks are marked. Capitals, accents and punctuation make no difference."""
    return _mark(left, right, _WORD, [fold(word) for word in _WORD.findall(left)], [fold(word) for word in _WORD.findall(right)])


def mark_authors(left: str, right: str) -> tuple[Pieces, Pieces]:
    """As ``mark_words`` for lists of "Family, Given" between semicolons, by whole persons.

    Initials equal the given names that they begin, and a name without given names equals any with the same family name.
    """
    lefts, rights = _AUTHOR.findall(left), _AUTHOR.findall(right)
    known: list[tuple[str, str]] = []
    return _mark(
        left, right, _AUTHOR, [_author_key(name, known) for name in lefts], [_author_key(name, known) for name in rights]
    )


def _author_key(name: str, known: list[tuple[str, str]]) -> str:
    """A key that is the same for two spellings of one person, in the order in which they come up."""
    family, _, given = name.partition(",")
    folded = fold(family), "".join(_INITIAL.findall(fold(given))[:1])
    for other in known:
        if other[0] == folded[0] and (other[1] == folded[1] or not other[1] or not folded[1]):
            return "\n".join(other)
    known.append(folded)
    return "\n".join(folded)


def _mark(left: str, right: str, unit: re.Pattern[str], lefts: Sequence[str], rights: Sequence[str]) -> tuple[Pieces, Pieces]:
    if not left or not right or list(lefts) == list(rights):
        return _whole(left), _whole(right)
    if len(lefts) + len(rights) > 2 * _MOST_WORDS:
        return _whole(left, differs=True), _whole(right, differs=True)
    differing_left: set[int] = set()
    differing_right: set[int] = set()
    for tag, a, b, c, d in SequenceMatcher(None, lefts, rights, autojunk=False).get_opcodes():
        if tag != "equal":
            # A unit that folds to nothing is punctuation, which is not worth a mark.
            differing_left.update(n for n in range(a, b) if lefts[n])
            differing_right.update(n for n in range(c, d) if rights[n])
    return _pieces(left, unit, differing_left), _pieces(right, unit, differing_right)


def _whole(text: str, *, differs: bool = False) -> Pieces:
    return (Piece(text, differs),) if text else ()


def _pieces(text: str, unit: re.Pattern[str], differing: set[int]) -> Pieces:
    """``text`` cut into runs that differ and runs that do not; neighbouring marked units are one piece with what is between."""
    runs: list[tuple[int, int]] = []
    previous = -2
    for number, match in enumerate(unit.finditer(text)):
        if number not in differing:
            continue
        start = match.end() - len(match[0].lstrip())
        if number == previous + 1 and runs:
            runs[-1] = runs[-1][0], match.end()
        else:
            runs.append((start, match.end()))
        previous = number
    pieces: list[Piece] = []
    done = 0
    for start, end in runs:
        if start > done:
            pieces.append(Piece(text[done:start]))
        pieces.append(Piece(text[start:end], differs=True))
        done = end
    if done < len(text):
        pieces.append(Piece(text[done:]))
    return tuple(pieces)
