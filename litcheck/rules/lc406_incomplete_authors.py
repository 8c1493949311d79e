"""LC406 incomplete-authors."""

from __future__ import annotations

from collections.abc import Iterator

from litcheck.findings import Finding, Severity
from litcheck.rules.evidencing import evidence_of, matches
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule

#: So many other entries that name at least as many authors as the work has show that the list would have named them.
FEWEST_NAMED = 3


@rule("LC406", "incomplete-authors", Severity.INFO, Needs.RECORDS)
def incomplete_authors(case: Case) -> Iterator[Finding]:
    """An entry ends its authors with "et al." where the list names as many elsewhere.

    What it means: by its record the work has so many authors, and other entries of the list name that many or more in full. Where
    a list shortens from some number of authors on, as Vancouver style does after six, a work with more of them is no finding.

    Why: styles that name all authors, or up to a number, ask for the names; reference managers copy "et al." from search results.

    Example: "Lee A, et al." for a work of four authors, in a list where other entries name five or six.

    What to do: name the authors as the record has them.
    """
    named_in_full = sorted(
        len(assessment.reference.authors) for assessment in case.assessments if not assessment.reference.authors_truncated
    )
    most_named = named_in_full[-FEWEST_NAMED] if len(named_in_full) >= FEWEST_NAMED else 0
    for reference, match in matches(case):
        named, held = len(reference.authors), len(match.record.authors)
        if not reference.authors_truncated or not named < held <= most_named:
            continue
        others = sum(1 for count in named_in_full if count >= held)
        yield incomplete_authors.finding(
            f"the entry names {named} {'author' if named == 1 else 'authors'} and “et al.”, the record names {held}, and"
            f" {others} other entries of the list name as many in full",
            about=reference,
            confidence=0.8 * reference.confidence_in("author"),
            evidence=evidence_of(match, "authors"),
        )
