"""LC405 year-implausible."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bib.model import Reference
from litcheck.findings import Finding, Severity
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule

#: The year in which Gutenberg's Bible was in print. Older years are those of manuscripts, or slips.
FIRST_PRINT = 1455
#: Journals print next year's volumes, and books bear next year's date, from the summer on.
YEARS_AHEAD = 1

_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


@rule("LC405", "year-implausible", Severity.WARNING, Needs.DOCUMENT)
def year_implausible(case: Case) -> Iterator[Finding]:
    """The year lies in the future, or before printing.

    What it means: the year is later than next year, seen from the day of the check, or earlier than the first printed books.

    Why: a digit is wrong or two are swapped, and the citations in the text mostly repeat the slip.

    Example: an entry with the year 2091, or 1203 for 2013.

    What to do: take the year from the publication. For a work from before printing, cite the edition that you used, with the
    year of the original beside it.
    """
    for assessment in case.assessments:
        reference = assessment.reference
        year = reference.year
        if year is None:
            continue
        if year > case.today.year + YEARS_AHEAD:
            why = f"which lies in the future: today is {case.today.isoformat()}"
        elif year < FIRST_PRINT and not reference.original_year and not _is_of_an_original(reference):
            why = f"before the first printed books of {FIRST_PRINT}"
        else:
            continue
        yield year_implausible.finding(
            f"the entry says {year}, {why}", about=reference, confidence=0.9 * reference.confidence_in("date")
        )


def _is_of_an_original(reference: Reference) -> bool:
    """Whether the year of an edition stands beside the old one: "1274/1981"."""
    dates = (segment.text for segment in reference.segments if segment.label == "date")
    return any(int(year) >= FIRST_PRINT for date in dates for year in _YEAR.findall(date))
