"""The pipeline: read, split, parse, find (``litcheck.preparing``), resolve, match, judge.

The command line and the Prefect flows run the same functions.

``prepare`` needs one document and nothing else, so documents can be prepared in parallel; ``resolve_all`` asks for the union
of their references once; ``judge_document`` needs no I/O at all.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from bib.formats.csl_json import reference_to_csl
from litcheck import __version__
from litcheck.assessing import assess
from litcheck.citations.model import Citation
from litcheck.errors import UnreadableDocument
from litcheck.evidence import Evidence
from litcheck.findings import Finding
from litcheck.matching import Accepted, Agreement, Match, accepts
from litcheck.preparing import Prepared, Progress, Unreadable, prepare_all
from litcheck.rules import judge
from litcheck.rules.model import Assessment, Case
from litcheck.run import CheckedCitation, CheckedDocument, CheckedReference, MatchedRecord, Run, SourceUse, csl_of_record
from litcheck.settings import Settings
from litcheck.sources import OpenSources, open_sources


def resolve_all(
    prepared: Sequence[Prepared | Unreadable], sources: OpenSources, *, progress: Progress | None = None
) -> tuple[tuple[Evidence, ...], ...]:
    """Evidence for every reference of every document, asked for in one go; one tuple a document, in its references' order."""
    counts = [len(p.references) if isinstance(p, Prepared) else 0 for p in prepared]
    union = [reference for p in prepared if isinstance(p, Prepared) for reference in p.references]
    evidence = iter(sources.resolve(union, accepts=accepts, progress=progress))
    return tuple(tuple(next(evidence) for _ in range(count)) for count in counts)


def case_of(prepared: Prepared, evidence: Sequence[Evidence], today: date) -> Case:
    """What the rules see of a document on a day: all that was prepared, each reference matched with its evidence."""
    return Case(
        document=prepared.document,
        sections=prepared.sections,
        assessments=tuple(assess(reference, found) for reference, found in zip(prepared.references, evidence, strict=True)),
        failures=prepared.failures,
        citations=prepared.citations,
        style=prepared.style,
        today=today,
    )


def judge_document(
    prepared: Prepared | Unreadable, evidence: Sequence[Evidence], settings: Settings, today: date
) -> CheckedDocument:
    """Matches and judges one document as of ``today``. Asks nothing of the world, so the same input gives the same findings."""
    if isinstance(prepared, Unreadable):
        prepared = prepared.as_document()
    case = case_of(prepared, evidence, today)
    findings = judge(case, select=settings.select, ignore=settings.ignore)
    # How a reference stands does not depend on which findings somebody wants to read.
    differing = judge(case, select=frozenset({"LC1", "LC2"})) if settings.select or settings.ignore else findings
    return CheckedDocument(
        path=prepared.document.path,
        sha256=prepared.document.sha256,
        format=prepared.document.format,
        style=prepared.style,
        references=_checked_references(prepared, case.assessments, differing),
        citations=tuple(_checked_citation(citation) for citation in prepared.citations),
        findings=findings,
        nothing_to_check=not (prepared.entries or prepared.citations or prepared.document.failure),
    )


def check(
    paths: Sequence[Path],
    settings: Settings,
    *,
    lines: bool = False,
    bibliographies: Sequence[Path] = (),
    progress: Progress | None = None,
) -> Run:
    """The whole of it for a few documents: one run, every file in it, an unreadable one as a finding (LC001).

    Raises ``UnreadableDocument`` if none of the files or one of the bibliographies can be read, ``UnusableIndex``,
    ``UnusableSettings``, and ``UnusableError`` as ``prepare_all``; everything else that goes wrong is a value in the run.
    """
    started_at = datetime.now(UTC)
    with open_sources(settings) as sources:
        prepared = prepare_all(
            paths,
            settings.limits,
            lines=lines,
            bibliographies=bibliographies,
            style=settings.style,
            jobs=settings.jobs,
            progress=progress,
        )
        unreadable = [one for one in prepared if isinstance(one, Unreadable)]
        if len(unreadable) == len(prepared):
            raise UnreadableDocument("\n".join(one.reason for one in unreadable))
        evidence = resolve_all(prepared, sources, progress=progress)
        documents = tuple(
            judge_document(one, found, settings, started_at.date()) for one, found in zip(prepared, evidence, strict=True)
        )
        return new_run(documents, sources.uses(), offline=settings.offline, started_at=started_at)


def new_run(documents: Sequence[CheckedDocument], sources: Sequence[SourceUse], *, offline: bool, started_at: datetime) -> Run:
    """A finished run with an id of its own."""
    return Run(
        id=uuid.uuid4().hex[:12],
        started_at=started_at,
        finished_at=datetime.now(UTC),
        litcheck=__version__,
        offline=offline,
        sources=tuple(sources),
        documents=tuple(documents),
    )


def _checked_references(
    prepared: Prepared, assessments: Sequence[Assessment], findings: Sequence[Finding]
) -> tuple[CheckedReference, ...]:
    """Every entry in list order, the ones that could not be parsed among them."""
    differing = {id_ for f in findings if f.code.startswith("LC2") for id_ in f.references}
    assessed = {assessment.reference.id: assessment for assessment in assessments}
    checked = [_checked_reference(a, differs=a.reference.id in differing) for a in assessed.values()]
    checked += [
        CheckedReference(
            id=failure.id,
            raw=failure.raw,
            start=failure.span.start if failure.span else None,
            end=failure.span.end if failure.span else None,
            csl={},
            status="unverifiable",
        )
        for failure in prepared.failures
    ]
    order = {entry.id: position for position, entry in enumerate(prepared.entries)}
    return tuple(sorted(checked, key=lambda reference: order[reference.id]))


def _checked_reference(assessment: Assessment, *, differs: bool) -> CheckedReference:
    reference = assessment.reference
    return CheckedReference(
        id=reference.id,
        raw=reference.raw,
        start=reference.span.start if reference.span else None,
        end=reference.span.end if reference.span else None,
        csl=reference_to_csl(reference),
        status="differs" if differs and assessment.status == "verified" else assessment.status,
        record=_matched_record(_match_to_show(assessment)),
    )


def _match_to_show(assessment: Assessment) -> Match | None:
    """The accepted record; without one, the record that the DOI leads to, since that is what the entry claims to be."""
    if isinstance(assessment.outcome, Accepted):
        return assessment.outcome.match
    return assessment.by_doi


def _matched_record(match: Match | None) -> MatchedRecord | None:
    if match is None:
        return None
    record = match.record
    return MatchedRecord(
        source=record.source,
        doi=record.doi,
        csl=csl_of_record(record),
        score=match.score,
        fields={f.field: f.score for f in match.fields if f.agreement is not Agreement.UNKNOWN},
        fetched_at=record.fetched_at,
        url=record.url,
    )


def _checked_citation(citation: Citation) -> CheckedCitation:
    return CheckedCitation(
        start=citation.span.start,
        end=citation.span.end,
        text=citation.text,
        form=citation.form,
        references=citation.references,
        candidates=citation.candidates,
    )
