"""A run: what a check gives, what the store keeps and what reports render. Plain values; references are CSL-JSON."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from litcheck.evidence import Status
from litcheck.findings import Csl, Finding, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedRecord:
    """The record that a reference was matched with, and how alike each field is (0 to 1)."""

    source: str
    doi: str
    csl: Csl
    score: float
    fields: dict[str, float]
    fetched_at: datetime
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedReference:
    """One entry after the check. ``csl`` is empty when the entry could not be parsed."""

    id: str
    raw: str
    start: int | None
    end: int | None
    csl: Csl
    status: Status
    record: MatchedRecord | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCitation:
    """One citation after linking."""

    start: int
    end: int
    text: str
    form: str
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedDocument:
    """One document after the check. ``nothing_to_check`` says that it neither cites nor lists anything."""

    path: str
    sha256: str
    format: str
    style: str
    references: tuple[CheckedReference, ...] = ()
    citations: tuple[CheckedCitation, ...] = ()
    findings: tuple[Finding, ...] = ()
    nothing_to_check: bool = False

    def statuses(self) -> Counter[str]:
        """How many references stand how."""
        return Counter(reference.status for reference in self.references)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceUse:
    """One source that a run used: its name, its address or path, and the date it speaks for where it has one."""

    name: str
    address: str = ""
    as_of: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of a check over one or more documents."""

    id: str
    started_at: datetime
    finished_at: datetime
    litcheck: str
    offline: bool
    sources: tuple[SourceUse, ...]
    documents: tuple[CheckedDocument, ...]

    def worst(self) -> Severity | None:
        """The highest severity among all findings."""
        return max((f.severity for d in self.documents for f in d.findings), default=None)

    def has_unavailable(self) -> bool:
        """Whether a source could not be asked for at least one reference."""
        return any(r.status == "unavailable" for d in self.documents for r in d.references)
