"""Which documents need no new check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from litcheck.findings import Severity

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedBefore:
    """A document as its newest check left it: the digest of the file then, and how many findings of each severity.

    ``unavailable`` says that a source could not be asked for at least one of its references.
    """

    path: str
    sha256: str
    errors: int
    warnings: int
    infos: int
    unavailable: bool = False

    def worst(self) -> Severity | None:
        """The highest severity among the findings."""
        counts = ((Severity.ERROR, self.errors), (Severity.WARNING, self.warnings), (Severity.INFO, self.infos))
        return next((severity for severity, count in counts if count), None)


def read_checked(connection: DuckDBPyConnection, *, litcheck: str, settings: str) -> dict[str, CheckedBefore]:
    """The documents, by path, whose newest check was made by this version with these settings and lacks no evidence.

    A document with a reference that is ``unavailable`` is left out: a source could not be asked then and may answer now.
    Offline there was none to ask, so the answer would be the same.
    """
    rows = connection.execute(
        """
        SELECT path, sha256, open,
            (SELECT count(*) FROM finding f WHERE f.run_id = d.run_id AND f.document = d.document AND f.severity = 'error'),
            (SELECT count(*) FROM finding f WHERE f.run_id = d.run_id AND f.document = d.document AND f.severity = 'warning'),
            (SELECT count(*) FROM finding f WHERE f.run_id = d.run_id AND f.document = d.document AND f.severity = 'info')
        FROM latest_document d JOIN run ON run.id = d.run_id, LATERAL (
            SELECT count(*) > 0 AS open FROM reference r
            WHERE r.run_id = d.run_id AND r.document = d.document AND r.status = 'unavailable'
        )
        WHERE run.litcheck = ? AND run.settings = ? AND (run.offline OR NOT open)
        """,
        [litcheck, settings],
    ).fetchall()
    return {
        path: CheckedBefore(path=path, sha256=sha256, errors=errors, warnings=warnings, infos=infos, unavailable=unavailable)
        for path, sha256, unavailable, errors, warnings, infos in rows
    }
