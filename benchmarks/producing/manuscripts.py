"""A shared manuscript as what a program sets: headings, paragraphs, tables, the list, with raised runs, links and citations."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, zip_longest
from pathlib import Path
from typing import Any, Literal, NamedTuple
from zlib import crc32

Kind = Literal["title", "heading", "paragraph", "table", "entry"]

#: Headings of the manuscripts are short lines that do not end like a sentence.
_LONGEST_HEADING = 120
_ENDS_SENTENCE = (".", ":", ";", "?", ",", ")")
#: What the lists of all shared manuscripts that cite by number begin their entries with.
_LABEL = re.compile(r"\d{1,3}\. ")
_WORD = re.compile(r"[^\W\d_]{2}")
#: One in so many manuscripts of a sample cites by raised numbers.
_RAISED = 3


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a block: raised or not, the entry that a link in it leads to, and the entries that its citation names."""

    text: str
    raised: bool = False
    link: str = ""
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the manuscript. Of an entry ``id`` is what citations name. A table has a row a line, its cells apart by tabs."""

    kind: Kind
    runs: tuple[Run, ...]
    id: str = ""

    @property
    def text(self) -> str:
        """All that the block says."""
        return "".join(run.text for run in self.runs)

    def pieces(self) -> list[tuple[str, bool]]:
        """The text cut where raising begins and ends, each piece with whether it is raised."""
        return [("".join(run.text for run in runs), up) for up, runs in groupby(self.runs, key=lambda run: run.raised)]

    def rows(self) -> list[list[list[Run]]]:
        """The cells of each row of a table, all rows as wide as the widest."""
        rows: list[list[list[Run]]] = [[[]]]
        for run in self.runs:
            for part in re.split(r"([\t\n])", run.text):
                if part == "\n":
                    rows.append([[]])
                elif part == "\t":
                    rows[-1].append([])
                elif part:
                    rows[-1][-1].append(Run(part, run.raised, run.link, run.cites))
        width = max(map(len, rows))
        return [[*row, *([] for _ in range(width - len(row)))] for row in rows]

    def without_label(self) -> Block:
        """The entry without the number that is printed before it."""
        first, *rest = self.runs
        return Block(self.kind, (Run(_LABEL.sub("", first.text, count=1), first.raised), *rest), self.id)


class Cited(NamedTuple):
    """A stretch of the text that cites, and the ids of the entries."""

    start: int
    end: int
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manuscript:
    """One article of the shared data: where it lies, its blocks in order, what is known of its entries, how it cites."""

    name: str
    path: Path
    blocks: tuple[Block, ...]
    entries: dict[str, dict[str, Any]]
    style: Literal["AY", "NUM", "NUMsup"]

    @property
    def is_numbered(self) -> bool:
        """Whether it cites by number, and its list prints them."""
        return self.style != "AY"

    @property
    def is_raised(self) -> bool:
        """Whether it cites by raised numbers."""
        return self.style == "NUMsup"


def sample(directory: Path, size: int) -> list[Manuscript]:
    """``size`` manuscripts, the same each time: a third cite by raised numbers, the others are of all sources."""
    found = [(path, json.loads(path.read_text(encoding="utf-8"))) for path in directory.glob("*/*.json")]
    found.sort(key=lambda one: crc32(one[0].stem.encode()))
    raised = [one for one in found if one[1]["style"] == "NUMsup"][: size // _RAISED]
    by_source: dict[str, list[tuple[Path, dict[str, Any]]]] = {}
    for one in found:
        if one[1]["style"] != "NUMsup":
            by_source.setdefault(one[0].parent.name, []).append(one)
    others = [one for turn in zip_longest(*by_source.values()) for one in turn if one is not None][: size - len(raised)]
    return [_read(path, facts) for path, facts in sorted([*raised, *others], key=lambda one: one[0])]


def _read(path: Path, facts: dict[str, Any]) -> Manuscript:
    text = path.with_suffix(".txt").read_bytes().decode("utf-8")
    entries = {entry["rid"]: entry for entry in facts["references"]}
    return Manuscript(f"{path.parent.name}-{path.stem}", path, tuple(_blocks(text, facts)), entries, facts["style"])


def _blocks(text: str, facts: dict[str, Any]) -> Iterator[Block]:
    raised = [(start, end) for start, end in facts["sup_spans"]]
    links = [Cited(one["start"], one["end"], tuple(one["rids"])) for one in facts["citations"] if len(one["rids"]) == 1]
    # A few groups of numbers take in the words between two of them, as no field would.
    groups = [
        Cited(one["start"], one["end"], (*one["rids"], *one["implied_rids"]))
        for one in facts["groups"]
        if facts["style"] == "AY" or not _WORD.search(one["text"])
    ]
    entries = {text.rfind("\n", 0, entry["start"]) + 1: entry["rid"] for entry in facts["references"]}
    rows: list[Run] = []
    for match in re.finditer(r"[^\r\n]+", text):
        start, line = match.start(), match.group()
        if line.isspace():
            continue
        runs = tuple(_runs(line, start, raised, links, groups))
        if "\t" in line and start not in entries:
            rows += [Run("\n")] * bool(rows) + list(runs)
            continue
        if rows:
            yield Block("table", tuple(rows))
            rows = []
        yield Block(_kind(line, start, facts, is_entry=start in entries), runs, entries.get(start, ""))
    if rows:
        yield Block("table", tuple(rows))


def _kind(line: str, start: int, facts: dict[str, Any], *, is_entry: bool) -> Kind:
    if is_entry:
        return "entry"
    if start == 0:
        return "title"
    short = len(line) <= _LONGEST_HEADING and not line.rstrip().endswith(_ENDS_SENTENCE)
    return "heading" if short and line[0].isupper() and start < facts["refs_start"] else "paragraph"


def _runs(
    line: str, start: int, raised: Sequence[tuple[int, int]], links: Sequence[Cited], groups: Sequence[Cited]
) -> Iterator[Run]:
    end = start + len(line)
    ups = [span for span in raised if span[0] < end and span[1] > start]
    linking, citing = ([one for one in found if start <= one.start < one.end <= end] for found in (links, groups))
    cuts = {start, end}
    for first, last in [*ups, *(one[:2] for one in (*linking, *citing))]:
        cuts |= {max(start, first), min(end, last)}
    for left, right in pairwise(sorted(cuts)):
        link = next((one.entries[0] for one in linking if one.start <= left and right <= one.end), "")
        cites = next((one.entries for one in citing if one.start <= left and right <= one.end), ())
        up = any(first <= left and right <= last for first, last in ups)
        yield Run(line[left - start : right - start], up, link, cites)
