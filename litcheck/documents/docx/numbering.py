"""Automatic numbers: what Word prints before a paragraph of a list, counted as the paragraphs go by."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from litcheck.documents.docx.names import VAL, W, is_on
from litcheck.documents.docx.styles import Styles
from litcheck.documents.numerals import numeral, whole_number

_LEVELS = 9
#: A label is never longer than this; what would be is cut.
_LONGEST_LABEL = 60
_PLACE = re.compile(r"%([1-9])")
#: How Word names the ways to write numbers that ``numeral`` knows by other names.
_WAYS = {
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
    "none": "",
    "bullet": "",
}
_BULLET = "•"


@dataclass(slots=True)
class _Level:
    """One level of a list: how its numbers are written and where they begin."""

    text: str = ""
    way: str = "1"
    bullet: bool = False
    start: int = 1
    restart: int | None = None
    legal: bool = False
    gap: str = " "


@dataclass(slots=True)
class _Counter:
    """The numbers that a list has reached; all lists that share a definition count together."""

    numbers: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


class Numbering:
    """The lists of ``numbering.xml``. ``label`` counts one paragraph on."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._definitions: dict[str | None, etree._Element] = {}
        self._lists: dict[str | None, etree._Element] = {}
        if root is not None:
            self._definitions = {one.get(W + "abstractNumId"): one for one in root.iterchildren(W + "abstractNum")}
            self._lists = {one.get(W + "numId"): one for one in root.iterchildren(W + "num")}
        self._levels: dict[str, tuple[str, list[_Level], list[int | None]]] = {}
        self._counters: dict[str, _Counter] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, number_id: str, level: int) -> str | None:
        """What stands before the next paragraph of a list, with the gap after it; ``None`` if there is no such list."""
        if number_id not in self._levels:
            found = self._read(number_id)
            if found is None:
                return None
            self._levels[number_id] = found
        definition, levels, overrides = self._levels[number_id]
        level = min(max(level, 0), _LEVELS - 1)
        counter = self._counters.setdefault(definition, _Counter())
        self._count(counter, levels, level, None if (number_id, level) in self._begun else overrides[level])
        self._begun.add((number_id, level))
        here = levels[level]
        if here.bullet:
            return f"{_BULLET} "
        label = _PLACE.sub(lambda place: self._written(counter, levels, int(place[1]) - 1, here.legal), here.text)
        return label[:_LONGEST_LABEL] + here.gap if label.strip() else ""

    def _count(self, counter: _Counter, levels: list[_Level], level: int, override: int | None) -> None:
        number = counter.numbers[level]
        if override is not None:
            counter.numbers[level] = override
        else:
            counter.numbers[level] = levels[level].start if number is None else number + 1
        for deeper in range(level + 1, _LEVELS):
            restart = levels[deeper].restart
            # A level begins anew after any higher one, unless it says after which, or never (0).
            if restart is None or (restart and level < restart):
                counter.numbers[deeper] = None

    def _written(self, counter: _Counter, levels: list[_Level], level: int, legal: bool) -> str:
        number = counter.numbers[level]
        if number is None:
            number = counter.numbers[level] = levels[level].start
        return numeral(number, "1" if legal else levels[level].way)

    def _read(self, number_id: str) -> tuple[str, list[_Level], list[int | None]] | None:
        """The definition's id, its levels with what the list changes of them, and where the list begins anew."""
        source = self._lists.get(number_id)
        named = None if source is None else source.find(W + "abstractNumId")
        if source is None or named is None:
            return None
        definition = self._definitions.get(named.get(VAL))
        link = None if definition is None else definition.find(W + "numStyleLink")
        if link is not None:
            linked = self._lists.get(self._styles.style(link.get(VAL)).number_id)
            named = named if linked is None else linked.find(W + "abstractNumId")
            definition = None if named is None else self._definitions.get(named.get(VAL))
        if definition is None or named is None:
            return None
        levels = [_Level() for _ in range(_LEVELS)]
        overrides: list[int | None] = [None] * _LEVELS
        for one in definition.iterchildren(W + "lvl"):
            _read_level(one, levels)
        for change in source.iterchildren(W + "lvlOverride"):
            at = whole_number(change.get(W + "ilvl"), 0)
            start = change.find(W + "startOverride")
            if start is not None and 0 <= at < _LEVELS:
                overrides[at] = whole_number(start.get(VAL), 1)
            changed = change.find(W + "lvl")
            if changed is not None:
                _read_level(changed, levels)
        return named.get(VAL) or "", levels, overrides


def _read_level(source: etree._Element, levels: list[_Level]) -> None:
    at = whole_number(source.get(W + "ilvl"), -1)
    if not 0 <= at < _LEVELS:
        return
    level = levels[at] = _Level()
    for child in source:
        value = child.get(VAL)
        if child.tag == W + "start":
            level.start = whole_number(value, 1)
        elif child.tag == W + "numFmt":
            level.bullet = value == "bullet"
            level.way = _WAYS.get(value or "", "1")
        elif child.tag == W + "lvlText":
            level.text = (value or "")[:_LONGEST_LABEL]
        elif child.tag == W + "lvlRestart":
            level.restart = whole_number(value, 0)
        elif child.tag == W + "isLgl":
            level.legal = is_on(value)
        elif child.tag == W + "suff":
            level.gap = "" if value == "nothing" else " "
