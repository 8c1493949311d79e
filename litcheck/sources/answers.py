"""What passes between a source and the service that it asks: terms, answers, and the ways in which there is none.

CouldNotAsk              no usable answer; becomes ``Unavailable`` at the source
 ├─ Rejected             the request itself is not accepted: another one may be
 └─ UnusableAnswer       an answer that is not what was asked for
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from litcheck.sources.pacing import Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to wait and how often to try, in seconds.

    ``connect`` is for a connection, ``silence`` for the next bytes, ``whole`` for one answer altogether, ``pause`` the longest
    that a service may ask us to wait. A service that has answered nothing yet gets less time, so that one that is down is known
    to be in less than ten seconds: ``first`` is the silence allowed at first, ``decided`` what it has in all; ``lost`` is all
    there is where another service has been given up and none has answered, so that it seems to be our network.
    """

    attempts: int = 5
    first_wait: float = 0.5
    longest_wait: float = 4.0
    connect: float = 5.0
    silence: float = 20.0
    whole: float = 60.0
    pause: float = 60.0
    first: float = 3.0
    decided: float = 7.5
    lost: float = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a service allows: a rate for each kind of request, and how many at once."""

    rates: Mapping[str, Rate]
    at_once: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A whole answer. ``location`` is where a redirect points, empty for other answers."""

    status: int
    body: bytes
    location: str = ""

    @property
    def text(self) -> str:
        """The body as text, whatever it holds."""
        return self.body.decode("utf-8", "replace").strip()

    def json(self) -> Any:
        """The body as JSON. Raises ``UnusableAnswer`` if it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            what = "a web page" if self.body.lstrip()[:1] == b"<" else "something"
            raise UnusableAnswer(f"answered with {what} that is not JSON") from error


class CouldNotAsk(Exception):
    """The service could not be asked, or its answer could not be used; the message says why."""


class Rejected(CouldNotAsk):
    """The service does not accept the request itself (status 400, 413, 414): another request may do."""


class UnusableAnswer(CouldNotAsk):
    """An answer that is not what was asked for: broken, cut off, or about something else. Worth another try."""
