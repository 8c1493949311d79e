"""Which documents the store holds a check of that needs no repeating."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from litcheck.findings import Finding, Severity
from litcheck.run import CheckedDocument, CheckedReference, Run
from litcheck.store import Store
from litcheck.store.checked import CheckedBefore

START = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def run(number: int, *documents: CheckedDocument, litcheck: str = "1.0", settings: str = "a", offline: bool = False) -> Run:
    started = START + timedelta(hours=number)
    return Run(
        id=f"run{number}",
        started_at=started,
        finished_at=started,
        litcheck=litcheck,
        offline=offline,
        sources=(),
        documents=documents,
        settings=settings,
    )


def document(path: str, sha256: str = "00", status: str = "verified", severity: Severity | None = None) -> CheckedDocument:
    return CheckedDocument(
        path=path,
        sha256=sha256,
        format="text",
        style="apa",
        references=(CheckedReference(id="1", raw="Lee (2020).", start=0, end=11, csl={}, status=status),),  # type: ignore[arg-type]
        findings=(Finding(code="LC202", name="n", severity=severity, message="m"),) if severity else (),
    )


@pytest.mark.parametrize(
    ("runs", "known"),
    [
        ((), {}),
        ((run(1, document("p")),), {"p": "00"}),
        ((run(1, document("p")), run(2, document("p", "11"))), {"p": "11"}),
        ((run(1, document("p", status="unavailable")),), {}),
        ((run(1, document("p", status="unavailable"), offline=True),), {"p": "00"}),
        ((run(1, document("p"), litcheck="0.9"),), {}),
        ((run(1, document("p"), settings="b"),), {}),
        ((run(1, document("p")), run(2, document("p"), settings="b")), {}),
        ((run(1, document("p"), document("q")), run(2, document("q", status="unavailable"))), {"p": "00"}),
    ],
    ids=[
        "empty",
        "one",
        "newest",
        "a source was down",
        "offline",
        "other version",
        "other settings",
        "then other settings",
        "then down",
    ],
)
def test_only_the_newest_check_with_the_same_means_counts(tmp_path: Path, runs: tuple[Run, ...], known: dict[str, str]) -> None:
    with Store(tmp_path / "runs.duckdb") as store:
        for one in runs:
            store.save_run(one)
        found = store.checked(litcheck="1.0", settings="a")
    assert {path: before.sha256 for path, before in found.items()} == known


@pytest.mark.parametrize(("status", "unavailable"), [("verified", False), ("unavailable", True)])
def test_what_could_not_be_asked_is_remembered(tmp_path: Path, status: str, unavailable: bool) -> None:
    with Store(tmp_path / "runs.duckdb") as store:
        store.save_run(run(1, document("p", status=status), offline=True))
        assert store.checked(litcheck="1.0", settings="a")["p"].unavailable is unavailable


@pytest.mark.parametrize("severity", [None, *Severity])
def test_findings_are_counted_by_severity(tmp_path: Path, severity: Severity | None) -> None:
    with Store(tmp_path / "runs.duckdb") as store:
        store.save_run(run(1, document("p", severity=severity)))
        before = store.checked(litcheck="1.0", settings="a")["p"]
    assert before == CheckedBefore(
        path="p",
        sha256="00",
        errors=int(severity is Severity.ERROR),
        warnings=int(severity is Severity.WARNING),
        infos=int(severity is Severity.INFO),
    )
    assert before.worst() is severity


def test_the_digest_of_settings_comes_back_with_the_run(tmp_path: Path) -> None:
    with Store(tmp_path / "runs.duckdb") as store:
        store.save_run(run(1, document("p"), settings="f00d"))
        assert store.load_run("run1").settings == "f00d"
