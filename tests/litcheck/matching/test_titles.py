"""What is one title and what is another."""

from __future__ import annotations

import pytest

from litcheck.matching.model import Agreement
from litcheck.matching.titles import SAME_TITLE, SIMILAR_TITLE, grade

SAME = [
    ("Tidal rhythms of crabs", "TIDAL RHYTHMS OF CRABS."),
    ("Beyond déjà-vu", "Beyond deja vu"),
    ("Effects of H2O on leaves", "Effects of H 2 O on leaves"),
    ("TNF-α in mice", "TNF-alpha in mice"),
    ("Inter&amp;intra-frame attention", "Inter&intra-frame attention"),
    ("Growth at 30°C", "Growth at 30 °C"),
    ("Loss of photosystem ll in crabs", "Loss of photosystem II in crabs"),
    ("A cross of wheat x rye", "A cross of wheat × rye"),
    ("A survey of moths [in Polish]", "A survey of moths"),
    ("RETRACTED ARTICLE: A survey of moths", "A survey of moths"),
]
VARIANTS = [
    ("The behaviour of crabs in colour", "The behavior of crabs in color"),
    ("Tidal rhythms in the feeding of crabs", "Tidal rhythms in feeding of crabs"),
    ("Growth of E. coli in milk", "Growth of Escherichia coli in milk"),
    ("Photoperoxidation in isolated chloroplasts", "Photoperoxidation in isolated chloroplasts: kinetics of acids"),
    ("Photoperoxidation in isolated chloroplasts. Kinetics of acids", "Photoperoxidation in isolated chloroplasts"),
    ("A CRIPSR toolkit for plants", "A CRISPR toolkit for plants"),
    ("Early evolution in the oilseed genome", "Plant genetics. Early evolution in the oilseed genome"),
    ("Rice (Oryza sativa L.) under drought", "Rice (Oryza sativa) under drought"),
]
DIFFERENT = [
    ("Tidal rhythms of crabs. Part I", "Tidal rhythms of crabs. Part II"),
    ("Cancer statistics, 2018", "Cancer statistics, 2019"),
    ("Reply to: Tidal rhythms of crabs", "Tidal rhythms of crabs"),
    ("Correction: Tidal rhythms of crabs", "Tidal rhythms of crabs"),
    ("Tidal rhythms of crabs – erratum", "Tidal rhythms of crabs"),
    ("Decision letter: Tidal rhythms of crabs", "Tidal rhythms of crabs"),
    ("Review for “Tidal rhythms of crabs”", "Tidal rhythms of crabs"),
    ("The α subunit of a protein of mudflat crabs", "The β subunit of a protein of mudflat crabs"),
    ("Robust bandit learning with partial context", "Resilient bandit learning with imperfect context"),
    ("Statistical power and translation style", "Statistical power and translationese"),
    ("A dimensional model: a systematic review", "A dimensional model: a meta-analytic approach"),
]


@pytest.mark.parametrize(("ours", "theirs"), SAME)
def test_same(ours: str, theirs: str) -> None:
    assert grade(ours, theirs).agreement is Agreement.SAME
    assert grade(theirs, ours).agreement is Agreement.SAME


@pytest.mark.parametrize(("ours", "theirs"), VARIANTS)
def test_explained_by_style(ours: str, theirs: str) -> None:
    assert grade(ours, theirs).agreement is Agreement.VARIANT
    assert grade(ours, theirs).score >= SAME_TITLE


@pytest.mark.parametrize(("ours", "theirs"), DIFFERENT)
def test_different(ours: str, theirs: str) -> None:
    assert grade(ours, theirs).agreement is Agreement.DIFFERS
    assert grade(theirs, ours).agreement is Agreement.DIFFERS


@pytest.mark.parametrize(("ours", "theirs"), DIFFERENT[:8])
def test_numbers_and_kinds_tell_works_apart(ours: str, theirs: str) -> None:
    assert grade(ours, theirs).score < SAME_TITLE


def test_a_reply_is_far_from_what_it_replies_to() -> None:
    assert grade("Reply to: Tidal rhythms of mudflat crabs", "Tidal rhythms of mudflat crabs").score <= SIMILAR_TITLE


def test_the_note_names_the_words_that_differ() -> None:
    assert grade("Tidal cycles of crabs", "Tidal rhythms of crabs").note == "“cycles” instead of “rhythms”"


def test_an_empty_title_says_nothing() -> None:
    assert grade("", "Tidal rhythms").agreement is Agreement.UNKNOWN
    assert grade("—", "Tidal rhythms").agreement is Agreement.UNKNOWN
