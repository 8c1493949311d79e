"""Putting together what is known of one reference: the record of its DOI, the record of its description, and how it stands."""

from __future__ import annotations

from bib.model import Reference
from litcheck.evidence import Evidence, Status
from litcheck.matching import Accepted, Ambiguous, Match, Outcome, choose, compare, describes_same_work
from litcheck.rules.model import Assessment

#: Kinds of works that the registries asked hold nearly without gaps, so that a miss says something.
REGISTERED_KINDS = frozenset({"article-journal", "paper-conference"})


def assess(reference: Reference, evidence: Evidence, *, covered: bool) -> Assessment:
    """One reference with the record that its DOI leads to, the record that it describes, and its status.

    ``covered`` says that a source that was asked could hold a work of this kind. The status is as far as records tell; that a
    verified work ``differs`` from its description is for the rules to find (``with_findings`` of the pipeline).
    """
    doi_record = evidence.doi_record
    by_doi = compare(reference, doi_record) if doi_record is not None else None
    outcome = choose(reference, evidence.candidates, doi_record=doi_record)
    return Assessment(
        reference=reference,
        evidence=evidence,
        by_doi=by_doi,
        outcome=outcome,
        status=_status(evidence, by_doi, outcome, covered=covered),
        covered=covered,
    )


def _status(evidence: Evidence, by_doi: Match | None, outcome: Outcome, *, covered: bool) -> Status:
    if by_doi is not None and not describes_same_work(by_doi):
        return "wrong-work"
    if isinstance(outcome, Accepted | Ambiguous):
        return "verified"
    if evidence.unavailable:
        return "unavailable"
    if evidence.registration is not None or not covered:
        return "unverifiable"
    return "not-found"
