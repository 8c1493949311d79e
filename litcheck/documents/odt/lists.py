"""Automatic numbers of lists and headings, counted as the paragraphs go by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from litcheck.documents.numerals import numeral, whole_number
from litcheck.documents.odt.names import STYLE, TEXT

_LEVELS = 10
_BULLET = "•"
#: A label is never longer than this; what would be is cut.
_LONGEST_LABEL = 60
_NUMBERED = (TEXT + "list-level-style-number", TEXT + "outline-level-style")


@dataclass(slots=True)
class _Level:
    way: str = ""
    before: str = ""
    after: str = ""
    start: int = 1
    shown: int = 1
    bullet: bool = False


@dataclass(slots=True)
class Count:
    """The numbers that one list has reached."""

    style: str
    numbers: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


class Lists:
    """The list styles by their names; that of headings (``text:outline-style``) has none."""

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._sources: dict[str, etree._Element] = {}
        for root in roots:
            for source in root.iter(TEXT + "list-style", TEXT + "outline-style"):
                name = source.get(STYLE + "name") if source.tag == TEXT + "list-style" else ""
                self._sources[name or ""] = source
        self._levels: dict[str, list[_Level]] = {}
        self._by_id: dict[str, Count] = {}
        self._last: dict[str, Count] = {}

    def begin(self, style: str, id_: str | None, continues: str | None, *, goes_on: bool) -> Count:
        """The numbers of a list that begins: its own, or those of the list that it goes on with."""
        count = self._by_id.get(continues or "") or (self._last.get(style) if goes_on else None) or Count(style)
        self._last[style] = count
        if id_:
            self._by_id[id_] = count
        return count

    def label(self, count: Count, style: str, level: int, start: int | None = None) -> str:
        """What stands before the next item on a level, the first is 0, with a space; ``start`` is a number that it is given."""
        levels = self._of(style)
        level = min(max(level, 0), _LEVELS - 1)
        number = count.numbers[level]
        if start is None:
            start = levels[level].start if number is None else number + 1
        count.numbers[level] = start
        count.numbers[level + 1 :] = [None] * (_LEVELS - level - 1)
        here = levels[level]
        if here.bullet:
            return f"{_BULLET} "
        if not here.way:
            return ""
        shown = range(max(0, level + 1 - here.shown), level + 1)
        written = [numeral(self._number(count, levels, at), levels[at].way) for at in shown]
        return f"{here.before}{'.'.join(filter(None, written))}{here.after}"[:_LONGEST_LABEL] + " "

    def _number(self, count: Count, levels: list[_Level], at: int) -> int:
        number = count.numbers[at]
        if number is None:
            number = count.numbers[at] = levels[at].start
        return number

    def _of(self, style: str) -> list[_Level]:
        levels = self._levels.get(style)
        if levels is None:
            levels = self._levels[style] = [_Level() for _ in range(_LEVELS)]
            source = self._sources.get(style)
            for one in () if source is None else source:
                at = whole_number(one.get(TEXT + "level"), 0) - 1
                if 0 <= at < _LEVELS:
                    levels[at] = _Level(
                        way=(one.get(STYLE + "num-format") or "")[:1] if one.tag in _NUMBERED else "",
                        before=(one.get(STYLE + "num-prefix") or "")[:_LONGEST_LABEL],
                        after=(one.get(STYLE + "num-suffix") or "")[:_LONGEST_LABEL],
                        start=whole_number(one.get(TEXT + "start-value"), 1),
                        shown=whole_number(one.get(TEXT + "display-levels"), 1),
                        bullet=one.tag == TEXT + "list-level-style-bullet",
                    )
        return levels
