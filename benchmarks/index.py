"""How fast the local index is built and asked, and how often the right work is among its candidates.

    python benchmarks/index.py                              on 100,000 made works, anywhere
    python benchmarks/index.py WORKS… --gold MATCH.jsonl    on real ones; GOLD has a line {"raw": …, "doi": …} a string
    python benchmarks/index.py --postings 6400              with queries bounded as they are in an index of all of Crossref

Without arguments the works beside the project (../shared/data) are taken where there are some.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeVar

from bib.model import ParseFailure, Reference
from litcheck.evidence import Found, Lookup
from litcheck.sources.local_index import IndexInfo, LocalIndex, build_index, search

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
MADE_WORKS = 100_000
LOOK_UPS = 5_000
RANKS = (1, 3, 10)

T = TypeVar("T")


def main() -> None:
    """Build, look up, search, and print a line of figures for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("works", nargs="*", type=Path)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--compact", action="store_true")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--postings", type=int, default=search.POSTINGS)
    arguments = parser.parse_args()
    search.POSTINGS = arguments.postings
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        works, gold = arguments.works, arguments.gold
        if not works and SHARED.is_dir():
            works, gold = sorted((SHARED / "works").glob("*.jsonl.gz")), gold or SHARED / "match" / "match-dev.jsonl"
        if not works:
            works, gold = make_works(folder, MADE_WORKS)
        info = measure_build(works, folder / "index", jobs=arguments.jobs, compact=arguments.compact)
        index = LocalIndex(info.directory)
        rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()] if gold else []
        known = [row for row in rows if row["doi"]]
        measure_look_ups(index, sorted({row["doi"].lower() for row in known})[:LOOK_UPS])
        if not known:
            return
        strings, dois = [row["raw"] for row in known], [row["doi"].lower() for row in known]
        measure_search("strings as they are", index, as_strings(strings), dois)
        parsed, seconds = timed(lambda: as_parsed(strings))
        print(f"{'parse':24}{seconds / max(1, len(strings)) * 1e6:10,.0f} µs a string")
        measure_search("strings parsed", index, parsed, dois)


def measure_build(works: Sequence[Path], out: Path, *, jobs: int, compact: bool) -> IndexInfo:
    """Build and print the rate and the size, and how much of that the records take."""
    began = time.perf_counter()
    info = build_index(works, out, complete=True, compact=compact, jobs=jobs)
    seconds = time.perf_counter() - began
    rate, size = (info.works + info.duplicates) / seconds, info.size / info.works
    stored = sum(path.stat().st_size for path in out.glob("generation-*/*.store")) / info.works
    print(f"{'build':24}{seconds:10,.1f} s   {rate:,.0f} records/s, {jobs} jobs")
    print(f"{'disk':24}{size:10,.0f} bytes a work, {stored:,.0f} of them its record   {info.works:,} works")
    return info


def measure_look_ups(index: LocalIndex, dois: Sequence[str]) -> None:
    """Look up works by DOI and print the time of one."""
    answers, seconds = timed(lambda: asyncio.run(index.works_by_doi(dois)))
    found = sum(isinstance(answer, Found) for answer in answers.values())
    print(f"{'look-up by DOI':24}{seconds / max(1, len(dois)) * 1e6:10,.0f} µs   {found:,} of {len(dois):,} found")


def measure_search(name: str, index: LocalIndex, references: Sequence[Reference], dois: Sequence[str]) -> None:
    """Search works by description and print the time of one and the recall among the first candidates."""
    answers, seconds = timed(lambda: asyncio.run(index.works_like(references)))
    ranks = [rank_of(doi, answer) for doi, answer in zip(dois, answers, strict=True)]
    recall = "   ".join(f"recall@{rank} {sum(0 < r <= rank for r in ranks) / max(1, len(ranks)):.4f}" for rank in RANKS)
    candidates = statistics.fmean(len(a.records) if isinstance(a, Found) else 0 for a in answers)
    print(f"{name:24}{seconds / max(1, len(references)) * 1e6:10,.0f} µs   {recall}   {candidates:.1f} candidates")


def timed(action: Callable[[], T]) -> tuple[T, float]:
    """What ``action`` gives, and how many seconds of one processor it took, which other work on the machine hardly changes."""
    began = time.process_time()
    result = action()
    return result, time.process_time() - began


def rank_of(doi: str, answer: Lookup) -> int:
    """The rank of the right work among the candidates, 0 when it is none of them."""
    found = [record.doi for record in answer.records] if isinstance(answer, Found) else []
    return found.index(doi) + 1 if doi in found else 0


def as_strings(strings: Sequence[str]) -> list[Reference]:
    """Strings that nobody parsed."""
    return [Reference(id=str(number), raw=raw, confidence=0.0) for number, raw in enumerate(strings)]


def as_parsed(strings: Sequence[str]) -> list[Reference]:
    """Strings parsed, and as they are where that failed."""
    from bib.strings import parse_references

    entries = parse_references(strings, ids=[str(number) for number in range(len(strings))], spans=[None] * len(strings))
    return [Reference(id=e.id, raw=e.raw, confidence=0.0) if isinstance(e, ParseFailure) else e for e in entries]


def make_works(folder: Path, count: int) -> tuple[list[Path], Path]:
    """Works of words drawn as words are in titles, few of them common, and strings that cite every hundredth."""
    works, gold = folder / "made.jsonl", folder / "gold.jsonl"
    with works.open("w", encoding="utf-8") as to_works, gold.open("w", encoding="utf-8") as to_gold:
        for number, work in enumerate(_made(count)):
            to_works.write(f"{json.dumps(work)}\n")
            if number % 100 == 0:
                to_gold.write(f"{json.dumps({'raw': _cited(work), 'doi': work['DOI']})}\n")
    return [works], gold


def _made(count: int) -> Iterator[dict[str, Any]]:
    chance = random.Random(1)
    words = ["".join(chance.choices("abcdefghiklmnoprstuvwy", k=chance.randint(3, 11))) for _ in range(40_000)]
    commonness = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    for number in range(count):
        title = " ".join(chance.choices(words, cum_weights=commonness, k=chance.randint(5, 18)))
        families = chance.choices(words, cum_weights=commonness, k=chance.randint(1, 8))
        yield {
            "DOI": f"10.5555/{number}",
            "type": "journal-article",
            "title": [title.capitalize()],
            "author": [{"family": family.capitalize(), "given": "A."} for family in families],
            "container-title": [f"Journal of {words[number % 500].capitalize()}"],
            "issued": {"date-parts": [[chance.randint(1960, 2025)]]},
            "volume": str(chance.randint(1, 200)),
            "page": str(chance.randint(1, 3000)),
        }


def _cited(work: dict[str, Any]) -> str:
    authors = ", ".join(f"{author['family']}, {author['given']}" for author in work["author"])
    year = work["issued"]["date-parts"][0][0]
    return f"{authors} ({year}). {work['title'][0]}. {work['container-title'][0]}, {work['volume']}, {work['page']}."


if __name__ == "__main__":
    main()
