"""LC504 citation-year-differs."""

from __future__ import annotations

from collections.abc import Iterator

from bib.model import Reference
from litcheck.citations.model import Link
from litcheck.findings import Comparison, Finding, FindingEvidence, Severity
from litcheck.rules.citing import entry_of, parsed, quoted, same_problem, times
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule


@rule("LC504", "citation-year-differs", Severity.ERROR, Needs.DOCUMENT)
def citation_year_differs(case: Case) -> Iterator[Finding]:
    """The authors of a citation are those of an entry and the year is not.

    What it means: no entry has these authors and this year (or this letter after it), and one has the authors with another year.

    Why: either the year is wrong in one of the two places, or a work is cited that the list lacks.

    Example: the text cites “a 2024 pilot study by Kaufman et al.”, the list has Kaufman (2023).

    What to do: correct the year, or add the entry that is meant.
    """
    for citation, indices in same_problem(case, lambda c: c.link is Link.YEAR_DIFFERS and c.nearest is not None):
        assert citation.nearest is not None
        cited = citation.year + citation.suffix
        listed = _year(parsed(case, citation.nearest))
        yield citation_year_differs.finding(
            f"the text says {cited} in {quoted(citation)}{times(len(indices))}, the entry says {listed}: "
            f"{entry_of(case, citation.nearest)}",
            references=(citation.nearest,),
            citations=indices,
            span=citation.span,
            confidence=0.85,
            evidence=FindingEvidence(compared=(Comparison(field="year", manuscript=cited, record=listed),)),
        )


def _year(reference: Reference | None) -> str:
    if reference is None or reference.year is None:
        return (reference.status if reference else "") or "no year"
    return f"{reference.year}{reference.year_suffix}"
