"""LC108 identifiers-disagree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from bib.names import same_family
from litcheck.evidence import IDENTIFIERS, Found, Record
from litcheck.findings import Comparison, Finding, FindingEvidence, Severity
from litcheck.matching.choosing import describes_another_work
from litcheck.matching.titles import SAME_TITLE, SIMILAR_TITLE, grade, title_forms
from litcheck.rules.evidencing import describe, looked_for, matched
from litcheck.rules.model import Assessment, Case, Needs
from litcheck.rules.registry import rule

#: Authors of each record that are looked at, so that two collaborations of thousands do not hold a run up.
MOST_AUTHORS = 100


@rule("LC108", "identifiers-disagree", Severity.ERROR, Needs.RECORDS)
def identifiers_disagree(case: Case) -> Iterator[Finding]:
    """DOI, PMID, arXiv id or ISBN of one entry lead to different works.

    What it means: the records behind two of them have other titles and share no author, or stand in other volumes and on other
    pages; or one of them leads to another work than the one that the entry describes. A preprint and what it was published as,
    or a translated title, are no difference. A DOI that alone leads elsewhere is LC102.

    Why: whoever follows the wrong one ends at a work that was not cited. Identifiers slip when entries are copied from one
    another, and made-up references often carry those of real works.

    Example: an entry on crabs with the right DOI, whose PMID is that of an article on anaesthesia.

    What to do: follow each of them, and keep those that lead to the work that you used.
    """
    for assessment in case.assessments:
        pair = _disagreeing(assessment)
        if pair is not None:
            (right, one), (wrong, other) = pair
            yield identifiers_disagree.finding(
                f"the {wrong} leads to another work than {right}: {describe(other)}; {right} is {describe(one)}",
                about=assessment.reference,
                confidence=0.95,
                evidence=_evidence(assessment, one, other),
            )


def _disagreeing(assessment: Assessment) -> tuple[tuple[str, Record], tuple[str, Record]] | None:
    """Two names and what they lead to, the one that is more likely right first."""
    led = [
        (f"{IDENTIFIERS[one.kind]} {one.id}", one.lookup.records[0])
        for one in assessment.evidence.by_identifier
        if isinstance(one.lookup, Found) and one.lookup.records
    ]
    known = matched(assessment)
    if known is not None:
        described = ("the work described", known.record)
        return next(((described, other) for other in led if _are_different(known.record, other[1])), None)
    if assessment.by_doi is not None and not describes_another_work(assessment.by_doi):
        led.insert(0, (f"DOI {assessment.reference.doi}", assessment.by_doi.record))
    pairs = ((one, other) for one, other in combinations(led, 2) if _are_different(one[1], other[1]))
    return next((((f"the {name}", one), other) for (name, one), other in pairs), None)


def _are_different(one: Record, other: Record) -> bool:
    """Whether two records are certainly of different works. What says too little is not."""
    if _are_linked(one, other) or _are_linked(other, one) or not (one.titles and other.titles):
        return False
    if max(grade(a, b).score for a in title_forms(one) for b in title_forms(other)) >= SIMILAR_TITLE:
        return False
    if _is_part(one, other) or _is_part(other, one):
        return False
    if _share_author(one, other):
        # One's title may be a translation; two places in print are two works.
        return all(a and b and a != b for a, b in ((one.volume, other.volume), (one.page, other.page)))
    return bool((one.authors or one.editors) and (other.authors or other.editors))


def _are_linked(one: Record, other: Record) -> bool:
    return bool(other.doi) and (
        other.doi in (one.doi, *one.aliases) or any(relation.id == other.doi for relation in one.relations)
    )


def _is_part(one: Record, other: Record) -> bool:
    return any(grade(container, other.title).score >= SAME_TITLE for container in one.containers)


def _share_author(one: Record, other: Record) -> bool:
    ours, theirs = ((*record.authors, *record.editors)[:MOST_AUTHORS] for record in (one, other))
    return any(same_family(a.full_family, b.full_family) for a in ours for b in theirs)


def _evidence(assessment: Assessment, one: Record, other: Record) -> FindingEvidence:
    evidence = FindingEvidence(source=other.source, record=other.identity, url=other.url, fetched_at=other.fetched_at)
    compared = (Comparison(field="title", manuscript=one.title, record=other.title),)
    return replace(evidence, compared=compared, looked=looked_for(assessment))
