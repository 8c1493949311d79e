"""LC304 withdrawn-or-removed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litcheck.findings import Finding, Severity
from litcheck.rules.evidencing import evidence_of, noticed
from litcheck.rules.model import Case, Needs
from litcheck.rules.notices import WITHDRAWALS, notices, says_so, tell
from litcheck.rules.registry import rule

_MARKED = re.compile(r"^\W{0,3}(?:withdrawn|removed)(?: article| paper)?\s{0,2}[:.\])–—-]", re.IGNORECASE)
_SAID = re.compile(r"\b(?:withdraw|removed)", re.IGNORECASE)


@rule("LC304", "withdrawn-or-removed", Severity.ERROR, Needs.RECORDS)
def withdrawn_or_removed(case: Case) -> Iterator[Finding]:
    """The work was withdrawn or removed.

    What it means: its publisher has recorded a withdrawal or a removal, or the registered title begins with "Withdrawn".

    Why: the work cannot be read any more, or its authors do not stand by it.

    Example: an article in press that was withdrawn before it appeared in an issue.

    What to do: cite another work.
    """
    for reference, match in noticed(case):
        found = notices(match.record, WITHDRAWALS)
        by_title = any(_MARKED.match(title) for title in match.record.titles)
        if found or by_title:
            told = tuple(tell(notice) for notice in found)
            why = "; ".join(told) or f"its title is registered as “{match.record.title}”"
            known = says_so(reference, match.record, _SAID, _MARKED)
            yield withdrawn_or_removed.finding(
                f"this work was withdrawn or removed: {why}",
                about=reference,
                severity=Severity.INFO if known else Severity.ERROR,
                evidence=evidence_of(match, "title", looked=told),
            )
