"""What registries answered, kept in one SQLite file that many processes share.

Kept are works by DOI, searches by description and registrations, each with when and from where, and that there was none. What
could not be asked is never kept. The file only saves time: whatever is wrong with it, the program works without.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

from litcheck.evidence import Found, Lookup, NotFound, Record, Registration
from litcheck.sources.cache_file import CacheFile
from litcheck.sources.crossref_records import FIELDS, record_as_asked
from litcheck.sources.record_json import record_to_json, records_from_json

#: How long an answer holds, in seconds. Records change rarely, but a retraction among the changes must not go unseen for long:
#: a week. A DOI that was not found may be registered tomorrow: a day. A description that found nothing: a week.
FOUND_AGE = 7 * 86400
MISSING_AGE = 86400
EMPTY_SEARCH_AGE = 7 * 86400

#: SQLite takes so many values in one statement everywhere.
AT_ONCE = 500


class RecordCache:
    """The cache in the file ``path``. Opened with the first question; closing it is enough, nothing is lost without.

    ``addresses`` say where each source is asked now. What another address answered, a mirror that holds less or a test's own
    server, is then no answer of this source. Of a source that it does not name any answer counts.
    """

    def __init__(self, path: Path, *, addresses: Mapping[str, str] | None = None, clock: Callable[[], float] = time.time) -> None:
        self._file = CacheFile(path, clock=clock)
        self._addresses = addresses or {}
        self._clock = clock

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file."""
        self._file.close()

    @property
    def file(self) -> CacheFile:
        """The file, for what else processes share."""
        return self._file

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

    def lookups(self, kind: str, source: str, keys: Iterable[str]) -> dict[str, Found | NotFound]:
        """What a catalogue said lately about those of the keys, which are identifiers ("pmid") or descriptions ("like")."""
        known: dict[str, Found | NotFound] = {}
        for key, (address, fetched_at, body) in self._read(kind, source, {_digest(key): key for key in keys}).items():
            if body is None:
                known[key] = NotFound(source=source, address=address)
            elif records := records_from_json(body, source=source, fetched_at=fetched_at):
                known[key] = Found(source=source, records=records)
        return known

    def keep_lookups(self, kind: str, source: str, address: str, answers: Mapping[str, Lookup]) -> None:
        """Keeps what a catalogue at ``address`` answered; what could not be asked is not kept."""
        missing = EMPTY_SEARCH_AGE if kind == "like" else MISSING_AGE
        rows: list[tuple[str, Any, int]] = []
        for key, answer in answers.items():
            if isinstance(answer, Found):
                rows.append((_digest(key), [record_to_json(record) for record in answer.records], FOUND_AGE))
            elif isinstance(answer, NotFound):
                rows.append((_digest(key), None, missing))
        self._write(kind, source, address, rows)

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
            self._file.attempt(select)
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

        if values:
            self._file.attempt(insert, writes=True)


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
