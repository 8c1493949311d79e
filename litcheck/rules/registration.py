"""What it takes to say that a DOI is not registered."""

from __future__ import annotations

from datetime import date, timedelta

from bib.model import Reference
from litcheck.evidence import Found, NotFound
from litcheck.rules.model import Assessment

#: Works of a year are registered for so long after its end. Of 4,394 articles from 2005 on among Crossref's recorded answers, 162
#: came in these days; the 606 that came later are mostly volumes put online years after they were printed.
REGISTERED_WITHIN = timedelta(days=90)


def unregistered(assessment: Assessment) -> tuple[NotFound, ...]:
    """The sources that hold all DOIs and not this one; empty if the DOI may exist, or there is none.

    A source of a stated date says nothing about a work that may be newer, and without doi.org's own word a source that could
    not be asked leaves the question open.
    """
    evidence = assessment.evidence
    if evidence.registration is not None or any(isinstance(x, Found) and x.records for x in evidence.by_doi):
        return ()
    misses = tuple(x for x in evidence.by_doi if isinstance(x, NotFound) and x.complete)
    telling = tuple(x for x in misses if not is_newer(assessment.reference, x.as_of))
    asked_all = all(isinstance(x, NotFound) for x in evidence.by_doi)
    return telling if asked_all or any(x.as_of is None for x in telling) else ()


def is_newer(reference: Reference, as_of: date | None) -> bool:
    """Whether the work may have appeared after the date for which a source speaks; ``None`` is a source of today."""
    if as_of is None:
        return False
    if reference.year is None:
        return bool(reference.status)
    settled = as_of - REGISTERED_WITHIN
    return reference.year >= settled.year and (reference.year > settled.year or settled < date(settled.year, 12, 31))
