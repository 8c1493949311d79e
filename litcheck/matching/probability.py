"""How likely a record is the work that a reference describes, from how each field compares.

A logistic model whose weights were fitted to what candidates of real strings turned out to be; ``data/probability.md`` says to
which. Every weight of an agreement is at least zero and at least that of a field that one side lacks, so a field that agrees
better never lowers the probability.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import exp

from litcheck.matching.model import FIELDS, Agreement, FieldMatch
from litcheck.matching.titles import SAME_TITLE, SIMILAR_TITLE, title_words

#: A title of fewer words than this is shared by many works ("Introduction", "Reply", "Oxaliplatin").
TELLING_WORDS = 4

#: The weights by the names of ``features``, and the intercept.
_FILE = "probability.json"


def log_odds(fields: Mapping[str, FieldMatch]) -> float:
    """The logarithm of how much likelier it is that both are the same work than that they are not; 0 is even."""
    weights = _weights()
    return weights["intercept"] + sum(weights[name] * value for name, value in features(fields).items())


def probability(odds: float) -> float:
    """The probability, 0 to 1, that has these logarithmic odds."""
    return 1 / (1 + exp(-odds)) if odds > -500 else 0.0


def features(fields: Mapping[str, FieldMatch]) -> dict[str, float]:
    """What the model sees of a comparison: for each field how well it agrees, and whether both sides have it.

    ``title`` is the score of the title, 0 where one side has none; ``title or unknown`` is 1 there instead.
    """
    seen: dict[str, float] = {}
    for name in FIELDS:
        unknown = fields[name].agreement is Agreement.UNKNOWN
        seen[name] = 0.0 if unknown else fields[name].score
        seen[f"{name} or unknown"] = 1.0 if unknown else fields[name].score
    title, score = fields["title"], seen["title"]
    seen["similar title"] = max(0.0, score - SIMILAR_TITLE)
    seen["same title"] = max(0.0, score - SAME_TITLE)
    seen["explained title"] = float(title.agreement in (Agreement.SAME, Agreement.VARIANT))
    seen["telling title"] = float(score >= SAME_TITLE and is_telling(title))
    return seen


def is_telling(title: FieldMatch) -> bool:
    """Whether the title has words enough to be that of few works."""
    return min(len(title_words(title.manuscript)), len(title_words(title.record))) >= TELLING_WORDS


@cache
def _weights() -> dict[str, float]:
    read: dict[str, float] = json.loads(files("litcheck.matching").joinpath("data", _FILE).read_text(encoding="utf-8"))
    return read
