"""What the probability is made of, and that agreement never lowers it."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcheck.matching import FIELDS, Agreement, FieldMatch
from litcheck.matching.probability import log_odds, probability

TITLE = "Tidal rhythms in the feeding of mudflat crabs"
AGREEMENTS = {
    0.0: Agreement.DIFFERS,
    0.3: Agreement.DIFFERS,
    0.7: Agreement.DIFFERS,
    0.95: Agreement.VARIANT,
    1.0: Agreement.SAME,
}


def compared(name: str, score: float | None) -> FieldMatch:
    """A field that agrees so well; ``None`` is a field that one side lacks."""
    agreement = Agreement.UNKNOWN if score is None else AGREEMENTS[score]
    return FieldMatch(field=name, agreement=agreement, score=1.0 if score is None else score, manuscript=TITLE, record=TITLE)


scores = st.none() | st.sampled_from(sorted(AGREEMENTS))
comparisons = st.tuples(*[scores] * len(FIELDS)).map(
    lambda given_: {name: compared(name, score) for name, score in zip(FIELDS, given_, strict=True)}
)


@given(fields=comparisons, name=st.sampled_from(FIELDS), better=st.sampled_from(sorted(AGREEMENTS)))
def test_a_field_that_agrees_better_never_lowers_it(fields: dict[str, FieldMatch], name: str, better: float) -> None:
    before = fields[name]
    if before.agreement is Agreement.UNKNOWN or better < before.score:
        return
    assert log_odds(fields | {name: compared(name, better)}) >= log_odds(fields)


@given(fields=comparisons, name=st.sampled_from(FIELDS))
def test_a_field_that_one_side_lacks_stands_between_agreement_and_contradiction(fields: dict[str, FieldMatch], name: str) -> None:
    lacking = log_odds(fields | {name: compared(name, None)})
    assert log_odds(fields | {name: compared(name, 0.0)}) <= lacking <= log_odds(fields | {name: compared(name, 1.0)})


def test_all_that_agrees_is_nearly_certain_and_all_that_differs_nearly_impossible() -> None:
    assert probability(log_odds({name: compared(name, 1.0) for name in FIELDS})) > 0.999
    assert probability(log_odds({name: compared(name, 0.0) for name in FIELDS})) < 0.001


def test_nothing_known_is_no_match() -> None:
    assert probability(log_odds({name: compared(name, None) for name in FIELDS})) < 0.01


def test_a_title_of_few_words_says_less() -> None:
    fields = {name: compared(name, 1.0) for name in FIELDS}
    short = replace(fields["title"], manuscript="Crabs", record="Crabs")
    assert log_odds(fields | {"title": short}) < log_odds(fields)


@pytest.mark.parametrize(("odds", "expected"), [(0.0, 0.5), (math.log(3), 0.75), (-1e6, 0.0), (1e6, 1.0)])
def test_odds_as_a_probability(odds: float, expected: float) -> None:
    assert probability(odds) == pytest.approx(expected)
