"""The editable word lists."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from bib.wordlists import alternatives_of, lines_of, pairs_of, words_of

LISTS = sorted(
    entry.name.removesuffix(".txt") for entry in files("bib").joinpath("data").iterdir() if entry.name.endswith(".txt")
)


@pytest.mark.parametrize("name", LISTS)
def test_every_list_has_entries_and_no_repetition(name: str) -> None:
    lines = lines_of(name)
    assert lines
    assert len(set(lines)) == len(lines)


def test_a_comment_is_no_entry() -> None:
    assert not any("#" in line for line in lines_of("particles"))


def test_pairs_know_every_spelling() -> None:
    months = pairs_of("months")
    assert months["march"] == months["março"] == months["märz"] == "3"


def test_alternatives_prefer_the_longest() -> None:
    match = re.match(alternatives_of("particles"), "della Rovere")
    assert match is not None
    assert match.group() == "della"
    assert "de" in words_of("particles")
