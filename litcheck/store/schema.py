"""The schema of the database: numbered migrations, applied in order, each recorded in ``schema_version``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from typing import TYPE_CHECKING

import litcheck

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_FILE_NAME = re.compile(r"(\d{4})_(\w+)\.sql")

_SCHEMA_VERSION = """
CREATE TABLE schema_version (
    version INTEGER PRIMARY KEY,
    name VARCHAR NOT NULL,
    applied_at TIMESTAMPTZ NOT NULL,
    litcheck VARCHAR NOT NULL
)
"""
_SCHEMA_VERSION_COLUMNS = ("applied_at", "litcheck", "name", "version")


class SchemaError(Exception):
    """The database is not one that this program can work with. The message says why, and leaves the file to the caller."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One step from a version of the schema to the next. ``version`` counts from 1."""

    version: int
    name: str
    sql: str


def shipped_migrations() -> tuple[Migration, ...]:
    """The migrations that lie in ``migrations/``, in order."""
    migrations = (
        Migration(version=int(match[1]), name=match[2], sql=file.read_text("utf-8"))
        for file in files("litcheck.store").joinpath("migrations").iterdir()
        if (match := _FILE_NAME.fullmatch(file.name))
    )
    return tuple(sorted(migrations, key=lambda migration: migration.version))


def migrate(connection: DuckDBPyConnection, migrations: Sequence[Migration]) -> None:
    """Applies the migrations that the database lacks, all in one transaction.

    Raises ``SchemaError`` if the database is not one of litcheck's or is
    newer than the last of ``migrations``.
    """
    version = schema_version(connection)
    _refuse_newer(version, migrations)
    pending = [migration for migration in migrations if migration.version > version]
    if not pending:
        return
    connection.begin()
    try:
        if version == 0:
            connection.execute(_SCHEMA_VERSION)
        for migration in pending:
            connection.execute(migration.sql)
            connection.execute(
                "INSERT INTO schema_version VALUES (?, ?, ?, ?)",
                [migration.version, migration.name, datetime.now(UTC), litcheck.__version__],
            )
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def require_current(connection: DuckDBPyConnection, migrations: Sequence[Migration]) -> None:
    """Checks that a database opened read-only needs no migration; raises ``SchemaError`` otherwise."""
    version = schema_version(connection)
    _refuse_newer(version, migrations)
    if version < _newest(migrations):
        raise SchemaError(
            f"its schema is version {version} and this program needs {_newest(migrations)}, and it is open for reading only; "
            "bring it up to date once with `litcheck check --db` where it can be written"
        )


def schema_version(connection: DuckDBPyConnection) -> int:
    """The newest migration that the database has, 0 for an empty database.

    Raises ``SchemaError`` if it holds tables of another program.
    """
    columns = connection.execute(
        "SELECT list_sort(list(column_name)) FROM duckdb_columns() WHERE table_name = 'schema_version' AND NOT internal"
    ).fetchone()
    if columns is not None and columns[0] == list(_SCHEMA_VERSION_COLUMNS):
        row = connection.execute("SELECT coalesce(max(version), 0) FROM schema_version").fetchone()
        assert row is not None
        return int(row[0])
    tables = connection.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal ORDER BY ALL LIMIT 1").fetchone()
    if tables is not None:
        raise SchemaError(f"it belongs to another program (it has a table {tables[0]!r}); name another file with --db")
    return 0


def _refuse_newer(version: int, migrations: Sequence[Migration]) -> None:
    if version > _newest(migrations):
        raise SchemaError(
            f"its schema is version {version}, written by a newer litcheck; this one knows up to {_newest(migrations)}: "
            "upgrade litcheck, or name another file with --db"
        )


def _newest(migrations: Sequence[Migration]) -> int:
    return max((migration.version for migration in migrations), default=0)
