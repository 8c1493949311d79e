"""When to stop asking a service: at once where it is plainly down, and where too many of its answers are errors."""

from __future__ import annotations

from collections import deque

#: Failures in a row, by weight, after which a service counts as down. Two refused connections are enough (a name that does
#: not resolve, a closed port), three time-outs, six answers that are errors or broken.
DOWN = 6
NO_CONNECTION = 3
REFUSED = 3
NO_ANSWER = 2
BAD_ANSWER = 1

#: Crossref asks its users to stop when a tenth of the answers are errors. Counted among the last hundred, and not before
#: there are five, so that one error among the first ten answers does not end a run.
SHARE = 0.1
COUNTED = 100
FEWEST = 5


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

    def answered(self) -> None:
        """The service gave a good answer."""
        self._in_a_row = 0
        self._bad.append(False)

    def failed(self, reason: str, weight: int) -> None:
        """The service gave none, or a bad one."""
        self._in_a_row += weight
        self._bad.append(True)
        bad = sum(self._bad)
        if self._in_a_row >= DOWN:
            self.open(reason)
        elif bad >= FEWEST and bad >= SHARE * len(self._bad):
            self.open(f"{bad} of the last {len(self._bad)} answers were errors, the last one: {reason}")

    def open(self, reason: str) -> None:
        """Stops all further requests. The first reason counts."""
        self.reason = self.reason or reason
