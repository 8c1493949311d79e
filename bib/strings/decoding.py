"""The best labels for strings, and how sure they are, from the network's scores and what follows what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bib.strings.labels import OTHER

if TYPE_CHECKING:  # numpy's types take as long to load as numpy
    from numpy.typing import NDArray

    Array = NDArray[np.float32]


#: Strings are decoded together, so many tokens at a time, those of similar length with each other.
_BATCH_TOKENS = 20_000
_NEVER = np.float32(-1e4)
#: Keeps a sum that has become nothing from dividing by it.
_TINY = np.float32(1e-30)


@dataclass(frozen=True, slots=True)
class Chain:
    """How well one label follows another (``transitions[before, after]``), begins and ends a string."""

    transitions: Array
    begin: Array
    finish: Array


@dataclass(frozen=True, slots=True)
class Labelling:
    """A label for each token of a string, and the probability of each."""

    labels: NDArray[np.int8]
    confidence: Array


def decode(scores: Sequence[Array], chain: Chain, holes: Sequence[NDArray[np.bool_]]) -> list[Labelling]:
    """The likeliest labels of each string (Viterbi) with their posterior probabilities (forward-backward).

    ``scores`` holds arrays of shape (tokens, labels); tokens where ``holes`` is true are "other" whatever their scores.
    """
    lengths = np.array([len(string) for string in scores], dtype=np.int64)
    found = [Labelling(np.zeros(0, np.int8), np.zeros(0, np.float32))] * len(scores)
    for chosen in batches(lengths, _BATCH_TOKENS):
        sizes = lengths[chosen]
        # Strings last: what is done for each label pair is then done for all strings in a row.
        padded = np.zeros((int(sizes.max()), len(chain.begin), len(chosen)), dtype=np.float32)
        for column, index in enumerate(chosen):
            padded[: sizes[column], :, column] = scores[index]
            closed = np.flatnonzero(holes[index])
            padded[closed, :, column] = _NEVER
            padded[closed, OTHER, column] = 0
        path = _best_path(padded, chain, sizes)
        posterior = _posterior(padded, chain, sizes)
        for column, index in enumerate(chosen):
            best = path[: sizes[column], column]
            found[index] = Labelling(best, posterior[np.arange(len(best)), best, column])
    return found


def batches(lengths: NDArray[np.int64], most: int) -> Iterator[NDArray[np.int64]]:
    """The indices of strings to be read together, at most so many tokens when padded; empty strings are left out."""
    order = np.argsort(lengths, kind="stable")
    order = order[lengths[order] > 0]
    start = 0
    while start < len(order):
        end = start + 1
        while end < len(order) and lengths[order[end]] * (end + 1 - start) <= most:
            end += 1
        yield order[start:end]
        start = end


def _best_path(scores: Array, chain: Chain, lengths: NDArray[np.int64]) -> NDArray[np.int8]:
    """The labels of the best path, shape (steps, strings); ``scores`` has the shape (steps, labels, strings)."""
    steps, _, strings = scores.shape
    states = np.empty_like(scores)
    states[0] = scores[0] + chain.begin[:, None]
    pairs = chain.transitions[:, :, None]  # [before, after, string]
    for step in range(1, steps):
        following = (states[step - 1][:, None] + pairs).max(axis=0) + scores[step]
        states[step] = np.where(step < lengths, following, states[step - 1])
    path = np.zeros((steps, strings), dtype=np.int8)
    label = (states[-1] + chain.finish[:, None]).argmax(axis=0)
    for step in range(steps - 1, 0, -1):
        path[step] = label
        # A string that ended before this step keeps its last label until it is reached.
        before = (states[step - 1] + chain.transitions[:, label]).argmax(axis=0)
        label = np.where(step < lengths, before, label)
    path[0] = label
    return path


def _posterior(scores: Array, chain: Chain, lengths: NDArray[np.int64]) -> Array:
    """Probabilities of shape (steps, labels, strings), by products scaled at every step."""
    steps = len(scores)
    weight = np.exp(scores - scores.max(axis=1, keepdims=True))
    follow = np.exp(chain.transitions)
    forward = np.empty_like(weight)
    forward[0] = weight[0] * np.exp(chain.begin)[:, None]
    forward[0] /= forward[0].sum(axis=0)
    for step in range(1, steps):
        state = (follow.T @ forward[step - 1]) * weight[step]
        state /= state.sum(axis=0) + _TINY
        forward[step] = state
    ending = np.exp(chain.finish)[:, None]
    backward = np.empty_like(weight)
    backward[steps - 1] = ending
    for step in range(steps - 2, -1, -1):
        state = follow @ (backward[step + 1] * weight[step + 1])
        state /= state.sum(axis=0) + _TINY
        backward[step] = np.where(step + 1 < lengths, state, ending)
    product: Array = forward * backward
    product /= product.sum(axis=1, keepdims=True) + _TINY
    return product
