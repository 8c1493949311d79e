"""LC401 duplicate-entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator

from bib.folding import fold
from litcheck.findings import Comparison, Finding, FindingEvidence, Severity
from litcheck.matching.titles import SAME_TITLE, grade, title_words
from litcheck.rules.evidencing import matched
from litcheck.rules.model import Assessment, Case, Needs
from litcheck.rules.registry import rule

#: Titles of fewer words ("Editorial", "Introduction") do not make two entries one work.
TELLING_WORDS = 3


@rule("LC401", "duplicate-entry", Severity.WARNING, Needs.DOCUMENT)
def duplicate_entry(case: Case) -> Iterator[Finding]:
    """Two entries are the same work.

    What it means: they have the same DOI and title, or lead to the same record, or agree in title, first author, year and what
    they say of volume and pages.

    Why: the work is counted twice, and its citations are split over two letters or numbers.

    Example: the same article once with its journal abbreviated and once in full.

    What to do: keep the better entry, and let all citations name it.
    """
    groups: dict[Hashable, list[Assessment]] = defaultdict(list)
    for assessment in case.assessments:
        for key in _keys(assessment):
            groups[key].append(assessment)
    told: set[str] = set()
    for group in groups.values():
        first = group[0]
        for other in group[1:]:
            if other.reference.id not in told and _alike(first, other):
                told.add(other.reference.id)
                yield _finding(first, other)


def _keys(assessment: Assessment) -> Iterator[Hashable]:
    """What two entries of one work share at least one of."""
    reference, match = assessment.reference, matched(assessment)
    if match is not None:
        yield "record", match.record.identity
    if reference.doi:
        yield "doi", reference.doi
    words = title_words(reference.title)
    if len(words) >= TELLING_WORDS and reference.authors:
        yield "description", "".join(words), fold(reference.authors[0].full_family), reference.year


def _alike(a: Assessment, b: Assessment) -> bool:
    """Whether nothing that both entries say tells the works apart: title, year, container, volume, pages and DOI."""
    one, two = a.reference, b.reference
    if one.title and two.title and grade(one.title, two.title).score < SAME_TITLE:
        return False
    same_record = a.by_doi is not None and b.by_doi is not None and a.by_doi.record.doi == b.by_doi.record.doi
    if one.doi and two.doi and one.doi != two.doi and not same_record:
        return False
    return all(not x or not y or fold(x) == fold(y) for x, y in ((one.volume, two.volume), (one.page, two.page))) or bool(
        one.doi and one.doi == two.doi
    )


def _finding(first: Assessment, other: Assessment) -> Finding:
    one, two = first.reference, other.reference
    return duplicate_entry.finding(
        f"this entry is the same work as entry {one.id}: “{two.raw.strip()[:120]}” and “{one.raw.strip()[:120]}”",
        about=two,
        references=(two.id, one.id),
        evidence=FindingEvidence(
            compared=(
                Comparison(field="title", manuscript=two.title, record=one.title),
                Comparison(field="doi", manuscript=two.doi, record=one.doi),
            )
        ),
    )
