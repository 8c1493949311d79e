"""How much a document may cost to read, so that no file can hold a run up or fill the machine's memory."""

from __future__ import annotations

import time
from dataclasses import dataclass

from litcheck.errors import UnreadableDocument

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one document may take, each a setting of the same name.

    ``max_file_mb`` is the size of the file, ``max_unpacked_mb`` what is read of it once unpacked, both in millions of bytes;
    ``max_seconds`` the time its reader may take. The longest manuscripts have a few million bytes and take a few seconds.
    """

    max_file_mb: int = 100
    max_unpacked_mb: int = 100
    max_seconds: int = 60

    @property
    def max_file_bytes(self) -> int:
        """``max_file_mb`` in bytes."""
        return self.max_file_mb * _MEGABYTE


#: What holds unless the settings say otherwise.
DEFAULT_LIMITS = Limits()


class Allowance:
    """What is left of the limits while one document is read. Its reader tells it what it is about to use.

    ``unpack`` and ``check_time`` raise ``UnreadableDocument`` when nothing is left, naming the setting that allows more.
    """

    def __init__(self, name: str, limits: Limits) -> None:
        #: How messages call the document: its path, or "Standard input".
        self.name = name
        self._limits = limits
        self._bytes_left = limits.max_unpacked_mb * _MEGABYTE
        self._deadline = time.monotonic() + limits.max_seconds

    @property
    def bytes_left(self) -> int:
        """How many bytes may still be unpacked."""
        return self._bytes_left

    def unpack(self, count: int) -> None:
        """Takes off ``count`` bytes that were, or are about to be, unpacked."""
        self._bytes_left -= count
        if self._bytes_left < 0:
            raise UnreadableDocument(
                f"{self.name} holds more than {self._limits.max_unpacked_mb} MB of text once unpacked, which no manuscript does."
                " Give the manuscript alone, or allow more with the setting `max-unpacked-mb`."
            )

    @property
    def seconds_left(self) -> float:
        """How long reading may still take, 0 if its time is up."""
        return max(0.0, self._deadline - time.monotonic())

    def check_time(self) -> None:
        """To be called now and then, at least once for every second of work."""
        if time.monotonic() > self._deadline:
            raise self.out_of_time()

    def out_of_time(self) -> UnreadableDocument:
        """The error for a document that takes too long."""
        return UnreadableDocument(
            f"{self.name} takes longer than {self._limits.max_seconds} seconds to read. Give the manuscript alone, split the"
            " file, or allow more with the setting `max-seconds`."
        )
