"""A shared manuscript as the blocks that a page is set from: title, headings, paragraphs, tables, entries of the list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["title", "heading", "paragraph", "table", "entry"]

#: Headings of the manuscripts are short lines without a full stop.
_LONGEST_HEADING = 120


@dataclass(frozen=True, slots=True)
class Block:
    """A block's text and which stretches of it are raised: offsets into ``text``, half open. A table has a row a line."""

    kind: Kind
    text: str
    raised: tuple[tuple[int, int], ...] = ()

    def pieces(self) -> list[tuple[str, bool]]:
        """The text cut where raising begins and ends, each piece with whether it is raised."""
        found: list[tuple[str, bool]] = []
        at = 0
        for start, end in self.raised:
            found += [(self.text[at:start], False), (self.text[start:end], True)]
            at = end
        return [(piece, up) for piece, up in [*found, (self.text[at:], False)] if piece]


def blocks_of(text: str, gold: dict[str, Any]) -> list[Block]:
    """The blocks of a manuscript in order. ``gold`` is the JSON beside it, which knows the raised spans."""
    raised = sorted((a, b) for a, b in gold.get("sup_spans") or () if a < b)
    blocks: list[Block] = []
    rows: list[str] = []
    at = 0
    for match in re.finditer(r"[^\n]+", text):
        line = match.group()
        if "\t" in line:
            rows.append(line)
            continue
        if rows:
            blocks.append(Block("table", "\n".join(rows)))
            rows = []
        inside: list[tuple[int, int]] = []
        while at < len(raised) and raised[at][0] < match.end():
            start, end = max(raised[at][0], match.start()), min(raised[at][1], match.end())
            if start < end and (not inside or start >= inside[-1][1] + match.start()):
                inside.append((start - match.start(), end - match.start()))
            at += 1
        blocks.append(Block(_kind(line, match.start(), gold, first=not blocks), line, tuple(inside)))
    if rows:
        blocks.append(Block("table", "\n".join(rows)))
    return blocks


def _kind(line: str, start: int, gold: dict[str, Any], *, first: bool) -> Kind:
    if first:
        return "title"
    if start >= gold["refs_start"]:
        return "entry"
    short = len(line) < _LONGEST_HEADING and not line.rstrip().endswith((".", ":", ";", "?", ",", ")"))
    return "heading" if short else "paragraph"
