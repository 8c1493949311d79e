"""When to stop asking a service: where it is plainly down, and where half of its answers are errors.

A service that is down is to be left alone at once; one that is flaky is asked more slowly, since most of what it is asked again
it answers. Crossref asks its users to stop when a tenth of the answers are errors, which is meant for programs that go on
regardless. Here each error is waited for longer and longer, and from a tenth on the pace is halved. With three answers in ten
faulty all of 1,000 references still get theirs (``python -m benchmarks.network``); stopping at a tenth, 280 did.
"""

from __future__ import annotations

from collections import deque

#: Failures in a row, by weight, after which a service counts as down: before it has answered anything, and after. Two refused
#: connections are enough at first (a name that does not resolve, a closed port), three time-outs, six answers that are errors
#: or broken.
DOWN = 6
DOWN_AFTER_ANSWERS = 9
NO_CONNECTION = 3
REFUSED = 3
NO_ANSWER = 2
BAD_ANSWER = 1

#: The shares of errors from which a service is asked more slowly, and no more. Counted among the last hundred answers, and not
#: before there are so many errors. Of services with 30 % errors the second stops one in two hundred.
SLOWER_SHARE = 0.1
LARGEST_SHARE = 0.5
COUNTED = 100
FEWEST_TO_SLOW = 3
FEWEST_TO_STOP = 20


class Breaker:
    """Counts good and bad answers; once open it stays open, and ``reason`` says why."""

    def __init__(self) -> None:
        self.reason = ""
        self._in_a_row = 0
        self._bad: deque[bool] = deque(maxlen=COUNTED)

    @property
    def is_open(self) -> bool:
        """Whether the service is not to be asked any more."""
        return bool(self.reason)

    @property
    def is_shaky(self) -> bool:
        """Whether so many of the last answers were errors that the service should be asked more slowly."""
        bad = sum(self._bad)
        return bad >= FEWEST_TO_SLOW and bad >= SLOWER_SHARE * len(self._bad)

    @property
    def has_answered(self) -> bool:
        """Whether there was a good answer among the last."""
        return not all(self._bad)

    def answered(self) -> None:
        """The service gave a good answer."""
        self._in_a_row = 0
        self._bad.append(False)

    def failed(self, reason: str, weight: int) -> None:
        """The service gave none, or a bad one."""
        self._in_a_row += weight
        self._bad.append(True)
        bad = sum(self._bad)
        if weight >= DOWN or self._in_a_row >= (DOWN_AFTER_ANSWERS if self.has_answered else DOWN):
            self.open(reason)
        elif bad >= FEWEST_TO_STOP and bad >= LARGEST_SHARE * len(self._bad):
            self.open(f"{bad} of the last {len(self._bad)} answers were errors, the last one: {reason}")

    def open(self, reason: str) -> None:
        """Stops all further requests. The first reason counts."""
        self.reason = self.reason or reason
