"""A reference string without mark-up and broken white space, with every character's place in the original."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

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
    if not holes and not _SPECIAL.search(raw):
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
    return Clean(raw, "".join(characters), tuple(places))
