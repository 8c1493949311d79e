"""The numbers that a browser prints before the items of ordered lists."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from litcheck.documents.html.trees import tag_of
from litcheck.documents.numerals import numeral

_WAYS = frozenset("1aAiI")
_NUMBER = re.compile(r"[ \t]*([+-]?\d{1,9})")
#: A number that the text of an item itself begins with: "[1]", "1.", "(1)".
_OWN = re.compile(r"[\s\[(]{0,20}(\w{1,9})[\s\])]{0,3}[.:\])\s]")
_BEGINNING = 40


def item_numbers(ordered: etree._Element) -> dict[etree._Element, str]:
    """The number printed before each item of an ``<ol>``, such as "3.".

    None where the items' own text begins with these numbers: such lists are styled not to have a second one. Source: HTML,
    section 4.4.5, attributes ``start``, ``reversed``, ``type`` and ``value``.
    """
    items = [item for item in ordered if tag_of(item) == "li"]
    step = -1 if ordered.get("reversed") is not None else 1
    number = _integer(ordered.get("start"), len(items) if step < 0 else 1)
    way = ordered.get("type", "1")
    way = way if way in _WAYS else "1"
    printed = {}
    for item in items:
        number = _integer(item.get("value"), number)
        own_way = item.get("type", way)
        printed[item] = f"{numeral(number, own_way if own_way in _WAYS else way)}."
        number += step
    return {} if _are_numbered(items, [*printed.values()]) else printed


def _integer(text: str | None, otherwise: int) -> int:
    found = _NUMBER.match(text or "")
    return int(found[1]) if found else otherwise


def _are_numbered(items: Sequence[etree._Element], numbers: Sequence[str]) -> bool:
    """Whether most items begin with their number as text."""
    own = 0
    for item, number in zip(items, numbers, strict=True):
        found = _OWN.match(_beginning(item))
        own += found is not None and found[1] == number.removesuffix(".")
    return own * 2 > len(items)


def _beginning(item: etree._Element) -> str:
    text = ""
    for piece in item.itertext():
        text += str(piece)
        if len(text.strip()) > _BEGINNING:
            break
    return text[:1000]
