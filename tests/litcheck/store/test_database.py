"""Runs and reviews go into the store and come back as they were."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litcheck.errors import UnusableDatabase
from litcheck.findings import Comparison, Finding, FindingEvidence, Fix, Place, Severity
from litcheck.run import CheckedCitation, CheckedDocument, CheckedReference, MatchedRecord, Run, SourceUse
from litcheck.store import Store

text = st.text(st.characters(codec="utf-8"), max_size=12)
offset = st.integers(0, 2**40)
maybe_offset = st.none() | offset
share = st.floats(0, 1)
moment = st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1), timezones=st.sampled_from([UTC, timezone(timedelta(hours=-7))]))
texts = st.lists(text, max_size=3).map(tuple)
csl: st.SearchStrategy[dict[str, Any]] = st.dictionaries(
    text,
    st.recursive(
        st.none() | st.booleans() | st.integers() | share | text, lambda inner: st.lists(inner, max_size=2), max_leaves=3
    ),
)
record = st.builds(
    MatchedRecord,
    # Few values, so that records that share their key come up.
    source=st.sampled_from(["crossref", "openlibrary"]),
    doi=st.sampled_from(["", "10.5555/a"]),
    csl=csl,
    score=share,
    fields=st.dictionaries(text, share, max_size=3),
    fetched_at=st.sampled_from([datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, 0, 0, 0, 1, tzinfo=UTC)]),
    url=st.sampled_from(["", "https://example.org/1"]),
)
evidence = st.builds(
    FindingEvidence,
    source=text,
    record=text,
    url=text,
    fetched_at=st.none() | moment,
    compared=st.lists(st.builds(Comparison, field=text, manuscript=text, record=text, score=st.none() | share), max_size=2).map(
        tuple
    ),
    looked=texts,
)
finding = st.builds(
    Finding,
    code=text,
    name=text,
    severity=st.sampled_from(Severity),
    message=text,
    confidence=share,
    references=texts,
    citations=st.lists(st.integers(0, 2**20), max_size=3).map(tuple),
    start=maybe_offset,
    end=maybe_offset,
    evidence=evidence,
    fix=st.none() | st.builds(Fix, description=text, replacement=text, start=maybe_offset, end=maybe_offset, safe=st.booleans()),
    place=st.none()
    | st.builds(
        Place,
        start=offset,
        end=offset,
        line=offset,
        column=offset,
        before=text,
        quote=text,
        after=text,
        path=text,
        page=st.none() | offset,
    ),
    fingerprint=text,
)
reference = st.builds(
    CheckedReference,
    id=text,
    raw=text,
    start=maybe_offset,
    end=maybe_offset,
    csl=csl,
    status=st.sampled_from(["verified", "differs", "wrong-work", "not-found", "unverifiable", "unavailable"]),
    record=st.none() | record,
)
citation = st.builds(CheckedCitation, start=offset, end=offset, text=text, form=text, references=texts)
document = st.builds(
    CheckedDocument,
    path=text,
    sha256=text,
    format=text,
    style=text,
    references=st.lists(reference, max_size=3).map(tuple),
    citations=st.lists(citation, max_size=3).map(tuple),
    findings=st.lists(finding, max_size=3).map(tuple),
    nothing_to_check=st.booleans(),
)
any_run = st.builds(
    Run,
    id=text,
    started_at=moment,
    finished_at=moment,
    litcheck=text,
    offline=st.booleans(),
    sources=st.lists(st.builds(SourceUse, name=text, address=text, as_of=text, note=text), max_size=2).map(tuple),
    documents=st.lists(document, max_size=3).map(tuple),
    settings=text,
)


@given(run=any_run)
@settings(max_examples=40, deadline=None)
def test_a_run_comes_back_equal(run: Run) -> None:
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "runs.duckdb"
        with Store(path) as store:
            store.save_run(run)
        with Store(path, read_only=True) as store:
            assert store.load_run() == run
            assert store.load_run(run.id) == run
            assert store.load_run(run.id[:8]) == run


def test_times_come_back_in_utc(make: Any, database: Path) -> None:
    elsewhere = make.noon.astimezone(timezone(timedelta(hours=5, minutes=30)))
    with Store(database) as store:
        store.save_run(replace(make.run("one", make.document()), started_at=elsewhere))
        loaded = store.load_run()
    assert (loaded.started_at, loaded.started_at.utcoffset()) == (make.noon, timedelta(0))


def test_a_time_without_a_zone_is_refused(make: Any, database: Path) -> None:
    with Store(database) as store:
        with pytest.raises(ValueError, match="no time zone"):
            store.save_run(replace(make.run("one"), started_at=datetime(2026, 1, 1)))
        assert store.runs() == ()


def test_half_a_surrogate_pair_does_not_lose_the_run(make: Any, database: Path) -> None:
    document = make.document("a.bib")
    broken = replace(document.references[0], raw="half \ud83d", csl={"title": "half \ud83d"})
    with Store(database) as store:
        store.save_run(make.run("one", replace(document, references=(broken,))))
        stored = store.load_run().documents[0].references[0]
    assert (stored.raw, stored.csl) == ("half \ufffd", {"title": "half \ufffd"})


def test_the_latest_run_is_the_one_started_last(make: Any, database: Path) -> None:
    with Store(database) as store:
        store.save_run(make.run("newer", make.document(), hours=5))
        store.save_run(make.run("older", make.document("a.txt", make.finding()), hours=1))
        assert store.load_run().id == "newer"
        assert [(run.id, run.documents, run.references, run.errors, run.findings) for run in store.runs()] == [
            ("newer", 1, 2, 0, 0),
            ("older", 1, 2, 1, 1),
        ]


def test_a_record_is_stored_once_and_referenced(make: Any, database: Path) -> None:
    import duckdb

    with Store(database) as store:
        store.save_run(make.run("one", make.document("a.txt"), make.document("b.txt")))
        store.save_run(make.run("two", make.document("a.txt")))
    with duckdb.connect(database, read_only=True) as connection:
        assert connection.execute(
            "SELECT count(*), count(DISTINCT record_id) FROM reference WHERE record_id NOT NULL"
        ).fetchone() == (3, 1)
        assert connection.execute("SELECT source, doi FROM record").fetchall() == [("crossref", "10.5555/soil")]


def test_a_run_is_stored_once(make: Any, database: Path) -> None:
    run = make.run("one", make.document())
    with Store(database) as store:
        store.save_run(run)
        with pytest.raises(UnusableDatabase, match="holds a run 'one' already"):
            store.save_run(replace(run, documents=()))
        assert store.load_run() == run


@pytest.mark.parametrize(("run_id", "says"), [(None, "holds no run yet"), ("x", "holds no run 'x'; the newest are: none")])
def test_a_missing_run_says_what_there_is(database: Path, run_id: str | None, says: str) -> None:
    with Store(database) as store, pytest.raises(UnusableDatabase, match=says):
        store.load_run(run_id)


def test_the_last_decision_on_a_finding_counts(make: Any, database: Path) -> None:
    with Store(database) as store:
        store.save_review("f1", "accepted", "will ask the author", "Ana", make.noon)
        store.save_review("f2", "dismissed", "", "Ana", make.noon)
        store.save_review("f1", "dismissed", "a reprint", "Ben", make.noon + timedelta(days=1))
    with Store(database, read_only=True) as store:
        decisions = store.decisions()
    assert {key: (review.decision, review.note, review.who, review.decided_at) for key, review in decisions.items()} == {
        "f1": ("dismissed", "a reprint", "Ben", make.noon + timedelta(days=1)),
        "f2": ("dismissed", "", "Ana", make.noon),
    }


def test_a_closed_store_says_so(database: Path) -> None:
    with pytest.raises(RuntimeError, match="with statement"):
        Store(database).runs()


def test_importing_the_store_imports_neither_duckdb_nor_pyarrow() -> None:
    code = "import sys, litcheck.store; print([m for m in ('duckdb', 'pyarrow') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
