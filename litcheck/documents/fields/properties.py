"""Zotero's fields as bookmarks: their instructions are properties of the document, in numbered pieces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_PIECE = re.compile(r"(ZOTERO_BREF_\w{1,40})_(\d{1,4})")


def managed_bookmarks(properties: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """The instruction of each bookmark by its name, put together from the properties ``ZOTERO_BREF_x_1``, ``…_2`` and so on."""
    pieces: dict[str, dict[int, str]] = {}
    for name, value in properties:
        piece = _PIECE.fullmatch(name)
        if piece:
            pieces.setdefault(piece[1], {})[int(piece[2])] = value
    return {name: "".join(text for _, text in sorted(numbered.items())) for name, numbered in pieces.items()}
