"""What findings rest on, in the words of a report: the record a reference was matched with, what was compared, what was asked."""

from __future__ import annotations

from collections.abc import Iterator

from bib.folding import fold
from bib.model import Reference
from litcheck.citations.model import Citation
from litcheck.evidence import IDENTIFIERS, Found, Lookup, NotFound, Record, Unavailable
from litcheck.findings import Comparison, FindingEvidence
from litcheck.matching import Accepted, Agreement, Match, Refused
from litcheck.matching.authors import align_authors, list_names
from litcheck.matching.choosing import describes_same_work
from litcheck.matching.titles import title_words
from litcheck.rules.model import Assessment, Case
from litcheck.versions import is_preprint_of_described

#: A neighbour is named from this share of the title on, or from the lower one on if it has the same first author. Chance
#: neighbours by other first authors reached 0.65 on the references of the case, which cites mostly untraceable works.
NEAR_TITLE = 0.75
NEAR_TITLE_OF_AUTHOR = 0.6
#: A title by others is near only if neither has less than this share of the other's words. Set by hand: titles with changed words
#: keep their length, and what is a mere part of one ("Management of obesity" of eleven words) has less than half of it.
NEAR_LENGTH = 0.6

#: How the DOIs begin that arXiv gives its preprints.
ARXIV = "10.48550/"

#: Characters of a title in a message.
TITLE_SHOWN = 160


def matched(assessment: Assessment) -> Match | None:
    """The record that is the work described: of its DOI where that fits, else the one found by description."""
    if assessment.by_doi is not None and describes_same_work(assessment.by_doi):
        return assessment.by_doi
    if isinstance(assessment.outcome, Accepted):
        return assessment.outcome.match
    return None


def matches(case: Case) -> Iterator[tuple[Reference, Match]]:
    """Every reference whose work is known by a record that it may be corrected by, beside that."""
    return ((reference, match) for reference, match in _matches_of_version(case) if match.record.curated)


def noticed(case: Case) -> Iterator[tuple[Reference, Match]]:
    """Every reference whose work is known by a record that may carry notices: also by one that no entry is corrected by."""
    return ((reference, match) for reference, match in _matches_of_version(case) if match.record.curated or match.record.updates)


def _matches_of_version(case: Case) -> Iterator[tuple[Reference, Match]]:
    for assessment in case.assessments:
        match = matched(assessment)
        if match is not None and _is_of_version(assessment, match):
            yield assessment.reference, match


def _is_of_version(assessment: Assessment, match: Match) -> bool:
    """Whether the record describes the version that the entry describes.

    Of a paper at a conference that registers no DOIs often only the preprint at arXiv is found: it proves that the work exists,
    and may have had another title, year and other authors then.
    """
    if match is assessment.by_doi or not match.record.doi.startswith(ARXIV):
        return True
    return not is_preprint_of_described(assessment.reference, match.record)


def neighbour(assessment: Assessment) -> Match | None:
    """The record most like the description where none is the work described, if it is like enough to help an author."""
    outcome = assessment.outcome
    match = outcome.nearest if isinstance(outcome, Refused) else None
    if match is None or not differing(match):
        return None
    title = match.field("title")
    if title.agreement is Agreement.UNKNOWN:
        return None
    same_first = align_authors(assessment.reference, match.record).first_matches
    if same_first:
        return match if title.score >= NEAR_TITLE_OF_AUTHOR else None
    ours, theirs = len(title_words(title.manuscript)), len(title_words(title.record))
    # "Management of obesity" is a part of many titles, and none of their neighbours.
    return match if title.score >= NEAR_TITLE and min(ours, theirs) >= NEAR_LENGTH * max(ours, theirs) else None


def introduce(match: Match) -> str:
    """A neighbour as a sentence of a message: what it is and what differs, so that nobody takes it for the work."""
    return f"The nearest record is {describe(match.record)}; it differs from the entry in {differences(match)}"


def evidence_of(match: Match, *fields: str, looked: tuple[str, ...] = ()) -> FindingEvidence:
    """The record behind a finding and the fields that it is about."""
    record = match.record
    return FindingEvidence(
        source=record.source,
        record=record.identity,
        url=record.url,
        fetched_at=record.fetched_at,
        compared=tuple(compared(match, name) for name in fields),
        looked=looked,
    )


def compared(match: Match, name: str) -> Comparison:
    """One field of the match as a finding shows it."""
    field = match.field(name)
    score = None if field.agreement is Agreement.UNKNOWN else field.score
    return Comparison(field=name, manuscript=field.manuscript, record=field.record, score=score)


def differing(match: Match) -> tuple[str, ...]:
    """The names of the fields that differ, in the order of reports, but for the DOI."""
    return tuple(f.field for f in match.fields if f.agreement is Agreement.DIFFERS and f.field != "doi")


def differences(match: Match) -> str:
    """What differs from a record that the message has described, as the end of a sentence; the evidence holds the values."""
    names = ["pages" if name == "page" else name for name in differing(match)]
    return " and ".join((", ".join(names[:-1]), names[-1]) if len(names) > 1 else names)


def agreeing_citation(case: Case, reference: Reference, record: Record) -> Citation | None:
    """A citation near this entry whose authors are the record's and not the entry's: the text knows better than the list."""
    theirs = {fold(name.full_family) for name in record.authors}
    ours = {fold(name.full_family) for name in reference.authors}
    for citation in case.citations:
        if citation.nearest == reference.id or reference.id in (*citation.references, *citation.candidates):
            cited = {fold(name) for name in citation.authors}
            if len(cited) > 1 and cited <= theirs and not cited <= ours:
                return citation
    return None


def describe(record: Record) -> str:
    """A record in one line: authors, year, title, container with numbers, DOI."""
    who = list_names(record.authors[:3]) + (" et al." if len(record.authors) > 3 else "")
    year = f" ({record.year})" if record.year is not None else ""
    numbers = record.volume + (f"({record.issue})" if record.issue else "")
    where = ", ".join(
        part
        for part in (
            next(iter((*record.containers, *record.short_containers)), ""),
            numbers,
            record.page or record.article_number,
        )
        if part
    )
    parts = (f"{who}{year}".strip(), f"“{_cut(record.title)}”" if record.title else "", where)
    return ". ".join(part for part in parts if part) + f", {f'https://doi.org/{record.doi}' if record.doi else record.url}"


def looked_for(assessment: Assessment) -> tuple[str, ...]:
    """What was asked about the reference and what the answer was, one line a question."""
    evidence = assessment.evidence
    known = matched(assessment) is not None
    return (
        *(_answer(f"DOI {assessment.reference.doi}", lookup) for lookup in evidence.by_doi),
        *(_answer(f"{IDENTIFIERS[one.kind]} {one.id}", one.lookup) for one in evidence.by_identifier),
        *(
            _answer("works like the description", lookup) if known or not isinstance(lookup, Found) else _none_agrees(lookup)
            for lookup in evidence.by_search
        ),
    )


def sources_asked(lookups: tuple[Lookup, ...]) -> str:
    """The sources that answered that they hold nothing, each with the date it speaks for."""
    told = [f"{x.source}{speaks_for(x)}" for x in lookups if isinstance(x, NotFound)]
    return " and ".join(dict.fromkeys(told))


def speaks_for(miss: NotFound) -> str:
    """What the word of a source rests on where it is not the registry's own: that somebody declared it complete, as of a date."""
    return f" (declared complete as of {miss.as_of.isoformat()})" if miss.as_of and miss.complete else ""


def _none_agrees(found: Found) -> str:
    """What a search came to that gave only other works. They are not named: the nearest, if it is near, is in the message."""
    number = len(found.records)
    looked_at = "the nearest record does not agree" if number == 1 else f"none of the {number} nearest records agrees"
    return f"works like the description: {looked_at} ({found.source})"


def _answer(question: str, lookup: Lookup) -> str:
    match lookup:
        case Found(source=source, records=records):
            return f"{question}: {source} holds {', '.join(record.identity for record in records[:3])}"
        case NotFound(source=source):
            return f"{question}: {source} holds none{speaks_for(lookup)}"
        case Unavailable(source=source, reason=reason):
            return f"{question}: {source} could not be asked ({reason})"


def _cut(text: str) -> str:
    return text if len(text) <= TITLE_SHOWN else text[: TITLE_SHOWN - 1].rstrip() + "…"
