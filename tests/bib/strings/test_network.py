"""The network's arithmetic, beside the same written out a token at a time; and the weights that are shipped."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bib.strings.encoding import CONTAINER_MARKS, CONTEXTS, name_hashes
from bib.strings.features import AFFIX_VALUES, DENSE, Lexicon, Shape, word_features
from bib.strings.labels import LABELS
from bib.strings.network import Network, load_network
from bib.strings.tokens import tokenise

INPUT, WIDTH = 5, 4


def made_up() -> tuple[Network, dict[str, np.ndarray]]:
    draw = np.random.default_rng(3)
    sizes = {
        "word": (3, INPUT), "first": (AFFIX_VALUES, INPUT), "last": (AFFIX_VALUES, INPUT), "end": (AFFIX_VALUES, INPUT),
        "shape": (len(Shape), INPUT), "context": (CONTEXTS, INPUT), "container": (CONTAINER_MARKS, INPUT),
        "dense": (DENSE, INPUT), "dense_bias": (INPUT,), "out": (2 * WIDTH, len(LABELS)), "out_bias": (len(LABELS),),
        "forward_input": (INPUT, 4 * WIDTH), "forward_hidden": (WIDTH, 4 * WIDTH), "forward_bias": (4 * WIDTH,),
        "backward_input": (INPUT, 4 * WIDTH), "backward_hidden": (WIDTH, 4 * WIDTH), "backward_bias": (4 * WIDTH,),
    }  # fmt: skip
    weights = {name: draw.normal(size=size).astype(np.float32) for name, size in sizes.items()}
    names = name_hashes([tokenise("Journal of Moss")])
    return Network(weights, names, {"moss": 1, "lind": 2}, Lexicon({"lind": "700000"})), weights


def sigmoid(x: np.ndarray) -> np.ndarray:
    result: np.ndarray = 1 / (1 + np.exp(-x))
    return result


def test_scores_are_those_of_an_lstm_in_both_directions() -> None:
    network, weights = made_up()
    strings = [tokenise("Lind, J. Journal of Moss (2)"), tokenise(""), tokenise("Moss")]
    marks = [[0, 0, 0, 0, 5, 6, 6, 0, 0, 0], [], [0]]
    assert network.scores([]) == []
    found = network.scores(strings)
    for tokens, scores, container in zip(strings, found, marks, strict=True):
        inputs = []
        for place, word in enumerate(tokens.words):
            first, last, end, shape, dense = word_features(word, network.lexicon)
            vector = np.array(dense, np.float32) @ weights["dense"] + weights["dense_bias"]
            vector += weights["word"][network.words.get(word.lower(), 0)] + weights["first"][first] + weights["last"][last]
            vector += weights["end"][end] + weights["shape"][shape] + weights["container"][container[place]]
            inputs.append(vector + weights["context"][tokens.spaced[place] * 4 + tokens.places[place]])
        states = []
        for direction, order in (("forward", range(len(inputs))), ("backward", range(len(inputs) - 1, -1, -1))):
            hidden, cell, row = np.zeros(WIDTH), np.zeros(WIDTH), {}
            for place in order:
                gates = (
                    inputs[place] @ weights[f"{direction}_input"]
                    + hidden @ weights[f"{direction}_hidden"]
                    + weights[f"{direction}_bias"]
                )
                into, forget, out, new = np.split(gates, 4)
                cell = sigmoid(forget) * cell + sigmoid(into) * np.tanh(new)
                hidden = sigmoid(out) * np.tanh(cell)
                row[place] = hidden
            states.append(row)
        expected = [
            np.concatenate((states[0][p], states[1][p])) @ weights["out"] + weights["out_bias"] for p in range(len(inputs))
        ]
        assert scores.shape == (len(inputs), len(LABELS))
        if expected:
            np.testing.assert_allclose(scores, np.array(expected), atol=1e-4)


def test_the_shipped_weights_fit_the_program() -> None:
    network = load_network()
    weights = network.weights
    width = weights["forward_hidden"].shape[0]
    size = weights["shape"].shape[1]
    assert weights["word"].shape == (len(network.words) + 1, size)
    assert weights["first"].shape == weights["last"].shape == weights["end"].shape == (AFFIX_VALUES, size)
    assert weights["shape"].shape[0] == len(Shape)
    assert weights["context"].shape[0] == CONTEXTS
    assert weights["container"].shape[0] == CONTAINER_MARKS
    assert weights["dense"].shape == (DENSE, size)
    assert weights["out"].shape == (2 * width, len(LABELS))
    assert network.chain.transitions.shape == (len(LABELS), len(LABELS))
    assert all(np.isfinite(array).all() for array in weights.values())


def test_a_string_is_scored_the_same_alone_and_among_others() -> None:
    network = load_network()
    strings = [tokenise(text) for text in ("Lind, J. (2019). Moss. Moss Studies, 2, 3.", "Fern.", "A. Moor, Stone (2010) " * 9)]
    together = network.scores(strings)
    for tokens, scores in zip(strings, together, strict=True):
        np.testing.assert_allclose(network.scores([tokens])[0], scores, atol=1e-3)


def test_what_was_read_before_changes_no_score() -> None:
    letters = "abcdefghijkl"
    strings = [tokenise(" ".join(f"{a}{b}{c}" for b in letters for c in letters)) for a in letters]
    network, _ = made_up()
    one_after_the_other = [network.scores([tokens])[0] for tokens in strings]
    assert len({word for tokens in strings for word in tokens.words}) > 1024, "more words than there is room for at first"
    for tokens, scores in zip(strings, one_after_the_other, strict=True):
        np.testing.assert_allclose(made_up()[0].scores([tokens])[0], scores, atol=1e-5)


def test_words_are_forgotten_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    network, _ = made_up()
    strings = [tokenise(text) for text in ("Lind J Moss", "Moor B Fern", "Lind J Moss")]
    first, _, again = (network.scores([tokens])[0] for tokens in strings)
    monkeypatch.setattr("bib.strings.network._MOST_WORDS", 1)
    np.testing.assert_array_equal(network.scores([strings[2]])[0], again)
    np.testing.assert_array_equal(first, again)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 broken"])
def test_a_file_that_holds_no_weights_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    path = tmp_path / "weights.npz"
    path.write_bytes(content)
    refuse(path, monkeypatch)


def test_weights_of_another_size_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "weights.npz"
    _, weights = made_up()
    chain = {"transitions": np.zeros((2, 2)), "begin": np.zeros(2), "finish": np.zeros(2)}
    np.savez(path, words=np.array("lind\nmoss"), **weights, **chain)  # type: ignore[arg-type]
    refuse(path, monkeypatch)


def refuse(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LITCHECK_TAGGER", str(path))
    load_network.cache_clear()
    try:
        with pytest.raises(OSError, match="no weights for this version") as caught:
            load_network()
        assert caught.value.filename == str(path)
    finally:
        load_network.cache_clear()
