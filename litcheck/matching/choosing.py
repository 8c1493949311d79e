"""Which of several records is the work described: validated by fields together, and likely enough.

Both are asked, because they err differently. Of the 11,291 examples of ``benchmarks/calibration.py``, 2,967 of them right, the
validation alone takes 9 wrong ones, five of them sisters of the work ("long read" for "short read"), which the probability
(``probability.py``) refuses; four are the right work, registered twice. The probability alone would take one more, a work by
others in the same volume whose title begins alike, and 8 right ones whose titles were paraphrased throughout, of which an
author is better told that no work has that title. So few cases decide little; the validation stays because it says why, and
because what it asks for does not depend on which mistakes the examples happen to hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from bib.model import Reference
from litcheck.evidence import Evidence, Record
from litcheck.matching.comparing import Match, compare
from litcheck.matching.model import Agreement
from litcheck.matching.numbers import OTHER_END
from litcheck.matching.outcome import Accepted, Ambiguous, Outcome, Refused
from litcheck.matching.probability import is_telling
from litcheck.matching.titles import OTHER_NUMBER, SAME_TITLE, SIMILAR_TITLE, SPELLED

#: From this share of the authors on the list is the same one, possibly with slips in it: 1,464 of 1,495 lists of match-dev, all
#: 44 with a misspelled author in verdict-dev, and none of its 120 with invented ones.
SAME_AUTHORS = 0.6

#: A record that is less likely the work is not accepted, whatever validates it. Of the 2,968 validated examples this refuses 5 of
#: the 9 wrong ones and none of the 2,959 right ones; so does anything from 0.2 to 0.4.
LEAST = 0.3
LEAST_ODDS = log(LEAST / (1 - LEAST))

#: Crossref's types of whole books.
BOOKS = frozenset({"book", "monograph", "edited-book", "reference-book"})

#: Among records whose titles are this near to the nearest one, the whole of the fields says which is the neighbour: one word of a
#: long title. Chosen by hand; it decides which record a message names, not whether one is accepted.
NEAR_TITLES = 0.05

#: Records whose logarithmic odds are nearer to each other are equally likely; a year one off makes 0.6, another form of a
#: journal's name 0.15. With it one record is picked for each of the 1,500 strings of match-dev, and the right one.
TIE = 0.25


def choose(reference: Reference, records: Sequence[Record], *, doi_record: Record | None = None) -> Outcome:
    """The one of ``records`` that is the work described; several that fit equally well are named, none is picked.

    ``doi_record`` is the record that the reference's own DOI leads to: it wins over others that fit as well, and is refused like
    any other if it is another work.
    """
    matches = [compare(reference, record) for record in _distinct(records, doi_record)]
    fitting = [match for match in matches if describes_same_work(match)]
    if not fitting:
        return Refused(nearest=_nearest(matches))
    if doi_record is not None:
        by_doi = next((match for match in fitting if match.record.doi == doi_record.doi), None)
        if by_doi is not None:
            return Accepted(match=by_doi)
    if len(fitting) == 1:
        return Accepted(match=fitting[0])
    best = max(fitting, key=_rank)
    equal = sorted((match for match in fitting if _as_good(match, best)), key=_rank, reverse=True)
    return Ambiguous(matches=tuple(equal)) if len(equal) > 1 else Accepted(match=best)


def choose_record(reference: Reference, evidence: Evidence) -> Outcome:
    """Which of the records found is the work described: one of a registry if there is one, else one that others put together."""
    curated = tuple(record for record in evidence.candidates if record.curated)
    outcome = choose(reference, curated, doi_record=evidence.doi_record)
    if not isinstance(outcome, Refused) or len(curated) == len(evidence.candidates):
        return outcome
    other = choose(reference, tuple(record for record in evidence.candidates if not record.curated))
    return outcome if isinstance(other, Refused) and outcome.nearest is not None else other


def accepts(reference: Reference, record: Record) -> bool:
    """Whether the record is the work described, so that no further source needs to be asked."""
    return describes_same_work(compare(reference, record))


def describes_same_work(match: Match) -> bool:
    """Whether the record is the work described, by several fields together; a title alone identifies nothing.

    The reference's own DOI counts as one more field that agrees. What costs least to compare is asked first.
    """
    return _is_validated(match) and match.log_odds >= LEAST_ODDS


def _is_validated(match: Match) -> bool:
    title = match.field("title")
    if title.agreement is Agreement.UNKNOWN:
        return _fits_without_title(match)
    if title.agreement is not Agreement.DIFFERS or title.score >= SAME_TITLE:
        return _fits_by_title(match)
    if _agrees(match, "doi"):
        at_that_time = _agrees(match, "year")
        if title.score >= SIMILAR_TITLE:
            supported = _same_authors(match) or (at_that_time and _places(match) >= 2)
        else:
            supported = _same_authors(match) and (at_that_time or _places(match) >= 2)
        return supported and _against(match) <= 1
    if title.score >= SIMILAR_TITLE:
        allowed = _at_its_place(match)
        if title.note.startswith(OTHER_NUMBER) and not allowed:
            return False
        return _agrees(match, "year") and _places(match) >= 1 and _against(match) <= allowed and _same_authors(match)
    return _agrees(match, "year") and _at_its_place(match) and not _against(match) and _same_authors(match)


def _fits_without_title(match: Match) -> bool:
    if _agrees(match, "doi") and not _against(match):
        return _same_authors(match) or (_agrees(match, "year") and _places(match) > 0)
    # A bare physics reference: container, volume, page, year and author.
    supported = _at_its_place(match) and _agrees(match, "year") and _agrees(match, "container")
    return supported and not _other_authors(match)


def _fits_by_title(match: Match) -> bool:
    title, same_doi = match.field("title"), _agrees(match, "doi")
    if not same_doi and (_stands_elsewhere(match) or _is_another_edition(match)):
        return False
    if _same_authors(match):
        if is_telling(title):
            return True
        return ((_agrees(match, "year") or same_doi) and _against(match) <= 1) or _places(match) >= 2
    if _other_authors(match):
        # Under a title of which only the head agrees, others may have written another part of the same volume.
        needed = 2 if title.note in ("", SPELLED) else 3
        return _agrees(match, "year") and (_places(match) >= needed or same_doi) and not _against(match)
    return _agrees(match, "year") + _places(match) + same_doi >= 2 and _against(match) <= 1


def describes_another_work(match: Match) -> bool:
    """Whether the record is certainly not the work described. What says too little is neither the same work nor another."""
    if describes_same_work(match):
        return False
    if match.field("title").agreement is Agreement.DIFFERS:
        return True
    others = ("authors", "year", "container", "volume", "page")
    return sum(match.field(name).agreement is Agreement.DIFFERS for name in others) >= 2


def _same_authors(match: Match) -> bool:
    authors = match.field("authors")
    return authors.agreement is not Agreement.UNKNOWN and authors.score >= SAME_AUTHORS


def _other_authors(match: Match) -> bool:
    authors = match.field("authors")
    return authors.agreement is Agreement.DIFFERS and authors.score < SAME_AUTHORS


def _same_page(match: Match) -> bool:
    return _agrees(match, "page") or match.field("page").note == OTHER_END


def _at_its_place(match: Match) -> bool:
    return _agrees(match, "volume") and _same_page(match)


def _stands_elsewhere(match: Match) -> bool:
    """Whether first page and container contradict, and the volume says nothing else: the same title by the same authors is then
    another version, in proceedings and in a journal.
    """
    return _contradicts(match, "page") and not _agrees(match, "volume") and _contradicts(match, "container")


def _is_another_edition(match: Match) -> bool:
    """Whether it is a whole book of another time: its title and authors are those of all its editions."""
    return match.record.type in BOOKS and match.field("year").agreement is Agreement.DIFFERS and not _places(match)


def _places(match: Match) -> int:
    """How many of container, volume and first page agree."""
    return _agrees(match, "container") + _agrees(match, "volume") + _same_page(match)


def _against(match: Match) -> int:
    """How many of year, container, volume and first page contradict."""
    return sum(_contradicts(match, name) for name in ("year", "volume", "page", "container"))


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
    """The neighbour of a work that was not found: by its title, since it is named for that, then by all fields."""
    if not matches:
        return None
    titles = [_title_score(match) for match in matches]
    best = max(titles)
    if 0 < best < SIMILAR_TITLE:
        # Nobody would take any of them for the work: comparing all else says nothing.
        return matches[titles.index(best)]
    near = [match for match, score in zip(matches, titles, strict=True) if score >= best - NEAR_TITLES]
    return max(near, key=lambda match: match.log_odds)


def _title_score(match: Match) -> float:
    title = match.field("title")
    return 0.0 if title.agreement is Agreement.UNKNOWN else title.score


def _rank(match: Match) -> tuple[int, bool, float]:
    return _decisive(match), match.field("title").agreement is Agreement.SAME, match.log_odds


def _decisive(match: Match) -> int:
    """What tells two works of one title and authors apart: the DOI, then volume, page and container, then the exact year."""
    weights = {"page": 3, "volume": 3, "container": 2, "year": 1}
    points = sum(weight * (_agrees(match, name) - _contradicts(match, name)) for name, weight in weights.items())
    return points + 10 * _agrees(match, "doi")


def _as_good(match: Match, best: Match) -> bool:
    worse_title = best.field("title").agreement is Agreement.SAME and match.field("title").agreement is not Agreement.SAME
    return _decisive(match) >= _decisive(best) and abs(match.log_odds - best.log_odds) < TIE and not worse_title
