"""Reads a stored run back, equal to the one that was written."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from litcheck.findings import Comparison, Finding, FindingEvidence, Fix, Place, Severity
from litcheck.run import CheckedCitation, CheckedDocument, CheckedReference, MatchedRecord, Run, SourceUse

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """One line of the list of stored runs. ``first_path`` is that of its first document, empty if it has none."""

    id: str
    started_at: datetime
    finished_at: datetime
    litcheck: str
    offline: bool
    documents: int
    references: int
    errors: int
    warnings: int
    infos: int
    first_path: str

    @property
    def findings(self) -> int:
        """All findings of the run."""
        return self.errors + self.warnings + self.infos


def read_runs(connection: DuckDBPyConnection) -> tuple[RunSummary, ...]:
    """The stored runs, newest first."""
    rows = connection.execute(
        """
        SELECT id, epoch_us(started_at), epoch_us(finished_at), litcheck, offline,
            (SELECT count(*) FROM document WHERE run_id = run.id),
            (SELECT count(*) FROM reference WHERE run_id = run.id),
            (SELECT count(*) FROM finding WHERE run_id = run.id AND severity = 'error'),
            (SELECT count(*) FROM finding WHERE run_id = run.id AND severity = 'warning'),
            (SELECT count(*) FROM finding WHERE run_id = run.id AND severity = 'info'),
            coalesce((SELECT arg_min(path, document) FROM document WHERE run_id = run.id), '')
        FROM run ORDER BY started_at DESC, finished_at DESC, run.rowid DESC
        """
    ).fetchall()
    return tuple(
        RunSummary(
            id=row[0],
            started_at=moment(row[1]),
            finished_at=moment(row[2]),
            litcheck=row[3],
            offline=row[4],
            documents=row[5],
            references=row[6],
            errors=row[7],
            warnings=row[8],
            infos=row[9],
            first_path=row[10],
        )
        for row in rows
    )


def latest_run_id(connection: DuckDBPyConnection) -> str | None:
    """The id of the newest run, ``None`` if there is none."""
    row = connection.execute("SELECT id FROM run ORDER BY started_at DESC, finished_at DESC, rowid DESC LIMIT 1").fetchone()
    return str(row[0]) if row else None


def read_run(connection: DuckDBPyConnection, run_id: str) -> Run | None:
    """The run with this id, ``None`` if there is none."""
    row = connection.execute(
        "SELECT id, epoch_us(started_at), epoch_us(finished_at), litcheck, offline, sources, settings FROM run WHERE id = ?",
        [run_id],
    ).fetchone()
    if row is None:
        return None
    return Run(
        id=row[0],
        started_at=moment(row[1]),
        finished_at=moment(row[2]),
        litcheck=row[3],
        offline=row[4],
        sources=tuple(SourceUse(**source) for source in json.loads(row[5])),
        documents=_read_documents(connection, run_id),
        settings=row[6],
    )


def _read_documents(connection: DuckDBPyConnection, run_id: str) -> tuple[CheckedDocument, ...]:
    references = _read_references(connection, run_id)
    citations = _read_citations(connection, run_id)
    findings = _read_findings(connection, run_id)
    rows = connection.execute(
        "SELECT document, path, sha256, format, style, nothing_to_check FROM document WHERE run_id = ? ORDER BY document",
        [run_id],
    ).fetchall()
    return tuple(
        CheckedDocument(
            path=path,
            sha256=sha256,
            format=format_,
            style=style,
            references=tuple(references[number]),
            citations=tuple(citations[number]),
            findings=tuple(findings[number]),
            nothing_to_check=nothing_to_check,
        )
        for number, path, sha256, format_, style, nothing_to_check in rows
    )


def _read_references(connection: DuckDBPyConnection, run_id: str) -> dict[int, list[CheckedReference]]:
    rows = connection.execute(
        """
        SELECT document, reference.id, raw, span_start, span_end, reference.csl, status,
            record_id, source, doi, record.csl, score, field_scores, epoch_us(fetched_at), url
        FROM reference LEFT JOIN record ON record.id = reference.record_id
        WHERE run_id = ? ORDER BY document, position
        """,
        [run_id],
    ).fetchall()
    references = defaultdict(list)
    for number, id_, raw, start, end, csl, status, record_id, source, doi, record_csl, score, scores, fetched, url in rows:
        record = None
        if record_id is not None:
            record = MatchedRecord(
                source=source,
                doi=doi,
                csl=json.loads(record_csl),
                score=score,
                fields=json.loads(scores),
                fetched_at=moment(fetched),
                url=url,
            )
        references[number].append(
            CheckedReference(id=id_, raw=raw, start=start, end=end, csl=json.loads(csl), status=status, record=record)
        )
    return references


def _read_citations(connection: DuckDBPyConnection, run_id: str) -> dict[int, list[CheckedCitation]]:
    rows = connection.execute(
        """
        SELECT document, span_start, span_end, text, form, reference_ids, candidate_ids
        FROM citation WHERE run_id = ? ORDER BY document, position
        """,
        [run_id],
    ).fetchall()
    citations = defaultdict(list)
    for number, start, end, text, form, references, candidates in rows:
        citations[number].append(
            CheckedCitation(
                start=start, end=end, text=text, form=form, references=tuple(references), candidates=tuple(candidates)
            )
        )
    return citations


def _read_findings(connection: DuckDBPyConnection, run_id: str) -> dict[int, list[Finding]]:
    rows = connection.execute(
        """
        SELECT document, code, name, severity::VARCHAR, confidence, message, reference_ids, citation_positions,
            span_start, span_end, place, evidence, fix, fingerprint
        FROM finding WHERE run_id = ? ORDER BY document, position
        """,
        [run_id],
    ).fetchall()
    findings = defaultdict(list)
    for (
        number,
        code,
        name,
        severity,
        confidence,
        message,
        references,
        citations,
        start,
        end,
        place,
        evidence,
        fix,
        print_,
    ) in rows:
        findings[number].append(
            Finding(
                code=code,
                name=name,
                severity=Severity[severity.upper()],
                confidence=confidence,
                message=message,
                references=tuple(references),
                citations=tuple(citations),
                start=start,
                end=end,
                evidence=_evidence(json.loads(evidence)),
                fix=Fix(**json.loads(fix)) if fix else None,
                place=Place(**json.loads(place)) if place else None,
                fingerprint=print_,
            )
        )
    return findings


def _evidence(value: dict[str, Any]) -> FindingEvidence:
    fetched_at = value["fetched_at"]
    return FindingEvidence(
        source=value["source"],
        record=value["record"],
        url=value["url"],
        fetched_at=datetime.fromisoformat(fetched_at) if fetched_at else None,
        compared=tuple(Comparison(**compared) for compared in value["compared"]),
        looked=tuple(value["looked"]),
    )


def moment(microseconds: int) -> datetime:
    """A time in UTC from microseconds since 1970."""
    # Not DuckDB's own conversion: it needs pytz, which nothing here asks for.
    return _EPOCH + timedelta(microseconds=microseconds)
