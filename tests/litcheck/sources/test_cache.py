"""The cache: it keeps, it forgets, it is shared, and it never stands in the way."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from litcheck.evidence import Found, NotFound, Registration
from litcheck.sources import cache_file
from litcheck.sources.cache import EMPTY_SEARCH_AGE, FOUND_AGE, MISSING_AGE, RecordCache
from litcheck.sources.cache_file import VERSION, default_path
from tests.made_up_works import made_up_work

API = "https://api.example"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "er" / "records.sqlite"


def dois(known: dict[str, Found | NotFound]) -> dict[str, list[str]]:
    return {key: [r.doi for r in answer.records] if isinstance(answer, Found) else [] for key, answer in known.items()}


def test_works_searches_and_registrations_are_kept(path: Path) -> None:
    with RecordCache(path) as cache:
        cache.keep_works("crossref", API, {"10.5555/work.1": made_up_work(1), "10.5555/none": None})
        cache.keep_search("crossref", API, "marsh plants", [made_up_work(2), made_up_work(3)])
        cache.keep_search("crossref", API, "nothing like it", [])
        cache.keep_registration("doi.org", API, "10.5281/a", "DataCite")
        cache.keep_registration("doi.org", API, "10.5281/b", None)
    with RecordCache(path) as cache:
        works = cache.works("crossref", ["10.5555/work.1", "10.5555/none", "10.5555/never.asked"])
        assert dois(works) == {"10.5555/work.1": ["10.5555/work.1"], "10.5555/none": []}
        searches = cache.searches("crossref", ["marsh plants", "nothing like it", "never asked"])
        assert dois(searches) == {"marsh plants": ["10.5555/work.2", "10.5555/work.3"], "nothing like it": []}
        assert cache.registrations("doi.org", ["10.5281/a", "10.5281/b", "10.5281/c"]) == {
            "10.5281/a": Registration(source="doi.org", agency="DataCite"),
            "10.5281/b": NotFound(source="doi.org", complete=True, address=API),
        }
        assert cache.works("another source", ["10.5555/work.1"]) == {}
    found = works["10.5555/work.1"]
    assert isinstance(found, Found)
    assert found.records[0].url == f"{API}/works/10.5555%2Fwork.1"
    assert abs(found.records[0].fetched_at.timestamp() - time.time()) < 60
    assert works["10.5555/none"] == NotFound(source="crossref", address=f"{API}/works/10.5555%2Fnone")


def test_what_another_address_answered_is_no_answer(path: Path) -> None:
    with RecordCache(path) as cache:
        cache.keep_works("crossref", "http://mirror.example", {"10.5555/work.1": None})
        cache.keep_search("crossref", "http://mirror.example", "marsh plants", [])
        cache.keep_registration("doi.org", "http://mirror.example/api/handles/10.5281%2Fa", "10.5281/a", None)
        cache.keep_registration("doi.org", f"{API}/api/handles/10.5281%2Fb", "10.5281/b", None)
    with RecordCache(path, addresses={"crossref": API, "doi.org": API}) as cache:
        assert cache.works("crossref", ["10.5555/work.1"]) == {}
        assert cache.searches("crossref", ["marsh plants"]) == {}
        assert list(cache.registrations("doi.org", ["10.5281/a", "10.5281/b"])) == ["10.5281/b"]
    with RecordCache(path, addresses={"crossref": "http://mirror.example"}) as cache:
        assert list(cache.works("crossref", ["10.5555/work.1"])) == ["10.5555/work.1"]


def test_the_work_of_an_alias_says_so(path: Path) -> None:
    with RecordCache(path) as cache:
        cache.keep_works("crossref", API, {"10.9999/old": made_up_work(1)})
        found = cache.works("crossref", ["10.9999/old"])["10.9999/old"]
    assert isinstance(found, Found)
    assert found.records[0].aliases == ("10.9999/old",)


def test_only_what_a_record_needs_is_kept(path: Path) -> None:
    with RecordCache(path) as cache:
        cache.keep_works("crossref", API, {"10.5555/work.1": made_up_work(1, reference=[{"key": "secret"}])})
    assert b"secret" not in b"".join(file.read_bytes() for file in path.parent.iterdir())


@pytest.mark.parametrize(
    ("keep", "recall", "age"),
    [
        (lambda c: c.keep_works("s", API, {"k": made_up_work(1)}), lambda c: c.works("s", ["k"]), FOUND_AGE),
        (lambda c: c.keep_works("s", API, {"k": None}), lambda c: c.works("s", ["k"]), MISSING_AGE),
        (lambda c: c.keep_search("s", API, "k", [made_up_work(1)]), lambda c: c.searches("s", ["k"]), FOUND_AGE),
        (lambda c: c.keep_search("s", API, "k", []), lambda c: c.searches("s", ["k"]), EMPTY_SEARCH_AGE),
        (lambda c: c.keep_registration("s", API, "k", "mEDRA"), lambda c: c.registrations("s", ["k"]), FOUND_AGE),
        (lambda c: c.keep_registration("s", API, "k", None), lambda c: c.registrations("s", ["k"]), MISSING_AGE),
    ],
)
def test_answers_grow_old(
    keep: Callable[[RecordCache], None], recall: Callable[[RecordCache], dict[str, Any]], age: int, path: Path
) -> None:
    now = 1_800_000_000.0
    with RecordCache(path, clock=lambda: now) as cache:
        keep(cache)
    with RecordCache(path, clock=lambda: now + age - 1) as cache:
        assert list(recall(cache)) == ["k"]
    with RecordCache(path, clock=lambda: now + age) as cache:
        assert recall(cache) == {}
    with sqlite3.connect(path) as database:
        assert database.execute("SELECT count(*) FROM answer").fetchone() == (0,)


def test_thousands_of_dois_at_once(path: Path) -> None:
    works = {f"10.5555/work.{n}": made_up_work(n) for n in range(3000)}
    with RecordCache(path) as cache:
        cache.keep_works("crossref", API, works)
        assert len(cache.works("crossref", works)) == 3000


def damage_header(path: Path) -> None:
    path.write_bytes(b"this is no database, and it is long enough to be read as one" * 100)


def damage_middle(path: Path) -> None:
    with RecordCache(path) as cache:
        cache.keep_works("crossref", API, {f"10.5555/work.{n}": made_up_work(n) for n in range(500)})
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)


def make_directory(path: Path) -> None:
    path.mkdir()


def make_foreign(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE answer (question TEXT)")


def make_newer(path: Path) -> None:
    with RecordCache(path) as cache:
        cache.keep_works("crossref", API, {"10.5555/work.1": None})
    with sqlite3.connect(path) as database:
        database.execute(f"PRAGMA user_version = {VERSION + 1}")


@pytest.mark.parametrize("damage", [damage_header, damage_middle, make_directory, make_foreign, make_newer])
def test_whatever_is_wrong_with_the_file_is_one_warning(
    damage: Callable[[Path], None], path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path.parent.mkdir(parents=True)
    damage(path)
    with caplog.at_level(logging.WARNING), RecordCache(path) as cache:
        for _ in range(3):
            cache.keep_works("crossref", API, {"10.5555/work.1": made_up_work(1)})
            assert cache.works("crossref", ["10.5555/work.1"]) == {}
    assert [str(path) in record.getMessage() for record in caplog.records] == [True]


def test_a_file_that_is_no_database_is_not_moved(path: Path) -> None:
    path.parent.mkdir(parents=True)
    damage_header(path)
    before = path.read_bytes()
    with RecordCache(path) as cache:
        assert cache.works("crossref", ["10.5555/work.1"]) == {}
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_damaged_file_is_moved_aside_and_the_next_run_has_a_new_one(path: Path) -> None:
    path.parent.mkdir(parents=True)
    damage_middle(path)
    with RecordCache(path) as cache:
        assert cache.works("crossref", [f"10.5555/work.{n}" for n in range(500)]) == {}
    assert Path(f"{path}.damaged").exists()
    with RecordCache(path) as cache:
        cache.keep_works("crossref", API, {"10.5555/work.1": made_up_work(1)})
        assert len(cache.works("crossref", ["10.5555/work.1"])) == 1


@pytest.mark.parametrize("damage", [make_foreign, make_newer])
def test_a_file_of_someone_else_is_left_as_it_is(damage: Callable[[Path], None], path: Path) -> None:
    path.parent.mkdir(parents=True)
    damage(path)
    with sqlite3.connect(path) as database:
        before = list(database.iterdump())
    with RecordCache(path) as cache:
        cache.keep_works("crossref", API, {"10.5555/work.2": made_up_work(2)})
    with sqlite3.connect(path) as database:
        assert list(database.iterdump()) == before


def test_a_place_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with RecordCache(tmp_path / "file" / "records.sqlite") as cache:
        cache.keep_works("crossref", API, {"10.5555/work.1": made_up_work(1)})
        assert cache.works("crossref", ["10.5555/work.1"]) == {}


def test_what_a_locked_file_holds_can_still_be_read(
    path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("litcheck.sources.cache_file.PATIENCE", 0.05)
    with RecordCache(path) as cache:
        cache.keep_works("crossref", API, {"10.5555/work.1": made_up_work(1)})
        with sqlite3.connect(path, isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            for _ in range(3):
                cache.keep_works("crossref", API, {"10.5555/work.2": made_up_work(2)})
            assert list(cache.works("crossref", ["10.5555/work.1", "10.5555/work.2"])) == ["10.5555/work.1"]
            other.execute("ROLLBACK")
        other.close()
    assert len(caplog.records) == 1


def write_many(path: Path, first: int) -> None:
    # On a machine that does much else, three writers may wait for each other longer than a user would.
    cache_file.PATIENCE = 60
    with RecordCache(path) as cache:
        for number in range(first, first + 100):
            cache.keep_works("crossref", API, {f"10.5555/work.{number}": made_up_work(number)})


def write_for_ever(path: Path) -> None:
    with RecordCache(path) as cache:
        number = 0
        while True:
            cache.keep_works("crossref", API, {f"10.5555/work.{number}": made_up_work(number)})
            number += 1


def test_processes_share_the_file(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write_many, args=(path, 1000 * n)) for n in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    with RecordCache(path) as cache:
        wanted = [f"10.5555/work.{1000 * n + k}" for n in range(3) for k in range(100)]
        assert len(cache.works("crossref", wanted)) == 300


def test_a_killed_process_leaves_a_good_file(path: Path) -> None:
    writer = multiprocessing.get_context("spawn").Process(target=write_for_ever, args=(path,))
    writer.start()
    with RecordCache(path) as cache:
        deadline = time.monotonic() + 30
        while not cache.works("crossref", ["10.5555/work.20"]) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert writer.pid is not None
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
    with RecordCache(path) as cache:
        assert len(cache.works("crossref", [f"10.5555/work.{n}" for n in range(21)])) == 21
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_usual_place_is_the_platforms() -> None:
    assert default_path().name == "records.sqlite"
    assert "litcheck" in default_path().parts
