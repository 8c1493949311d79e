"""Retraction Watch's table of retractions, corrections and concerns, as the CSV that Crossref gives out.

The columns: https://gitlab.com/crossref/retraction-watch-data. A row tells of one notice about one work; a work may have several.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Self, TextIO

from bib.names import parse_names
from litcheck.errors import UnusableError
from litcheck.evidence import Update
from litcheck.sources.local_index.model import BadRecord
from litcheck.sources.local_index.preparing import NAMED, clean_doi

#: How the source of a notice is named in reports, as Crossref names it.
RETRACTION_WATCH = "retraction-watch"
#: What Retraction Watch calls a notice, and what the registries do.
NATURES = {
    "retraction": "retraction",
    "correction": "correction",
    "expression of concern": "expression-of-concern",
    "reinstatement": "reinstatement",
}
#: The columns that are read.
COLUMNS = (
    "Record ID", "Title", "Journal", "Publisher", "Author", "RetractionDate", "RetractionDOI", "RetractionPubMedID",
    "OriginalPaperDate", "OriginalPaperDOI", "RetractionNature", "Reason",
)  # fmt: skip
#: A file whose first so many rows are all broken is not what it claims to be.
GIVE_UP_AFTER = 1000

_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:\s[\d: APM]{0,12})?")
_NO_VALUE = frozenset({"", "0", "unavailable", "unknown", "none"})


@dataclass(slots=True, kw_only=True)
class NoticedWork:
    """A work with the notices about it, and what the rows tell of the work itself, in the form of Crossref's REST API."""

    notices: dict[Update, None] = field(default_factory=dict)
    work: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticedWorks:
    """What a table holds, by DOI. ``bad`` counts rows that could not be used, wholly or in part; ``bad_rows`` names the first."""

    works: Mapping[str, NoticedWork]
    rows: int
    bad: int
    bad_rows: tuple[BadRecord, ...]


def read_retractions(path: Path) -> NoticedWorks:
    """The works of a table with their notices; ``rows`` counts the notices taken.

    Rows without the work's DOI, of an unknown nature or with too few or too many fields are left out and named with their line;
    a notice whose date cannot be read is kept without it and named too. Raises ``UnusableError`` for what is no such table.
    """
    works: dict[str, NoticedWork] = {}
    bad: list[BadRecord] = []
    broken = rows = 0
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            for line, row in _rows(path, file):
                doi = "" if isinstance(row, str) else clean_doi(row["OriginalPaperDOI"])
                reason = row if isinstance(row, str) else _fault(row, doi)
                if not isinstance(row, str) and (nature := row["RetractionNature"].strip().lower()) in NATURES and doi:
                    rows += 1
                    works.setdefault(doi, NoticedWork(work=_work(doi, row))).notices[_notice(NATURES[nature], doi, row)] = None
                if reason:
                    broken += 1
                    if len(bad) < NAMED:
                        bad.append(BadRecord(place=f"{path}:{line}", reason=reason))
                    if not rows and broken >= GIVE_UP_AFTER:
                        break
    except OSError as error:
        raise UnusableError(f"{path} cannot be read ({error.strerror or error}).") from error
    if not rows:
        raise UnusableError(
            f"{path} holds no rows of Retraction Watch" + (f": {bad[0].reason} ({bad[0].place})." if bad else ".")
        )
    return NoticedWorks(works=works, rows=rows, bad=broken, bad_rows=tuple(bad))


def _fault(row: Mapping[str, str], doi: str) -> str:
    """What is wrong with a row, an empty string if nothing is."""
    if not doi:
        return f"record {row['Record ID']}: the work has no DOI, so no check can find the notice"
    if (nature := row["RetractionNature"].strip()).lower() not in NATURES:
        return f"record {row['Record ID']}: a notice of unknown nature {nature!r}"
    if _day(row["RetractionDate"]) is None:
        return f"record {row['Record ID']}: the date {row['RetractionDate']!r} is none; the notice is kept without it"
    return ""


def _notice(kind: str, work: str, row: Mapping[str, str]) -> Update:
    doi, pmid = clean_doi(row["RetractionDOI"]), row["RetractionPubMedID"].strip()
    # Where the work itself was replaced by its notice both have the DOI of the work.
    doi = "" if doi == work else doi
    return Update(
        kind=kind,
        doi=doi,
        date=_day(row["RetractionDate"]),
        source=RETRACTION_WATCH,
        label="" if doi or pmid.lower() in _NO_VALUE else f"PMID {pmid}",
        reason="; ".join(reason.removeprefix("+") for reason in _listed(row["Reason"])),
    )


def _work(doi: str, row: Mapping[str, str]) -> dict[str, Any]:
    """What a row tells of the work, without the fields that it leaves empty."""
    day = _day(row["OriginalPaperDate"])
    authors = [
        {"name": name.literal} if name.literal else {"family": name.full_family, "given": name.given}
        for name in parse_names("; ".join(_listed(row["Author"])))[0]
    ]
    work = {
        "DOI": doi,
        "title": [title] if (title := row["Title"].strip()) else [],
        "author": authors,
        "container-title": [journal] if (journal := row["Journal"].strip()) else [],
        "publisher": row["Publisher"].strip(),
        "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
    }
    return {name: value for name, value in work.items() if value}


def _listed(value: str) -> list[str]:
    return [part for text in value.split(";") if (part := text.strip()) and part.lower() not in _NO_VALUE]


def _day(value: str) -> date | None:
    """ "5/25/2011 0:00" → 25 May 2011."""
    if (told := _DATE.fullmatch(value.strip())) is None:
        return None
    month, day, year = map(int, told.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _rows(path: Path, file: TextIO) -> Iterator[tuple[int, Mapping[str, str] | str]]:
    """Each row with the number of its first line, as its columns or, where it is broken, as the reason why."""
    lines = _Lines(file)
    header = next(_split(lines), None)
    names = header[1] if header is not None and not isinstance(header[1], str) else []
    if missing := [name for name in COLUMNS if name not in names]:
        raise UnusableError(f"{path} is not Retraction Watch's table: its first line has no column {missing[0]!r}.")
    for line, row in _split(lines):
        if isinstance(row, str):
            yield line, row
        # The published file has a comma more at the end of each line, which tools that save it again may drop.
        elif len(row) == len(names) or (not names[-1] and len(row) == len(names) - 1):
            yield line, dict(zip(names, row, strict=False))
        elif row:
            yield line, f"{len(row)} fields instead of {len(names)}"


def _split(lines: _Lines) -> Iterator[tuple[int, Sequence[str] | str]]:
    """The fields of each row. A row that is none ends with its first line: the lines behind it may be rows of their own."""
    while True:
        number = lines.begin_row()
        try:
            # A reader for each row, because one that failed has lost its place.
            row = next(csv.reader(lines, strict=True), None)
        except csv.Error as error:
            yield number, f"not CSV ({error})"
            lines.return_but_first()
            continue
        if row is None:
            return
        yield number, row


class _Lines:
    """The lines of a file, those of the last row to be read again if it was none."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._number = 1
        self._returned: deque[str] = deque()
        self._taken: list[str] = []

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = self._returned.popleft() if self._returned else next(self._file)
        self._taken.append(line)
        return line

    def begin_row(self) -> int:
        """The number of the line at which the next row begins."""
        self._number += len(self._taken)
        self._taken.clear()
        return self._number

    def return_but_first(self) -> None:
        """Give the lines of the row under way back, all but its first."""
        self._returned.extendleft(reversed(self._taken[1:]))
        del self._taken[1:]
