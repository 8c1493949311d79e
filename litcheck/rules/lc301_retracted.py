"""LC301 retracted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litcheck.findings import Finding, Severity
from litcheck.rules.evidencing import evidence_of, noticed
from litcheck.rules.model import Case, Needs
from litcheck.rules.notices import PARTLY, is_reinstated, retractions, says_so, tell
from litcheck.rules.registry import rule

_MARKED = re.compile(r"^\W{0,3}retracted(?: article| paper)?\s{0,2}[:.\])–—-]", re.IGNORECASE)
_SAID = re.compile(r"\bretract", re.IGNORECASE)


@rule("LC301", "retracted", Severity.ERROR, Needs.RECORDS)
def retracted(case: Case) -> Iterator[Finding]:
    """The work is retracted.

    What it means: its publisher, or Retraction Watch, has recorded a retraction, or the registered title begins with
    "Retracted". Where the entry itself says so, it is information. A retraction that was followed by a reinstatement is not
    reported, and one of parts of the work is told as that.

    Why: what a retracted work says cannot be relied on; citing it without saying so carries the error on.

    Example: an article retracted in 2015 whose notice says that its data could not be confirmed.

    What to do: cite another work, or say in text and list that it is retracted and why it is cited all the same.
    """
    for reference, match in noticed(case):
        record = match.record
        found = retractions(record)
        by_title = any(_MARKED.match(title) for title in record.titles)
        if not (found or by_title) or is_reinstated(record):
            continue
        told = "; ".join(tell(notice) for notice in found) or f"its title is registered as “{record.title}”"
        known = says_so(reference, record, _SAID, _MARKED)
        what = "parts of this work are" if found and all(notice.kind == PARTLY for notice in found) else "this work is"
        yield retracted.finding(
            f"{what} retracted: {told}" + (" (the entry says so)" if known else ""),
            about=reference,
            severity=Severity.INFO if known else Severity.ERROR,
            evidence=evidence_of(match, "title", looked=tuple(tell(notice) for notice in found)),
        )
