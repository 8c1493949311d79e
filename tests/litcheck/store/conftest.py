"""Runs to store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from litcheck.findings import Comparison, Finding, FindingEvidence, Fix, Place, Severity
from litcheck.run import CheckedCitation, CheckedDocument, CheckedReference, MatchedRecord, Run, SourceUse

NOON = datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)
RECORD = MatchedRecord(
    source="crossref",
    doi="10.5555/soil",
    csl={"title": "Soil and song", "DOI": "10.5555/soil"},
    score=0.97,
    fields={"title": 1.0},
    fetched_at=NOON,
    url="https://doi.org/10.5555/soil",
)


class Runs:
    """Makes runs that differ where a test needs it."""

    noon = NOON
    record = RECORD

    def finding(self, code: str = "LC301", severity: Severity = Severity.ERROR, fingerprint: str = "f1") -> Finding:
        return Finding(
            code=code,
            name="retracted",
            severity=severity,
            message="The work was retracted on 2025-01-02.",
            references=("r1",),
            place=Place(start=0, end=4, line=7, column=3, before="", quote="Soil", after=" and song"),
            evidence=FindingEvidence(
                source="crossref",
                record="10.5555/soil",
                fetched_at=NOON,
                compared=(Comparison(field="title", manuscript="Soil", record="Soil and song", score=0.5),),
                looked=("crossref was asked",),
            ),
            fix=Fix(description="Cite another work."),
            fingerprint=fingerprint,
        )

    def document(self, path: str = "a.txt", *findings: Finding, status: str = "verified") -> CheckedDocument:
        item = {"title": "Soil and song", "DOI": "10.5555/SOIL", "issued": {"date-parts": [[2021]]}}
        return CheckedDocument(
            path=path,
            sha256="00",
            format="text",
            style="apa",
            references=(
                CheckedReference(id="r1", raw="Soil", start=0, end=4, csl=item, status=status, record=RECORD),  # type: ignore[arg-type]
                CheckedReference(id="r2", raw="?", start=None, end=None, csl={}, status="not-found"),
            ),
            citations=(CheckedCitation(start=9, end=12, text="(1)", form="numeric", references=("r1", "r2")),),
            findings=findings,
        )

    def run(self, id_: str, *documents: CheckedDocument, hours: int = 0) -> Run:
        return Run(
            id=id_,
            started_at=NOON + timedelta(hours=hours),
            finished_at=NOON + timedelta(hours=hours, seconds=2),
            litcheck="0.1.0",
            offline=False,
            sources=(SourceUse(name="crossref", address="https://api.crossref.org", note="polite"),),
            documents=documents,
        )


@pytest.fixture
def make() -> Runs:
    return Runs()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "runs.duckdb"
