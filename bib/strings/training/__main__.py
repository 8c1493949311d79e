"""Trains the tagger of reference strings anew, the same in every run on the same machine.

Reads ``data/`` of the shared directory and writes ``bib/data/tagger.npz``. With ``--gazetteers`` the lexicon and the names of
containers are made anew first. With ``--hold-out`` a fifth of GROBID's corpus is left out, so that ``benchmarks/parsing.py
--model FILE`` can say how well strings are parsed whose documents were never seen.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from bib.strings.encoding import name_hashes
from bib.strings.tokens import tokenise
from bib.strings.training.aligning import Example
from bib.strings.training.corpora import articles_of, is_held_out, manuscript_strings, rows_of, segment_corpora
from bib.strings.training.lexicon import write_lexicon
from bib.strings.training.making import Maker
from bib.strings.training.records import Parts, read_parts
from bib.strings.training.rendering import render
from bib.strings.training.styles import draw_style
from bib.wordlists import lines_of

_DATA = Path(__file__).resolve().parents[2] / "data"
#: Longer strings cost time and teach nothing more.
_LONGEST = 300


def main() -> None:
    """Does what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bib.strings.training", description=__doc__)
    parser.add_argument("--shared", type=Path, default=_DATA.parents[2] / "shared", help="the directory that holds data/")
    parser.add_argument("--out", type=Path, default=_DATA / "tagger.npz")
    parser.add_argument("--hold-out", action="store_true")
    parser.add_argument("--gazetteers", action="store_true")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--printed", type=int, default=30_000, metavar="N", help="strings printed anew for each epoch")
    arguments = parser.parse_args()
    data = arguments.shared / "data"
    reported = list(rows_of(data / "references" / "jats-dev.jsonl"))
    lists = [article["references"] for article in articles_of(data / "manuscripts")]
    parts = read_parts(data / "works", without=reported, lists=lists)
    if arguments.gazetteers:
        write_lexicon(parts, _DATA / "lexicon.txt", Path(__file__).parent / "data" / "containers.txt")
    if arguments.hold_out:
        reported += [row for row in rows_of(data / "references" / "grobid-dev.jsonl") if is_held_out(row)]
    labelled = _short(segment_corpora(data / "references", without=reported))
    deposited = _short(manuscript_strings(data / "manuscripts", without=reported))

    from bib.strings.training.fitting import fit, known_words  # loads torch

    def printed(epoch: int) -> list[Example]:
        return _printed(parts, arguments.printed, seed=epoch)

    words = known_words([*labelled, *labelled, *deposited, *printed(0)])
    names = name_hashes([tokenise(name) for name in lines_of("containers", package="bib.strings.training")])
    print(f"{len(labelled)} strings labelled by hand, {len(deposited)} with deposited fields, {len(words)} words", flush=True)
    # What was printed in earnest counts twice.
    weights = fit([labelled, labelled, deposited, deposited], printed, words, names, epochs=arguments.epochs)
    arrays: dict[str, Any] = {name: array.astype(np.float16) for name, array in weights.items()}
    arrays |= {f"names_{length}": hashes for length, hashes in names.items()}
    np.savez(arguments.out, words=np.array("\n".join(words)), **arrays)
    print(f"{arguments.out}: {arguments.out.stat().st_size / 1e6:.1f} MB")


def _short(examples: Iterable[Example]) -> list[Example]:
    return [example for example in examples if len(example.tokens) <= _LONGEST]


def _printed(parts: Parts, count: int, *, seed: int) -> list[Example]:
    draw = random.Random(seed)
    examples = (render(record, draw_style(draw)) for record in Maker(parts, draw).records(count))
    return [example for example in examples if example is not None and len(example.tokens) <= _LONGEST]


if __name__ == "__main__":
    main()
