"""LC106 ambiguous-record."""

from __future__ import annotations

from collections.abc import Iterator

from litcheck.findings import Finding, Severity
from litcheck.matching import Ambiguous
from litcheck.rules.evidencing import describe, evidence_of, looked_for
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule

#: Records named in a message.
NAMED = 3


@rule("LC106", "ambiguous-record", Severity.INFO, Needs.RECORDS)
def ambiguous_record(case: Case) -> Iterator[Finding]:
    """Several records fit equally well.

    What it means: the sources hold more than one work that agrees with everything the entry says. None was picked.

    Why: which of them is meant only the author knows; a preprint and its publication, or a work that was registered twice, are
    the usual cases.

    Example: the same authors, title and year once in a journal and once in its supplement, with no volume or page in the entry.

    What to do: add the DOI, or what tells the works apart: volume, pages, edition.
    """
    for assessment in case.assessments:
        outcome = assessment.outcome
        if isinstance(outcome, Ambiguous):
            named = "; ".join(describe(match.record) for match in outcome.matches[:NAMED])
            yield ambiguous_record.finding(
                f"{len(outcome.matches)} records fit equally well: {named}",
                about=assessment.reference,
                evidence=evidence_of(outcome.matches[0], "title", "authors", "year", looked=looked_for(assessment)),
            )
