from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bib.formats.csl_json import read_csl_json
from bib.model import Entry, ParseFailure, Reference

A = {"id": "a", "title": "On rivers"}
B = {"id": "b", "author": [{"family": "Lee"}]}


def ids(entries: tuple[Entry, ...]) -> list[str]:
    assert all(isinstance(entry, Reference) for entry in entries), entries
    return [entry.id for entry in entries]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([A, B]),
        json.dumps([A, B], indent=2),
        "\ufeff" + json.dumps([A, B], indent=2).replace("\n", "\r\n"),
        json.dumps({"items": [A, B]}),
        json.dumps({"status": "ok", "message": {"total": 2, "items": [A, B]}}),
        f"{json.dumps(A)}\n{json.dumps(B)}\n",
    ],
)
def test_every_usual_shape_of_a_file(text: str) -> None:
    entries = read_csl_json(text)
    assert ids(entries) == ["a", "b"]
    assert all(entry.span and entry.span.of(text) == entry.raw for entry in entries)
    assert json.loads(entries[0].raw) == A


def test_a_single_item_and_items_with_the_same_id() -> None:
    assert ids(read_csl_json(json.dumps(A))) == ["a"]
    assert ids(read_csl_json(json.dumps([A, A | {"title": "Another"}, {"title": "Without"}, A | {"id": 7}]))) == [
        "a",
        "line 1",
        "line 1.2",
        "7",
    ]


@pytest.mark.parametrize(
    ("broken", "line", "reason"),
    [
        ('{"id": "x", "title": "T" "volume": 1}', 2, "line 2, column 26: expecting ',' delimiter"),
        ('{"id": "x",\n "title": "no end\n}', 3, "line 3, column 18: invalid control character"),
        ('{"id": "x", "title": "T"', 3, "line 3, column 1: expecting property name"),
        ('{"id": "x", "title": T}', 2, "line 2, column 22: expecting value"),
        ('{"id": "x", "author": [{"family": "Lee"}, "title": "T"}', 2, "expecting ',' delimiter"),
        ('"not an object"', 2, "no object"),
        ('{"id": "x", "volume": "3"}', 2, "neither an author nor a title"),
    ],
)  # fmt: skip
def test_a_broken_item_is_named_and_the_others_are_read(broken: str, line: int, reason: str) -> None:
    text = f"[{json.dumps(A)},\n{broken},\n{json.dumps(B)}]"
    first, failure, last = read_csl_json(text)
    assert ids((first, last)) == ["a", "b"]
    assert isinstance(failure, ParseFailure)
    assert failure.line == line
    assert reason in failure.reason
    assert failure.span
    assert failure.span.of(text) == failure.raw == broken


def test_a_file_that_is_cut_off() -> None:
    first, failure = read_csl_json(f'[{json.dumps(A)},\n{{"id": "b", "ti')
    assert isinstance(first, Reference)
    assert isinstance(failure, ParseFailure)
    assert failure.line == 2


@pytest.mark.parametrize("text", ["[" * 100_000, '{"id":' * 100_000, "[" + "1" * 10_000 + "]", '[{"id":{' * 1000])
def test_what_python_itself_refuses_to_parse_is_a_failure(text: str) -> None:
    assert all(isinstance(entry, ParseFailure) for entry in read_csl_json(text))


def test_half_characters_become_whole() -> None:
    (entry,) = read_csl_json('[{"id": "\\ud800", "title": "\\udfffT", "volume": 12345678901234567890}]')
    assert isinstance(entry, Reference)
    assert (entry.id, entry.title, entry.volume) == ("?", "?T", "12345678901234567890")


@given(
    st.lists(
        st.sampled_from(
            ["[", "]", "{", "}", '"id":', '"title":', '"', ",", "1", "x", "\n", '{"id": "a", "title": "A"}', "null", "\\"]
        )
    ).map("".join)
)
def test_any_text_gives_entries_in_order_under_unlike_ids(text: str) -> None:
    entries = read_csl_json(text)
    assert len({entry.id for entry in entries}) == len(entries)
    spans = [entry.span for entry in entries if entry.span]
    assert spans == sorted(spans)
    assert all(entry.span and entry.span.of(text) == entry.raw for entry in entries)
