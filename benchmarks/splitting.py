"""How well reference lists are found and split when real lists are laid out in every way that manuscripts use.

usage: python -m benchmarks.splitting [--shared DIRECTORY] [--half tuning|held-out|all] [--only WORD …] [--show N]

The reference lists of the shared manuscripts are laid out anew (``benchmarks.layouts``), and what ``bib.sections`` finds is
compared with where each entry was put. Shares of the entries: *exact* (both ends right, with or without the printed label),
*found* (the middle of what was found lies in the entry), *clean* (the text to parse is the entry's, without running heads);
then counts: *merged* (entries that share what was found with another), *split* (entries found in several pieces), *false*
(found where no entry is). The last lines count the lists that are found in texts that have none. Seeded: the same numbers each
time. Rules are tuned on one half of the manuscripts, parted by a hash of their names; the other half is the figure to believe.
"""

from __future__ import annotations

import argparse
import bisect
import json
import random
import re
import sys
import textwrap
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.layouts import LAYOUTS, Gold, lay_out
from bib.sections import ReferenceSection, find_reference_sections

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Manuscript:
    """An article: its text up to the list, and the entries of the list."""

    name: str
    title: str
    body: str
    raws: tuple[str, ...]


def main() -> None:
    """Prints a line a layout."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parents[1] / "shared")
    parser.add_argument("--half", choices=("tuning", "held-out", "all"), default="held-out")
    parser.add_argument("--only", nargs="*", default=[], metavar="WORD", help="layouts whose name has one of the words")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print the first N failures of every layout")
    arguments = parser.parse_args()
    data = arguments.shared / "data" / "manuscripts"
    if not data.is_dir():
        sys.exit(f"there are no manuscripts in {data}; name the directory that holds data/ with --shared")
    manuscripts = [m for m in map(read, sorted(data.glob("*/*.json"))) if arguments.half in ("all", half(m.name))]
    print(f"{len(manuscripts)} manuscripts, {sum(len(m.raws) for m in manuscripts)} entries ({arguments.half})")
    print(f"{'layout':46}{'exact':>8}{'found':>8}{'clean':>8}{'merged':>8}{'split':>7}{'false':>7}")
    total: Counter[str] = Counter()
    for name, layout in LAYOUTS.items():
        if arguments.only and not any(word in name for word in arguments.only):
            continue
        counts: Counter[str] = Counter()
        shown = 0
        for manuscript in manuscripts:
            rng = random.Random(zlib.crc32(f"{name} {manuscript.name}".encode()))
            text, golds = lay_out(manuscript.body, manuscript.raws, manuscript.title, layout, rng)
            found, failures = score(text, golds)
            counts += found
            for failure in failures[: arguments.show - shown]:
                print(f"    {manuscript.name}: {failure}")
                shown += 1
        print(row(name, counts), flush=True)
        total += counts
    print(row("all", total))
    if not arguments.only:
        for name, width in (("bodies without their lists", 0), ("bodies, wrapped at 80", 80)):
            print(f"{name}: {false_lists(manuscripts, width)}")


def read(gold: Path) -> Manuscript:
    """One manuscript of the shared data."""
    facts = json.loads(gold.read_text(encoding="utf-8"))
    text = gold.with_suffix(".txt").read_bytes().decode("utf-8")
    printed = (text[reference["start"] : reference["end"]] for reference in facts["references"])
    raws = tuple(re.sub(rf"^{number}\s", "", raw) for number, raw in enumerate(printed, 1))  # some keep their numbers
    return Manuscript(f"{gold.parent.name}/{gold.stem}", facts["title"] or "", text[: facts["body_end"]], raws)


def half(name: str) -> str:
    """Which half a manuscript is in."""
    return "tuning" if zlib.crc32(name.encode()) % 2 else "held-out"


def row(name: str, counts: Counter[str]) -> str:
    """A line of the table."""
    shares = "".join(f"{counts[key] / max(1, counts['entries']):8.4f}" for key in ("exact", "found", "clean"))
    return f"{name:46}{shares}{counts['merged']:8}{counts['split']:7}{counts['false']:7}"


def score(text: str, golds: list[Gold]) -> tuple[Counter[str], list[str]]:
    """What was found against where the entries are, and the failures in words."""
    counts: Counter[str] = Counter(entries=len(golds))
    failures: list[str] = []
    starts = [gold.labelled for gold in golds]
    found: set[int] = set()
    pieces: Counter[int] = Counter()
    for start, end, said in said_in(text):
        middle = (start + end) / 2
        place = bisect.bisect_right(starts, middle) - 1
        if place >= 0 and golds[place].end >= middle:
            found.add(place)
            gold = golds[place]
            if start in (gold.start, gold.labelled) and end == gold.end:
                counts["exact"] += 1
            else:
                failures.append(f"inexact {said[:400]!r} for {text[gold.labelled : gold.end]!r}")
            if squeezed(said).endswith(squeezed(gold.text)) and len(squeezed(said)) - len(squeezed(gold.text)) < 10:
                counts["clean"] += 1
        covered = [
            n
            for n in range(max(0, bisect.bisect_right(starts, start) - 1), bisect.bisect_left(starts, end))
            if golds[n].start < end and start < golds[n].end
        ]
        pieces.update(covered)
        if len(covered) > 1:
            counts["merged"] += len(covered)
            failures.append(f"merged {said[:400]!r}")
        if not covered:
            counts["false"] += 1
            failures.append(f"false {said[:200]!r}")
    counts["found"] = len(found)
    for place, gold in enumerate(golds):
        if pieces[place] > 1:
            counts["split"] += 1
            failures.append(f"split {text[gold.start : gold.end][:300]!r}")
        elif not pieces[place]:
            failures.append(f"missed {text[gold.start : gold.end][:300]!r}")
    return counts, failures


def said_in(text: str) -> list[tuple[int, int, str]]:
    """The entries that are found: start, end and the text that is to be parsed."""
    return [
        (entry.start, entry.end, section.text_of(entry, text))
        for section in find_reference_sections(text)
        for entry in section.entries
    ]


def squeezed(text: str) -> str:
    """Text without white space."""
    return "".join(text.split())


def false_lists(manuscripts: list[Manuscript], width: int) -> str:
    """How many lists and entries are found in texts without any."""
    lists: list[ReferenceSection] = []
    documents = 0
    for manuscript in manuscripts:
        text = manuscript.body
        if width:
            text = "\n".join(line for part in text.split("\n") for line in textwrap.wrap(part, width) or [""])
        sections = find_reference_sections(text)
        documents += bool(sections)
        lists += sections
    entries = sum(len(section.entries) for section in lists)
    return f"{len(lists)} false lists with {entries} entries in {documents} of {len(manuscripts)} documents"


if __name__ == "__main__":
    main()
