"""Compact records: less disk, and not a word less of what a check reads."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcheck.evidence import Record
from litcheck.sources.crossref_records import FIELDS, record_from_crossref
from litcheck.sources.local_index import build_index, read_info, update_index
from litcheck.sources.local_index.compacting import DATE_LETTERS, LETTERS, compact_work, expand_work
from litcheck.sources.local_index.reduction import DATES, encode_work, rank, reduce_work
from litcheck.sources.local_index.terms import work_terms
from tests.made_up_works import made_up_work

FULL = made_up_work(
    1,
    author=[
        {"family": "Lund", "given": "Ada", "sequence": "first", "ORCID": "0000"},
        {"family": "Roe", "given": "J.", "suffix": "Jr."},
        {"name": "Tower Society"},
        {"literal": "Friends of Towers"},
        {"given": "Plato"},
        {"family": "Li"},
    ],
    editor=[{"family": "Berg", "given": "Bo"}],
    subtitle=["A subtitle"],
    published_print={"date-parts": [[2020, 1, 2]]},
    published_online={"date-parts": [[2019]]},
    posted={"date-parts": [[2018, 12]]},
    content_created={"date-parts": [[2017]]},
    journal_issue={"issue": "3", "published-print": {"date-parts": [[2021]]}},
    updated_by=[{"DOI": "10.5555/n", "type": "retraction", "source": "publisher", "updated": {"date-parts": [[2022, 5, 6]]}}],
    relation={"is-preprint-of": [{"id-type": "doi", "id": "10.5555/p"}]},
    aliases=["10.5555/alias"],
    indexed={"timestamp": 1_700_000_000_000},
    abstract="left out",
    URL="left out too",
)
ODD = {
    "DOI": "10.1000/odd", "title": 3, "author": [{"family": ["x"]}, {"family": " ", "name": "Blank"}, {"name": 4}, {"given": 3}],
    "issued": {"date-parts": [[None]]}, "volume": 4, "page": {}, "published-print": {"date-parts": []},
    "posted": {"date-parts": [[True]]}, "published-online": {"date-parts": "2019"}, "journal-issue": {"published-print": 4},
    "aliases": [None, "10.1000/alias"], "indexed": [], "subtitle": [None, "a"], "type": ["x"], "relation": [],
    "editor": [{"name": ""}],
}  # fmt: skip


def record(work: dict[str, Any]) -> Record:
    return record_from_crossref(work, source="index:x", url="", fetched_at=datetime(2026, 1, 1, tzinfo=UTC))


def stored_and_read(work: dict[str, Any]) -> dict[str, Any]:
    return expand_work(json.loads(encode_work(compact_work(work))))


def check_same(items: Iterable[dict[str, Any]]) -> None:
    for item in items:
        work = reduce_work(item)
        read = stored_and_read(work)
        assert record(read) == record(work)
        assert work_terms(read) == work_terms(work)
        assert rank(read)[0] == rank(work)[0]


def test_a_compact_work_gives_the_same_record_terms_and_time() -> None:
    check_same([FULL, ODD, {"DOI": "10.1000/bare"}])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(max_size=6).filter(lambda text: text.isprintable()),
    lambda value: (
        st.lists(value, max_size=3) | st.dictionaries(st.sampled_from(("date-parts", "family", "given", "name", "DOI")), value)
    ),
    max_leaves=6,
)


@given(work=st.dictionaries(st.sampled_from((*FIELDS, "indexed")), JSON))
def test_whatever_a_work_holds_its_compact_form_says_the_same(work: dict[str, Any]) -> None:
    check_same([work])


def test_real_works_come_out_as_they_went_in(shared_data: Path) -> None:
    with gzip.open(shared_data / "works" / "crossref-recorded.jsonl.gz", "rt", encoding="utf-8") as lines:
        check_same(map(json.loads, islice(lines, 0, None, 4)))


@pytest.mark.parametrize("damaged", [[], [1, 2, 3], ["10.1000/a", "", "", [], [], {}], ["10.1000/a", "", "", 3, {}, {}]])
def test_what_is_no_compact_work_is_an_error(damaged: list[Any]) -> None:
    with pytest.raises(ValueError):
        expand_work(damaged)


def test_no_letter_means_two_fields() -> None:
    assert len(set(LETTERS.values())) == len(LETTERS)
    assert len(set(DATE_LETTERS.values())) == len(DATE_LETTERS)
    assert LETTERS.keys() <= {*FIELDS, "indexed"}
    assert DATE_LETTERS.keys() <= set(DATES)


def test_a_compact_index_takes_less_disk_and_stays_compact(tmp_path: Path) -> None:
    source = tmp_path / "works.jsonl"
    works = [{**FULL, "DOI": f"10.5555/{number}", "title": [f"Tower {number}"]} for number in range(2000)]
    source.write_text("\n".join(map(json.dumps, works)), encoding="utf-8")

    full, compact = (build_index([source], tmp_path / f"{compact}", compact=compact) for compact in (False, True))
    updated = update_index(tmp_path / "True", [source])

    assert (full.compact, compact.compact, updated.compact) == (False, True, True)
    assert read_info(tmp_path / "True") == updated
    assert compact.size < 0.8 * full.size
