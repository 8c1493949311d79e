"""LC101 doi-not-registered."""

from __future__ import annotations

from collections.abc import Iterator

from litcheck.evidence import NotFound
from litcheck.findings import Finding, FindingEvidence, Fix, Severity
from litcheck.matching import Accepted
from litcheck.rules.evidencing import evidence_of, introduce, looked_for, neighbour, sources_asked
from litcheck.rules.fixing import doi_fix
from litcheck.rules.model import Assessment, Case, Needs
from litcheck.rules.registration import unregistered
from litcheck.rules.registry import rule


@rule("LC101", "doi-not-registered", Severity.ERROR, Needs.RECORDS)
def doi_not_registered(case: Case) -> Iterator[Finding]:
    """The DOI is not registered.

    What it means: doi.org, or a local index that holds all DOIs of its registry up to a stated date, does not know this DOI.
    Nothing is said about works that may be newer than that date, nor, by an index, about DOIs under prefixes that other agencies
    are known to use. Where the work itself was found by its description, its DOI is given.

    Why: a DOI that leads nowhere is a slip in most cases, such as a digit exchanged or a line break in the middle; it is also
    a frequent mark of references that were made up.

    Example: ``10.1016/j.colsurfa.2017.05.088``, where the work has ``10.1016/j.colsurfa.2017.05.082``.

    What to do: compare the DOI with the publication, and take over the one suggested if it is your work's.
    """
    for assessment in case.assessments:
        misses = unregistered(assessment)
        if misses:
            yield _finding(assessment, misses)


def _finding(assessment: Assessment, misses: tuple[NotFound, ...]) -> Finding:
    reference, outcome = assessment.reference, assessment.outcome
    message = f"the DOI {reference.doi} is not registered according to {sources_asked(misses)}"
    evidence = FindingEvidence(source=misses[0].source, url=misses[0].address, looked=looked_for(assessment))
    fix: Fix | None = None
    close = neighbour(assessment)
    if isinstance(outcome, Accepted) and outcome.match.record.doi:
        record = outcome.match.record
        message += f"; the work described has {record.doi}"
        evidence = evidence_of(outcome.match, "doi", "title", looked=evidence.looked)
        fix = doi_fix(reference, record.doi)
    elif close is not None:
        message += f". {introduce(close)}"
    return doi_not_registered.finding(message, about=reference, evidence=evidence, fix=fix)
