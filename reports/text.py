"""The report for the terminal: the most important first, what to fix and how.

Colour only underlines; every line says the same without it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from rich.console import Console
from rich.text import Text

from litcheck.findings import Comparison, Finding, Severity
from litcheck.run import CheckedDocument, CheckedReference, Run
from reports.escaping import printable
from reports.fields import reference_label
from reports.summary import (
    SEVERITIES,
    STATUS_MEANINGS,
    FindingGroup,
    compared_with,
    counted,
    document_line,
    group_findings,
    severity_line,
    severity_noun,
    source_line,
    status_words,
    unasked_line,
)

_HEADINGS = {
    Severity.ERROR: "fix before you submit",
    Severity.WARNING: "look at each",
    Severity.INFO: "good to know",
}
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}
_NARROWEST = 40
#: From this many findings of a severity on, a line says beforehand what they are.
_MANY = 6
#: Statuses whose meaning the report adds, because they are easily taken for more than they say.
_EXPLAINED = ("not-found", "unverifiable")


def render_text(run: Run, *, width: int = 80, colour: bool = False) -> str:
    """The run as lines of at most ``width`` columns (words longer than that are broken), with a newline at the end."""
    page = _Page(max(width, _NARROWEST), colour=colour)
    for document in run.documents:
        _document(page, document)
    if not run.documents:
        page.line("No documents were checked.")
        page.blank()
    _ending(page, run)
    return page.text()


class _Page:
    """Lines wrapped to a width. Takes plain strings and makes them harmless itself."""

    def __init__(self, width: int, *, colour: bool) -> None:
        self._lines = StringIO()
        self._width = width
        self._console = Console(
            file=self._lines,
            width=width,
            force_terminal=colour,
            no_color=not colour,
            color_system="standard" if colour else None,
            legacy_windows=False,
            highlight=False,
            markup=False,
            emoji=False,
            _environ={},
        )

    def line(self, *pieces: str | tuple[str, str], indent: int = 0, hanging: int = 0) -> None:
        """Prints ``pieces``, each a string or a string with its style; lines after the first are indented by ``hanging`` more."""
        text = Text()
        for piece in pieces:
            words, style = (piece, "") if isinstance(piece, str) else piece
            text.append(printable(words), style)
        first = text.wrap(self._console, self._width - indent)[0]
        rest = text[len(first) :]
        rest = rest[len(rest.plain) - len(rest.plain.lstrip()) :]
        self._print(first, indent)
        if rest.plain:
            for line in rest.wrap(self._console, self._width - indent - hanging):
                self._print(line, indent + hanging)

    def blank(self) -> None:
        """An empty line."""
        self._console.print()

    def text(self) -> str:
        """All that was printed."""
        return self._lines.getvalue().rstrip("\n") + "\n"

    def _print(self, text: Text, indent: int) -> None:
        text.rstrip()
        self._console.print(Text(" " * indent) + text if text.plain else Text(), soft_wrap=True)


#: The entries of a document by their ids.
_Entries = Mapping[str, CheckedReference]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Statement:
    """One finding, or several that say the same of several places."""

    finding: Finding
    others: tuple[Finding, ...] = ()


def _document(page: _Page, document: CheckedDocument) -> None:
    page.line((document.path, "bold"))
    page.line(document_line(document), indent=2, hanging=2)
    if document.nothing_to_check and not document.findings:
        page.blank()
        return
    page.line(severity_line(document.findings).capitalize(), indent=2)
    if unasked := document.statuses()["unavailable"]:
        # Said at the top as well: a list that was not looked up is easily taken for one without faults.
        number = f"{unasked:,} of {counted(len(document.references), 'reference')}"
        page.line((f"{number} could not be checked", _STYLES[Severity.WARNING]), ": see the end", indent=2)
    page.blank()
    groups = group_findings(document.findings)
    entries = {reference.id: reference for reference in document.references}
    for severity in SEVERITIES:
        of_severity = [group for group in groups if group.severity is severity]
        if of_severity:
            _heading(page, severity, of_severity)
        for group in of_severity:
            _group(page, document, entries, group)


def _heading(page: _Page, severity: Severity, groups: Sequence[FindingGroup]) -> None:
    number = sum(len(group.findings) for group in groups)
    page.line((counted(number, severity_noun(severity)).upper(), _STYLES[severity]), f" – {_HEADINGS[severity]}")
    if number >= _MANY:
        page.line(", ".join(f"{len(group.findings)} {group.name}" for group in groups), indent=2)
    page.blank()


def _group(page: _Page, document: CheckedDocument, entries: _Entries, group: FindingGroup) -> None:
    number = f" ({len(group.findings)})" if len(group.findings) > 1 else ""
    page.line((group.code, _STYLES[group.severity]), (f" {group.name}", "bold"), number)
    for statement in _merged(group.findings):
        _statement(page, document, entries, statement)
    page.blank()


def _merged(findings: Iterable[Finding]) -> list[_Statement]:
    statements: dict[object, _Statement] = {}
    for finding in findings:
        same = (
            finding.message,
            finding.fix.description if finding.fix else "",
            finding.evidence.looked,
            finding.evidence.compared,
        )
        first = statements.get(same)
        statements[same] = (
            _Statement(finding=first.finding, others=(*first.others, finding)) if first else _Statement(finding=finding)
        )
    return list(statements.values())


def _statement(page: _Page, document: CheckedDocument, entries: _Entries, statement: _Statement) -> None:
    finding = statement.finding
    subject = _subject(document, entries, finding)
    page.line((_place(document, finding), "bold"), "  " if subject else "", subject, indent=2, hanging=4)
    page.line(finding.message, indent=4)
    if statement.others:
        places = Counter(_other(document, entries, subject, other) for other in statement.others)
        said = ", ".join(f"{place} ({number} times)" if number > 1 else place for place, number in places.items())
        page.line(f"also at {said}", indent=4, hanging=2)
    for compared in finding.evidence.compared:
        agrees = compared.score is not None and compared.score >= 1
        if not agrees and not _told(compared, finding.message):
            _comparison(page, compared, compared_with(finding))
    if finding.severity > Severity.INFO:
        for looked in finding.evidence.looked:
            if looked not in finding.message:
                page.line(f"- {looked}", indent=4, hanging=2)
    if finding.evidence.url:
        page.line(("record: ", "dim"), finding.evidence.url, indent=4, hanging=2)
    if finding.fix:
        page.line(("fix: ", "bold green"), finding.fix.description, indent=4, hanging=5)


def _comparison(page: _Page, compared: Comparison, other: str) -> None:
    page.line(f"{compared.field}:", indent=4)
    page.line(("manuscript  ", "dim"), compared.manuscript or "(nothing)", indent=6, hanging=12)
    page.line((f"{other:<12}", "dim"), compared.record or "(nothing)", indent=6, hanging=12)


def _told(compared: Comparison, message: str) -> bool:
    return bool(compared.manuscript and compared.record) and compared.manuscript in message and compared.record in message


def _place(document: CheckedDocument, finding: Finding) -> str:
    place = finding.place
    if place is None:
        return document.path
    path = place.path or document.path
    return f"{path}:{place.line}:{place.column}" if place.page is None else f"{path}, page {place.page}"


def _other(document: CheckedDocument, entries: _Entries, subject: str, finding: Finding) -> str:
    """Another place of a statement, with what the finding there is about if that is not what the first one is about."""
    about = _subject(document, entries, finding)
    return f"{_other_place(finding)} ({about})" if about and about != subject else _other_place(finding)


def _other_place(finding: Finding) -> str:
    place = finding.place
    if place is None:
        return "no place"
    if place.page is not None:
        return f"page {place.page}" + (f" of {place.path}" if place.path else "")
    return (f"{place.path}:" if place.path else "") + f"{place.line}:{place.column}"


def _subject(document: CheckedDocument, entries: _Entries, finding: Finding) -> str:
    """The citation or the entries that a finding is about, in a few words, unless its message has them."""
    words = ""
    if finding.citations and finding.citations[0] < len(document.citations):
        words = document.citations[finding.citations[0]].text
    elif finding.references:
        entry = entries.get(finding.references[0])
        words = reference_label(entry) if entry else ""
        if words and len(finding.references) > 1:
            words += f" and {len(finding.references) - 1:,} more"
    return "" if words in finding.message else words


def _ending(page: _Page, run: Run) -> None:
    findings = [finding for document in run.documents for finding in document.findings]
    if len(run.documents) > 1:
        page.line((f"{len(run.documents):,} documents: {severity_line(findings)}", "bold"))
    for status in _EXPLAINED:
        if any(reference.status == status for document in run.documents for reference in document.references):
            page.line((f"{status_words(status).capitalize()}: ", "bold"), STATUS_MEANINGS[status] + ".", hanging=2)
    if unasked := unasked_line(run):
        page.line(("Not asked: ", "bold"), unasked, hanging=2)
    if run.sources:
        page.line(("Sources asked:", "bold"))
        for source in run.sources:
            page.line(source.name, ": ", source_line(source) or "no date stated", indent=2, hanging=2)
    else:
        page.line(("Sources asked: ", "bold"), "none; nothing could be verified.")
    if run.offline:
        page.line("Offline: only what is on this machine was asked. What it lacks may exist all the same.", hanging=2)
    if findings:
        page.line(f"litcheck explain {group_findings(findings)[0].code} tells more about a code.", hanging=2)
