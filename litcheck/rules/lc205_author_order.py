"""LC205 author-order."""

from __future__ import annotations

from collections.abc import Iterator

from litcheck.findings import Finding, Severity
from litcheck.matching.authors import align_authors
from litcheck.matching.model import Agreement
from litcheck.rules.evidencing import evidence_of, matches
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule


@rule("LC205", "author-order", Severity.WARNING, Needs.RECORDS)
def author_order(case: Case) -> Iterator[Finding]:
    """The authors stand in another order than in the record.

    What it means: the names are those of the record, and at least two have changed places.

    Why: the order says who did what, and the first name is the one that citations carry.

    Example: the entry has "Zou, Liang & Yu", the record "Liang, Zou & Yu".

    What to do: take the order over from the publication.
    """
    for reference, match in matches(case):
        authors = match.field("authors")
        if authors.agreement is Agreement.DIFFERS and align_authors(reference, match.record).reordered:
            yield author_order.finding(
                f"the entry's order is {authors.manuscript}, the record's {authors.record}",
                about=reference,
                confidence=reference.confidence_in("author", "editor"),
                evidence=evidence_of(match, "authors"),
            )
