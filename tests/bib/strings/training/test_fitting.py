"""The network that is trained is the one that is used. Needs torch, which only training needs."""

from __future__ import annotations

import numpy as np
import pytest

from bib.strings.decoding import decode
from bib.strings.encoding import name_hashes
from bib.strings.features import Lexicon
from bib.strings.network import Network
from bib.strings.tokens import tokenise
from bib.strings.training.aligning import align_segments

torch = pytest.importorskip("torch", reason="torch is installed only where the tagger is trained (pip install '.[train]')")


def test_trained_weights_give_the_same_scores_here_and_learn_what_they_are_shown() -> None:
    from bib.strings.training.fitting import fit, known_words

    raw = "Lind J. Moss on walls. Moss Stud. 2001;12:15-19."
    fields = {
        "author": "Lind J.",
        "title": "Moss on walls.",
        "container": "Moss Stud.",
        "date": "2001",
        "volume": "12",
        "pages": "15-19",
    }
    example = align_segments(raw, fields, source="x")
    assert example is not None
    words, names = known_words([example] * 5), name_hashes([tokenise("Moss Stud")])
    weights = fit([[example] * 960], lambda _: [example] * 8, words, names, epochs=30)
    again = fit([[example] * 960], lambda _: [example] * 8, words, names, epochs=30)
    assert all(np.array_equal(weights[name], again[name]) for name in weights), "the same seed gives the same weights"
    network = Network(weights, names, {word: place for place, word in enumerate(words, start=1)}, Lexicon.load())
    (labelling,) = decode(network.scores([example.tokens]), network.chain, [np.zeros(len(example.tokens), dtype=np.bool_)])
    assert all(bits >> int(label) & 1 for bits, label in zip(example.allowed, labelling.labels, strict=True))
