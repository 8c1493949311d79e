"""The styles of a document: what each says of raised and hidden text and of its list, its parents' word included."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from lxml import etree

from litcheck.documents.odt.names import STYLE, TEXT

_LONGEST_CHAIN = 20
_NAME = STYLE + "name"


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How text is set, and the list style of its paragraph."""

    raised: bool = False
    hidden: bool = False
    list_style: str = ""


PLAIN = TextStyle()


class Styles:
    """The styles of all roots (``styles.xml``, ``content.xml``) by family and name."""

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._sources = {
            (style.get(STYLE + "family") or "", style.get(_NAME) or ""): style
            for root in roots
            for style in root.iter(STYLE + "style")
        }
        self._read: dict[tuple[str, str, TextStyle], TextStyle] = {}

    def within(self, around: TextStyle, family: str, name: str | None) -> TextStyle:
        """How text of this style is set inside other text."""
        if name is None:
            return around
        found = self._read.get((family, name, around))
        if found is None:
            found = around
            for source in self._chain(family, name):
                found = _set_by(source, found)
            self._read[family, name, around] = found
        return found

    def _chain(self, family: str, name: str | None) -> list[etree._Element]:
        """The style's own source last, before it those that it is derived from."""
        chain: list[etree._Element] = []
        while name is not None and len(chain) < _LONGEST_CHAIN:
            source = self._sources.get((family, name))
            if source is None:
                break
            chain.append(source)
            name = source.get(STYLE + "parent-style-name")
        return chain[::-1]


def _set_by(source: etree._Element, inherited: TextStyle) -> TextStyle:
    style = inherited
    list_style = source.get(STYLE + "list-style-name")
    if list_style is not None:
        style = replace(style, list_style=list_style)
    for properties in source.iterchildren(STYLE + "text-properties"):
        position, display = properties.get(STYLE + "text-position"), properties.get(TEXT + "display")
        if position is not None:
            style = replace(style, raised=_is_raised(position))
        if display is not None:
            style = replace(style, hidden=display == "none")
    return style


def _is_raised(position: str) -> bool:
    """``super 58%``, or how far above the line in per cent of the height of the letters: ``33% 58%``."""
    place = position.split()[:1]
    return place == ["super"] or (bool(place) and place[0].rstrip("%").isdecimal() and int(place[0].rstrip("%")[:6] or 0) > 0)
