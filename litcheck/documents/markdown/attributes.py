"""What names a Pandoc division, span or heading, and an HTML element: ``{#refs .references lang=en}``, ``<div id="refs">``."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Attributes in braces; a text in braces without any of them is a text.
ATTRIBUTES = re.compile(r"\{(?=[#.=-]|[\w:-]{1,100}=)[^{}\n\r]{0,1000}\}")
_ID = re.compile(r"#([^\s{}]{1,200})")
_CLASS = re.compile(r"(?<!\S)\.([\w-]{1,100})")
_HTML = re.compile(
    r"""\b(id|class|role|href)\s{0,5}=\s{0,5}(?:"([^"<>]{0,1000})"|'([^'<>]{0,1000})'|([^\s"'<>]{1,1000}))""", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributes:
    """The names that an element has; empty where it has none."""

    id: str = ""
    classes: str = ""
    role: str = ""
    href: str = ""

    def get(self, name: str) -> str | None:
        """The value of an attribute by HTML's name of it."""
        return {"id": self.id, "class": self.classes, "role": self.role}.get(name) or None


def pandoc_attributes(text: str) -> Attributes:
    """Those in braces, or the one class that may stand without."""
    if not text.startswith("{"):
        return Attributes(classes=text.strip())
    inside = text.strip("{}")
    found = _ID.search(inside)
    return Attributes(id=found[1] if found else "", classes=" ".join(_CLASS.findall(inside)))


def html_attributes(tag: str) -> Attributes:
    """Those of a tag."""
    values = {name.lower(): one or two or three for name, one, two, three in reversed(_HTML.findall(tag))}
    return Attributes(
        id=values.get("id", ""), classes=values.get("class", ""), role=values.get("role", ""), href=values.get("href", "")
    )
