"""The likeliest labels of a chain, beside every path written out."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from bib.strings.decoding import Chain, decode
from bib.strings.labels import OTHER

LABELS = 3


def chain_of(draw: np.random.Generator) -> Chain:
    return Chain(
        draw.normal(size=(LABELS, LABELS)).astype(np.float32),
        draw.normal(size=LABELS).astype(np.float32),
        draw.normal(size=LABELS).astype(np.float32),
    )


def weight(path: tuple[int, ...], scores: np.ndarray, chain: Chain) -> float:
    inside = sum(float(chain.transitions[before, after]) for before, after in pairwise(path))
    return float(
        chain.begin[path[0]] + chain.finish[path[-1]] + sum(scores[step, label] for step, label in enumerate(path)) + inside
    )


@pytest.mark.parametrize("seed", range(5))
def test_the_best_path_and_its_probabilities_are_those_of_all_paths(seed: int) -> None:
    draw = np.random.default_rng(seed)
    chain = chain_of(draw)
    strings = [draw.normal(size=(length, LABELS)).astype(np.float32) for length in (1, 4, 0, 5, 3)]
    found = decode(strings, chain, [np.zeros(len(string), dtype=np.bool_) for string in strings])
    assert [len(labelling.labels) for labelling in found] == [1, 4, 0, 5, 3]
    for scores, labelling in zip(strings, found, strict=True):
        if not len(scores):
            continue
        paths = list(product(range(LABELS), repeat=len(scores)))
        weights = np.exp([weight(path, scores, chain) for path in paths])
        best = paths[int(weights.argmax())]
        assert tuple(labelling.labels.tolist()) == best
        for step, label in enumerate(best):
            share = sum(w for path, w in zip(paths, weights, strict=True) if path[step] == label) / weights.sum()
            assert labelling.confidence[step] == pytest.approx(share, abs=1e-4)


def test_a_hole_is_other_whatever_its_scores() -> None:
    chain = Chain(np.zeros((LABELS, LABELS), np.float32), np.zeros(LABELS, np.float32), np.zeros(LABELS, np.float32))
    scores = np.full((3, LABELS), 0, dtype=np.float32)
    scores[:, 2] = 9
    (found,) = decode([scores], chain, [np.array([False, True, False])])
    assert found.labels.tolist() == [2, OTHER, 2]
