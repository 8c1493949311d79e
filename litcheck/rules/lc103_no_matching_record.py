"""LC103 no-matching-record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from litcheck.findings import Finding, FindingEvidence, Severity
from litcheck.rules.evidencing import compared, differing, introduce, looked_for, neighbour
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
        close = neighbour(assessment)
        evidence = FindingEvidence(looked=looked_for(assessment))
        message = "no source asked holds a work as described"
        if close is not None:
            message += f". {introduce(close)}"
            compared_fields = tuple(compared(close, name) for name in differing(close))
            evidence = replace(evidence, source=close.record.source, compared=compared_fields)
        yield no_matching_record.finding(message, about=assessment.reference, evidence=evidence)
