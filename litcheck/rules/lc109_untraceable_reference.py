"""LC109 untraceable-reference."""

from __future__ import annotations

from collections.abc import Iterator

from litcheck.findings import Finding, FindingEvidence, Severity
from litcheck.matching.model import Agreement, Match
from litcheck.matching.titles import SIMILAR_TITLE
from litcheck.rules.evidencing import compared, describe, differences, differing, looked_for, nearest, sources_asked
from litcheck.rules.model import Case, Needs
from litcheck.rules.registration import unregistered
from litcheck.rules.registry import rule


@rule("LC109", "untraceable-reference", Severity.ERROR, Needs.RECORDS)
def untraceable_reference(case: Case) -> Iterator[Finding]:
    """Neither the DOI nor the description leads to any record.

    What it means: the DOI is not registered, and none of the works like the description is the one described, although the
    sources that were asked cover its kind. The finding says what was looked for, where and as of when. A similar record is
    named as a neighbour, with what differs; it is not said to be the work.

    Why: a reader cannot reach this work by anything that the entry says. Made-up references look like this, and so do entries
    with several slips at once.

    Example: an article with a plausible journal and volume, whose DOI no agency knows and whose title no record has.

    What to do: find the publication itself. If the neighbour named is the work you used, take its description over.
    """
    for assessment in case.assessments:
        misses = unregistered(assessment)
        if not misses or assessment.status != "not-found":
            continue
        reference = assessment.reference
        message = (
            f"no trace was found of this work: the DOI {reference.doi} is not registered, says {sources_asked(misses)},"
            " and no record was found that has its title, or its authors and year, as described"
        )
        looked = looked_for(assessment)
        evidence = FindingEvidence(source=misses[0].source, url=misses[0].address, looked=looked)
        close = nearest(assessment)
        if close is not None and differing(close):
            if _is_telling(close):
                message += f". The nearest record is {describe(close.record)}; it differs in {differences(close)}"
            evidence = FindingEvidence(
                source=misses[0].source,
                url=misses[0].address,
                compared=tuple(compared(close, name) for name in differing(close)),
                looked=looked,
            )
        yield untraceable_reference.finding(message, about=reference, evidence=evidence)


def _is_telling(match: Match) -> bool:
    """Whether the neighbour is near enough to help an author: a title in part the same, or shared authors in that year."""
    title, authors = match.field("title"), match.field("authors")
    return title.score >= SIMILAR_TITLE or (
        authors.agreement is not Agreement.UNKNOWN
        and authors.score > 0
        and match.field("year").agreement is not Agreement.DIFFERS
    )
