"""LC507 number-out-of-range."""

from __future__ import annotations

from collections.abc import Iterator

from litcheck.citations.model import Link
from litcheck.findings import Finding, Severity
from litcheck.rules.citing import quoted, same_problem, times
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule


@rule("LC507", "number-out-of-range", Severity.ERROR, Needs.DOCUMENT)
def number_out_of_range(case: Case) -> Iterator[Finding]:
    """A citation's number has no entry.

    What it means: the document cites by number, and the list has no entry of this one.

    Why: a reader cannot find the work; often an entry was deleted or numbers were not brought up to date.

    Example: the text cites [45], and the list ends with 43.

    What to do: correct the number, or add the entry.
    """
    entries = len(case.assessments) + len(case.failures)
    if not entries:
        return
    unread = {failure.id for failure in case.failures}
    for citation, indices in same_problem(case, lambda c: c.link is Link.MISSING and c.number is not None):
        # The entry may be there and unreadable; that is told of the entry (LC003).
        if str(citation.number) in unread:
            continue
        yield number_out_of_range.finding(
            f"the text cites number {citation.number} in {quoted(citation)}{times(indices)}, "
            f"and the list has {entries} entries and none of this number",
            citations=indices,
            span=citation.span,
            confidence=0.9,
        )
