"""A reference string without mark-up and broken white space, with every character's place in the original."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# What extraction from a PDF does to punctuation: "Phys .Rev .B ,vol .94".
_LOOSE = re.compile(r"\s[.,;:](?![.\s])|\s[.,;:](?=\s)|``|''")
_SPECIAL = re.compile(r"[*_<>\u00ad\u200b-\u200f\u2060\ufeff]|[^\S ]|\s\s|\A\s")
_DROPPED = re.compile(
    r"\*{1,3}|(?<!\w)_{1,2}(?=\w)|(?<=[\w.,;:!?)])_{1,2}(?!\w)|</?(?:i|b|em|strong|sup|sub|u|italic|bold)>|[\u00ad\u200b-\u200f\u2060\ufeff]|(?<=\w-)\s*\n\s*(?=[a-z])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clean:
    """``text`` is what rules read; ``places[i]`` is where its i-th character stands in ``raw``."""

    raw: str
    text: str
    places: range | tuple[int, ...]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters ``text[start:end]`` stand in ``raw``."""
        return self.places[start], self.places[end - 1] + 1


def clean(raw: str, holes: Iterable[tuple[int, int]] = ()) -> Clean:
    """``raw`` with mark-up dropped, white space as single blanks, and the ``holes`` (spans already understood) blank."""
    holes = sorted(holes)
    loose = _LOOSE.search(raw) is not None
    if not holes and not loose and not _SPECIAL.search(raw):
        return Clean(raw, raw, range(len(raw)))
    gone = bytearray(len(raw))  # 1 dropped, 2 blank
    for match in _DROPPED.finditer(raw):
        gone[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    for start, end in holes:
        gone[start:end] = b"\x02" * (end - start)
    characters: list[str] = []
    places: list[int] = []
    blank = True
    for place, character in enumerate(raw):
        if gone[place] == 1:
            continue
        if gone[place] == 2 or character.isspace():
            if not blank:
                characters.append(" ")
                places.append(place)
            blank = True
        else:
            characters.append(character)
            places.append(place)
            blank = False
    if loose:
        characters, places = _tightened(characters, places)
    return Clean(raw, "".join(characters), tuple(places))


def _tightened(characters: list[str], places: list[int]) -> tuple[list[str], list[int]]:
    """Punctuation moved to the word before it (" ,x" to ", x"), and doubled apostrophes as quotation marks."""
    text = "".join(characters)
    tight: list[str] = []
    moved: list[int] = []
    skip = False
    for index, character in enumerate(text):
        if skip:
            skip = False
            continue
        following = text[index + 1 : index + 2]
        after = text[index + 2 : index + 3]
        if character == " " and following and following in ".,;:" and after != "." and tight and tight[-1] != ".":
            tight.append(following)
            moved.append(places[index + 1])
            if after.isalpha():
                tight.append(" ")
                moved.append(places[index + 1])
            skip = True
        elif character in "`'" and following == character:
            tight.append("“" if character == "`" else "”")
            moved.append(places[index])
            skip = True
        else:
            tight.append(character)
            moved.append(places[index])
    return tight, moved
