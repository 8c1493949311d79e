"""LC202 year-mismatch."""

from __future__ import annotations

from collections.abc import Iterator

from litcheck.evidence import Record
from litcheck.findings import Finding, Fix, Severity
from litcheck.matching.model import Agreement
from litcheck.rules.evidencing import evidence_of, matches
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule


@rule("LC202", "year-mismatch", Severity.WARNING, Needs.RECORDS)
def year_mismatch(case: Case) -> Iterator[Finding]:
    """The year is none of those that the record holds.

    What it means: a record may hold several years (print, online, issued), and the entry has none of them. One year off is
    information only, unless the record holds both the year of print and the year online and they are the same: otherwise the
    date that the record lacks explains it.

    Why: the year is part of every author-year citation, and of finding the volume.

    Example: the entry says 2011, the record 1991.

    What to do: take the year over from the publication, and change the citations with it.
    """
    for reference, match in matches(case):
        year = match.field("year")
        off_by_one = year.agreement is Agreement.VARIANT and year.score < 1
        if year.agreement is not Agreement.DIFFERS and not off_by_one:
            continue
        explained = off_by_one and not _is_settled(match.record)
        yield year_mismatch.finding(
            f"the entry says {year.manuscript}, the record says {year.record}"
            + (": one year lies between, as it may between online and print" if explained else ""),
            about=reference,
            severity=Severity.INFO if explained else Severity.WARNING,
            confidence=(0.5 if explained else 0.95) * reference.confidence_in("date"),
            evidence=evidence_of(match, "year"),
            fix=None if explained else Fix(description=f"say {year.record}"),
        )


def _is_settled(record: Record) -> bool:
    """Whether the record tells both the year of print and the year online, and they are one year."""
    by_kind = {kind: {held.year for held in record.years if held.kind == kind} for kind in ("print", "online")}
    return bool(by_kind["print"]) and by_kind["print"] == by_kind["online"]
