"""The JSON report: a type of its own, so that a change inside the program changes nothing for those who read it.

``docs/json.md`` describes it for readers, ``litcheck-1.schema.json`` for machines.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TypedDict

from litcheck.findings import Csl, Finding, FindingEvidence, Fix
from litcheck.run import CheckedCitation, CheckedDocument, CheckedReference, MatchedRecord, Run
from reports.escaping import encodable

#: Changes only when a field changes its meaning; fields may be added without.
SCHEMA = "litcheck/1"


class SourceJson(TypedDict):
    """A source that the run used."""

    name: str
    address: str
    as_of: str
    note: str


class RunJson(TypedDict):
    """The run itself."""

    id: str
    started_at: str
    finished_at: str
    litcheck: str
    offline: bool
    sources: list[SourceJson]


class RecordJson(TypedDict):
    """The record that a reference was matched with."""

    source: str
    doi: str
    reference: Csl
    score: float
    fields: dict[str, float]
    fetched_at: str
    url: str


class ReferenceJson(TypedDict):
    """One entry of a reference list."""

    id: str
    start: int | None
    end: int | None
    raw: str
    reference: Csl
    status: str
    record: RecordJson | None


class CitationJson(TypedDict):
    """One work cited at one place."""

    start: int
    end: int
    text: str
    form: str
    references: list[str]
    candidates: list[str]


class ComparisonJson(TypedDict):
    """One field of the manuscript beside the record's."""

    field: str
    manuscript: str
    record: str
    score: float | None


class EvidenceJson(TypedDict):
    """What a finding rests on."""

    source: str
    record: str
    url: str
    fetched_at: str | None
    compared: list[ComparisonJson]
    looked: list[str]


class FixJson(TypedDict):
    """A change that would mend a finding."""

    description: str
    replacement: str
    start: int | None
    end: int | None
    safe: bool


class FindingJson(TypedDict):
    """One finding."""

    code: str
    name: str
    severity: str
    confidence: float
    message: str
    references: list[str]
    citations: list[int]
    start: int | None
    end: int | None
    line: int | None
    column: int | None
    path: str | None
    page: int | None
    evidence: EvidenceJson
    fix: FixJson | None
    fingerprint: str


class DocumentJson(TypedDict):
    """One document with everything that was found in it."""

    path: str
    sha256: str
    format: str
    style: str
    nothing_to_check: bool
    references: list[ReferenceJson]
    citations: list[CitationJson]
    findings: list[FindingJson]


class ReportJson(TypedDict):
    """The whole report."""

    schema: str
    run: RunJson
    documents: list[DocumentJson]


class LineJson(TypedDict):
    """One line of the JSON-lines report: a document and the run that it belongs to."""

    schema: str
    run: RunJson
    document: DocumentJson


def render_json(run: Run, *, indent: int | None = 2) -> str:
    """The run as one JSON object, with a newline at the end."""
    report = ReportJson(schema=SCHEMA, run=_run(run), documents=[_document(document) for document in run.documents])
    return _dump(report, indent=indent)


def render_jsonl(run: Run) -> str:
    """The run as JSON lines, one a document; nothing at all for a run without documents."""
    about = _run(run)
    return "".join(
        _dump(LineJson(schema=SCHEMA, run=about, document=_document(document)), indent=None) for document in run.documents
    )


def _dump(value: ReportJson | LineJson, *, indent: int | None) -> str:
    return encodable(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)) + "\n"


def _run(run: Run) -> RunJson:
    return RunJson(
        id=run.id,
        started_at=_moment(run.started_at),
        finished_at=_moment(run.finished_at),
        litcheck=run.litcheck,
        offline=run.offline,
        sources=[SourceJson(name=s.name, address=s.address, as_of=s.as_of, note=s.note) for s in run.sources],
    )


def _document(document: CheckedDocument) -> DocumentJson:
    return DocumentJson(
        path=document.path,
        sha256=document.sha256,
        format=document.format,
        style=document.style,
        nothing_to_check=document.nothing_to_check,
        references=[_reference(reference) for reference in document.references],
        citations=[_citation(citation) for citation in document.citations],
        findings=[_finding(finding) for finding in document.findings],
    )


def _reference(reference: CheckedReference) -> ReferenceJson:
    return ReferenceJson(
        id=reference.id,
        start=reference.start,
        end=reference.end,
        raw=reference.raw,
        reference=reference.csl,
        status=reference.status,
        record=_record(reference.record) if reference.record else None,
    )


def _record(record: MatchedRecord) -> RecordJson:
    return RecordJson(
        source=record.source,
        doi=record.doi,
        reference=record.csl,
        score=record.score,
        fields=record.fields,
        fetched_at=_moment(record.fetched_at),
        url=record.url,
    )


def _citation(citation: CheckedCitation) -> CitationJson:
    return CitationJson(
        start=citation.start,
        end=citation.end,
        text=citation.text,
        form=citation.form,
        references=list(citation.references),
        candidates=list(citation.candidates),
    )


def _finding(finding: Finding) -> FindingJson:
    place = finding.place
    return FindingJson(
        code=finding.code,
        name=finding.name,
        severity=finding.severity.word,
        confidence=finding.confidence,
        message=finding.message,
        references=list(finding.references),
        citations=list(finding.citations),
        start=finding.start,
        end=finding.end,
        line=place.line if place else None,
        column=place.column if place else None,
        path=(place.path or None) if place else None,
        page=place.page if place else None,
        evidence=_evidence(finding.evidence),
        fix=_fix(finding.fix) if finding.fix else None,
        fingerprint=finding.fingerprint,
    )


def _evidence(evidence: FindingEvidence) -> EvidenceJson:
    return EvidenceJson(
        source=evidence.source,
        record=evidence.record,
        url=evidence.url,
        fetched_at=_moment(evidence.fetched_at) if evidence.fetched_at else None,
        compared=[
            ComparisonJson(field=c.field, manuscript=c.manuscript, record=c.record, score=c.score) for c in evidence.compared
        ],
        looked=list(evidence.looked),
    )


def _fix(fix: Fix) -> FixJson:
    return FixJson(description=fix.description, replacement=fix.replacement, start=fix.start, end=fix.end, safe=fix.safe)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
