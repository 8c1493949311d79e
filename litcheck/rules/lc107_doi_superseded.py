"""LC107 doi-superseded."""

from __future__ import annotations

from collections.abc import Iterator

from litcheck.findings import Finding, Severity
from litcheck.rules.evidencing import evidence_of
from litcheck.rules.fixing import doi_fix
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule


@rule("LC107", "doi-superseded", Severity.INFO, Needs.RECORDS)
def doi_superseded(case: Case) -> Iterator[Finding]:
    """The DOI is an alias of another one.

    What it means: the DOI still leads to the work, and its registry has made another DOI the work's own.

    Why: reference managers and citation counts go by the other one.

    Example: a DOI of a publisher that was taken over by another.

    What to do: replace the DOI by the one that the record has.
    """
    for assessment in case.assessments:
        match, reference = assessment.by_doi, assessment.reference
        if match is not None and reference.doi and reference.doi in match.record.aliases:
            yield doi_superseded.finding(
                f"the entry has the DOI {reference.doi}, the record has {match.record.doi} since",
                about=reference,
                evidence=evidence_of(match, "doi"),
                fix=doi_fix(reference, match.record.doi),
            )
