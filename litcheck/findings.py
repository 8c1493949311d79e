"""A finding: one thing that an author should fix or an editor should see, with the evidence for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any


class Severity(IntEnum):
    """How much a finding matters. Ordered, so that thresholds compare."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The lower-case word of reports and options."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One field of the manuscript beside the same field of a record (or of another entry), both as a person reads them."""

    field: str
    manuscript: str
    record: str
    score: float | None = None
    """How alike the two are, 0 to 1, where that was measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingEvidence:
    """What a finding rests on: which source said it, where and when, and the fields compared.

    ``looked`` tells in words what was asked and what the answer was, one line a question; it is what makes "not found"
    defensible.
    """

    source: str = ""
    record: str = ""
    """The record's identifier, a DOI where it has one."""
    url: str = ""
    fetched_at: datetime | None = None
    compared: tuple[Comparison, ...] = ()
    looked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A change that would mend the finding: replace ``[start, end)`` of the document's text by ``replacement``.

    Without offsets the fix is advice in words. ``safe`` fixes may be applied without looking.
    """

    description: str
    replacement: str = ""
    start: int | None = None
    end: int | None = None
    safe: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in the manuscript a finding is, with a little of the text around it so that a report needs no document.

    ``line`` and ``column`` count from 1. ``path`` names the file if it is not the document's own: an entry may be kept in another
    one, and the offsets are into that one's text. A chapter may stand in another one, too; then line and column are of the file,
    and the offsets are into the document's text, as in all other findings. ``page`` is that of the file, from 1, ``None`` where
    it has no pages; where there is one, line and column are those of the text as it was read.
    """

    start: int
    end: int
    line: int
    column: int
    before: str
    quote: str
    after: str
    path: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding. ``references`` are entry ids; ``citations`` are positions in the document's list of citations.

    ``confidence`` is 0 to 1. ``place`` and ``fingerprint`` are filled in when the document is judged; rules leave them.
    """

    code: str
    name: str
    severity: Severity
    message: str
    confidence: float = 1.0
    references: tuple[str, ...] = ()
    citations: tuple[int, ...] = ()
    start: int | None = None
    end: int | None = None
    evidence: FindingEvidence = FindingEvidence()
    fix: Fix | None = None
    place: Place | None = None
    fingerprint: str = ""


#: A CSL-JSON item, as it stands in reports and in the database.
Csl = dict[str, Any]
