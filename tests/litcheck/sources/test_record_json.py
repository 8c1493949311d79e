"""Records as the cache keeps them come back as they were."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bib.model import Name
from litcheck.evidence import PublicationYear, Record, Relation, Update
from litcheck.sources.record_json import record_to_json, records_from_json

FETCHED = datetime(2026, 11, 1, tzinfo=UTC)

FULL = Record(
    source="datacite",
    doi="10.1/a",
    url="https://doi.org/10.1/a",
    fetched_at=FETCHED,
    type="dataset",
    titles=("One", "Two"),
    subtitles=("three",),
    authors=(Name(family="Berg", given="P", non_dropping_particle="van der"), Name(literal="Group")),
    editors=(Name(family="Reyes"),),
    years=(PublicationYear(kind="print", year=2019),),
    containers=("Journal",),
    updates=(Update(kind="retraction", doi="10.1/r", date=date(2020, 1, 2), source="publisher"), Update(kind="erratum")),
    relations=(Relation(kind="is-preprint-of", id_type="doi", id="10.1/b"),),
    isbns=("9780000000002",),
    curated=False,
)
BARE = Record(source="datacite", doi="", url="", fetched_at=FETCHED)


@pytest.mark.parametrize("record", [FULL, BARE])
def test_a_record_comes_back_as_it_was(record: Record) -> None:
    kept = json.loads(json.dumps([record_to_json(record)]))
    assert records_from_json(kept, source="datacite", fetched_at=FETCHED) == (record,)


@pytest.mark.parametrize(
    "kept", [None, 1, "a", [1], [{"unknown": 1}], [{"authors": [1]}], [{"updates": [{"kind": "x", "date": "y"}]}]]
)
def test_what_another_version_kept_counts_as_not_kept(kept: Any) -> None:
    assert records_from_json(kept, source="datacite", fetched_at=FETCHED) == ()


@given(
    st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda x: st.lists(x) | st.dictionaries(st.text(max_size=5), x))
)
def test_nothing_kept_raises(kept: Any) -> None:
    assert isinstance(records_from_json(kept, source="x", fetched_at=FETCHED), tuple)
