"""What the HTML page shows, as plain values: the templates only lay it out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bib.folding import fold
from litcheck.findings import Comparison, Finding
from litcheck.matching.model import FIELDS
from litcheck.run import CheckedDocument, CheckedReference, Run
from reports.difference import Piece, Pieces, mark_authors, mark_words
from reports.fields import FIELD_NAMES, field_values, reference_label
from reports.links import doi_link, safe_link
from reports.summary import (
    SEVERITIES,
    STATUS_MEANINGS,
    compared_with,
    document_line,
    group_findings,
    place_words,
    severity_line,
    severity_noun,
    source_line,
    status_counts,
    status_words,
    unasked_line,
    unasked_reasons,
)

#: Entries with these statuses are shown unfolded: there is something to see.
_UNFOLDED = frozenset({"wrong-work", "differs"})
#: How the codes of rules begin that say that a field differs.
_FIELD_RULES = "LC2"
#: A score this high means that both say the same in another form.
_SAME_SCORE = 0.995


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One field of the manuscript beside the record's. ``verdict`` is ``same``, ``form``, ``differs`` or ``silent``."""

    name: str
    manuscript: Pieces
    record: Pieces
    verdict: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A link within the page."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFinding:
    """One finding as it is shown."""

    id: str
    message: str
    subjects: tuple[Anchor, ...]
    where: str
    before: str
    quote: str
    after: str
    compared: tuple[Row, ...]
    compared_with: str
    looked: tuple[str, ...]
    source: str
    record: str
    link: str
    fetched_at: str
    fix: str
    replacement: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageGroup:
    """The findings of one code."""

    code: str
    name: str
    severity: str
    noun: str
    findings: tuple[PageFinding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReference:
    """One entry beside its record."""

    id: str
    number: int
    label: str
    raw: str
    status: str
    status_words: str
    meaning: str
    unfolded: bool
    rows: tuple[Row, ...]
    findings: tuple[Anchor, ...]
    source: str
    link: str
    record_name: str
    fetched_at: str
    score: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCitation:
    """All citations that read alike and name the same entry, or fit the same entries equally well."""

    text: str
    form: str
    number: int
    entries: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDocument:
    """One document."""

    id: str
    path: str
    sha256: str
    format: str
    line: str
    findings_line: str
    nothing_to_check: bool
    counts: tuple[int, int, int]
    statuses: tuple[tuple[str, str, int], ...]
    number_of_references: int
    number_of_citations: int
    groups: tuple[PageGroup, ...]
    references: tuple[PageReference, ...]
    citations: tuple[PageCitation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The whole page."""

    run_id: str
    version: str
    finished_at: str
    offline: bool
    line: str
    sources: tuple[tuple[str, str], ...]
    unasked: str
    unasked_reasons: tuple[str, ...]
    meanings: tuple[tuple[str, str, str], ...]
    documents: tuple[PageDocument, ...]


def page_of(run: Run) -> Page:
    """What the page of ``run`` shows."""
    present = {reference.status for document in run.documents for reference in document.references}
    return Page(
        run_id=run.id,
        version=run.litcheck,
        finished_at=f"{run.finished_at:%Y-%m-%d %H:%M} UTC",
        offline=run.offline,
        line=severity_line(finding for document in run.documents for finding in document.findings),
        sources=tuple((source.name, source_line(source)) for source in run.sources),
        unasked=unasked_line(run),
        unasked_reasons=unasked_reasons(run),
        meanings=tuple(
            (status, status_words(status), meaning) for status, meaning in STATUS_MEANINGS.items() if status in present
        ),
        documents=tuple(_document(number, document) for number, document in enumerate(run.documents, start=1)),
    )


def _document(number: int, document: CheckedDocument) -> PageDocument:
    key = f"d{number}"
    entries = tuple(
        Anchor(id=f"{key}-r{position}", label=reference_label(reference))
        for position, reference in enumerate(document.references, start=1)
    )
    anchors: dict[str, Anchor] = {}
    for reference, anchor in zip(document.references, entries, strict=True):
        # A bibliography may use a key twice; links lead to the first.
        anchors.setdefault(reference.id, anchor)
    named: dict[str, list[Anchor]] = {}
    groups = []
    position = 0
    for group in group_findings(document.findings):
        shown = []
        for finding in group.findings:
            position += 1
            for id_ in finding.references:
                named.setdefault(id_, []).append(Anchor(id=f"{key}-f{position}", label=f"{finding.code} {finding.name}"))
            shown.append(_finding(f"{key}-f{position}", finding, anchors))
        groups.append(
            PageGroup(
                code=group.code,
                name=group.name,
                severity=group.severity.word,
                noun=severity_noun(group.severity),
                findings=tuple(shown),
            )
        )
    accused: dict[str, set[str]] = {}
    for finding in document.findings:
        if compared_with(finding) != "record":
            continue
        for id_ in finding.references:
            accused.setdefault(id_, set()).update(
                compared.field for compared in finding.evidence.compared if _compared(finding, compared).verdict == "differs"
            )
    counts = Counter(finding.severity for finding in document.findings)
    return PageDocument(
        id=key,
        path=document.path,
        sha256=document.sha256,
        format=document.format,
        line=document_line(document),
        findings_line=severity_line(document.findings),
        nothing_to_check=document.nothing_to_check,
        counts=(counts[SEVERITIES[0]], counts[SEVERITIES[1]], counts[SEVERITIES[2]]),
        statuses=tuple((status, status_words(status), number) for status, number in status_counts(document)),
        number_of_references=len(document.references),
        number_of_citations=len(document.citations),
        groups=tuple(groups),
        references=tuple(
            _reference(
                position,
                reference,
                entries[position - 1],
                tuple(dict.fromkeys(named.get(reference.id, ()))),
                accused=accused.get(reference.id, set()),
            )
            for position, reference in enumerate(document.references, start=1)
        ),
        citations=_citations(document, anchors),
    )


def _finding(key: str, finding: Finding, anchors: Mapping[str, Anchor]) -> PageFinding:
    place, evidence, fix = finding.place, finding.evidence, finding.fix
    return PageFinding(
        id=key,
        message=finding.message,
        subjects=tuple(anchors[reference] for reference in finding.references if reference in anchors),
        where=("in " if place and place.path else "") + place_words(place),
        before=place.before if place else "",
        quote=place.quote if place else "",
        after=place.after if place else "",
        compared=tuple(_compared(finding, compared) for compared in evidence.compared),
        compared_with=compared_with(finding).capitalize(),
        looked=evidence.looked,
        source=evidence.source,
        record=evidence.record,
        link=safe_link(evidence.url) or doi_link(evidence.record if evidence.record.startswith("10.") else ""),
        fetched_at=f"{evidence.fetched_at:%Y-%m-%d}" if evidence.fetched_at else "",
        fix=fix.description if fix else "",
        replacement=fix.replacement if fix else "",
        confidence=f"{finding.confidence:.0%}" if finding.confidence < 1 else "",
    )


def _compared(finding: Finding, compared: Comparison) -> Row:
    """A field that a finding shows: it differs if the finding says so; others show fields only to tell which work they mean."""
    accused = finding.code.startswith(_FIELD_RULES)
    row = _row(compared.field, compared.manuscript, compared.record, score=compared.score, accused=accused)
    if row.verdict == "form":
        return replace(row, verdict="differs", words="differs")
    return replace(row, words=f"not in the {compared_with(finding)}") if row.verdict == "silent" and not compared.record else row


def _reference(
    number: int, reference: CheckedReference, anchor: Anchor, findings: tuple[Anchor, ...], *, accused: set[str]
) -> PageReference:
    record = reference.record
    rows: tuple[Row, ...] = ()
    if record is not None:
        ours, theirs = field_values(reference.csl), field_values(record.csl)
        rows = tuple(
            _row(field, ours[field], theirs[field], score=record.fields.get(field), accused=field in accused)
            for field in FIELDS
            if ours[field] or theirs[field]
        )
    return PageReference(
        id=anchor.id,
        number=number,
        label=anchor.label,
        raw=reference.raw,
        status=reference.status,
        status_words=status_words(reference.status),
        meaning=STATUS_MEANINGS.get(reference.status, ""),
        unfolded=reference.status in _UNFOLDED,
        rows=rows,
        findings=findings,
        source=record.source if record else "",
        link=(safe_link(record.url) or doi_link(record.doi)) if record else "",
        record_name=(record.doi or record.url) if record else "",
        fetched_at=f"{record.fetched_at:%Y-%m-%d}" if record else "",
        score=f"{record.score:.0%}" if record else "",
    )


def _row(field: str, manuscript: str, record: str, *, score: float | None, accused: bool) -> Row:
    left, right = _marked(field, manuscript, record)
    marked = any(piece.differs for piece in (*left, *right))
    if accused:
        verdict, words = "differs", "differs"
    elif not manuscript:
        verdict, words = "silent", "not in the entry"
    elif not record:
        verdict, words = "silent", "not in the record"
    elif not marked or fold(manuscript) == fold(record):
        verdict, words = "same", "same"
    elif score is not None and score >= _SAME_SCORE:
        left, right = (Piece(manuscript),), (Piece(record),)
        verdict, words = "same", "same in another form"
    else:
        verdict, words = "form", "worded differently, no finding"
    return Row(name=FIELD_NAMES.get(field, field), manuscript=left, record=right, verdict=verdict, words=words)


def _marked(field: str, manuscript: str, record: str) -> tuple[Pieces, Pieces]:
    if field == "authors":
        return mark_authors(manuscript, record)
    return mark_words(manuscript, record)


def _citations(document: CheckedDocument, anchors: Mapping[str, Anchor]) -> tuple[PageCitation, ...]:
    alike = Counter(
        (" ".join(citation.text.split()), citation.form, citation.references, citation.candidates)
        for citation in document.citations
    )
    return tuple(
        PageCitation(
            text=text,
            form=form,
            number=number,
            entries=tuple(anchors[reference] for reference in (*references, *candidates) if reference in anchors),
        )
        for (text, form, references, candidates), number in alike.items()
    )
