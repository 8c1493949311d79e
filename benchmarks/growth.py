"""How the local index grows: rate of building, disk, memory and time of a query at several sizes, and what all of Crossref costs.

    python -m benchmarks.growth                                    100,000 and 300,000 made-up works, two minutes
    python -m benchmarks.growth --sizes 1000000 3000000 10000000   an hour or more, 12 GB of disk in --scratch
    python -m benchmarks.growth --compact                          records stored with less disk

Titles are of 120 characters, of words that are as common as words in titles are (Zipf's law); names, years and journals likewise.
Times of queries and of the update are those of the processor, which other work on the machine hardly changes; the build is told
by the clock too. The last lines say what 170 million works would cost: disk and time of the build in proportion to the largest
size, a query by the power of the number of works that fits the sizes best. That holds for an index that is in memory; where it is
not, each query also waits for the disk.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bib.model import Date, Name, Reference
from litcheck.evidence import Found
from litcheck.sources.local_index import IndexInfo, LocalIndex, build_index, update_index

ALL_OF_CROSSREF = 170_000_000
#: Works written to one file of the source.
PER_FILE = 100_000
#: Works of the update, the first half of them newer records of works that the index holds.
UPDATED = 10_000
QUERIES = 1_000
WARMING = 200
SEED = 20261130

#: How many words of titles, family names and journals there are, and how much less common the commonest are than by Zipf's law.
WORDS, WORDS_OFFSET = 600_000, 1.0
FAMILIES, FAMILIES_OFFSET = 400_000, 8.0
JOURNALS, JOURNALS_OFFSET = 60_000, 30.0
TITLE_WORDS = (10, 24)
FIRST_YEAR, LAST_YEAR = 1900, 2025
#: Years in which the number of works a year doubles.
DOUBLING = 13.0


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What was measured at one size; times in seconds, sizes in bytes. ``update`` is that of an update with ``UPDATED`` works."""

    works: int
    build: float
    processor: float
    update: float
    disk: int
    memory: int
    queries: dict[str, tuple[float, float, float]]
    """Of each kind of query the median, the 95th percentile, and the share in which the right work came first."""


def main() -> None:
    """Build and ask an index of each size, and print a line of figures for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="+", type=int, default=[100_000, 300_000], metavar="N", help="Rounded up to 100,000s.")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--compact", action="store_true")
    parser.add_argument("--scratch", type=Path, help="Where sources and indexes go; 900 bytes a work, given back at the end.")
    arguments = parser.parse_args()
    if arguments.scratch:
        arguments.scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=arguments.scratch) as scratch:
        sources = Path(scratch, "works")
        sources.mkdir()
        makers = MadeWorks()
        measured = []
        for size in sorted(arguments.sizes):
            parts, index = -(-size // PER_FILE), Path(scratch, f"index{size}")
            makers.write(sources, parts)
            measured.append(_in_a_process(sources, index, parts, arguments.jobs, arguments.compact))
            _print(measured[-1])
            shutil.rmtree(index)
    _print_extrapolated(measured)


class MadeWorks:
    """Works that do not exist, always the same, in the order of their numbers."""

    def __init__(self) -> None:
        chance = np.random.default_rng(SEED)
        self._words = _made_words(chance, WORDS)
        self._families = [word.capitalize() for word in _made_words(chance, FAMILIES)]
        self._word_chances = _zipf(WORDS, WORDS_OFFSET)
        self._family_chances = _zipf(FAMILIES, FAMILIES_OFFSET)
        self._journal_chances = _zipf(JOURNALS, JOURNALS_OFFSET)

    def write(self, folder: Path, parts: int) -> None:
        """Write the works of the first so many parts, those that are not written yet, each to a file of its own."""
        for part in range(parts):
            path = folder / f"{part:05d}.jsonl"
            if not path.exists():
                with path.open("w", encoding="utf-8") as file:
                    file.writelines(json.dumps(work) + "\n" for work in self.part(part))

    def part(self, part: int) -> Iterator[dict[str, Any]]:
        """The works of a part, ``PER_FILE`` of them."""
        chance, count = np.random.default_rng((SEED, part)), PER_FILE
        lengths = chance.integers(*TITLE_WORDS, size=count)
        words = iter(np.searchsorted(self._word_chances, chance.random(int(lengths.sum()))).tolist())
        authors = np.minimum(chance.geometric(0.28, size=count), 12)
        families = iter(np.searchsorted(self._family_chances, chance.random(int(authors.sum()))).tolist())
        journals = np.searchsorted(self._journal_chances, chance.random(count)).tolist()
        ages = np.minimum(chance.exponential(DOUBLING / np.log(2), size=count), LAST_YEAR - FIRST_YEAR).astype(int).tolist()
        volumes, pages = chance.integers(1, 400, size=count).tolist(), chance.integers(1, 3000, size=count).tolist()
        for place in range(count):
            page = pages[place]
            yield {
                "DOI": f"10.5555/made.{part * PER_FILE + place}",
                "type": "journal-article",
                "title": [" ".join(self._words[next(words)] for _ in range(lengths[place])).capitalize()],
                "author": [{"family": self._families[next(families)], "given": "A. B."} for _ in range(authors[place])],
                "container-title": [f"Journal of {self._words[200 + journals[place]].capitalize()}"],
                "publisher": "Made-up Press",
                "issued": {"date-parts": [[LAST_YEAR - ages[place], 1 + page % 12]]},
                "volume": str(volumes[place]),
                "issue": str(1 + page % 12),
                "page": f"{page}-{page + 11}",
                "ISSN": ["1234-5678"],
                "indexed": {"timestamp": 1_700_000_000_000 + page},
            }


def _zipf(number: int, offset: float) -> NDArray[np.float64]:
    chances: NDArray[np.float64] = np.cumsum(1.0 / (np.arange(number) + 1.0 + offset))
    chances /= chances[-1]
    return chances


def _made_words(chance: np.random.Generator, number: int) -> list[str]:
    """Different words, the commoner the shorter, of 2 to 12 letters as syllables."""
    words: dict[str, None] = {}
    while len(words) < number:
        syllables = 1 + min(4, len(words) // 60 + 1 if len(words) < 180 else int(chance.integers(2, 5)))
        picks = chance.integers((0, 0) * syllables, (18, 6) * syllables)
        words["".join("bcdfghklmnprstvwyz"[c] + "aeiouy"[v] for c, v in zip(picks[::2], picks[1::2], strict=True))] = None
    return list(words)


def _in_a_process(sources: Path, index: Path, parts: int, jobs: int, compact: bool) -> Figures:
    """Build and ask in a process of its own, whose memory is measured from its start to the end of the build."""
    here, there = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_measure, args=(there, sources, index, parts, jobs, compact))
    process.start()
    there.close()
    figures: Figures = here.recv()
    process.join()
    return figures


def _measure(answer: Any, sources: Path, index: Path, parts: int, jobs: int, compact: bool) -> None:
    began = time.perf_counter()
    info = build_index([sources], index, compact=compact, jobs=jobs)
    build = time.perf_counter() - began
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    queries = _ask(info, parts)
    answer.send(
        Figures(
            works=info.works,
            build=build,
            processor=sum(usage.ru_utime + usage.ru_stime for usage in used),
            update=_update(index, parts),
            disk=info.size,
            # What the process of the build took, and the one of the others that took the most, in kilobytes.
            memory=sum(usage.ru_maxrss * 1024 for usage in used),
            queries=queries,
        )
    )


def _update(index: Path, parts: int) -> float:
    newer = index.parent / "newer.jsonl"
    with newer.open("w", encoding="utf-8") as file:
        for place, work in enumerate(islice(MadeWorks().part(parts + 2), UPDATED)):
            doi = f"10.5555/made.{place * 7}" if place < UPDATED / 2 else work["DOI"]
            file.write(json.dumps(work | {"DOI": doi, "indexed": {"timestamp": 1_800_000_000_000}}) + "\n")
    began = time.process_time()
    update_index(index, [newer])
    return time.process_time() - began


def _ask(info: IndexInfo, parts: int) -> dict[str, tuple[float, float, float]]:
    index = LocalIndex(info.directory)
    makers = MadeWorks()
    step = PER_FILE * parts // (QUERIES + WARMING)
    held = [
        work for part in range(parts) for place, work in enumerate(makers.part(part)) if (part * PER_FILE + place) % step == 0
    ]
    absent = list(islice(makers.part(parts + 1), QUERIES + WARMING))
    return {
        "title, author, year": _time(index, [_fields(work) for work in held], [work["DOI"] for work in held]),
        "whole string": _time(index, [_string(work) for work in held], [work["DOI"] for work in held]),
        "absent, fields": _time(index, [_fields(work) for work in absent], []),
        "absent, string": _time(index, [_string(work) for work in absent], []),
    }


def _time(index: LocalIndex, references: Sequence[Reference], dois: Sequence[str]) -> tuple[float, float, float]:
    async def ask() -> tuple[list[float], list[str]]:
        seconds, first = [], []
        for reference in references:
            began = time.process_time()
            answer = (await index.works_like([reference]))[0]
            seconds.append(time.process_time() - began)
            first.append(answer.records[0].doi if isinstance(answer, Found) else "")
        return seconds, first

    seconds, first = asyncio.run(ask())
    right = [found == doi for found, doi in zip(first, dois, strict=False)]
    taken = sorted(seconds[WARMING:])
    return statistics.median(taken), taken[int(0.95 * len(taken))], statistics.fmean(right) if right else float("nan")


def _fields(work: dict[str, Any]) -> Reference:
    return Reference(
        id="1",
        raw="",
        title=work["title"][0],
        authors=tuple(Name(family=author["family"], given=author["given"]) for author in work["author"]),
        issued=Date(year=work["issued"]["date-parts"][0][0]),
    )


def _string(work: dict[str, Any]) -> Reference:
    authors = ", ".join(f"{author['family']}, {author['given']}" for author in work["author"])
    raw = f"{authors} ({work['issued']['date-parts'][0][0]}). {work['title'][0]}. {work['container-title'][0]}, "
    return Reference(id="1", raw=f"{raw}{work['volume']}({work['issue']}), {work['page']}.", confidence=0.0)


def _print(figures: Figures) -> None:
    works = figures.works
    print(
        f"{works:>12,} works   build {figures.build:,.0f} s, {works / figures.build:,.0f}/s; of the processor "
        f"{figures.processor:,.0f} s, {works / figures.processor:,.0f}/s   memory {figures.memory / 1e6:,.0f} MB"
    )
    print(
        f"{'':12} disk {figures.disk / works:,.0f} bytes a work, {figures.disk / 1e9:.2f} GB   "
        f"update with {UPDATED:,} works {figures.update:.1f} s"
    )
    for kind, (median, late, right) in figures.queries.items():
        first = "" if np.isnan(right) else f"   first in {right:.4f}"
        print(f"{'':12} {kind:20} median {median * 1e3:6.2f} ms   95 % {late * 1e3:6.2f} ms{first}", flush=True)


def _print_extrapolated(measured: Sequence[Figures]) -> None:
    largest = measured[-1]
    times = ALL_OF_CROSSREF / largest.works
    disk, hours, busy = largest.disk * times / 1e9, largest.build * times / 3600, largest.processor * times / 3600
    print(f"{ALL_OF_CROSSREF:>12,} works, by these figures: {disk:,.0f} GB, build {hours:,.1f} h, {busy:,.1f} h of the processor")
    if len(measured) < 2:
        return
    sizes = np.log([figures.works for figures in measured])
    for kind in largest.queries:
        for name, which in (("median", 0), ("95 %", 1)):
            power, _ = np.polyfit(sizes, np.log([figures.queries[kind][which] for figures in measured]), 1)
            seconds = largest.queries[kind][which] * times**power
            print(
                f"{'':12} {kind:20} {name:6} {seconds * 1e3:6.0f} ms, growing with the power {power:.2f} of the number of works"
            )


if __name__ == "__main__":
    main()
