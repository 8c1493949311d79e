"""LC109 untraceable-reference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from litcheck.findings import Finding, FindingEvidence, Severity
from litcheck.rules.evidencing import (
    agreeing_citation,
    compared,
    differing,
    introduce,
    looked_for,
    neighbour,
    sources_asked,
)
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
            f"no trace was found of this work: the DOI {reference.doi} is not registered according to {sources_asked(misses)},"
            " and no record was found that agrees with the description"
        )
        evidence = FindingEvidence(source=misses[0].source, url=misses[0].address, looked=looked_for(assessment))
        close = neighbour(assessment)
        if close is not None:
            message += f". {introduce(close)}"
            cited = agreeing_citation(case, reference, close.record)
            if cited is not None:
                message += f". The text cites “{cited.text}”, which agrees with that record and not with the entry"
            evidence = replace(evidence, compared=tuple(compared(close, name) for name in differing(close)))
        yield untraceable_reference.finding(message, about=reference, evidence=evidence)
