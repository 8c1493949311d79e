"""LC503 citation-misspelled."""

from __future__ import annotations

from collections.abc import Iterator

from litcheck.citations.model import Link
from litcheck.findings import Comparison, Finding, FindingEvidence, Fix, Severity
from litcheck.rules.citing import parsed, quoted, same_problem, times
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule


@rule("LC503", "citation-misspelled", Severity.WARNING, Needs.DOCUMENT)
def citation_misspelled(case: Case) -> Iterator[Finding]:
    """A citation spells an author otherwise than the entry, or names the authors in another order.

    What it means: year and number of authors fit one entry, and a name differs from it by a letter or two or lacks half of a
    double name, or the same authors come in another order. Accents, particles, capitals and hyphens are no difference.

    Why: one of the two spellings is wrong, and readers search by it.

    Example: the text cites (Raftopoulos & Joannou, 2025), the entry has Ioannou.

    What to do: look the name up in the publication, and correct whichever is wrong.
    """
    for citation, indices in same_problem(case, lambda c: c.link is Link.MISSPELLED and len(c.references) == 1):
        reference = parsed(case, citation.references[0])
        if reference is None:
            continue
        cited = ", ".join(citation.authors)
        listed = ", ".join(name.full_family for name in reference.authors or reference.editors)
        yield citation_misspelled.finding(
            f"the text cites {quoted(citation)}{times(len(indices))}; the entry has the authors {listed}",
            references=(reference.id,),
            citations=indices,
            span=citation.span,
            confidence=0.9,
            evidence=FindingEvidence(compared=(Comparison(field="authors", manuscript=cited, record=listed),)),
            fix=Fix(description=f"write {listed} as in the entry, or correct the entry"),
        )
