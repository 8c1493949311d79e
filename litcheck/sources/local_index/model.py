"""What a local index says about itself, and what a build says while it runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexSource:
    """One SOURCE that an index was built from: a file, or a directory with all the files in it.

    ``digest`` is the SHA-256 of every file's name, size and time of change; it tells whether the source was touched since.
    """

    path: str
    files: int
    size: int
    records: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRecord:
    """A piece of a source that is no work: where it stands (``works.jsonl.gz:17``) and why it was left out."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexRetractions:
    """The table of retractions that an index holds.

    ``rows`` counts notices, ``works`` the works that they are about, ``stand_ins`` those of them of which the index holds no
    record of the registry but only what the table tells. ``bad_rows`` names the first of the ``bad`` rows; ``digest`` is as
    for a source.
    """

    path: str
    digest: str
    rows: int
    works: int
    stand_ins: int
    bad: int
    bad_rows: tuple[BadRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexInfo:
    """What an index holds.

    ``complete`` is the builder's word that on ``as_of`` the registry held no other works, so that a miss says something.
    ``duplicates`` counts records left out because another record of the same DOI was newer or fuller;
    ``bad_records`` names the first of the ``bad`` ones. ``works`` leaves out stand-ins. A ``compact`` index holds only what
    checks read. ``size`` is in bytes.
    """

    directory: Path
    works: int
    complete: bool
    as_of: date | None
    built_at: datetime
    litcheck: str
    size: int
    sources: tuple[IndexSource, ...]
    duplicates: int = 0
    bad: int = 0
    bad_records: tuple[BadRecord, ...] = ()
    compact: bool = False
    retractions: IndexRetractions | None = None

    @property
    def records(self) -> int:
        """How many records of works were read for it."""
        return self.works + self.duplicates

    @property
    def summary(self) -> str:
        """What it holds in a few words: "96,089 works, complete as of 2026-03-01"."""
        completeness = "not declared complete"
        if self.complete:
            completeness = f"complete as of {self.as_of}" if self.as_of else "complete"
        return f"{self.works:,} {'work' if self.works == 1 else 'works'}, {completeness}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildProgress:
    """How far a build is. Sizes are bytes of the source files as they lie on disk.

    ``resumed`` counts the records among ``records`` that an interrupted build had read.
    """

    file: str
    files_done: int
    files: int
    bytes_done: int
    size: int
    records: int
    bad: int
    seconds: float
    resumed: int = 0

    @property
    def rate(self) -> float:
        """Records a second since the build began, or went on."""
        return (self.records - self.resumed) / self.seconds if self.seconds > 0 else 0.0
