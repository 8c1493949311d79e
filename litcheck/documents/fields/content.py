"""What a field turns out to be: a citation of works, or a list of them."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bib.model import Reference


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation, and the works that it names; none where the field keeps them elsewhere or is damaged.

    The ids of the references are the manager's own.
    """

    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """A bibliography: whether it lists all that the document's fields cite, and nothing but that."""

    all_cited: bool = True
    only_cited: bool = True


def json_object(text: str) -> Mapping[str, Any]:
    """The first JSON object in a text, whatever follows it; an empty one where there is none, or a broken one."""
    start = text.find("{")
    if start < 0:
        return {}
    try:
        value, _ = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def objects(value: object) -> tuple[Mapping[str, Any], ...]:
    """The JSON objects of a list; none for what is no list."""
    return tuple(one for one in value if isinstance(one, dict)) if isinstance(value, list) else ()


def words(value: object) -> str:
    """A JSON string or number as text on one line; an empty one for what is neither."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    return " ".join(str(value).encode("utf-8", "replace").decode().split())


_OTHER_ALPHABET = str.maketrans("-_", "+/")


def from_base64(text: str) -> str:
    """The UTF-8 text that is encoded; an empty one for what is no base64. Line breaks and missing padding do no harm.

    Both alphabets are read, that for addresses ("-", "_") too.
    """
    packed = "".join(text.split()).translate(_OTHER_ALPHABET).rstrip("=")
    try:
        return base64.b64decode(packed + "=" * (-len(packed) % 4), validate=True).decode("utf-8", "replace").strip("\0")
    except (binascii.Error, ValueError):
        return ""
