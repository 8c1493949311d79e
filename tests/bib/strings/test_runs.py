"""Labels of tokens to runs of fields."""

from __future__ import annotations

import pytest

from bib.strings.labels import INDEX, LABELS
from bib.strings.runs import find_runs
from bib.strings.tokens import tokenise

SHORT = {"a": "author", "t": "title", "c": "container", "d": "date", "v": "volume", "i": "issue", "p": "pages", "o": "other"}


def runs_of(text: str, labels: str) -> list[tuple[str, str]]:
    """Field and words of each run; ``labels`` has a letter for each token."""
    tokens = tokenise(text)
    assert len(tokens) == len(labels), tokens.words
    found = find_runs(tokens, [INDEX[SHORT[letter]] for letter in labels])
    return [(LABELS[run.label], " ".join(tokens.words[run.first : run.last + 1])) for run in found]


@pytest.mark.parametrize(
    ("text", "labels", "expected"),
    [
        ("Moss of stone", "ttt", [("title", "Moss of stone")]),
        ("Moss: of stone", "tott", [("title", "Moss : of stone")]),
        ("Moss and Fern", "aoa", [("author", "Moss and Fern")]),
        ("Moss from old Fern", "aooa", [("author", "Moss"), ("author", "Fern")]),
        ("5;386", "vov", [("volume", "5"), ("volume", "386")]),
        ("14, no. 2", "vvvvv", [("volume", "14 , no . 2")]),
        ("Moss, n. 45", "cooov", [("container", "Moss"), ("issue", "45")]),
        ("Moss 3, n. 45", "cvoooi", [("container", "Moss"), ("volume", "3"), ("issue", "45")]),
        ("Moss, vol. 45", "cooov", [("container", "Moss"), ("volume", "45")]),
        ("12-13", "vov", [("volume", "12 - 13")]),
        ("178-179", "voi", [("volume", "178 - 179")]),
        ("Lind F, Moor SR. Fern: A tool", "aaoaaoaott", [("author", "Lind F , Moor SR"), ("title", "Fern : A tool")]),
        ("Lind F. Fern: A tool", "aaoaott", [("author", "Lind F"), ("title", "Fern : A tool")]),
        ("K. Lind: A tool", "aaaott", [("author", "K . Lind"), ("title", "A tool")]),
        ("Lind, K. Moor: A tool", "aoaoaott", [("author", "Lind , K . Moor"), ("title", "A tool")]),
        ("2-3", "voi", [("volume", "2"), ("issue", "3")]),
        ("1" * 5000 + "-" + "2" * 5000, "voi", [("volume", "1" * 5000), ("issue", "2" * 5000)]),
        ("Moss, e-Fern", "tococ", [("title", "Moss"), ("container", "e - Fern")]),
        ("178-3", "voi", [("volume", "178"), ("issue", "3")]),
        ("Moss, cap. 4", "cooov", [("container", "Moss")]),
        ("Moss, cap. 4", "coooi", [("container", "Moss")]),
        ("Moss, Fern, and Stone", "totocc", [("title", "Moss , Fern , and Stone")]),
        ("Moss, and", "toc", [("title", "Moss , and")]),
        ("Moss. and Stone", "tocc", [("title", "Moss"), ("container", "and Stone")]),
        ("12 1–5", "voop", [("volume", "12"), ("pages", "1 – 5")]),
        ("12 1–5", "vpoo", [("volume", "12"), ("pages", "1 – 5")]),
    ],
)
def test_tokens_of_one_field_are_one_run(text: str, labels: str, expected: list[tuple[str, str]]) -> None:
    assert runs_of(text, labels) == expected


def test_a_year_behind_the_title_is_part_of_it_where_there_is_another() -> None:
    assert runs_of("2004 Moss 2011", "dtd") == [("date", "2004"), ("title", "Moss 2011")]
    assert runs_of("2004 Moss, 2011", "dtod") == [("date", "2004"), ("title", "Moss , 2011")]
    assert runs_of("2004 Moss. 2011", "dtod") == [("date", "2004"), ("title", "Moss"), ("date", "2011")]
    assert runs_of("Moss 2011", "td") == [("title", "Moss"), ("date", "2011")]
