"""LC208 pages-mismatch."""

from __future__ import annotations

from collections.abc import Iterator

from litcheck.findings import Finding, Severity
from litcheck.matching.model import Agreement
from litcheck.rules.evidencing import evidence_of, matches
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule


@rule("LC208", "pages-mismatch", Severity.WARNING, Needs.RECORDS)
def pages_mismatch(case: Case) -> Iterator[Finding]:
    """The pages or the article number differ from the record's.

    What it means: the first pages are different. Short end pages ("223–8" for "223–228"), first pages alone, Roman numerals and
    article numbers in the place of pages are no difference. If only the last page differs, it is information.

    Why: without a DOI, volume and page are the way to a printed work.

    Example: the entry says 2540–3776, the record 257–260.

    What to do: take the pages over from the publication.
    """
    for reference, match in matches(case):
        page = match.field("page")
        if page.agreement is Agreement.DIFFERS:
            only_end = page.score > 0
            yield pages_mismatch.finding(
                f"the entry says pages {page.manuscript}, the record {page.record}"
                + (" (the first page is the same)" if only_end else ""),
                about=reference,
                severity=Severity.INFO if only_end else Severity.WARNING,
                confidence=(0.6 if only_end else 0.9) * reference.confidence_in("pages"),
                evidence=evidence_of(match, "page"),
            )
