"""The limits of services, kept by all processes of a machine that use the same cache file.

A service counts what comes from one address, not from one process. So turns and places are taken in the cache's database: when
the next request may begin, and who has one under way. A process that dies leaves nothing behind that does not end by itself in
seconds. Without a usable file each process keeps to the limits by itself.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from litcheck.sources.cache_file import CacheFile
from litcheck.sources.pacing import next_turn

#: A place that is not renewed for so many seconds is free: its holder is gone. Renewed every third of it.
LEASE = 3.0
#: Seconds between looks for a free place.
LOOK_AGAIN = 0.02
#: No turn is further away than this, in seconds: a later one was written by a clock that was wrong.
FURTHEST = 120.0


class SharedLimits:
    """Turns and places at one service. ``name`` is its host and whatever else it counts apart."""

    def __init__(self, file: CacheFile, name: str, *, clock: Callable[[], float] = time.time) -> None:
        self._file = file
        self._name = name
        self._clock = clock
        self._last: dict[str, tuple[float, float]] = {}
        """The turn taken last of each kind, and the one after."""

    def take_turn(self, kind: str, distance: float) -> float | None:
        """Takes the turn for this kind of request if one is due, and gives 0; the seconds until the next one if not.

        ``distance`` is that to the turn after; ``None`` says that the file cannot be used.
        """
        wait: float | None = None

        def take(connection: sqlite3.Connection) -> None:
            nonlocal wait
            now = self._clock()
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                row = connection.execute("SELECT next, paused_until FROM turn WHERE service = ?", (self._key(kind),)).fetchone()
                due, paused_until = (moment if moment <= now + FURTHEST else now for moment in row or (now, now))
                wait = max(0.0, due - now, paused_until - now)
                if not wait:
                    next_ = next_turn(due, now, distance)
                    self._last[kind] = (now, next_)
                    connection.execute("INSERT OR REPLACE INTO turn VALUES (?, ?, ?)", (self._key(kind), next_, paused_until))

        self._attempt(take)
        return wait

    def put_off(self, kind: str, seconds: float) -> None:
        """Gives nobody a turn before so many seconds have passed."""

        def update(connection: sqlite3.Connection) -> None:
            next_ = self._clock() + seconds
            connection.execute("UPDATE turn SET next = max(next, ?) WHERE service = ?", (next_, self._key(kind)))

        self._attempt(update)

    def pause(self, kind: str, seconds: float) -> None:
        """Gives nobody a turn for so long, since the service asks for it."""

        def update(connection: sqlite3.Connection) -> None:
            now = self._clock()
            connection.execute(
                "INSERT INTO turn VALUES (?, ?, ?) ON CONFLICT (service) DO UPDATE SET paused_until = max(paused_until, ?)",
                (self._key(kind), now, now + seconds, now + seconds),
            )

        self._attempt(update)

    def hasten(self, kind: str, distance: float) -> None:
        """The turn taken last was taken for a slower rate than holds: the next may be so near, if nobody has taken it yet."""
        last = self._last.get(kind)
        if last is None:
            return
        start, next_ = last

        def bring_forward(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE turn SET next = ? WHERE service = ? AND next = ?", (start + distance, self._key(kind), next_)
            )

        self._attempt(bring_forward)

    @asynccontextmanager
    async def place(self, places: int) -> AsyncIterator[None]:
        """Holds one of so many places at the service, for the time of the block."""
        holder = uuid.uuid4().hex
        while not self._enter(holder, places):  # noqa: ASYNC110 - another process frees the place: there is no event
            await asyncio.sleep(LOOK_AGAIN)
        renewing = asyncio.create_task(self._renew(holder))
        try:
            yield
        finally:
            renewing.cancel()
            with suppress(asyncio.CancelledError):
                await renewing
            self._leave(holder)

    def _enter(self, holder: str, places: int) -> bool:
        entered = True

        def enter(connection: sqlite3.Connection) -> None:
            nonlocal entered
            now = self._clock()
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute(
                    "DELETE FROM lease WHERE service = ? AND (until < ? OR until > ?)", (self._name, now, now + 2 * LEASE)
                )
                (taken,) = connection.execute("SELECT count(*) FROM lease WHERE service = ?", (self._name,)).fetchone()
                entered = taken < places
                if entered:
                    connection.execute("INSERT INTO lease VALUES (?, ?, ?)", (self._name, holder, now + LEASE))

        self._attempt(enter)
        return entered

    async def _renew(self, holder: str) -> None:
        while True:
            await asyncio.sleep(LEASE / 3)
            self._hold_until(holder, self._clock() + LEASE)

    def _hold_until(self, holder: str, until: float) -> None:
        def hold(connection: sqlite3.Connection) -> None:
            connection.execute("INSERT OR REPLACE INTO lease VALUES (?, ?, ?)", (self._name, holder, until))

        self._attempt(hold)

    def _leave(self, holder: str) -> None:
        def leave(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM lease WHERE service = ? AND holder = ?", (self._name, holder))

        self._attempt(leave)

    def _attempt(self, action: Callable[[sqlite3.Connection], None]) -> None:
        self._file.attempt(action, writes=True)

    def _key(self, kind: str) -> str:
        return f"{self._name} {kind}"
