"""What all reports say in the same words: counts, statuses, sources, and what could not be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from litcheck.findings import Finding, Place, Severity
from litcheck.run import CheckedDocument, Run, SourceUse

#: Statuses in the order of summaries, worst first.
STATUSES = ("wrong-work", "differs", "not-found", "unavailable", "unverifiable", "verified")

#: What each status means, for those who have to defend it.
STATUS_MEANINGS: Mapping[str, str] = {
    "wrong-work": "the DOI belongs to another work than the one described",
    "differs": "the work was found, and the entry describes it otherwise than its record",
    "not-found": "no source asked holds a record that matches; by itself this does not make a reference wrong",
    "unavailable": "a source could not be asked, or holds too little for a miss to say anything; nothing is known either way",
    "unverifiable": "a miss says nothing: the sources do not hold all works of its kind (books, reports, web pages, laws), "
    "or the entry could not be read",
    "verified": "a record was found and agrees",
}

NOTHING_TO_CHECK = "Nothing to check: the document has neither citations nor a reference list."

SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.INFO)
_SEVERITY_NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingGroup:
    """The findings of one code and severity in one document, by place."""

    code: str
    name: str
    severity: Severity
    findings: tuple[Finding, ...]


def counted(number: int, noun: str) -> str:
    """ "1 error", "2 errors", "1,200 references"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def status_words(status: str) -> str:
    """A status as running text has it: ``not-found`` → "not found"."""
    return status.replace("-", " ")


def status_counts(document: CheckedDocument) -> tuple[tuple[str, int], ...]:
    """How many references stand how, worst first, without those that none does."""
    statuses = document.statuses()
    known = tuple((status, statuses[status]) for status in STATUSES if statuses[status])
    return known + tuple((status, number) for status, number in statuses.items() if status not in STATUSES)


def document_line(document: CheckedDocument) -> str:
    """ "32 references: 1 differs, 24 not found, 7 verified; 139 citations; style apa"."""
    if document.nothing_to_check:
        return NOTHING_TO_CHECK
    references = counted(len(document.references), "reference")
    if document.references:
        counts = status_counts(document)
        if len(counts) == 1:
            references += f": {'all ' if len(document.references) > 1 else ''}{status_words(counts[0][0])}"
        else:
            references += ": " + ", ".join(f"{number:,} {status_words(status)}" for status, number in counts)
    parts = [references, counted(len(document.citations), "citation")]
    if document.style:
        parts.append(f"style {document.style}")
    return "; ".join(parts)


def severity_line(findings: Iterable[Finding]) -> str:
    """ "4 errors, 9 warnings, 2 notes", or "no findings"."""
    counts = Counter(finding.severity for finding in findings)
    said = [counted(counts[severity], severity_noun(severity)) for severity in SEVERITIES if counts[severity]]
    return ", ".join(said) or "no findings"


def severity_noun(severity: Severity) -> str:
    """What a person calls a finding of this severity: "error", "warning", "note"."""
    return _SEVERITY_NOUNS[severity]


def place_words(place: Place | None) -> str:
    """ "line 12, column 3" or "page 3", with the file before it where that is not the document; empty without a place."""
    if place is None:
        return ""
    within = f"line {place.line}, column {place.column}" if place.page is None else f"page {place.page}"
    return (f"{place.path}, " if place.path else "") + within


def group_findings(findings: Iterable[Finding]) -> tuple[FindingGroup, ...]:
    """Findings by severity, worst first, then by code; within a code in the order given."""
    groups: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.severity, finding.code), []).append(finding)
    return tuple(
        FindingGroup(code=code, name=groups[severity, code][0].name, severity=severity, findings=tuple(groups[severity, code]))
        for severity, code in sorted(groups, key=lambda key: (-key[0], key[1]))
    )


def compared_with(finding: Finding) -> str:
    """What a finding compares the manuscript with: a "record", or the list's own "entry" where no source was involved."""
    return "record" if finding.evidence.source or finding.evidence.record else "entry"


def source_line(source: SourceUse) -> str:
    """What a source speaks for, apart from its name: "108,000 works, complete as of 2026-04-01"."""
    note = source.note
    if source.as_of and source.as_of not in note:
        note = f"{note}, as of {source.as_of}" if note else f"as of {source.as_of}"
    return "; ".join(part for part in (note, source.address) if part)


def unasked_line(run: Run) -> str:
    """What could not be asked, in one sentence; empty if everything could."""
    number = sum(document.statuses()["unavailable"] for document in run.documents)
    if not number:
        return ""
    return (
        f"{counted(number, 'reference')} could not be checked, because a source could not be asked or does not hold enough: "
        "nothing is known about them either way."
    )


def unasked_reasons(run: Run) -> tuple[str, ...]:
    """The distinct reasons why sources could not be asked, as LC004 tells them."""
    reasons = dict.fromkeys(
        finding.message for document in run.documents for finding in document.findings if finding.code == "LC004"
    )
    return tuple(reasons)
