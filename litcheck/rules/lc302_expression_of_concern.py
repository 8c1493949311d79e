"""LC302 expression-of-concern."""

from __future__ import annotations

from collections.abc import Iterator

from litcheck.findings import Finding, Severity
from litcheck.rules.evidencing import evidence_of, noticed
from litcheck.rules.model import Case, Needs
from litcheck.rules.notices import CONCERNS, notices, retractions, tell
from litcheck.rules.registry import rule


@rule("LC302", "expression-of-concern", Severity.WARNING, Needs.RECORDS)
def expression_of_concern(case: Case) -> Iterator[Finding]:
    """The publisher has expressed concern about the work.

    What it means: doubts about the work are being looked into, or were and stay open. A work that is retracted is only
    reported as that.

    Why: readers should know that what the work says may not stand.

    Example: a notice that the journal could not obtain the original images.

    What to do: read the notice, and weigh whether your argument needs this work.
    """
    for reference, match in noticed(case):
        found = notices(match.record, CONCERNS)
        if found and not retractions(match.record):
            told = tuple(tell(notice) for notice in found)
            yield expression_of_concern.finding(
                f"a notice stands on this work: {'; '.join(told)}",
                about=reference,
                evidence=evidence_of(match, "title", looked=told),
            )
