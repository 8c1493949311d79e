"""What a rule is and what it sees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from bib.model import Entry, ParseFailure, Reference, Span
from bib.sections import ReferenceSection
from litcheck.citations.model import Citation
from litcheck.documents.model import Document
from litcheck.evidence import Evidence, Status
from litcheck.findings import Finding, FindingEvidence, Fix, Severity
from litcheck.matching import Match, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One reference with all that is known of it.

    ``by_doi`` is the reference beside the record that its DOI leads to (``None``: no DOI, or no record).
    ``outcome`` says which record, of all found, is the work described.
    """

    reference: Reference
    evidence: Evidence
    by_doi: Match | None
    outcome: Outcome
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One document with everything that was parsed, found, linked, fetched and matched. A rule sees nothing else."""

    document: Document
    sections: tuple[ReferenceSection, ...]
    assessments: tuple[Assessment, ...]
    failures: tuple[ParseFailure, ...]
    citations: tuple[Citation, ...]
    style: str
    today: date
    """The day of the check: rules have no clock."""
    entries: Mapping[str, Entry] = field(init=False, repr=False, compare=False)
    """Every entry by its id, parsed or not."""

    def __post_init__(self) -> None:
        parsed: dict[str, Entry] = {a.reference.id: a.reference for a in self.assessments}
        object.__setattr__(self, "entries", parsed | {failure.id: failure for failure in self.failures})


class Needs(Enum):
    """What a rule needs to say anything; ``litcheck rules`` shows which work offline."""

    DOCUMENT = "the document alone"
    RECORDS = "records of the works cited"


Check = Callable[[Case], Iterable[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: its code, name, usual severity, what it needs, its documentation and its check.

    ``summary`` is the first sentence of the documentation.
    """

    code: str
    name: str
    severity: Severity
    needs: Needs
    summary: str
    documentation: str
    check: Check

    def finding(
        self,
        message: str,
        *,
        about: Reference | ParseFailure | None = None,
        references: tuple[str, ...] = (),
        citations: tuple[int, ...] = (),
        span: Span | None = None,
        severity: Severity | None = None,
        confidence: float = 1.0,
        evidence: FindingEvidence | None = None,
        fix: Fix | None = None,
    ) -> Finding:
        """A finding of this rule.

        ``about`` is the entry that it concerns and gives its id and place; ``references`` and ``span`` say otherwise or more.
        ``severity`` defaults to the rule's usual one.
        """
        place = span or (about.span if about is not None else None)
        return Finding(
            code=self.code,
            name=self.name,
            severity=self.severity if severity is None else severity,
            message=message,
            confidence=round(confidence, 2),
            references=references or ((about.id,) if about is not None else ()),
            citations=citations,
            start=place.start if place else None,
            end=place.end if place else None,
            evidence=evidence or FindingEvidence(),
            fix=fix,
        )
