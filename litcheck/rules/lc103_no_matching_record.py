"""LC103 no-matching-record."""

from __future__ import annotations

from collections.abc import Iterator

from litcheck.findings import Finding, FindingEvidence, Severity
from litcheck.rules.evidencing import compared, describe, differences, differing, looked_for, nearest
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule


@rule("LC103", "no-matching-record", Severity.WARNING, Needs.RECORDS)
def no_matching_record(case: Case) -> Iterator[Finding]:
    """No source asked holds a record that matches.

    What it means: works like the description were looked for and none of those found is the work described. This is said only
    of kinds of works that the sources cover, and only if all of them could be asked. The most similar record is named as a
    neighbour, not as the work.

    Why: the work may be described wrongly in more than one field, or be in a journal that registers no DOIs; it may also not
    exist.

    Example: an article in a journal that Crossref covers, of which neither title nor pages lead to a record.

    What to do: look at the publication and compare title, authors, journal and year with the entry.
    """
    for assessment in case.assessments:
        if assessment.status != "not-found":
            continue
        close = nearest(assessment)
        looked = looked_for(assessment)
        evidence = FindingEvidence(looked=looked)
        message = "no source asked holds a work as described"
        if close is not None and differing(close):
            record = close.record
            message += f"; the nearest record is {describe(record)}, and differs in {differences(close)}"
            evidence = FindingEvidence(
                source=record.source, compared=tuple(compared(close, name) for name in differing(close)), looked=looked
            )
        yield no_matching_record.finding(message, about=assessment.reference, evidence=evidence)
