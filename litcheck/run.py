"""A run: what a check gives, what the store keeps and what reports render. Plain values; references are CSL-JSON."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from bib.formats.csl_json import name_to_csl
from litcheck.evidence import Record, Status
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
    """One citation after linking: the entry that it names, or those that it fits equally well."""

    start: int
    end: int
    text: str
    form: str
    references: tuple[str, ...]
    candidates: tuple[str, ...] = ()


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
    settings: str = ""
    """A digest of what bore on the findings beside the documents, so that an unchanged document need not be checked again."""

    def worst(self) -> Severity | None:
        """The highest severity among all findings."""
        return max((f.severity for d in self.documents for f in d.findings), default=None)

    def has_unavailable(self) -> bool:
        """Whether a source could not be asked for at least one reference."""
        return any(r.status == "unavailable" for d in self.documents for r in d.references)


#: Crossref's types as CSL types, where the two words differ.
_CSL_TYPES = {
    "journal-article": "article-journal",
    "posted-content": "article",
    "proceedings-article": "paper-conference",
    "book-chapter": "chapter",
    "book-part": "chapter",
    "book-section": "chapter",
    "reference-entry": "entry-encyclopedia",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "book-set": "book",
    "book-series": "book",
    "proceedings": "book",
    "dissertation": "thesis",
    "report-component": "report",
    "peer-review": "review",
    "component": "document",
    "other": "document",
}


def csl_of_record(record: Record) -> Csl:
    """The record as a CSL-JSON item, absent fields left out.

    ``custom`` holds what CSL has no field for: every year with its kind, and the notices that concern the work.
    """
    title = record.title
    if title and record.subtitles:
        title = f"{title}: {': '.join(record.subtitles)}"
    item: Csl = {
        "id": record.identity,
        "type": _CSL_TYPES.get(record.type, record.type or "document"),
        "title": title,
        "author": [name_to_csl(name) for name in record.authors],
        "editor": [name_to_csl(name) for name in record.editors],
        "issued": {"date-parts": [[record.year]]} if record.year is not None else None,
        "container-title": record.containers[0] if record.containers else "",
        "container-title-short": record.short_containers[0] if record.short_containers else "",
        "volume": record.volume,
        "issue": record.issue,
        "page": record.page or record.article_number,
        "publisher": record.publisher,
        "ISBN": record.isbns[0] if record.isbns else "",
        "DOI": record.doi,
        "URL": record.url,
        "custom": {
            key: value
            for key, value in (
                ("years", {year.kind: year.year for year in record.years}),
                ("updates", [{"kind": u.kind, "doi": u.doi, "date": u.date and u.date.isoformat()} for u in record.updates]),
            )
            if value
        },
    }
    return {key: value for key, value in item.items() if value}
