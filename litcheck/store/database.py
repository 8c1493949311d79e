"""The store: one DuckDB file that keeps every run and what reviewers decided."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from litcheck.errors import UnusableDatabase
from litcheck.run import Run
from litcheck.store.checked import CheckedBefore, read_checked
from litcheck.store.opening import PATIENCE_SECONDS, connect, explain
from litcheck.store.reading import RunSummary, latest_run_id, moment, read_run, read_runs
from litcheck.store.review import Decision, Review
from litcheck.store.schema import SchemaError, migrate, require_current, shipped_migrations
from litcheck.store.writing import write_run

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class Store:
    """The runs in one DuckDB file. Use as a context manager; one process at a time may write.

    Entering creates the file if it is missing and brings its schema up to date; with ``read_only`` the file must be there,
    and other readers may have it open at the same time. Everything raises ``UnusableDatabase`` with what to do.
    """

    def __init__(self, path: Path, *, read_only: bool = False, patience: float = PATIENCE_SECONDS) -> None:
        self._path = path
        self._read_only = read_only
        self._patience = patience
        self._connection: DuckDBPyConnection | None = None

    def __enter__(self) -> Self:
        connection = connect(self._path, read_only=self._read_only, patience=self._patience)
        try:
            with self._explained():
                if self._read_only:
                    require_current(connection, shipped_migrations())
                else:
                    migrate(connection, shipped_migrations())
        except SchemaError as error:
            connection.close()
            raise UnusableDatabase(f"{self._path}: {error}") from error
        except UnusableDatabase:
            connection.close()
            raise
        self._connection = connection
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def save_run(self, run: Run) -> None:
        """Stores ``run``, all of it or nothing."""
        import duckdb

        try:
            with self._explained(writing=True):
                write_run(self._open, run)
        except duckdb.ConstraintException as error:
            raise UnusableDatabase(f"{self._path}: holds a run {run.id!r} already; a run is stored once") from error

    def load_run(self, run_id: str | None = None) -> Run:
        """The run with this id, or the only one whose id begins so; without an id the newest one."""
        with self._explained():
            wanted = run_id if run_id is not None else latest_run_id(self._open)
            if wanted is None:
                raise UnusableDatabase(f"{self._path}: holds no run yet; run `litcheck check` first")
            run = read_run(self._open, wanted)
            if run is None:
                beginning = [summary.id for summary in read_runs(self._open) if wanted and summary.id.startswith(wanted)]
                run = read_run(self._open, beginning[0]) if len(beginning) == 1 else None
        if run is None:
            known = ", ".join(summary.id for summary in self.runs()[:3]) or "none"
            raise UnusableDatabase(f"{self._path}: holds no run {wanted!r}; the newest are: {known}")
        return run

    def runs(self) -> tuple[RunSummary, ...]:
        """The stored runs, newest first."""
        with self._explained():
            return read_runs(self._open)

    def checked(self, *, litcheck: str, settings: str) -> dict[str, CheckedBefore]:
        """The documents, by path, whose newest check was made by this version with these settings and lacks no evidence."""
        with self._explained():
            return read_checked(self._open, litcheck=litcheck, settings=settings)

    def save_review(self, fingerprint: str, decision: Decision, note: str, who: str, when: datetime) -> None:
        """Stores a decision on a finding in place of an earlier one. ``when`` has a time zone."""
        if when.tzinfo is None:
            raise ValueError(f"{when} has no time zone")
        with self._explained(writing=True):
            self._open.execute(
                """
                INSERT INTO review VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET decision = excluded.decision, note = excluded.note, who = excluded.who,
                    decided_at = excluded.decided_at
                """,
                [fingerprint, decision, note, who, when.astimezone(UTC)],
            )

    def decisions(self) -> dict[str, Review]:
        """Every decision by the fingerprint of its finding."""
        with self._explained():
            rows = self._open.execute(
                "SELECT fingerprint, decision, note, who, epoch_us(decided_at) FROM review ORDER BY fingerprint"
            ).fetchall()
        return {
            fingerprint: Review(fingerprint=fingerprint, decision=decision, note=note, who=who, decided_at=moment(when))
            for fingerprint, decision, note, who, when in rows
        }

    @contextmanager
    def _explained(self, *, writing: bool = False) -> Iterator[None]:
        """Turns what can go wrong with a file into ``UnusableDatabase``; a mistake in our own SQL stays what it is."""
        import duckdb

        try:
            yield
        except (duckdb.ProgrammingError, duckdb.NotSupportedError, duckdb.ConstraintException):
            raise
        except duckdb.Error as error:
            message = str(error)
            raise UnusableDatabase(_unwritten(self._path, message) if writing else explain(self._path, message)) from error

    @property
    def _open(self) -> DuckDBPyConnection:
        if self._connection is None:
            raise RuntimeError("the store is not open: use it in a with statement")
        return self._connection


def _unwritten(path: Path, message: str) -> str:
    reason = message.strip().partition("\n")[0]
    return f"{path}: could not write ({reason}); nothing of it was stored. Make room, or name another file with --db"
