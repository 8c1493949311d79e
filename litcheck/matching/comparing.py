"""A reference beside one record, field by field, and one number for the whole."""

from __future__ import annotations

from dataclasses import replace

from bib.model import Reference
from litcheck.evidence import Record
from litcheck.matching.authors import compare_authors
from litcheck.matching.containers import compare_containers
from litcheck.matching.model import Agreement, FieldMatch, Match
from litcheck.matching.numbers import compare_issues, compare_pages, compare_volumes
from litcheck.matching.titles import compare_titles
from litcheck.matching.years import compare_years

#: What each field weighs in the score when both sides have it. Set by hand: the title first, then who wrote it, then where it
#: stands. A logistic fit over the 2,727 candidates found for match-dev (1,496 right ones) gives shares of title 0.20, authors
#: 0.19, year 0.09, container 0.10, volume 0.16, issue 0, page 0.25; but many records lack the numbers that weigh most there.
WEIGHTS = {"title": 0.45, "authors": 0.25, "year": 0.08, "container": 0.08, "volume": 0.05, "issue": 0.01, "page": 0.08}

#: With less of the weights known than this, agreement proves less, and the score shrinks in proportion.
ENOUGH = 0.6


#: Characters of each field that are compared, so that a damaged file cannot hold a run up. The longest title among 108,341
#: works has 847, the longest of 10,192 real entries 909.
LONGEST = {"raw": 20_000, "title": 2_000, "container_title": 1_000, "volume": 100, "issue": 100, "page": 200}


def compare(reference: Reference, record: Record) -> Match:
    """Every field of ``reference`` beside ``record``'s, and how alike they are in all."""
    reference = _bounded(reference)
    fields = (
        compare_titles(reference, record),
        compare_authors(reference, record),
        compare_years(reference, record),
        compare_containers(reference, record),
        compare_volumes(reference, record),
        compare_issues(reference, record),
        compare_pages(reference, record),
        _compare_dois(reference, record),
    )
    return Match(record=record, score=round(_score(fields), 4), fields=fields)


def _bounded(reference: Reference) -> Reference:
    too_long = {name: getattr(reference, name)[:most] for name, most in LONGEST.items() if len(getattr(reference, name)) > most}
    return replace(reference, **too_long) if too_long else reference


def _score(fields: tuple[FieldMatch, ...]) -> float:
    """The weighted mean of the fields that both sides have, shrunk where little is known. Rises with every field's score."""
    known = [(WEIGHTS[f.field], f.score) for f in fields if f.field in WEIGHTS and f.agreement is not Agreement.UNKNOWN]
    weight = sum(w for w, _ in known)
    if not weight:
        return 0.0
    return sum(w * s for w, s in known) / weight * min(1.0, weight / ENOUGH)


def _compare_dois(reference: Reference, record: Record) -> FieldMatch:
    if not reference.doi or not record.doi:
        return FieldMatch(field="doi", agreement=Agreement.UNKNOWN, score=1.0, manuscript=reference.doi, record=record.doi)
    ours = reference.doi.lower()
    if ours == record.doi:
        return FieldMatch(field="doi", agreement=Agreement.SAME, score=1.0, manuscript=reference.doi, record=record.doi)
    if ours in record.aliases:
        return FieldMatch(
            field="doi", agreement=Agreement.VARIANT, score=1.0, manuscript=reference.doi, record=record.doi, note="an alias"
        )
    return FieldMatch(field="doi", agreement=Agreement.DIFFERS, score=0.0, manuscript=reference.doi, record=record.doi)
