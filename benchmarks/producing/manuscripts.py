"""A shared manuscript as what a program sets: headings, paragraphs, tables, the list, with raised runs and links."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

Kind = Literal["title", "heading", "paragraph", "row", "entry"]

#: Headings of the manuscripts are short lines without a full stop.
_LONGEST_HEADING = 120


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a block, raised or not, and the entry that it cites by a link, if it does."""

    text: str
    raised: bool = False
    cites: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the manuscript. Of an entry ``id`` is what citations name."""

    kind: Kind
    pieces: tuple[Piece, ...]
    id: str = ""

    @property
    def text(self) -> str:
        """All that the block says."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Manuscript:
    """One article of the shared data: where it lies, its blocks in order, and whether citations go by number."""

    name: str
    path: Path
    blocks: tuple[Block, ...]
    numbered: bool


def sample(directory: Path, size: int) -> list[Manuscript]:
    """``size`` manuscripts of the directory, the same each time, from all its sources."""
    golds = sorted(directory.glob("*/*.json"))
    by_source: dict[str, list[Path]] = {}
    for gold in sorted(golds, key=lambda gold: zlib.crc32(gold.stem.encode())):
        by_source.setdefault(gold.parent.name, []).append(gold)
    chosen: list[Path] = []
    turn = 0
    while len(chosen) < min(size, len(golds)):
        chosen += [found[turn] for found in by_source.values() if turn < len(found)]
        turn += 1
    return [_read(gold) for gold in sorted(chosen[:size])]


def _read(gold: Path) -> Manuscript:
    facts = json.loads(gold.read_text(encoding="utf-8"))
    path = gold.with_suffix(".txt")
    text = path.read_bytes().decode("utf-8")
    return Manuscript(f"{gold.parent.name}-{gold.stem}", path, tuple(_blocks(text, facts)), facts["style"].startswith("NUM"))


def _blocks(text: str, facts: dict[str, Any]) -> Iterator[Block]:
    raised = [(start, end) for start, end in facts["sup_spans"]]
    links = [(cited["start"], cited["end"], cited["rids"][0]) for cited in facts["citations"] if len(cited["rids"]) == 1]
    entries = {text.rfind("\n", 0, reference["start"]) + 1: reference for reference in facts["references"]}
    at = 0
    for line in text.splitlines(keepends=True):
        words, start = line.rstrip("\r\n"), at
        at += len(line)
        if not words.strip():
            continue
        entry = entries.get(start)
        kind = _kind(words, start, facts, is_entry=entry is not None)
        yield Block(kind, tuple(_pieces(words, start, raised, links)), entry["rid"] if entry else "")


def _kind(line: str, start: int, facts: dict[str, Any], *, is_entry: bool) -> Kind:
    if start == 0:
        return "title"
    if is_entry:
        return "entry"
    if "\t" in line:
        return "row"
    short = len(line) <= _LONGEST_HEADING and not line.rstrip().endswith((".", ",", ";", ":"))
    return "heading" if short and line[0].isupper() and start < facts["refs_start"] else "paragraph"


def _pieces(line: str, start: int, raised: list[tuple[int, int]], links: list[tuple[int, int, str]]) -> Iterator[Piece]:
    end = start + len(line)
    cuts = {start, end}
    ups = [span for span in raised if span[0] < end and span[1] > start]
    citing = [link for link in links if start <= link[0] < link[1] <= end]
    for first, last in [*ups, *(link[:2] for link in citing)]:
        cuts |= {max(start, first), min(end, last)}
    ordered = sorted(cuts)
    for left, right in pairwise(ordered):
        cites = next((link[2] for link in citing if link[0] <= left and right <= link[1]), "")
        yield Piece(line[left - start : right - start], any(up[0] <= left and right <= up[1] for up in ups), cites)
