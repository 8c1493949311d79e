"""A database that cannot be used says why and what to do, and what was committed survives a killed process."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from litcheck.errors import UnusableDatabase
from litcheck.store import Store
from litcheck.store.opening import explain

BLOCK = 4096


def _sqlite(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE a (b)")
    connection.commit()
    connection.close()


def _duckdb(sql: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        with duckdb.connect(path) as connection:
            connection.execute(sql)

    return make


UNUSABLE: dict[str, tuple[Callable[[Path], object], str]] = {
    "directory": (Path.mkdir, "a directory; name a file"),
    "empty": (Path.touch, "an empty file"),
    "text": (lambda path: path.write_text("Dear editor,\n" * 2000), "not a DuckDB database, or damaged"),
    "sqlite": (_sqlite, "a database, but not of DuckDB"),
    "foreign": (_duckdb("CREATE TABLE trees (height INTEGER)"), "another program.*'trees'"),
    "other migrations": (_duckdb("CREATE TABLE schema_version (installed_rank INTEGER)"), "another program.*'schema_version'"),
}


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize("kind", UNUSABLE)
def test_a_file_that_is_no_database_of_ours(tmp_path: Path, kind: str, read_only: bool) -> None:
    make, says = UNUSABLE[kind]
    path = tmp_path / "x.duckdb"
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(UnusableDatabase, match=says) as raised, Store(path, read_only=read_only):
        pass
    assert str(path) in str(raised.value)
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_missing_directory_is_not_created(tmp_path: Path) -> None:
    with pytest.raises(UnusableDatabase, match="there is no directory"), Store(tmp_path / "no" / "x.duckdb"):
        pass
    assert not (tmp_path / "no").exists()


def test_reading_creates_nothing(tmp_path: Path) -> None:
    with (
        pytest.raises(UnusableDatabase, match="no such database; run `litcheck check`"),
        Store(tmp_path / "x.duckdb", read_only=True),
    ):
        pass
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole[:5000],
        lambda whole: bytes(BLOCK) + whole[BLOCK:],
        lambda whole: whole[: 3 * BLOCK] + b"\xff" * (len(whole) - 3 * BLOCK),
        lambda whole: b"".join(b"\x55" * 64 + whole[n + 64 : n + BLOCK] for n in range(0, len(whole), BLOCK)),
    ],
)
def test_a_damaged_file_is_named(make: Any, database: Path, damage: Callable[[bytes], bytes]) -> None:
    with Store(database) as store:
        store.save_run(make.run("one", *(make.document(f"{n}.txt", make.finding()) for n in range(300))))
    database.write_bytes(damage(database.read_bytes()))
    with pytest.raises(UnusableDatabase, match=f"{database}: .*damaged"), Store(database, read_only=True) as store:
        store.load_run("one")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may open any file")
def test_a_file_without_permission(database: Path) -> None:
    with Store(database):
        pass
    database.chmod(0)
    with pytest.raises(UnusableDatabase, match="no permission"), Store(database):
        pass


@pytest.mark.parametrize(
    ("message", "says"),
    [
        (
            'IO Error: Could not set lock on file "/x": Conflicting lock is held in /usr/bin/python3.11 (PID 4711). See also https://duckdb.org',
            r"another process is using the database \(/usr/bin/python3.11, process 4711\)",
        ),
        (
            'IO Error: Could not set lock on file "/x": Resource temporarily unavailable',
            "another process is using the database. Wait",
        ),
        ('IO Error: Cannot open file "/x": Permission denied', "no permission"),
        ('IO Error: Cannot open file "/x": Read-only file system', "no permission"),
        (
            "IO Error: Trying to read a database file with version number 99, but we can only read version 64; newer version",
            "upgrade duckdb",
        ),
    ],
)
def test_what_duckdb_says_in_words_of_ours(message: str, says: str) -> None:
    import re

    assert re.search(says, explain(Path("/x"), message))


HOLD = """
import sys, time
from pathlib import Path
from litcheck.store import Store
with Store(Path(sys.argv[1])):
    print("open", flush=True)
    time.sleep(float(sys.argv[2]))
"""


READ = """
import sys
from pathlib import Path
from litcheck.store import Store
with Store(Path(sys.argv[1]), read_only=True) as store:
    print(len(store.runs()))
"""


@pytest.mark.parametrize("read_only", [False, True])
def test_another_process_writing_is_named(database: Path, read_only: bool) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, database, "60"], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        try:
            with (
                pytest.raises(UnusableDatabase, match=f"process {holder.pid}") as raised,
                Store(database, read_only=read_only, patience=0),
            ):
                pass
        finally:
            holder.kill()
    assert str(database) in str(raised.value)
    assert "--no-db" in str(raised.value)


def test_a_process_that_is_soon_done_is_waited_for(database: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, database, "0.5"], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with Store(database, patience=30) as store:
            assert store.runs() == ()


def test_readers_share_the_file(make: Any, database: Path) -> None:
    with Store(database) as store:
        store.save_run(make.run("one"))
    with Store(database, read_only=True) as store:
        other = subprocess.run([sys.executable, "-c", READ, database], capture_output=True, text=True, check=True)
        assert (len(store.runs()), other.stdout) == (1, "1\n")


#: Stores one run, begins the next, and dies after as many of its tables as the argument says (6 is just before the commit).
DIE = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from litcheck.run import CheckedCitation, CheckedDocument, Run
from litcheck.store import Store, writing

def run(id_):
    now = datetime.now(UTC)
    citations = tuple(CheckedCitation(start=n, end=n, text="x" * 500, form="numeric", references=()) for n in range(20000))
    document = CheckedDocument(path="a.txt", sha256="", format="text", style="", citations=citations)
    return Run(id=id_, started_at=now, finished_at=now, litcheck="0", offline=True, sources=(), documents=(document,))

with Store(Path(sys.argv[1])) as store:
    store.save_run(run("committed"))
    insert, left = writing.insert, int(sys.argv[2])
    def insert_and_die(*arguments):
        global left
        insert(*arguments)
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
    writing.insert = insert_and_die
    store.save_run(run("killed"))
"""


@pytest.mark.parametrize("tables", range(1, 7))
def test_what_was_committed_survives_a_killed_process(make: Any, database: Path, tables: int) -> None:
    done = subprocess.run([sys.executable, "-c", DIE, database, str(tables)], check=False)
    assert done.returncode == -signal.SIGKILL
    with Store(database, read_only=True) as store:
        assert [run.id for run in store.runs()] == ["committed"]
    with Store(database) as store:
        assert len(store.load_run().documents[0].citations) == 20000
        store.save_run(make.run("next", hours=10**5))
        assert store.load_run().id == "next"


@pytest.mark.parametrize("name", [":memory:", "md:runs", ":default:"])
def test_every_name_is_that_of_a_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Store(Path(name)):
        pass
    assert (tmp_path / name).is_file()


def test_a_disk_without_room_for_a_new_database_leaves_no_empty_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "runs.duckdb"

    def refuse(database: Path, **_: object) -> None:
        database.touch()
        raise duckdb.IOException("Could not write file: No space left on device")

    monkeypatch.setattr(duckdb, "connect", refuse)
    with pytest.raises(UnusableDatabase, match="No space left"), Store(path):
        raise AssertionError("opened")
    assert not path.exists()
