"""The tagger's network: a bidirectional LSTM over the tokens and a linear chain over its labels, with numpy alone.

After Lample et al., Neural Architectures for Named Entity Recognition (2016). Trained by ``bib.strings.training.fitting``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from errno import EINVAL
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np
from threadpoolctl import ThreadpoolController

from bib.strings.decoding import Chain, batches
from bib.strings.encoding import CONTAINER_MARKS, CONTEXTS, Rows, Vocabulary, encode
from bib.strings.features import AFFIX_VALUES, DENSE, Lexicon, Shape
from bib.strings.labels import LABELS
from bib.strings.tokens import Tokens

if TYPE_CHECKING:  # numpy's types take as long to load as numpy
    from numpy.typing import NDArray

    Array = NDArray[np.float32]


#: Strings of similar length are read together, so many tokens at a time.
_BATCH_TOKENS = 8_000
#: Words kept from string to string; then what is known of them is forgotten and found anew.
_MOST_WORDS = 200_000


@dataclass(slots=True)
class Network:
    """The weights, and what they make of each word met so far."""

    weights: Mapping[str, Array]
    names: Mapping[int, NDArray[np.uint64]]
    words: Mapping[str, int]
    lexicon: Lexicon
    _lock: Lock = field(init=False, default_factory=Lock)
    _vocabulary: Vocabulary = field(init=False)
    _projected: Rows = field(init=False)

    def __post_init__(self) -> None:
        self.weights = _halved(self.weights)
        self._forget()

    def _forget(self) -> None:
        self._vocabulary = Vocabulary(self.words, self.lexicon)
        self._projected = Rows(np.zeros((1024, self.weights["shape"].shape[1]), dtype=np.float32))

    @property
    def chain(self) -> Chain:
        """What follows what."""
        return Chain(self.weights["transitions"], self.weights["begin"], self.weights["finish"])

    def scores(self, strings: Sequence[Tokens]) -> list[Array]:
        """For each string an array of shape (tokens, labels): how well each label suits each token."""
        weights = self.weights
        with self._lock:
            if len(self._vocabulary.rows) > _MOST_WORDS:
                self._forget()
            encoded = encode(strings, self._vocabulary, self.names)
            self._project()
            inputs = self._projected.array[encoded.rows]
        inputs += weights["context"][encoded.context]
        inputs += weights["container"][encoded.container]
        starts = np.concatenate(([0], np.cumsum(encoded.lengths)))
        forward, backward = np.split(weights["out"], 2)
        scores = np.tile(weights["out_bias"], (len(inputs), 1))
        for chosen in batches(encoded.lengths.astype(np.int64), _BATCH_TOKENS):
            # The longest first: those that are still read at a step are then the first of them.
            longest_first = chosen[::-1]
            rows = _Rows.of(starts[longest_first], encoded.lengths[longest_first])
            states = self._run(inputs, rows)
            scores[rows.forward] += states[0] @ forward
            scores[rows.backward] += states[1] @ backward
        return [scores[start:end] for start, end in pairwise(starts)]

    def _project(self) -> None:
        """Finds the input vectors of words that are new."""
        known = self._projected.used
        vocabulary = self._vocabulary
        if known == len(vocabulary.ids):
            return
        weights = self.weights
        ids = np.array(vocabulary.ids[known:], dtype=np.int32)
        dense = np.array(vocabulary.dense[known:], dtype=np.float32)
        new = dense @ weights["dense"] + weights["dense_bias"]
        for column, name in enumerate(("word", "first", "last", "end", "shape")):
            new += weights[name][ids[:, column]]
        self._projected.append(new)

    def _run(self, inputs: Array, rows: _Rows) -> Array:
        """The states of both directions, shape (2, tokens, width), in the order in which each reads."""
        weights = self.weights
        recurrent = np.stack((weights["forward_hidden"], weights["backward_hidden"]))
        width = recurrent.shape[1]
        gates_in = np.empty((2, len(rows.forward), 4 * width), dtype=np.float32)
        for side, (direction, order) in enumerate((("forward", rows.forward), ("backward", rows.backward))):
            np.matmul(inputs[order], weights[f"{direction}_input"], out=gates_in[side])
            gates_in[side] += weights[f"{direction}_bias"]
        states = np.empty((2, len(rows.forward), width), dtype=np.float32)
        hidden = cell = np.zeros((2, int(rows.active[0]), width), dtype=np.float32)
        start = 0
        for active in rows.active.tolist():
            end = start + active
            gates = gates_in[:, start:end]
            gates += hidden[:, :active] @ recurrent
            np.tanh(gates, out=gates)
            # Input, forget and output gates together: twice the sigmoid (see ``_halved``), then the candidate.
            opened = gates[..., : 3 * width]
            opened += 1
            cell = cell[:, :active] * gates[..., width : 2 * width]
            cell += gates[..., :width] * gates[..., 3 * width :]
            cell *= 0.5
            hidden = np.tanh(cell)
            hidden *= gates[..., 2 * width : 3 * width]
            states[:, start:end] = hidden
            start = end
        return states


@dataclass(frozen=True, slots=True)
class _Rows:
    """Which token of each string is read at each step: rows of the inputs, step after step.

    ``active[s]`` is how many strings are long enough for step ``s``; each step has that many rows.
    """

    forward: NDArray[np.int64]
    backward: NDArray[np.int64]
    active: NDArray[np.int64]

    @staticmethod
    def of(starts: NDArray[np.int64], lengths: NDArray[np.int32]) -> _Rows:
        """The rows of strings that begin at ``starts``, the longest first."""
        steps = np.arange(int(lengths[0]))
        active = np.searchsorted(-lengths, -steps, side="left")
        step = np.repeat(steps, active)
        string = np.arange(len(step)) - np.repeat(np.cumsum(active) - active, active)
        forward = starts[string] + step
        return _Rows(forward, starts[string] + lengths[string] - 1 - step, active)


def one_thread() -> AbstractContextManager[Any]:
    """Keeps the products of numpy to one thread: they are small, and threads cost more than they bring."""
    limited: AbstractContextManager[Any] = _blas().limit(limits=1, user_api="blas")
    return limited


@cache
def _blas() -> ThreadpoolController:
    """The libraries that numpy multiplies with; looking for them takes longer than most lists."""
    return ThreadpoolController()


def _halved(weights: Mapping[str, Array]) -> dict[str, Array]:
    """The weights with what the sigmoid takes by half in them, for 1 / (1 + exp(-x)) = (1 + tanh(x / 2)) / 2.

    The first division is of the gates' inputs; the second is left out for the output gate, so that states are twice what they
    should be, and what reads them halves its weights.
    """
    halved = dict(weights)
    for direction in ("forward", "backward"):
        width = weights[f"{direction}_hidden"].shape[0]
        half = np.where(np.arange(4 * width) < 3 * width, np.float32(0.5), np.float32(1))
        halved[f"{direction}_input"] = weights[f"{direction}_input"] * half
        halved[f"{direction}_bias"] = weights[f"{direction}_bias"] * half
        halved[f"{direction}_hidden"] = weights[f"{direction}_hidden"] * half * np.float32(0.5)
    halved["out"] = weights["out"] * np.float32(0.5)
    return halved


@cache
def load_network() -> Network:
    """The network that is shipped, or the one in the file that the variable ``LITCHECK_TAGGER`` names.

    Raises ``OSError`` with the file's name for one that cannot be read or holds no weights that fit this version.
    """
    path = os.environ.get("LITCHECK_TAGGER")
    source = Path(path) if path else files("bib").joinpath("data", "tagger.npz")
    try:
        with source.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            network = _network_of(stored)
    except (ValueError, KeyError, TypeError, EOFError, BadZipFile) as error:
        raise OSError(EINVAL, f"no weights for this version of the tagger ({error})", str(source)) from error
    return network


def _network_of(stored: Mapping[str, NDArray[Any]]) -> Network:
    """The network of a file's arrays. Raises ``ValueError`` or ``KeyError`` if they are others than ``_SHAPES`` names."""
    words = str(stored["words"]).split("\n")
    width = stored["forward_hidden"].shape[0]
    sizes = {
        "words": len(words) + 1,
        "input": stored["shape"].shape[1],
        "width": width,
        "2 widths": 2 * width,
        "4 widths": 4 * width,
    }
    weights: dict[str, Array] = {}
    for name, shape in _SHAPES.items():
        weights[name] = stored[name].astype(np.float32)
        expected = tuple(sizes[size] if isinstance(size, str) else size for size in shape)
        if weights[name].shape != expected:
            raise ValueError(f"{name} has the shape {weights[name].shape} and not {expected}")
    names = {int(name.removeprefix("names_")): stored[name] for name in stored if name.startswith("names_")}
    return Network(weights, names, {word: index for index, word in enumerate(words, start=1)}, Lexicon.load())


#: The arrays of a file of weights, by the sizes that the file itself tells or that the program sets.
_SHAPES: Mapping[str, tuple[str | int, ...]] = {
    "word": ("words", "input"),
    "first": (AFFIX_VALUES, "input"),
    "last": (AFFIX_VALUES, "input"),
    "end": (AFFIX_VALUES, "input"),
    "shape": (len(Shape), "input"),
    "context": (CONTEXTS, "input"),
    "container": (CONTAINER_MARKS, "input"),
    "dense": (DENSE, "input"),
    "dense_bias": ("input",),
    "forward_input": ("input", "4 widths"),
    "forward_hidden": ("width", "4 widths"),
    "forward_bias": ("4 widths",),
    "backward_input": ("input", "4 widths"),
    "backward_hidden": ("width", "4 widths"),
    "backward_bias": ("4 widths",),
    "out": ("2 widths", len(LABELS)),
    "out_bias": (len(LABELS),),
    "transitions": (len(LABELS), len(LABELS)),
    "begin": (len(LABELS),),
    "finish": (len(LABELS),),
}
