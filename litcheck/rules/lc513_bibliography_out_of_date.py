"""LC513 bibliography-out-of-date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rapidfuzz import fuzz

from bib.folding import fold
from bib.model import Reference
from litcheck.citations.fields import SIMILAR_TITLE, TELLING_TITLE, Pairing, Standing, pair_works
from litcheck.documents.model import CitationFields
from litcheck.findings import Comparison, Finding, FindingEvidence, Severity
from litcheck.rules.citing import shortened, shortened_text
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule

#: From so many works or entries on, that is said once and not of each. A judgement: a page of warnings that have one cause.
MANY = 6
#: A field that the parser is less sure of is not compared. A judgement.
SURE = 0.7


@rule("LC513", "bibliography-out-of-date", Severity.WARNING, Needs.DOCUMENT)
def bibliography_out_of_date(case: Case) -> Iterator[Finding]:
    """The bibliography that a reference manager printed is not what its citation fields hold.

    What it means: Zotero, Mendeley, EndNote, Citavi or Word keeps with each citation what it cites. A work that a citation holds
    is in no entry of the printed list, an entry is cited by no such citation, or an entry says another year or title than the
    citation holds. Only lists that the manager printed are compared, and only with citations that could be read.

    Why: the list was printed before the last changes, or was edited by hand; what is edited is lost when it is printed anew.

    Example: a citation holds Lee (2021), and the printed entry says 2020.

    What to do: let the reference manager update the document; correct what is wrong in its library, not in the list.
    """
    fields = case.document.fields
    if fields is None or not fields.lists or not case.entries:
        return
    pairings = pair_works(fields, tuple(case.entries.values()))
    if fields.all_cited:
        yield from _unlisted(fields, pairings)
    if fields.only_cited and all(field.references for field in fields.citations):
        yield from _uncited(case, fields, pairings)
    for pairing in pairings.values():
        entry = case.entries.get(pairing.entry)
        if pairing.standing is Standing.LISTED and isinstance(entry, Reference):
            yield from _changed(pairing.work, entry)


def _unlisted(fields: CitationFields, pairings: Mapping[str, Pairing]) -> Iterator[Finding]:
    places = {work.id: field.span for field in reversed(fields.citations) for work in field.references}
    absent = [pairing.work for pairing in pairings.values() if pairing.standing is Standing.ABSENT]
    if len(absent) >= MANY:
        yield bibliography_out_of_date.finding(
            f"{len(absent)} works that citation fields hold are in no entry of the printed bibliography, the first of them"
            f" {_described(absent[0])}",
            span=places[absent[0].id],
            confidence=0.8,
        )
        return
    for work in absent:
        yield bibliography_out_of_date.finding(
            f"a citation field holds {_described(work)}, which is in no entry of the printed bibliography",
            span=places[work.id],
            confidence=0.8,
        )


def _uncited(case: Case, fields: CitationFields, pairings: Mapping[str, Pairing]) -> Iterator[Finding]:
    """Entries that the manager printed and no field cites; nothing where a work may be one of several entries."""
    if any(pairing.standing is Standing.UNSURE for pairing in pairings.values()):
        return
    cited = {pairing.entry for pairing in pairings.values()}
    printed = [entry for entry in case.entries.values() if entry.span and any(entry.span.overlaps(one) for one in fields.lists)]
    uncited = [entry for entry in printed if entry.id not in cited]
    if len(uncited) >= MANY:
        yield bibliography_out_of_date.finding(
            f"{len(uncited)} entries of the printed bibliography are cited by no citation field, the first of them"
            f" “{shortened(uncited[0])}”",
            references=tuple(entry.id for entry in uncited),
            span=uncited[0].span,
            confidence=0.8,
        )
        return
    for entry in uncited:
        yield bibliography_out_of_date.finding(
            f"the printed bibliography has “{shortened(entry)}”, and no citation field cites it", about=entry, confidence=0.8
        )


def _changed(work: Reference, entry: Reference) -> Iterator[Finding]:
    """Another year or title than the entry's; a year that stands anywhere in the entry is not another one."""
    years = {str(year) for year in (work.year, work.original_year) if year is not None}
    if years and entry.year is not None and not any(year in entry.raw for year in years):
        yield _differing(entry, "year", str(work.year or work.original_year), str(entry.year), entry.confidence_in("date"))
    ours, printed = fold(work.title), fold(entry.title)
    telling = min(len(ours), len(printed)) >= TELLING_TITLE
    sure = entry.confidence_in("title")
    if telling and sure >= SURE and fuzz.partial_ratio(ours, fold(entry.raw)) < SIMILAR_TITLE:
        yield _differing(entry, "title", work.title, entry.title, sure)


def _differing(entry: Reference, field: str, held: str, printed: str, sure: float) -> Finding:
    return bibliography_out_of_date.finding(
        f"the citation field has the {field} “{shortened_text(held)}”, the printed bibliography says “{shortened_text(printed)}”:"
        f" “{shortened(entry)}”",
        about=entry,
        confidence=0.8 * sure,
        evidence=FindingEvidence(compared=(Comparison(field=field, manuscript=printed, record=held),)),
    )


def _described(work: Reference) -> str:
    names = work.authors or work.editors
    who = " ".join(filter(None, (names[0].full_family if names else "", f"({work.year})" if work.year else "")))
    return f"{who} “{shortened_text(work.title)}”".strip() if work.title else who
