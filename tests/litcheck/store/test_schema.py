"""Migrations are applied in order, once, all or none; the views answer the questions that people ask."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from litcheck.errors import UnusableDatabase
from litcheck.findings import Finding, Severity
from litcheck.store import Store
from litcheck.store.schema import Migration, SchemaError, migrate, schema_version, shipped_migrations
from litcheck.store.writing import write_run

FIRST = Migration(version=1, name="first", sql="CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (1)")
SECOND = Migration(version=2, name="second", sql="ALTER TABLE a ADD COLUMN y INTEGER; UPDATE a SET y = x + 1")
BROKEN = Migration(version=2, name="broken", sql="CREATE TABLE b (x INTEGER); INSERT INTO nowhere VALUES (1)")


def test_shipped_migrations_are_numbered_without_gaps() -> None:
    assert [migration.version for migration in shipped_migrations()] == list(range(1, len(shipped_migrations()) + 1))


def test_a_new_database_has_every_migration_and_a_second_opening_changes_nothing(database: Path) -> None:
    for _ in range(2):
        with Store(database):
            pass
    with duckdb.connect(database) as connection:
        rows = connection.execute("SELECT version, name FROM schema_version ORDER BY version").fetchall()
    assert rows == [(migration.version, migration.name) for migration in shipped_migrations()]


def test_an_older_database_gets_what_it_lacks() -> None:
    with duckdb.connect() as connection:
        migrate(connection, [FIRST])
        migrate(connection, [FIRST, SECOND])
        assert connection.execute("SELECT * FROM a").fetchall() == [(1, 2)]
        assert schema_version(connection) == 2


def test_a_migration_that_fails_leaves_the_database_as_it_was() -> None:
    with duckdb.connect() as connection:
        migrate(connection, [FIRST])
        with pytest.raises(duckdb.CatalogException):
            migrate(connection, [FIRST, BROKEN])
        assert schema_version(connection) == 1
        assert connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall() == [("a",), ("schema_version",)]


def test_a_newer_database_is_refused() -> None:
    with duckdb.connect() as connection:
        migrate(connection, [FIRST, SECOND])
        with pytest.raises(SchemaError, match="version 2, written by a newer litcheck; this one knows up to 1"):
            migrate(connection, [FIRST])


@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_of_a_newer_litcheck_is_refused_by_name(database: Path, read_only: bool) -> None:
    with Store(database):
        pass
    with duckdb.connect(database) as connection:
        connection.execute("INSERT INTO schema_version VALUES (999, 'later', now(), '9')")
    with pytest.raises(UnusableDatabase, match=f"{database}: .*newer litcheck"), Store(database, read_only=read_only):
        pass


def test_a_file_of_an_older_litcheck_cannot_be_brought_up_to_date_while_only_read(database: Path) -> None:
    with duckdb.connect(database) as connection:
        migrate(connection, shipped_migrations()[:1])
    with pytest.raises(UnusableDatabase, match="open for reading only"), Store(database, read_only=True):
        pass
    with Store(database) as store:
        assert store.runs() == ()


@pytest.fixture
def corpus(make: Any, database: Path) -> Path:
    """Two documents, one of them checked twice: its first run had two findings, its second has one."""
    warning = make.finding("LC502", Severity.WARNING, "f2")
    with Store(database) as store:
        store.save_run(make.run("first", make.document("a.txt", make.finding(), warning), make.document("b.txt")))
        store.save_run(make.run("second", make.document("a.txt", make.finding(), status="differs"), hours=1))
    return database


def _ask(database: Path, sql: str) -> list[Any]:
    with duckdb.connect(database, read_only=True) as connection:
        return connection.execute(sql).fetchall()


@pytest.mark.parametrize(
    ("sql", "answer"),
    [
        ("SELECT path, errors, warnings, infos, dismissed FROM findings_by_document",
         [("a.txt", 1, 0, 0, 0), ("b.txt", 0, 0, 0, 0)]),
        ("SELECT path, line, column_number, severity, code, quote, fix FROM open_findings",
         [("a.txt", 7, 3, "error", "LC301", "Soil", "Cite another work.")]),
        ("SELECT path, place_path, page FROM open_findings", [("a.txt", "a.txt", None)]),
        ("SELECT code, severity, findings, documents FROM findings_by_code", [("LC301", "error", 1, 1)]),
        ("FROM references_by_status",
         [("a.txt", "differs", 1), ("a.txt", "not-found", 1), ("b.txt", "not-found", 1), ("b.txt", "verified", 1)]),
        ("SELECT path, id, status FROM unverified_references", [("a.txt", "r2", "not-found"), ("b.txt", "r2", "not-found")]),
        ("SELECT doi, title, documents, paths FROM retracted_in_corpus", [("10.5555/soil", "Soil and song", 1, ["a.txt"])]),
        ("SELECT doi, title, documents, paths FROM works_cited", [("10.5555/soil", "Soil and song", 2, ["a.txt", "b.txt"])]),
        ("SELECT doi, year FROM latest_reference WHERE id = 'r1' AND path = 'a.txt'", [("10.5555/soil", 2021)]),
    ],
)  # fmt: skip
def test_views_answer_from_the_newest_run_of_each_document(corpus: Path, sql: str, answer: list[Any]) -> None:
    assert _ask(corpus, sql) == answer


def test_findings_in_pages_come_in_their_order_and_others_by_line(make: Any, database: Path) -> None:
    def at(line: int, page: int | None) -> Finding:
        found: Finding = make.finding(fingerprint=f"{page}, {line}")
        assert found.place
        return replace(found, place=replace(found.place, line=line, page=page))

    paged = make.document("b.pdf", at(9, 2), at(3, 12), at(7, 2))
    with Store(database) as store:
        store.save_run(make.run("one", paged, make.document("a.txt", at(9, None), at(3, None))))
    assert _ask(database, "SELECT path, page, line FROM open_findings") == [
        *(("a.txt", None, 3), ("a.txt", None, 9)),
        *(("b.pdf", 2, 7), ("b.pdf", 2, 9), ("b.pdf", 12, 3)),
    ]


def test_runs_of_a_database_from_before_pages_are_read_and_have_none(make: Any, database: Path) -> None:
    with duckdb.connect(database) as connection:
        migrate(connection, shipped_migrations()[:4])
        write_run(connection, make.run("old", make.document("a.txt", make.finding())))
        connection.execute("UPDATE finding SET place = json_merge_patch(place, '{\"page\": null}')")
        assert connection.execute("SELECT place -> '$.page' FROM finding").fetchall() == [(None,)]
    with Store(database) as store:
        run = store.load_run("old")
    assert run.documents[0].findings == (make.finding(),)
    assert _ask(database, "SELECT line, page FROM latest_finding") == [(7, None)]


def test_a_dismissed_finding_is_no_longer_open(make: Any, corpus: Path) -> None:
    with Store(corpus) as store:
        store.save_review("f1", "dismissed", "reinstated since", "Ana", make.noon)
    assert _ask(corpus, "FROM open_findings") == []
    assert _ask(corpus, "FROM retracted_in_corpus") == []
    assert _ask(corpus, "SELECT errors, dismissed FROM findings_by_document WHERE path = 'a.txt'") == [(1, 1)]


def test_every_view_can_be_read_when_nothing_is_stored(database: Path) -> None:
    with Store(database):
        pass
    views = [name for (name,) in _ask(database, "SELECT view_name FROM duckdb_views() WHERE NOT internal")]
    assert len(views) >= 9
    assert {name: _ask(database, f"FROM {name}") for name in views} == {name: [] for name in views}
