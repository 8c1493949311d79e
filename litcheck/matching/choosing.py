"""Which of several records is the work described: validated by fields together, refused where numbers contradict."""

from __future__ import annotations

from collections.abc import Sequence

from bib.model import Reference
from litcheck.evidence import Record
from litcheck.matching.comparing import compare
from litcheck.matching.model import Accepted, Agreement, Ambiguous, Match, Outcome, Refused
from litcheck.matching.numbers import OTHER_END
from litcheck.matching.titles import SAME_TITLE, SIMILAR_TITLE, title_words

#: From this share of the authors on the list is the same one, possibly with slips in it: 1,464 of 1,495 lists of match-dev, all
#: 44 with a misspelled author in verdict-dev, and none of its 120 with invented ones.
SAME_AUTHORS = 0.6

#: A title of fewer words than this is shared by many works ("Introduction", "Reply", "Oxaliplatin").
TELLING_WORDS = 4

#: Scores nearer than this are equally good.
TIE = 0.015


def choose(reference: Reference, records: Sequence[Record], *, doi_record: Record | None = None) -> Outcome:
    """The one of ``records`` that is the work described; several that fit equally well are named, none is picked.

    ``doi_record`` is the record that the reference's own DOI leads to: it wins over others that fit as well, and is refused like
    any other if it is another work.
    """
    matches = sorted((compare(reference, record) for record in _distinct(records, doi_record)), key=lambda m: -m.score)
    fitting = [match for match in matches if describes_same_work(match)]
    if not fitting:
        return Refused(nearest=_nearest(matches))
    if doi_record is not None:
        by_doi = next((match for match in fitting if match.record.doi == doi_record.doi), None)
        if by_doi is not None:
            return Accepted(match=by_doi)
    fitting.sort(key=_rank, reverse=True)
    best = fitting[0]
    equal = [match for match in fitting if _as_good(match, best)]
    if len(equal) > 1:
        return Ambiguous(matches=tuple(equal))
    return Accepted(match=best)


def describes_same_work(match: Match) -> bool:
    """Whether the record is the work described, by several fields together; a title alone identifies nothing.

    The reference's own DOI counts as one more field that agrees.
    """
    title, authors = match.field("title"), match.field("authors")
    same_authors = authors.agreement is not Agreement.UNKNOWN and authors.score >= SAME_AUTHORS
    other_authors = authors.agreement is Agreement.DIFFERS and authors.score < SAME_AUTHORS
    same_year, same_doi = _agrees(match, "year"), _agrees(match, "doi")
    same_page = _agrees(match, "page") or match.field("page").note == OTHER_END
    same_volume, same_container = _agrees(match, "volume"), _agrees(match, "container")
    places = same_container + same_volume + same_page
    against = sum(_contradicts(match, name) for name in ("year", "container", "volume", "page"))
    if title.agreement is Agreement.UNKNOWN:
        if same_doi and not against:
            return same_authors or (same_year and places > 0)
        # A bare physics reference: container, volume, page, year and author.
        return same_year and same_volume and same_page and same_container and (same_authors or not other_authors)
    if title.agreement is not Agreement.DIFFERS or title.score >= SAME_TITLE:
        telling = min(len(title_words(title.manuscript)), len(title_words(title.record))) >= TELLING_WORDS
        if same_authors:
            return telling or (same_year and against <= 1) or places >= 2 or (same_doi and against <= 1)
        if other_authors:
            return same_year and (places >= 2 or same_doi) and not against
        return same_year + places + same_doi >= 2 and against <= 1
    if title.score >= SIMILAR_TITLE:
        if same_doi:
            return (same_authors or (same_year and places >= 2)) and against <= 1
        return same_authors and same_year and places >= 1 and against <= (same_volume and same_page)
    if same_doi:
        return same_authors and (same_year or places >= 2) and against <= 1
    return same_authors and same_year and same_volume and same_page and not against


def describes_another_work(match: Match) -> bool:
    """Whether the record is certainly not the work described. What says too little is neither the same work nor another."""
    if describes_same_work(match):
        return False
    if match.field("title").agreement is Agreement.DIFFERS:
        return True
    others = ("authors", "year", "container", "volume", "page")
    return sum(match.field(name).agreement is Agreement.DIFFERS for name in others) >= 2


def _agrees(match: Match, name: str) -> bool:
    return match.field(name).agreement in (Agreement.SAME, Agreement.VARIANT)


def _contradicts(match: Match, name: str) -> bool:
    field = match.field(name)
    return field.agreement is Agreement.DIFFERS and not (name == "page" and field.note == OTHER_END)


def _distinct(records: Sequence[Record], doi_record: Record | None) -> tuple[Record, ...]:
    seen: dict[str, Record] = {}
    for record in ((doi_record,) if doi_record is not None else ()) + tuple(records):
        seen.setdefault(record.doi or f"{record.source}:{record.url}", record)
    return tuple(seen.values())


def _nearest(matches: Sequence[Match]) -> Match | None:
    return matches[0] if matches else None


def _rank(match: Match) -> tuple[int, float]:
    return _decisive(match), match.score


def _decisive(match: Match) -> int:
    """What tells two works of one title and authors apart: the DOI, then volume, page and container, then the exact year."""
    weights = {"page": 3, "volume": 3, "container": 2, "year": 1}
    points = sum(weight * (_agrees(match, name) - _contradicts(match, name)) for name, weight in weights.items())
    return points + 10 * _agrees(match, "doi")


def _as_good(match: Match, best: Match) -> bool:
    worse_title = best.field("title").agreement is Agreement.SAME and match.field("title").agreement is not Agreement.SAME
    return _decisive(match) >= _decisive(best) and abs(match.score - best.score) < TIE and not worse_title
