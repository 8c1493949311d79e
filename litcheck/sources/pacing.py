"""How fast a service may be asked: its stated limits, and the waiting that keeps to them."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from litcheck.sources.shared_limits import SharedLimits

#: Requests are spread a little wider than allowed, since the network bunches what was sent evenly. With 1.05 a server that
#: counts in a sliding window refused 1 to 6 requests in a hundred (``benchmarks/network.py``).
MARGIN = 1.08
#: What a turn that was taken late may leave of the distance to the next one. It must not eat up the margin.
NEAREST = 0.97
#: A 429 doubles the distance between requests, up to this factor; each good answer takes a tenth of it back.
SLOWEST = 8.0

_INTERVAL = re.compile(r"\s{0,9}(\d{1,9}(?:\.\d{1,9})?)\s{0,9}(ms|s|m|h)?\s{0,9}", re.IGNORECASE)
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests in so many seconds."""

    requests: float
    seconds: float


def stated_rate(headers: Mapping[str, str]) -> Rate | None:
    """The rate of ``x-rate-limit-limit`` and ``x-rate-limit-interval`` ("1s", "50ms", "1m", "1h"); ``None`` without both."""
    limit = stated_number(headers.get("x-rate-limit-limit"))
    interval = _INTERVAL.fullmatch(headers.get("x-rate-limit-interval", ""))
    if limit is None or interval is None:
        return None
    seconds = float(interval[1]) * _UNITS[(interval[2] or "s").lower()]
    return Rate(limit, seconds) if seconds > 0 else None


def stated_number(header: str | None) -> int | None:
    """A header that is a positive whole number, ``None`` if it is anything else."""
    text = (header or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 and int(text) > 0 else None


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that ``Retry-After`` asks to wait, given as seconds or as a date; ``None`` without a usable one."""
    text = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}(?:\.\d{1,9})?", text):
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def next_turn(due: float, now: float, distance: float) -> float:
    """When the next turn is, if the one that was due is taken now: small delays do not add up, larger ones bunch nothing."""
    return max(due + distance, now + NEAREST * distance)


class Pacer:
    """Gives turns at a steady distance. One for each limit that a service states apart.

    ``kind`` names the limit in ``shared``, where the turns of all processes of the machine are.
    """

    def __init__(self, rate: Rate, *, kind: str = "", shared: SharedLimits | None = None) -> None:
        self._rate = rate
        self._kind = kind
        self._shared = shared
        self._is_stated = False
        self._slowness = 1.0
        self._next = 0.0
        self._paused_until = 0.0

    @property
    def interval(self) -> float:
        """Seconds after which the service counts anew."""
        return self._rate.seconds

    def keep_to(self, rate: Rate) -> None:
        """Takes the rate that the service has stated for this kind of request."""
        self._is_stated = True
        self._change(rate)

    def assume(self, rate: Rate) -> None:
        """Takes a rate that is likely, where the service has stated none."""
        if not self._is_stated:
            self._change(rate)

    def _change(self, rate: Rate) -> None:
        if rate != self._rate:
            self._rate = rate
            # The next turn was put off by the rate of before.
            self._next = min(self._next, time.monotonic() + self._distance)
            if self._shared is not None:
                self._shared.hasten(self._kind, self._distance)

    def pause(self, seconds: float) -> None:
        """Gives no turn for so long."""
        self._paused_until = max(self._paused_until, time.monotonic() + seconds)
        if self._shared is not None:
            self._shared.pause(self._kind, seconds)

    def too_fast(self) -> None:
        """The service said that it was asked too fast."""
        self._slowness = min(SLOWEST, self._slowness * 2)

    def ease(self) -> None:
        """Too many of the service's answers are errors: half the pace, until good answers have taken that back."""
        self._slowness = max(self._slowness, 2.0)

    def answered(self) -> None:
        """The service gave a good answer."""
        self._slowness = max(1.0, self._slowness * 0.9)

    def wait(self) -> float:
        """Seconds until a turn that would be asked for now."""
        return max(self._next, self._paused_until) - time.monotonic()

    async def turn(self) -> None:
        """Returns when it is this caller's turn."""
        while (wait := self._take()) > 0:  # noqa: ASYNC110 - another process may take the turn: there is no event
            await asyncio.sleep(wait)

    def _take(self) -> float:
        """Takes the turn that is due, or tells in how many seconds to ask again."""
        now = time.monotonic()
        if self._paused_until > now:
            return self._paused_until - now
        wait = self._shared.take_turn(self._kind, self._distance) if self._shared is not None else None
        if wait is None:
            wait = self._next - now
        if wait <= 0:
            self._next = next_turn(self._next, now, self._distance)
        return wait

    def arrived(self) -> None:
        """A request that may have been long on its way, since the connection had to be made, has arrived by now."""
        self._next = max(self._next, time.monotonic() + NEAREST * self._distance)
        if self._shared is not None:
            self._shared.put_off(self._kind, NEAREST * self._distance)

    @property
    def _distance(self) -> float:
        return self._rate.seconds / self._rate.requests * MARGIN * self._slowness


class Gate:
    """Lets so many in at once. The number may change while others wait."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._inside = 0
        self._changed = asyncio.Condition()

    @property
    def places(self) -> int:
        """How many are let in."""
        return self._places

    async def resize(self, places: int) -> None:
        """Lets so many in from now on."""
        if places != self._places:
            async with self._changed:
                self._places = places
                self._changed.notify(places)

    async def __aenter__(self) -> None:
        async with self._changed:
            while self._inside >= self._places:
                await self._changed.wait()
            self._inside += 1

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        async with self._changed:
            self._inside -= 1
            self._changed.notify()
