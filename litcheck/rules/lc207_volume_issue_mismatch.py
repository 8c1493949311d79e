"""LC207 volume-issue-mismatch."""

from __future__ import annotations

from collections.abc import Iterator

from litcheck.findings import Finding, Severity
from litcheck.matching.model import Agreement
from litcheck.rules.evidencing import evidence_of, matches
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule


@rule("LC207", "volume-issue-mismatch", Severity.WARNING, Needs.RECORDS)
def volume_issue_mismatch(case: Case) -> Iterator[Finding]:
    """The volume or the issue differs from the record's.

    What it means: the numbers are different, also with Roman numerals, supplements and volumes counted by years allowed for.

    Why: without a DOI, volume and page are the way to a printed work.

    Example: the entry says volume 82, the record volume 42.

    What to do: take the numbers over from the publication.
    """
    for reference, match in matches(case):
        differing = [name for name in ("volume", "issue") if match.field(name).agreement is Agreement.DIFFERS]
        if differing:
            told = "; ".join(
                f"the entry says {name} {match.field(name).manuscript}, the record {match.field(name).record}"
                for name in differing
            )
            confidence = 0.9 * reference.confidence_in(*differing)
            evidence = evidence_of(match, *differing)
            yield volume_issue_mismatch.finding(told, about=reference, confidence=confidence, evidence=evidence)
