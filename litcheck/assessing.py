"""Putting together what is known of one reference: the record of its DOI, the record of its description, and how it stands."""

from __future__ import annotations

from datetime import date

from bib.identifiers import is_doi
from bib.model import Reference
from litcheck.evidence import Evidence, Found, NotFound, Status
from litcheck.matching import Accepted, Ambiguous, Match, Outcome, choose_record, compare, describes_another_work
from litcheck.rules.model import Assessment
from litcheck.rules.registration import is_newer

#: Kinds that the registries asked hold nearly all of, so that a miss says something even without a DOI. Books, chapters,
#: reports, theses, software, standards, web pages and laws often have no DOI, and preprints are mostly registered elsewhere.
TRACEABLE_KINDS = frozenset({"article-journal", "paper-conference"})


def assess(reference: Reference, evidence: Evidence) -> Assessment:
    """One reference with the record that its DOI leads to, the record that it describes, and its status.

    The status says what the records tell about existence. That a verified work differs from its description is found by the
    LC2xx rules, and the pipeline then says ``differs``.
    """
    doi_record = evidence.doi_record
    by_doi = compare(reference, doi_record) if doi_record is not None else None
    outcome = choose_record(reference, evidence)
    return Assessment(
        reference=reference,
        evidence=evidence,
        by_doi=by_doi,
        outcome=outcome,
        status=_status(reference, evidence, by_doi, outcome),
    )


def is_traceable(reference: Reference) -> bool:
    """Whether the registries should hold a work of this kind, or of this DOI, if it exists."""
    if is_doi(reference.doi) or reference.type in TRACEABLE_KINDS:
        return True
    # An article whose kind the parser did not tell: something with a volume in something.
    return reference.type == "document" and bool(reference.container_title and reference.volume)


def _status(reference: Reference, evidence: Evidence, by_doi: Match | None, outcome: Outcome) -> Status:
    if by_doi is not None and describes_another_work(by_doi):
        return "wrong-work"
    if isinstance(outcome, Accepted | Ambiguous):
        return "verified"
    if by_doi is not None:
        # The DOI exists, and the entry was understood too little to say whether it is this work's.
        return "unverifiable"
    if not is_traceable(reference) or evidence.registration is not None:
        return "unverifiable"
    asked = evidence.lookups
    # A source that could not be asked, or that need not hold the work, leaves the question open.
    if not asked or evidence.unavailable or not evidence.covered or _all_older(reference, evidence):
        return "unavailable"
    return "not-found"


def _all_older(reference: Reference, evidence: Evidence) -> bool:
    """Whether every source that answered speaks for a time before the work can have appeared."""
    speak_for = [lookup.as_of for lookup in evidence.lookups if isinstance(lookup, NotFound)]
    speak_for += [_speaks_for(reference, lookup) for lookup in evidence.by_search if isinstance(lookup, Found)]
    return bool(speak_for) and all(is_newer(reference, day) for day in speak_for)


def _speaks_for(reference: Reference, found: Found) -> date | None:
    """The day that an answer without the work speaks for; ``None`` for today, or an answer kept from the work's year or later."""
    if found.as_of is not None or not found.records:
        return found.as_of
    fetched = found.records[0].fetched_at.date()
    return fetched if reference.year is not None and reference.year > fetched.year else None
