"""Fits the probability that a record is the work described, and measures on other works how often it is right.

    python -m benchmarks.calibration [--shared DIRECTORY] [--index DIRECTORY] [--write]

Strings and entries whose record is known are put to an index of the shared works, and every candidate beside its entry is an
example: the right record, or another. They are true references, references to works that the index lacks, and references of which
one field was altered, of articles (match-dev, verdict-dev) and of computer science (citetracer-dev). Entries whose title was
replaced are left out: nobody can say whose they are. Examples are parted by a hash of the work cited; one half is fitted to, the
other measured on. ``--write`` writes the weights to ``litcheck/matching/data/probability.json``. Deterministic.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.index import as_parsed
from bib.identifiers import is_doi
from bib.model import Reference
from litcheck.documents.read import read_document
from litcheck.evidence import Found, Record
from litcheck.matching import Accepted, Match, Outcome, choose, compare
from litcheck.matching.probability import features, log_odds, probability
from litcheck.sources.local_index import LocalIndex, build_index

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1] / "shared"
WEIGHTS = HERE.parent / "litcheck" / "matching" / "data" / "probability.json"

#: Classes of altered references of which nobody can say which work they are of.
WHOSE = frozenset({"title-replaced-doi-kept", "H1 title_fabrication"})
#: How much large weights are held back. Of 0.03, 0.1, 0.3 and 1 the least gives the least loss on the other half, by 0.0005 in
#: all; this one keeps the weights of rare features small.
HELD_BACK = 0.1
#: Steps of the fit, which converges in about ten.
STEPS = 60
#: Bounds of the probabilities that the table of reliability puts together.
BOUNDS = (0.0, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 1.0)
#: A match said with this probability or more must be right as often.
SURE = 0.99

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A candidate beside an entry.

    ``chosen``: it is the one record that was accepted for the entry; ``mistaken``: it is the one that is accepted when the right
    record is hidden, as if the index lacked it.
    """

    match: Match
    right: bool
    chosen: bool
    mistaken: bool
    held_out: bool


def main() -> None:
    """Fits, measures, and writes if that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--index", type=Path, help="an index of the shared works, built before; without it one is built")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    data = arguments.shared / "data"
    if not data.is_dir():
        sys.exit(f"there is no data in {data}; name the directory that holds data/ with --shared")
    with tempfile.TemporaryDirectory() as scratch:
        index = arguments.index or Path(scratch) / "works"
        if arguments.index is None:
            build_index(sorted((data / "works").glob("*.jsonl.gz")), index, complete=True)
        examples = read_examples(data, index)
    weights = fit([example for example in examples if not example.held_out])
    print("\n".join(f"{name:24}{weight:8.3f}" for name, weight in weights.items()))
    if arguments.write:
        WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
        print(f"written to {WEIGHTS}; run again without --write to measure")
    else:
        print_reliability([example for example in examples if example.held_out])


def read_examples(data: Path, index: Path) -> list[Example]:
    """Every candidate of every entry of match-dev, verdict-dev and citetracer-dev."""
    local = LocalIndex(index)
    entries = [(dois, entry) for dois, entry in _entries(data) if isinstance(entry, Reference)]
    searched = asyncio.run(local.works_like([entry for _, entry in entries]))
    by_doi = asyncio.run(local.works_by_doi([entry.doi for _, entry in entries if is_doi(entry.doi)]))
    examples = []
    for (doi, entry), found in zip(entries, searched, strict=True):
        held = by_doi.get(entry.doi)
        own = held.records[0] if isinstance(held, Found) else None
        others = found.records if isinstance(found, Found) else ()
        chosen = _accepted(choose(entry, others, doi_record=own))
        mistaken = _accepted(choose(entry, [record for record in others if record.doi != doi])) if doi else None
        records: dict[str, Record] = {record.doi: record for record in (*others, *((own,) if own else ()))}
        held_out = bool(zlib.crc32((doi or entry.raw).encode()) & 1)
        examples += [
            Example(
                match=compare(entry, record),
                right=known == doi,
                chosen=known == chosen,
                mistaken=known == mistaken,
                held_out=held_out,
            )
            for known, record in records.items()
        ]
    return examples


def _accepted(outcome: Outcome) -> str | None:
    return outcome.match.record.doi if isinstance(outcome, Accepted) else None


def _entries(data: Path) -> Iterator[tuple[str, object]]:
    """The DOI of the work that an entry describes, empty if the index lacks it, and the entry as it was parsed."""
    for name, key in (("match/match-dev.jsonl", "doi"), ("verdict/verdict-dev.jsonl", "true_doi")):
        rows = [row for row in _rows(data / name) if row.get("cls") not in WHOSE]
        parsed = as_parsed([" ".join(row["raw"].split()) for row in rows])
        yield from ((str(row[key] or "").lower(), entry) for row, entry in zip(rows, parsed, strict=True))
    listed = read_document(data / "verdict" / "citetracer-dev.bib").entries or ()
    by_key = {entry.id: entry for entry in listed}
    for row in _rows(data / "verdict" / "citetracer-dev.jsonl"):
        if row["cls"] not in WHOSE:
            yield str(row["true_doi"] or "").lower(), by_key[row["id"]]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """The weights of the features by name, and the intercept: the likeliest ones of which none is negative."""
    seen = [features({field.field: field for field in example.match.fields}) for example in examples]
    right = np.array([example.right for example in examples], dtype=np.float64)
    names = list(seen[0])
    while True:
        values = np.array([[1.0, *(row[name] for name in names)] for row in seen])
        found = _fit(values, right)
        if not (negative := {name for name, weight in zip(names, found[1:], strict=True) if weight < 0}):
            break
        names = [name for name in names if name not in negative]
    weights = dict(zip(names, found[1:], strict=True))
    return {"intercept": round(float(found[0]), 3)} | {name: round(float(weights.get(name, 0.0)), 3) for name in seen[0]}


def _fit(values: Floats, right: Floats) -> Floats:
    """Newton's method for a logistic model whose weights, but for the first, are held back."""
    weights = np.zeros(values.shape[1])
    hold = np.diag([1e-6, *[HELD_BACK] * (values.shape[1] - 1)])
    for _ in range(STEPS):
        said = 1 / (1 + np.exp(-values @ weights))
        slope = values.T @ (said - right) + hold @ weights
        curve = (values * (said * (1 - said))[:, None]).T @ values + hold
        weights -= np.linalg.solve(curve, slope)
    return weights


def print_reliability(examples: Sequence[Example]) -> None:
    """Of the candidates said to be right with about so much probability, how many are; then of the matches that were made."""
    said = [probability(log_odds({field.field: field for field in example.match.fields})) for example in examples]
    print(f"{'probability':16}{'candidates':>11}{'said':>9}{'right':>9}")
    for low, high in pairwise(BOUNDS):
        _print_row(f"{low:.2f} to {high:.2f}", [(p, e) for p, e in zip(said, examples, strict=True) if _within(p, low, high)])
    made = [(p, e) for p, e in zip(said, examples, strict=True) if e.chosen]
    _print_row("matches made", made)
    _print_row(f"said with {SURE}", [(p, e) for p, e in made if p >= SURE])
    print(
        f"matches made where the right record is hidden: {sum(e.mistaken for e in examples)} of {sum(e.right for e in examples)}"
    )


def _within(value: float, low: float, high: float) -> bool:
    return low <= value < high or value == high == BOUNDS[-1]


def _print_row(name: str, rows: Sequence[tuple[float, Example]]) -> None:
    number = max(1, len(rows))
    said, right = sum(p for p, _ in rows) / number, sum(e.right for _, e in rows) / number
    print(f"{name:16}{len(rows):11,}{said:9.4f}{right:9.4f}")


if __name__ == "__main__":
    main()
