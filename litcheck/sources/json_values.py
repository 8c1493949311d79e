"""Values in answers that nobody may trust: of the documented type, or else as if they were absent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bib.model import Name
from bib.names import parse_names
from litcheck.sources.crossref_records import plain_text


def mapping(value: object) -> Mapping[str, Any]:
    """The value if it is an object, an empty one otherwise."""
    return value if isinstance(value, dict) else {}


def mappings(value: object) -> Iterator[Mapping[str, Any]]:
    """The objects in a list."""
    if isinstance(value, list):
        yield from (element for element in value if isinstance(element, dict))


def text(value: object) -> str:
    """A string without mark-up, empty for anything else."""
    return plain_text(value) if isinstance(value, str) else ""


def texts(*values: object) -> tuple[str, ...]:
    """Those of the values that are strings and not empty."""
    return tuple(found for value in values if (found := text(value)))


def listed(value: object) -> tuple[str, ...]:
    """The strings in a list."""
    return texts(*value) if isinstance(value, list) else ()


def printed_name(printed: str) -> Name:
    """The name of one author as printed, in whatever order its parts are."""
    names, _ = parse_names(printed)
    return names[0] if len(names) == 1 else Name(literal=printed)
