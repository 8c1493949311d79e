"""Opens the database file, and says in words why it cannot be opened."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from litcheck.errors import DatabaseInUse, UnusableDatabase

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: Nothing is fetched or loaded: what the store needs (json, icu) is built into the wheel.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "enable_external_access": "false",
}

#: Storing a run of 2,000 references holds the file for about half a second, so another check is soon done with it.
PATIENCE_SECONDS = 2.0
_RETRY_SECONDS = 0.1

_LOCKED = "Could not set lock"
_LOCK_HOLDER = re.compile(r"held in (?P<program>[^\n]{1,300}?) \(PID (?P<pid>\d{1,10})\)")


def connect(path: Path, *, read_only: bool, patience: float = PATIENCE_SECONDS) -> DuckDBPyConnection:
    """A connection to the database at ``path``, which is created unless ``read_only``.

    Waits up to ``patience`` seconds for another process to let go of the file. Raises ``DatabaseInUse`` after that, and
    ``UnusableDatabase`` with what to do for anything else.
    """
    import duckdb

    _refuse_impossible(path, read_only=read_only)
    is_new = not path.exists()
    deadline = time.monotonic() + patience
    while True:
        try:
            # DuckDB would take ":memory:" and "md:…" for something else than files; no absolute path is.
            return duckdb.connect(path.absolute(), read_only=read_only, config=_CONFIG)
        except duckdb.Error as error:
            if is_new:
                _remove_if_empty(path)
            if _LOCKED not in str(error):
                raise UnusableDatabase(explain(path, str(error))) from error
            if time.monotonic() > deadline:
                raise DatabaseInUse(explain(path, str(error))) from error
        time.sleep(_RETRY_SECONDS)


def explain(path: Path, message: str) -> str:
    """DuckDB's message about a file as a person can act on it."""
    if _LOCKED in message:
        holder = _LOCK_HOLDER.search(message)
        by = f" ({holder['program']}, process {holder['pid']})" if holder else ""
        return (
            f"{path}: another process is using the database{by}. Wait until it has finished, "
            "or name another file with --db, or do without one with --no-db"
        )
    if "different configuration" in message:
        return f"{path}: the database is already open in this process for another purpose; close it first"
    if "Permission denied" in message or "Read-only file system" in message:
        return f"{path}: no permission to open the database; change the file's permissions, or name another file with --db"
    if "newer" in message and "version" in message:
        return f"{path}: written by a newer DuckDB than the one installed; upgrade duckdb, or name another file with --db"
    if "external extensions" in message:
        return f"{path}: a database, but not of DuckDB; name another file with --db"
    reason = message.strip().partition("\n")[0]
    return (
        f"{path}: not a DuckDB database, or damaged ({reason}). "
        "Name another file with --db, or move this one away and run the check again"
    )


def _remove_if_empty(path: Path) -> None:
    """Removes the file that DuckDB began and had no room for: it would be refused as no database from then on."""
    with suppress(OSError):
        if path.stat().st_size == 0:
            path.unlink()


def _refuse_impossible(path: Path, *, read_only: bool) -> None:
    if path.is_dir():
        raise UnusableDatabase(f"{path}: a directory; name a file, for example {path / 'litcheck.duckdb'}")
    if path.is_file() and path.stat().st_size == 0:
        raise UnusableDatabase(f"{path}: an empty file and no database; delete it, or name another file with --db")
    if not path.parent.is_dir():
        raise UnusableDatabase(f"{path}: there is no directory {path.parent}; create it, or name another file with --db")
    if read_only and not path.exists():
        raise UnusableDatabase(f"{path}: there is no such database; run `litcheck check` first, or name another with --db")
