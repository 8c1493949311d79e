"""The report in Markdown: a table over all documents, then the findings of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from litcheck.findings import Comparison, Finding
from litcheck.run import CheckedDocument, Run
from reports.escaping import markdown
from reports.links import safe_link
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
)


def render_markdown(run: Run) -> str:
    """The run as GitHub-flavoured Markdown (CommonMark with tables), with a newline at the end."""
    return "\n".join(_lines(run)) + "\n"


def _lines(run: Run) -> Iterator[str]:
    yield "# litcheck report"
    yield ""
    yield f"Run {markdown(run.id)}, {run.finished_at:%Y-%m-%d %H:%M} UTC, litcheck {markdown(run.litcheck)}."
    yield ""
    yield "| document | references | citations | errors | warnings | notes |"
    yield "| --- | --- | ---: | ---: | ---: | ---: |"
    for document in run.documents:
        yield _row(document)
    yield ""
    yield from _sources(run)
    for document in run.documents:
        yield from _document(document)


def _row(document: CheckedDocument) -> str:
    counts = Counter(finding.severity for finding in document.findings)
    statuses = ", ".join(f"{number:,} {status_words(status)}" for status, number in status_counts(document))
    cells = (
        markdown(document.path),
        f"{len(document.references):,}" + (f": {statuses}" if statuses else ""),
        f"{len(document.citations):,}",
        *(f"{counts[severity]:,}" for severity in SEVERITIES),
    )
    return f"| {' | '.join(cells)} |"


def _sources(run: Run) -> Iterator[str]:
    yield "## Sources asked"
    yield ""
    for source in run.sources:
        said = source_line(source)
        yield f"- {markdown(source.name)}" + (f": {markdown(said)}" if said else "")
    if not run.sources:
        yield "None; nothing could be verified."
    yield ""
    if run.offline:
        yield "Offline: only what is on this machine was asked. What it lacks may exist all the same."
        yield ""
    if unasked := unasked_line(run):
        yield f"**Not asked:** {unasked}"
        yield ""
    present = {reference.status for document in run.documents for reference in document.references}
    for status, meaning in STATUS_MEANINGS.items():
        if status in present:
            yield f"- *{status_words(status)}*: {meaning}"
    if present:
        yield ""


def _document(document: CheckedDocument) -> Iterator[str]:
    yield f"## {markdown(document.path)}"
    yield ""
    yield markdown(document_line(document))
    yield ""
    if document.nothing_to_check and not document.findings:
        return
    yield f"{severity_line(document.findings).capitalize()}."
    yield ""
    for group in group_findings(document.findings):
        yield f"### {markdown(group.code)} {markdown(group.name)} ({severity_noun(group.severity)})"
        yield ""
        for finding in group.findings:
            yield from _finding(finding)
        yield ""


def _finding(finding: Finding) -> Iterator[str]:
    place = finding.place
    where = f"{markdown(place_words(place))}: " if place else ""
    yield f"- {where}{markdown(finding.message)}"
    if place and place.quote:
        # Asterisks would not close between a bracket and a letter; a tag does everywhere.
        source = markdown(place.path) if place.path else "the manuscript"
        yield f"  - in {source}: {markdown(place.before)}<b>{markdown(place.quote)}</b>{markdown(place.after)}"
    for compared in finding.evidence.compared:
        yield f"  - {_comparison(compared, compared_with(finding))}"
    for looked in finding.evidence.looked:
        yield f"  - {markdown(looked)}"
    if link := safe_link(finding.evidence.url):
        yield f"  - record: <{link}>"
    if finding.fix:
        yield f"  - fix: {markdown(finding.fix.description)}"


def _comparison(compared: Comparison, other: str) -> str:
    manuscript = markdown(compared.manuscript) or "nothing"
    record = markdown(compared.record) or "nothing"
    return f"{markdown(compared.field)}: the manuscript says {manuscript}; the {other} says {record}"
