"""Pandoc's metadata as plain values: titles, names of bibliographies, references."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bib.formats.csl_yaml import reference_from_csl_yaml
from bib.formats.entries import EntryIds, checked_entry
from bib.model import Entry

#: Values nest no deeper than a reference's names.
_DEEPEST = 20


def meta_value(value: object, depth: int = 0) -> Any:
    """A string, a list or a dictionary; an empty string for what is none of them or nested too deeply."""
    if depth > _DEEPEST:
        return ""
    match value:
        case {"t": "MetaString", "c": str(text)}:
            return text
        case {"t": "MetaInlines", "c": inlines}:
            return _words(inlines, depth)
        case {"t": "MetaBlocks", "c": [*blocks]}:
            return "\n".join(_words(block.get("c"), depth) for block in blocks if isinstance(block, dict))
        case {"t": "MetaList", "c": [*items]}:
            return [meta_value(item, depth + 1) for item in items]
        case {"t": "MetaMap", "c": Mapping() as fields}:
            return {str(name): meta_value(item, depth + 1) for name, item in fields.items()}
    return ""


def _words(value: object, depth: int) -> str:
    """The words of inlines, whatever is around them."""
    if depth > _DEEPEST:
        return ""
    match value:
        case {"t": "Str", "c": str(text)}:
            return text
        case {"t": "Space" | "SoftBreak" | "LineBreak"}:
            return " "
        case {"t": "Code" | "Math" | "RawInline", "c": [_, str(text)]}:
            return text
        case {"c": inside}:
            return _words(inside, depth + 1)
        case [*items]:
            return "".join(_words(item, depth + 1) for item in items if isinstance(item, (dict, list)))
    return ""


def meta_references(value: object) -> tuple[Entry, ...]:
    """The references that stand in the metadata, as in CSL-YAML; their ids are their own."""
    ids = EntryIds()
    entries: list[Entry] = []
    for number, item in enumerate(value if isinstance(value, list) else (), 1):
        if isinstance(item, dict):
            raw = " ".join(f"{name}: {text}" for name, text in item.items() if isinstance(text, str))
            reference = reference_from_csl_yaml(item, id=ids.new(str(item.get("id", "")), number), raw=raw)
            entries.append(checked_entry(reference, line=number))
    return tuple(entries)
