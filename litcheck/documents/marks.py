"""What names say an element is: reference lists, entries, notes, labels, what is not part of the text.

The names that publishers, programs and specifications use are lines of ``data/html_*.txt``: "role=doc-endnotes",
"class=csl-entry", "id=fn{n}", where "{n}" is a number ("fn1", "fn:1"). A class or role may be one of several.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Protocol

from bib.wordlists import lines_of

_PLACE = "{n}"
_NUMBER = r"[-_:.]?\d{1,5}"


@cache
def _kinds(name: str) -> tuple[tuple[str, frozenset[str], re.Pattern[str] | None], ...]:
    """For every attribute the values that mark an element, those with a number apart."""
    values: dict[str, set[str]] = {}
    for line in lines_of(f"html_{name}", package="litcheck.documents"):
        attribute, _, value = line.partition("=")
        values.setdefault(attribute.strip(), set()).add(value.strip().lower())
    return tuple(
        (
            attribute,
            frozenset(value for value in told if _PLACE not in value),
            re.compile("|".join(_NUMBER.join(map(re.escape, value.split(_PLACE))) for value in sorted(told) if _PLACE in value))
            if any(_PLACE in value for value in told)
            else None,
        )
        for attribute, told in values.items()
    )


class Element(Protocol):
    """What has attributes: an element of a page, or a division of Markdown."""

    def get(self, name: str, /) -> str | None:
        """The value of an attribute."""


def is_marked(element: Element, name: str) -> bool:
    """Whether an attribute of the element says that it is what the list ``name`` names."""
    for attribute, values, numbered in _kinds(name):
        value = element.get(attribute)
        if value is None and attribute == "id":
            value = element.get("name")
        if not value:
            continue
        for word in value.lower().split():
            if word in values or (numbered is not None and numbered.fullmatch(word)):
                return True
    return False
