"""The word lists are lists of words: nothing twice, nothing that its reader cannot use."""

from __future__ import annotations

from pathlib import Path

import pytest

import litcheck.citations
from litcheck.citations.wordlists import groups_of, lines_of, phrases_of

NAMES = sorted(path.stem for path in (Path(litcheck.citations.__file__).parent / "data").glob("*.txt"))


@pytest.mark.parametrize("name", NAMES)
def test_no_entry_stands_twice(name: str) -> None:
    lines = lines_of(name)
    assert lines
    assert sorted(set(lines)) == sorted(lines)


def test_phrases_are_tried_longest_first() -> None:
    for group in phrases_of("et_al").values():
        assert [len(phrase) for phrase in group] == sorted((len(phrase) for phrase in group), reverse=True)


def test_words_in_place_of_a_year_have_a_group() -> None:
    assert groups_of("publication_status")["in press"] == "in-press"
    assert groups_of("publication_status")["n d"] == "no-date"
