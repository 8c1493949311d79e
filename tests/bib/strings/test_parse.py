"""Free-text references of many styles."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bib.folding import fold
from bib.model import SEGMENT_LABELS, Name, ParseFailure, Reference, Segment, Span
from bib.strings import parse_reference, parse_references
from bib.strings.decoding import Labelling
from bib.strings.labels import LABELS
from bib.strings.notes import take_notes
from bib.strings.segmentation import LONGEST, segments_of
from bib.strings.tokens import tokenise

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "references.yaml").read_text(encoding="utf-8"))
FIELDS = (
    "label", "authors", "editors", "year", "year_suffix", "status", "title", "container_title", "volume", "issue", "page",
    "edition", "publisher", "publisher_place", "doi", "arxiv", "pmid", "url", "type",
)  # fmt: skip


def written(name: Name) -> str:
    if name.literal:
        return f"= {name.literal}"
    return " | ".join(part for part in (name.full_family, name.given, name.suffix) if part)


def fields_of(reference: Reference) -> dict[str, Any]:
    fields: dict[str, Any] = {name: getattr(reference, name) for name in FIELDS}
    fields["authors"] = [written(name) for name in reference.authors] + (["…"] if reference.authors_truncated else [])
    fields["editors"] = [written(name) for name in reference.editors]
    return {name: value for name, value in fields.items() if value}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_field_is_read(case: dict[str, Any]) -> None:
    reference = parse_reference(case["raw"], id="r1")
    assert isinstance(reference, Reference), reference
    said = fields_of(reference)
    expected = {name: case[name] for name in FIELDS if name in case}
    if "checks" in case:
        said = {name: value for name, value in said.items() if name in case["checks"]}
    assert said == expected


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", "the entry is empty"),
        (" \n ", "the entry is empty"),
        ("Lind, J. Moss on walls. Moss.", "no year was found"),
        ("2010.", "neither an author nor a title was found"),
    ],
)
def test_what_cannot_be_parsed_is_a_failure_with_its_reason(raw: str, reason: str) -> None:
    entry = parse_reference(raw, id="x", span=Span(3, 9))
    assert isinstance(entry, ParseFailure)
    assert (entry.id, entry.raw, entry.span, entry.reason) == ("x", raw, Span(3, 9), reason)


def test_segments_are_literal_pieces_of_the_string() -> None:
    raw = "[2] Lind, J. (2019). Moss on *walls*. *Moss*, *12*(3), 101–119. https://doi.org/10.5555/x"
    reference = parse_reference(raw, id="r")
    assert isinstance(reference, Reference)
    pieces = {segment.label: segment.text for segment in reference.segments}
    assert pieces == {
        "label": "2",
        "author": "Lind, J.",
        "date": "2019",
        "title": "Moss on *walls*.",
        "container": "Moss",
        "volume": "12",
        "issue": "3",
        "pages": "101–119",
        "doi": "https://doi.org/10.5555/x",
    }
    assert reference.title == "Moss on walls"
    assert reference.doi_printed == "https://doi.org/10.5555/x"


def test_a_list_is_parsed_in_order_with_failures_in_their_places() -> None:
    raws = [CASES[0]["raw"], "", CASES[5]["raw"]]
    entries = parse_references(raws, ids=["a", "b", "c"], spans=[Span(0, 5), Span(6, 6), None])
    assert [entry.id for entry in entries] == ["a", "b", "c"]
    assert [type(entry) for entry in entries] == [Reference, ParseFailure, Reference]
    assert [entry.span for entry in entries] == [Span(0, 5), Span(6, 6), None]


PIECES = st.sampled_from(
    [
        *(word for case in CASES for word in case["raw"].split(" ")),
        "(",
        ")",
        "“",
        "*",
        "_",
        "[1]",
        ".",
        ",",
        ";",
        "\n",
        "10.5555/",
        "https://",
        "In:",
        "et al.",
        "…",
        "é",
        "—",
    ]
)


@given(st.lists(PIECES, max_size=40).map(" ".join) | st.lists(PIECES, max_size=20).map("".join) | st.text(max_size=200))
def test_nothing_raises_and_segments_do_not_overlap(raw: str) -> None:
    entry = parse_reference(raw, id="x")
    assert entry.raw == raw
    told = entry if isinstance(entry, Reference) else entry.partial
    if told:
        check_segments(raw, told.segments)
        assert 0 <= told.confidence <= 1
    if isinstance(entry, Reference):
        assert entry.authors or entry.editors or entry.title


def check_segments(raw: str, segments: tuple[Segment, ...]) -> None:
    end = 0
    for segment in segments:
        assert end <= segment.start < segment.end <= len(raw)
        assert raw[segment.start : segment.end] == segment.text
        assert segment.label in SEGMENT_LABELS
        assert 0 <= segment.confidence <= 1
        end = segment.end


@given(st.lists(PIECES, max_size=30).map(" ".join), st.randoms(use_true_random=False))
def test_segments_are_literal_and_apart_whatever_the_tagger_says(raw: str, draw: random.Random) -> None:
    notes = take_notes(raw)
    tokens = tokenise(raw, notes.holes)
    labels, label = [], 0
    for _ in range(len(tokens)):
        label = draw.choice((label, label, draw.randrange(len(LABELS))))
        labels.append(label)
    labelling = Labelling(np.array(labels, dtype=np.int8), np.full(len(tokens), 0.5, dtype=np.float32))
    check_segments(raw, segments_of(raw, tokens, labelling, notes))


def test_what_an_entry_without_a_year_holds_is_kept_beside_the_failure() -> None:
    entry = parse_reference("Lind, J., & Moor, B. Moss on walls of stone. Journal of Moss Studies, 12(3), 101–119.", id="x")
    assert isinstance(entry, ParseFailure)
    assert entry.partial is not None
    assert entry.partial.title == "Moss on walls of stone"
    assert [name.family for name in entry.partial.authors] == ["Lind", "Moor"]


def test_a_string_is_read_as_far_as_the_limits_and_no_further() -> None:
    names = ", ".join(f"Lind{chr(97 + place % 26)} J" for place in range(2000))
    entry = parse_reference(f"{names}. Moss on walls. Moss Stud. 2001;12:3-9.", id="x")
    told = entry if isinstance(entry, Reference) else entry.partial
    assert told is not None
    assert len(told.authors) > 300
    assert all(segment.end <= LONGEST for segment in told.segments)


@pytest.mark.parametrize(
    "raw",
    [
        "Lind J. Moss (in Polısh). Moss. 2001;1:2.",
        "Lind, J. (2020, Aprıl 3). Moss.",
        "Lind, J. Moss. Retrieved 3 Aprıl 2020, from https://example.org/moss",
    ],
)
def test_letters_that_only_look_like_others_do_no_harm(raw: str) -> None:
    entry = parse_reference(raw, id="x")
    assert isinstance(entry, Reference)
    assert entry.year in (2001, 2020)
    assert entry.issued is None or entry.issued.month is None or "Aprıl" not in raw


@pytest.mark.parametrize(
    "unit", ["(((((", "A, A, A, A", "Aa-", "A-", "“", "‘a’,", "In: ", "A. ", "* ", "accessed 2010 ", "1(", "A", "de la A ", "1-"]
)
def test_a_megabyte_of_nonsense_is_kept_as_it_is(unit: str) -> None:
    raw = unit * (1_000_000 // len(unit))
    assert parse_reference(raw, id="x").raw == raw


def test_a_dash_repeats_the_authors_of_the_entry_before() -> None:
    raws = ["Lind, Jan. Moss. Oslo: Fern Press, 1980.", "———. More moss. Oslo: Fern Press, 1982."]
    first, second = parse_references(raws, ids=["a", "b"])
    assert isinstance(first, Reference)
    assert isinstance(second, Reference)
    assert [name.family for name in second.authors] == [name.family for name in first.authors] == ["Lind"]
    assert second.title == "More moss"


def test_loose_punctuation_from_a_pdf_does_not_hide_the_fields() -> None:
    raw = "N. Kim and J. Lind , ``Moss in the bulk ,'' Phys .Rev .B , vol .94 , p .165164 ( 2016) ."
    reference = parse_reference(raw, id="r")
    assert isinstance(reference, Reference)
    assert (reference.title, reference.volume, reference.page, reference.year) == ("Moss in the bulk", "94", "165164", 2016)
    assert all(raw[segment.start : segment.end] == segment.text for segment in reference.segments)


def test_a_web_page_without_a_date_is_dated_by_its_access() -> None:
    reference = parse_reference("Moss Office. Moss atlas. https://example.org/atlas. Accessed 3 May 2021.", id="r")
    assert isinstance(reference, Reference)
    assert reference.year == 2021
    assert reference.accessed is not None
    assert (reference.accessed.month, reference.accessed.day) == (5, 3)


#: Shares of 1,500 publishers' references read right; measured: families 0.96, title 0.91, all fields 0.82.
FAMILIES, TITLES = 0.93, 0.89


def test_real_references(shared_data: Path) -> None:
    lines = (shared_data / "references" / "jats-dev.jsonl").read_text(encoding="utf-8").splitlines()
    families = titles = 0
    for row in map(json.loads, lines):
        entry = parse_reference(row["raw"], id=row["id"])
        if isinstance(entry, Reference):
            said = [fold(name.full_family).replace(" ", "") for name in entry.authors or entry.editors]
            families += said == [fold(family).replace(" ", "") for family in row["fields"]["families"] if fold(family)]
            titles += fold(entry.title) == fold(row["fields"]["title"])
    assert families >= FAMILIES * len(lines)
    assert titles >= TITLES * len(lines)
