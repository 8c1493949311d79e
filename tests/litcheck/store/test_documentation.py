"""What ``docs/database.md`` says can be done works, and it names every table, column and view."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

from litcheck.store import Store

PAGE = (Path(__file__).parents[3] / "docs" / "database.md").read_text("utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def stored(make: Any, database: Path) -> Path:
    with Store(database) as store:
        store.save_run(make.run("one", make.document("chapter.txt", make.finding())))
        store.save_run(make.run("two", make.document("chapter.txt", make.finding(fingerprint="f2"), status="differs"), hours=1))
        store.save_review("f2", "accepted", "", "Ana", make.noon)
    return database


@pytest.mark.parametrize("query", QUERIES, ids=[query.split("\n")[0][:40] for query in QUERIES])
def test_queries_to_paste_find_something(stored: Path, query: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with duckdb.connect(stored) as connection:
        rows = connection.execute(query).fetchall()
    # One of them asks for works that several documents cite, and only one document is stored.
    assert bool(rows) is ("documents > 1" not in query)


def test_the_page_names_every_table_column_and_view(stored: Path) -> None:
    with duckdb.connect(stored, read_only=True) as connection:
        tables = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        views = connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
        columns = connection.execute(
            "SELECT column_name FROM duckdb_columns() JOIN duckdb_tables() USING (table_name) WHERE NOT duckdb_tables.internal"
        ).fetchall()
    names = {name for (name,) in (*tables, *views, *columns)}
    assert names - set(re.findall(r"`(\w+)`", PAGE)) == set()
