"""LC104 doi-malformed."""

from __future__ import annotations

from collections.abc import Iterator

from bib.identifiers import is_doi, repair_doi
from litcheck.findings import Finding, FindingEvidence, Fix, Severity
from litcheck.rules.evidencing import evidence_of, looked_for, matched
from litcheck.rules.fixing import doi_fix
from litcheck.rules.model import Assessment, Case, Needs
from litcheck.rules.registry import rule


@rule("LC104", "doi-malformed", Severity.ERROR, Needs.DOCUMENT)
def doi_malformed(case: Case) -> Iterator[Finding]:
    """The DOI is not one by its syntax.

    What it means: what stands where the DOI belongs is not "10.", a number of four to nine digits, a slash and a suffix.

    Why: it leads nowhere, whatever was meant.

    Example: ``doi:1O.1234/abc`` with a letter O, or ``10.1234.abc`` without the slash.

    What to do: take over the DOI suggested, where one is, or copy it again from the publication.
    """
    for assessment in case.assessments:
        reference = assessment.reference
        given = reference.doi or reference.doi_printed
        if given and not is_doi(given):
            yield _finding(assessment, reference.doi_printed or reference.doi)


def _finding(assessment: Assessment, printed: str) -> Finding:
    match = matched(assessment)
    message = f"“{printed}” is not a DOI by its syntax"
    evidence = FindingEvidence(looked=looked_for(assessment))
    fix: Fix | None = None
    if match is not None and match.record.doi:
        message += f"; the work described has {match.record.doi}"
        evidence = evidence_of(match, "doi", "title", looked=evidence.looked)
        fix = doi_fix(assessment.reference, match.record.doi)
    else:
        repaired = repair_doi(printed)
        if repaired:
            message += f"; {repaired} may be meant, which was not looked up"
    return doi_malformed.finding(message, about=assessment.reference, evidence=evidence, fix=fix)
