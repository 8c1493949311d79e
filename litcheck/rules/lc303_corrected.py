"""LC303 corrected."""

from __future__ import annotations

from collections.abc import Iterator

from litcheck.findings import Finding, Severity
from litcheck.rules.evidencing import evidence_of, noticed
from litcheck.rules.model import Case, Needs
from litcheck.rules.notices import CORRECTIONS, notices, tell
from litcheck.rules.registry import rule


@rule("LC303", "corrected", Severity.INFO, Needs.RECORDS)
def corrected(case: Case) -> Iterator[Finding]:
    """An erratum or a correction to the work exists.

    What it means: its publisher has recorded a correction, an erratum, a corrigendum or an addendum.

    Why: what you cite from the work may be what was corrected.

    Example: a correction of the figures in one table.

    What to do: read the correction and see whether it touches what you cite.
    """
    for reference, match in noticed(case):
        found = notices(match.record, CORRECTIONS)
        if found:
            told = tuple(tell(notice) for notice in found)
            yield corrected.finding(
                f"this work was corrected: {'; '.join(told)}", about=reference, evidence=evidence_of(match, "title", looked=told)
            )
