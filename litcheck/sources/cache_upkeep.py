"""What the cache holds, and clearing it: for a person who wants to know, and not for a run, which uses whatever there is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from litcheck.errors import UnusableCache
from litcheck.sources.cache_file import APPLICATION, PATIENCE, VERSION, marks_of

#: The kinds of answers kept, in words.
KINDS = {
    "arxiv": "works by arXiv id",
    "doi": "works by DOI",
    "isbn": "works by ISBN",
    "like": "searches",
    "pmid": "works by PMID",
    "registration": "agencies of DOIs",
    "search": "searches",
    "work": "works by DOI",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswers:
    """The answers of one source to one kind of question. ``empty`` of them say that there is nothing; ``size`` is in bytes."""

    source: str
    kind: str
    count: int
    empty: int
    size: int
    oldest: datetime
    newest: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheInfo:
    """A cache file. ``size`` in bytes counts what SQLite keeps beside it; a file that is not there yet has none."""

    path: Path
    size: int
    answers: tuple[KeptAnswers, ...]


def read_cache_info(path: Path) -> CacheInfo:
    """What the cache at ``path`` holds. Raises ``UnusableCache``."""
    if not path.exists() or not path.stat().st_size:
        return CacheInfo(path=path, size=0, answers=())
    with _opened(path) as connection:
        rows = connection.execute(
            "SELECT source, kind, count(*), sum(body IS NULL), sum(length(body)), min(fetched_at), max(fetched_at)"
            " FROM answer GROUP BY source, kind ORDER BY source, kind"
        ).fetchall()
    answers = tuple(
        KeptAnswers(
            source=source,
            kind=KINDS.get(kind, kind),
            count=count,
            empty=empty,
            size=size or 0,
            oldest=datetime.fromtimestamp(oldest, UTC),
            newest=datetime.fromtimestamp(newest, UTC),
        )
        for source, kind, count, empty, size, oldest, newest in rows
    )
    files = (path.with_name(path.name + suffix) for suffix in ("", "-wal", "-shm"))
    return CacheInfo(path=path, size=sum(file.stat().st_size for file in files if file.exists()), answers=answers)


def clear_cache(path: Path, *, source: str = "", older_than: timedelta = timedelta(0)) -> int:
    """Drops the answers of ``source`` (of all, if empty) that are so old, and says how many. Raises ``UnusableCache``."""
    if not path.exists() or not path.stat().st_size:
        return 0
    until = int((datetime.now(UTC) - older_than).timestamp())
    with _opened(path) as connection:
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            dropped = connection.execute(
                "DELETE FROM answer WHERE fetched_at <= ? AND (? = '' OR source = ?)", (until, source, source)
            ).rowcount
        connection.execute("VACUUM")
    return dropped


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as connection:
            if marks_of(connection) != (APPLICATION, VERSION):
                raise UnusableCache(f"{path} is not a cache of this version of litcheck; LITCHECK_CACHE may name another file.")
            yield connection
    except sqlite3.OperationalError as error:
        raise UnusableCache(
            f"the cache {path} cannot be used now ({error}); another process may be writing, try again."
        ) from error
    except sqlite3.DatabaseError as error:
        raise UnusableCache(
            f"{path} is not a cache, or is damaged ({error}); delete it, or name another with LITCHECK_CACHE."
        ) from error
