"""A corpus outcome in a few lines for a person: what was done, what stands now, where to look first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from flows.outcome import CorpusOutcome
from litcheck.findings import Severity
from litcheck.run import CheckedDocument, Run
from reports.escaping import printable

#: How many documents, codes and kinds of files are named; the database and the report hold all documents and codes.
SHOWN = 10

_RETRACTED = ("LC301", "LC304")


def summarise(outcome: CorpusOutcome) -> str:
    """The summary as text, with a newline at its end."""
    return "".join(f"{line}\n" for line in _lines(outcome))


def _lines(outcome: CorpusOutcome) -> Iterator[str]:
    checked = outcome.run.documents if outcome.run else ()
    total = len(checked) + len(outcome.unchanged) + len(outcome.failures)
    done = f"{len(checked):,} checked now, {len(outcome.unchanged):,} unchanged"
    broken = f", {_count(len(outcome.failures), 'check')} broke off" if outcome.failures else ""
    yield f"{printable(outcome.directory)}: {_count(total, 'document')}, {done}{broken}"
    if outcome.passed_over:
        most = dict(Counter(outcome.passed_over).most_common(SHOWN))
        others = sum(outcome.passed_over.values()) - sum(most.values())
        more = f", {others:,} others" if others else ""
        yield f"Not read, by the end of their names: {_listed(most)}{more}"
    counts = Counter(finding.severity for document in checked for finding in document.findings)
    for before in outcome.unchanged:
        counts += Counter({Severity.ERROR: before.errors, Severity.WARNING: before.warnings, Severity.INFO: before.infos})
    unchanged = ", those of unchanged documents included" if outcome.unchanged else ""
    yield (
        f"Findings: {_count(counts[Severity.ERROR], 'error')}, {_count(counts[Severity.WARNING], 'warning')}, "
        f"{_count(counts[Severity.INFO], 'note')}{unchanged}"
    )
    if outcome.run:
        yield from _checked_now(outcome.run)


def _checked_now(run: Run) -> Iterator[str]:
    statuses = sum((document.statuses() for document in run.documents), Counter[str]())
    if statuses:
        yield f"References checked now: {statuses.total():,}: {_listed(dict(statuses.most_common()))}"
    codes = Counter((f.severity, f.code, f.name) for document in run.documents for f in document.findings)
    for (severity, code, name), count in sorted(codes.items(), key=lambda item: (-item[0][0], -item[1], item[0][1]))[:SHOWN]:
        yield f"  {code} {name} ({severity.word}): {count:,}"
    retracted = sorted(
        {f.evidence.record for d in run.documents for f in d.findings if f.code in _RETRACTED if f.evidence.record}
    )
    if retracted:
        yield f"Retracted or removed works that are cited: {', '.join(map(printable, retracted))}"
    worst = sorted((document for document in run.documents if _errors(document)), key=lambda d: (-_errors(d), d.path))
    if worst:
        yield "Most errors:"
        yield from (f"  {printable(document.path)}: {_errors(document):,}" for document in worst[:SHOWN])


def _errors(document: CheckedDocument) -> int:
    return sum(finding.severity is Severity.ERROR for finding in document.findings)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number:,} {printable(what)}" for what, number in counts.items())
