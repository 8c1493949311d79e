"""LC105 doi-missing."""

from __future__ import annotations

from collections.abc import Iterator

from bib.model import Reference
from litcheck.findings import Finding, Fix, Severity
from litcheck.matching import Agreement, Match
from litcheck.rules.evidencing import evidence_of, matches
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule


@rule("LC105", "doi-missing", Severity.INFO, Needs.RECORDS)
def doi_missing(case: Case) -> Iterator[Finding]:
    """The work has a DOI that the entry lacks.

    What it means: the work described was found, and its record has a DOI.

    Why: most styles ask for the DOI, and it is what keeps a reference traceable.

    Example: an article of 2015, found in Crossref by title, authors and pages, without a DOI in the list.

    What to do: add the DOI, unless the journal's style leaves it out.
    """
    for reference, match in matches(case):
        if match.record.doi and not reference.doi and not reference.doi_printed:
            yield doi_missing.finding(
                f"the entry has no DOI, the record has {match.record.doi}",
                about=reference,
                confidence=match.score,
                evidence=evidence_of(match, "title", "authors", "year"),
                fix=_fix(reference, match, in_text=not case.document.is_bibliography),
            )


def _fix(reference: Reference, match: Match, *, in_text: bool) -> Fix:
    """Adds the DOI at the end of the entry; safe where nothing that was compared differs."""
    address = f"https://doi.org/{match.record.doi}"
    if reference.span is None or not in_text:
        return Fix(description=f"add {address}", replacement=address)
    undisputed = all(
        f.agreement in (Agreement.SAME, Agreement.VARIANT) for f in match.fields if f.field in ("title", "authors", "year")
    )
    certain = undisputed and not any(f.agreement is Agreement.DIFFERS for f in match.fields)
    end = reference.span.end
    return Fix(description=f"add {address}", replacement=f" {address}", start=end, end=end, safe=certain)
