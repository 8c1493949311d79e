"""LC003 unparsed-reference."""

from __future__ import annotations

from collections.abc import Iterator

from litcheck.findings import Finding, Severity
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule

#: Characters of an entry in a message.
_QUOTED = 160


@rule("LC003", "unparsed-reference", Severity.WARNING, Needs.DOCUMENT)
def unparsed_reference(case: Case) -> Iterator[Finding]:
    """An entry could not be parsed into at least an author or title and a year, or a field of it not at all.

    What it means: the list holds something at this place that could not be taken apart, so nothing was checked about it. In
    bibliography files it may be a single field: then the rest of the entry was checked.

    Why: an entry that a program cannot take apart is often one that a reader cannot follow either: a piece of another entry, a
    note, or a reference with its main parts missing.

    Example: "Ibid., see above."; ``journal = jmlr`` in BibTeX, without an ``@string`` that says what "jmlr" is: BibTeX prints
    nothing there.

    What to do: complete the entry, join it with the line that it belongs to, or take it out of the list.
    """
    for failure in case.failures:
        if quoted := " ".join(failure.raw.split()):
            quoted = quoted if len(quoted) <= _QUOTED else quoted[: _QUOTED - 1].rstrip() + "…"
            yield unparsed_reference.finding(
                f"this entry could not be taken apart ({failure.reason.rstrip('.')}): “{quoted}”", about=failure
            )
    for assessment in case.assessments:
        for problem in assessment.reference.problems:
            yield unparsed_reference.finding(
                f"part of this entry could not be read: {problem.reason}", about=assessment.reference, span=problem.span
            )
