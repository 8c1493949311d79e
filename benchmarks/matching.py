"""How fast reference strings find their records, beside what the index alone takes for the same strings, and how sure they are.

    python -m benchmarks.matching [--shared DIRECTORY] [--index DIRECTORY] [--runs N]

The strings and the works lie beside the project (``../shared``), not in it. Times are of the processor, one core, so that other
work on the machine changes them little; the best of ``--runs`` counts, and all are taken in one run. The whole is ``litcheck
match`` as a command: start-up, parsing, searching, comparing, writing. The bare index is asked for as many candidates with every
word of the string, which is what can be done without a parser, and the candidates' records are decoded. The third line is the
search that ``litcheck match`` itself makes. Below stands how often matches of each probability are right, on works that the
probability was not fitted to (``benchmarks.calibration``).
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import tantivy

from benchmarks.calibration import print_reliability, read_examples
from benchmarks.index import as_parsed
from litcheck.cli import OBJECTS_PER_COLLECTION
from litcheck.sources.local_index import LocalIndex, build_index
from litcheck.sources.local_index.manifest import read_manifest
from litcheck.sources.local_index.schema import open_searcher, stored_work
from litcheck.sources.local_index.source import CANDIDATES
from litcheck.sources.local_index.terms import words

SHARED = Path(__file__).resolve().parents[2] / "shared"


def main() -> None:
    """Measures the speeds and prints a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--index", type=Path, help="an index of the shared works, built before; without it one is built")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    data = arguments.shared / "data"
    if not data.is_dir():
        sys.exit(f"there is no data in {data}; name the directory that holds data/ with --shared")
    os.environ["OMP_NUM_THREADS"] = "1"
    gc.set_threshold(OBJECTS_PER_COLLECTION)
    rows = [json.loads(line) for line in (data / "match" / "match-dev.jsonl").read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as scratch:
        index = arguments.index or Path(scratch) / "works"
        if arguments.index is None:
            build_index(sorted((data / "works").glob("*.jsonl.gz")), index, complete=True)
        measure_speed([" ".join(row["raw"].split()) for row in rows], index, Path(scratch), runs=arguments.runs)
        print_reliability([example for example in read_examples(data, index) if example.held_out])


def measure_speed(strings: Sequence[str], index: Path, scratch: Path, *, runs: int) -> None:
    """Print strings a second of the whole, of the bare index and of the search alone, and what part the whole is of each."""
    listed = scratch / "strings.txt"
    listed.write_text("".join(f"{string}\n" for string in strings), encoding="utf-8")
    local, parsed = LocalIndex(index), as_parsed(strings)
    whole = bare = search = math.inf
    for _ in range(runs):  # one after the other, so that a busy minute slows all three
        whole = min(whole, _of_children(lambda: _match(listed, index)))
        bare = min(bare, _of_this(lambda: ask_bare(strings, index)))
        search = min(search, _of_this(lambda: asyncio.run(local.works_like(parsed))))
    print(f"{'litcheck match':24}{len(strings) / whole:8,.0f} strings/s")
    print(f"{'bare index':24}{len(strings) / bare:8,.0f} strings/s   the whole is {bare / whole:.2f} of it")
    print(f"{'the search alone':24}{len(strings) / search:8,.0f} strings/s   the whole is {search / whole:.2f} of it")


def ask_bare(strings: Sequence[str], index: Path) -> int:
    """Every word of each string as one query, the works of the best hits decoded; how many works that were."""
    _, generation = read_manifest(index)
    schema, searcher = open_searcher(generation)
    works = 0
    for string in strings:
        terms = [(field, word) for word in dict.fromkeys(words(string)) for field in ("title", "names")]
        query = tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, tantivy.Query.term_query(schema, field, word, "freq")) for field, word in terms]
        )
        works += len([stored_work(searcher.doc(address)) for _, address in searcher.search(query, CANDIDATES, count=False).hits])
    return works


def _match(listed: Path, index: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "litcheck",
        "match",
        "--lines",
        "--offline",
        "--index",
        str(index),
        "--format",
        "jsonl",
        str(listed),
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _of_children(action: Callable[[], object]) -> float:
    """Seconds of the processor that the commands run by ``action`` take."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    action()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _of_this(action: Callable[[], object]) -> float:
    """Seconds of the processor that ``action`` takes in this process."""
    began = time.process_time()
    action()
    return time.process_time() - began


if __name__ == "__main__":
    main()
