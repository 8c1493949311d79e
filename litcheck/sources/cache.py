"""What registries answered, kept in one SQLite file that many processes share.

Kept are works by DOI, searches by description and registrations, each with when and from where, and that there was none. What
could not be asked is never kept. The file only saves time: whatever is wrong with it, the program works without.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

from litcheck.evidence import Found, NotFound, Record, Registration
from litcheck.sources.crossref_records import FIELDS, record_as_asked

#: How long an answer holds, in seconds. Records change rarely, but a retraction among the changes must not go unseen for long:
#: a week. A DOI that was not found may be registered tomorrow: a day. A description that found nothing: a week.
FOUND_AGE = 7 * 86400
MISSING_AGE = 86400
EMPTY_SEARCH_AGE = 7 * 86400

#: Marks the file as ours ("litc"), and the layout of its table.
APPLICATION = 0x6C697463
VERSION = 1
#: Seconds that a write of another process is waited for.
PATIENCE = 2.0
#: SQLite takes so many values in one statement everywhere.
AT_ONCE = 500

_SCHEMA = (
    "CREATE TABLE answer (kind TEXT NOT NULL, key TEXT NOT NULL, source TEXT NOT NULL, address TEXT NOT NULL,"
    " fetched_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, body TEXT, PRIMARY KEY (kind, key, source)) WITHOUT ROWID",
    "CREATE INDEX answer_expires ON answer (expires_at)",
    f"PRAGMA application_id = {APPLICATION}",
    f"PRAGMA user_version = {VERSION}",
)

_log = logging.getLogger(__name__)


class _Unusable(Exception):
    """The file is a database and not one that this program may use."""


class RecordCache:
    """The cache in the file ``path``. Opened with the first question; closing it is enough, nothing is lost without.

    ``addresses`` say where each source is asked now. What another address answered, a mirror that holds less or a test's own
    server, is then no answer of this source. Of a source that it does not name any answer counts.
    """

    def __init__(self, path: Path, *, addresses: Mapping[str, str] | None = None, clock: Callable[[], float] = time.time) -> None:
        self._path = path
        self._addresses = addresses or {}
        self._clock = clock
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._usable = True
        self._writable = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def works(self, source: str, dois: Iterable[str]) -> dict[str, Found | NotFound]:
        """What ``source`` said about those of the DOIs that it was asked about lately."""
        known: dict[str, Found | NotFound] = {}
        for doi, (address, fetched_at, body) in self._read("work", source, {doi: doi for doi in dois}).items():
            if body is None:
                known[doi] = NotFound(source=source, address=f"{address}/works/{quote(doi, safe='')}")
            elif records := _records([body], doi, source, address, fetched_at):
                known[doi] = Found(source=source, records=records)
        return known

    def keep_works(self, source: str, address: str, works: Mapping[str, Mapping[str, Any] | None]) -> None:
        """Keeps Crossref's JSON of the works of some DOIs, ``None`` for DOIs that the service at ``address`` does not hold."""
        rows = [(doi, None, MISSING_AGE) if work is None else (doi, _kept(work), FOUND_AGE) for doi, work in works.items()]
        self._write("work", source, address, rows)

    def searches(self, source: str, keys: Iterable[str]) -> dict[str, Found | NotFound]:
        """What ``source`` found for those of the descriptions (see ``search_key``) that it was asked about lately."""
        known: dict[str, Found | NotFound] = {}
        for key, (address, fetched_at, body) in self._read("search", source, {_digest(key): key for key in keys}).items():
            if body is None:
                known[key] = NotFound(source=source, address=address)
            elif records := _records(body, "", source, address, fetched_at):
                known[key] = Found(source=source, records=records)
        return known

    def keep_search(self, source: str, address: str, key: str, works: Sequence[Mapping[str, Any]]) -> None:
        """Keeps Crossref's JSON of the works that the service at ``address`` found for a description."""
        body = [_kept(work) for work in works] or None
        self._write("search", source, address, [(_digest(key), body, FOUND_AGE if body else EMPTY_SEARCH_AGE)])

    def registrations(self, source: str, dois: Iterable[str]) -> dict[str, Registration | NotFound]:
        """Which agency ``source`` named for those of the DOIs that it was asked about lately."""
        known: dict[str, Registration | NotFound] = {}
        for doi, (address, _, body) in self._read("registration", source, {doi: doi for doi in dois}).items():
            if body is None:
                known[doi] = NotFound(source=source, complete=True, address=address)
            elif isinstance(body, str):
                known[doi] = Registration(source=source, agency=body)
        return known

    def keep_registration(self, source: str, address: str, doi: str, agency: str | None) -> None:
        """Keeps the agency of a DOI, ``None`` for one that is not registered anywhere."""
        self._write("registration", source, address, [(doi, agency, MISSING_AGE if agency is None else FOUND_AGE)])

    def _read(self, kind: str, source: str, keys: Mapping[str, str]) -> dict[str, tuple[str, datetime, Any]]:
        """Fresh answers, by what ``keys`` says for the key of each: address, time and body."""
        found: dict[str, tuple[str, datetime, Any]] = {}
        now = int(self._clock())
        asked = self._addresses.get(source)

        def select(connection: sqlite3.Connection) -> None:
            stored = list(keys)
            for start in range(0, len(stored), AT_ONCE):
                part = stored[start : start + AT_ONCE]
                marks = ",".join("?" * len(part))
                query = (
                    "SELECT key, address, fetched_at, body FROM answer"  # noqa: S608 - nothing but question marks is put in
                    f" WHERE kind = ? AND source = ? AND expires_at > ? AND key IN ({marks})"
                )
                for key, address, fetched_at, body in connection.execute(query, (kind, source, now, *part)):
                    if asked is not None and address != asked and not str(address).startswith(f"{asked}/"):
                        continue
                    with suppress(ValueError, RecursionError, OverflowError):
                        parsed = None if body is None else json.loads(body)
                        found[keys[key]] = (address, datetime.fromtimestamp(fetched_at, UTC), parsed)

        if keys:
            self._attempt(select)
        return found

    def _write(self, kind: str, source: str, address: str, rows: Sequence[tuple[str, Any, int]]) -> None:
        now = int(self._clock())
        values = [
            (kind, key, source, address, now, now + age, None if body is None else json.dumps(body, separators=(",", ":")))
            for key, body, age in rows
        ]

        def insert(connection: sqlite3.Connection) -> None:
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?, ?, ?)", values)

        if values and self._writable:
            self._attempt(insert, writes=True)

    def _attempt(self, action: Callable[[sqlite3.Connection], None], *, writes: bool = False) -> None:
        """Runs ``action`` on the file, and gives the file up, with one warning, for whatever is wrong with it."""
        with self._lock:
            if not self._usable:
                return
            try:
                if self._connection is None:
                    self._connection = self._open()
                action(self._connection)
            except (_Unusable, sqlite3.OperationalError, OSError) as error:
                if writes and self._connection is not None:
                    # Full, locked for long, or read-only: what it holds can still be read.
                    self._writable = False
                    _log.warning("nothing more is kept in the cache %s: %s", self._path, error)
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
        _log.warning("working without the cache %s: %s", self._path, error)

    def _is_ours(self) -> bool:
        """Whether the damaged file is a cache: marked as one, or where nobody keeps anything else. A slip of ``LITCHECK_CACHE``
        must not move somebody's manuscript."""
        try:
            with self._path.open("rb") as file:
                header = file.read(100)
        except OSError:
            return False
        # https://www.sqlite.org/fileformat.html: the application id stands at offset 68.
        return header[68:72] == APPLICATION.to_bytes(4, "big") or self._path == default_path()

    def _move_aside(self) -> None:
        """Makes room for a new file in place of a damaged one; the next run starts it."""
        for suffix in ("", "-wal", "-shm"):
            path = Path(f"{self._path}{suffix}")
            with suppress(OSError):
                path.replace(f"{self._path}.damaged{suffix}")

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        try:
            marks = _marks(connection)
            if marks == (0, 0):
                marks = self._create(connection)
            if marks != (APPLICATION, VERSION):
                raise _Unusable("it is not a cache of this version of litcheck")
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
        marks = _marks(connection)
        if marks == (APPLICATION, VERSION):
            connection.execute("PRAGMA journal_mode = WAL")
        return marks

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


def _marks(connection: sqlite3.Connection) -> tuple[int, ...]:
    """The application and version that a database file names."""
    return tuple(connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))


def _records(items: Any, doi: str, source: str, address: str, fetched_at: datetime) -> tuple[Record, ...]:
    """The records of stored items; none if what is stored is not what was kept."""
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        return ()
    return tuple(record_as_asked(item, doi=doi, source=source, address=address, fetched_at=fetched_at) for item in items)


def _kept(work: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a work that its record is made of."""
    return {field: work[field] for field in FIELDS if field in work}


def _digest(key: str) -> str:
    return hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
