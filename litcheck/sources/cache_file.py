"""The SQLite file in which the cache is: opened when first used, shared by processes, given up for whatever is wrong with it."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

#: Marks the file as ours ("litc"), and the layout of its tables.
APPLICATION = 0x6C697463
VERSION = 1
#: Seconds that a write of another process is waited for.
PATIENCE = 2.0
_SCHEMA = (
    "CREATE TABLE answer (kind TEXT NOT NULL, key TEXT NOT NULL, source TEXT NOT NULL, address TEXT NOT NULL,"
    " fetched_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, body TEXT, PRIMARY KEY (kind, key, source)) WITHOUT ROWID",
    "CREATE INDEX answer_expires ON answer (expires_at)",
    f"PRAGMA application_id = {APPLICATION}",
    f"PRAGMA user_version = {VERSION}",
)
#: Tables that files of this version made by earlier programs lack.
_LATER_TABLES = (
    "CREATE TABLE IF NOT EXISTS turn (service TEXT PRIMARY KEY, next REAL NOT NULL, paused_until REAL NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS lease (service TEXT NOT NULL, holder TEXT NOT NULL, until REAL NOT NULL,"
    " PRIMARY KEY (service, holder)) WITHOUT ROWID",
)

_log = logging.getLogger(__name__)


class _Unusable(Exception):
    """The file is a database and not one that this program may use."""


class CacheFile:
    """The file ``path``. Whatever is wrong with it, the program works without: ``attempt`` then does nothing."""

    def __init__(self, path: Path, *, clock: Callable[[], float] = time.time) -> None:
        self.path = path
        self._clock = clock
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._usable = True
        self._writable = True

    def close(self) -> None:
        """Lets go of the file."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def attempt(self, action: Callable[[sqlite3.Connection], None], *, writes: bool = False) -> None:
        """Runs ``action`` on the file, and gives the file up, with one warning, for whatever is wrong with it."""
        with self._lock:
            if not self._usable or (writes and not self._writable):
                return
            try:
                if self._connection is None:
                    self._connection = self._open()
                action(self._connection)
            except (_Unusable, sqlite3.OperationalError, OSError) as error:
                if writes and self._connection is not None:
                    # Full, locked for long, or read-only: what it holds can still be read.
                    self._writable = False
                    _log.warning("nothing more is kept in the cache %s: %s", self.path, error)
                else:
                    self._give_up(error)
            except sqlite3.DatabaseError as error:
                self._give_up(error)
                if error.sqlite_errorcode in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) and self._is_ours():
                    self._move_aside()

    def _give_up(self, error: Exception) -> None:
        self._usable = False
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None
        _log.warning("working without the cache %s: %s", self.path, error)

    def _is_ours(self) -> bool:
        """Whether the damaged file is a cache: marked as one, or where nobody keeps anything else. A slip of ``LITCHECK_CACHE``
        must not move somebody's manuscript."""
        try:
            with self.path.open("rb") as file:
                header = file.read(100)
        except OSError:
            return False
        # https://www.sqlite.org/fileformat.html: the application id stands at offset 68.
        return header[68:72] == APPLICATION.to_bytes(4, "big") or self.path == default_path()

    def _move_aside(self) -> None:
        """Makes room for a new file in place of a damaged one; the next run starts it."""
        for suffix in ("", "-wal", "-shm"):
            path = Path(f"{self.path}{suffix}")
            with suppress(OSError):
                path.replace(f"{self.path}.damaged{suffix}")

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        try:
            marks = marks_of(connection)
            if marks == (0, 0):
                marks = self._create(connection)
            if marks != (APPLICATION, VERSION):
                raise _Unusable("it is not a cache of this version of litcheck")
            self._add_tables(connection)
            self._sweep(connection)
        except (sqlite3.Error, _Unusable):
            connection.close()
            raise
        return connection

    def _create(self, connection: sqlite3.Connection) -> tuple[int, ...]:
        with connection:
            # Another process may have been first, and the database may be another program's.
            connection.execute("BEGIN IMMEDIATE")
            if connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
                for statement in _SCHEMA:
                    connection.execute(statement)
        marks = marks_of(connection)
        if marks == (APPLICATION, VERSION):
            connection.execute("PRAGMA journal_mode = WAL")
        return marks

    def _add_tables(self, connection: sqlite3.Connection) -> None:
        """Adds what is missing; a file that may only be read does without."""
        present = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not {"turn", "lease"} <= present:
            with suppress(sqlite3.OperationalError):
                for statement in _LATER_TABLES:
                    connection.execute(statement)

    def _sweep(self, connection: sqlite3.Connection) -> None:
        """Drops what is too old. Another process may be writing: then the next one does it."""
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA busy_timeout = 0")
        with suppress(sqlite3.OperationalError), connection:
            connection.execute("DELETE FROM answer WHERE expires_at <= ?", (int(self._clock()),))
        connection.execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}")


def default_path() -> Path:
    """Where the cache is unless the settings say otherwise: the platform's place for caches."""
    import platformdirs

    return platformdirs.user_cache_path("litcheck", appauthor=False) / "records.sqlite"


def marks_of(connection: sqlite3.Connection) -> tuple[int, ...]:
    """The application and version that a database file names."""
    return tuple(connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
