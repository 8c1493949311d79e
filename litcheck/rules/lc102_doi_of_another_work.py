"""LC102 doi-of-another-work."""

from __future__ import annotations

from collections.abc import Iterator

from litcheck.findings import Finding, Severity
from litcheck.matching import Accepted, Match, describes_another_work
from litcheck.matching.titles import SAME_TITLE, grade
from litcheck.rules.evidencing import describe, differences, evidence_of, looked_for
from litcheck.rules.fixing import doi_fix
from litcheck.rules.model import Assessment, Case, Needs
from litcheck.rules.registry import rule


@rule("LC102", "doi-of-another-work", Severity.ERROR, Needs.RECORDS)
def doi_of_another_work(case: Case) -> Iterator[Finding]:
    """The DOI exists and belongs to a work that is not the one described.

    What it means: the record behind the DOI has another title and other authors, or contradicts the entry in so much that they
    cannot be one work. The DOI of a whole book, given for a chapter of it, is only information.

    Why: readers and indexes follow the DOI; they are led to a work that was not cited.

    Example: an entry on casein kinase II in flowering whose DOI leads to an article on butterflies.

    What to do: find the work described and give its DOI, or describe the work that the DOI leads to.
    """
    for assessment in case.assessments:
        match = assessment.by_doi
        if match is not None and describes_another_work(match):
            yield _finding(assessment, match)


def _finding(assessment: Assessment, match: Match) -> Finding:
    reference, record = assessment.reference, match.record
    evidence = evidence_of(match, "title", "authors", "year", "container", looked=looked_for(assessment))
    if reference.container_title and grade(reference.container_title, record.title).score >= SAME_TITLE:
        return doi_of_another_work.finding(
            f"the DOI {reference.doi} is that of the whole, “{record.title}”, and not of the part that the entry describes",
            about=reference,
            severity=Severity.INFO,
            evidence=evidence,
        )
    message = f"the DOI {reference.doi} belongs to another work: {describe(record)}; the entry differs in {differences(match)}"
    fix = None
    outcome = assessment.outcome
    if isinstance(outcome, Accepted) and outcome.match.record.identity != record.identity:
        described = outcome.match.record
        message += f". The work described has {described.doi}" if described.doi else f". The work described is {described.url}"
        fix = doi_fix(reference, described.doi) if described.doi else None
    return doi_of_another_work.finding(message, about=reference, evidence=evidence, fix=fix)
