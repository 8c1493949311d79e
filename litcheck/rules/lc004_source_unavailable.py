"""LC004 source-unavailable."""

from __future__ import annotations

from collections.abc import Iterator

from litcheck.evidence import Found, NotFound, Unavailable
from litcheck.findings import Finding, FindingEvidence, Severity
from litcheck.rules.model import Assessment, Case, Needs
from litcheck.rules.registry import rule

#: How the names begin of the sources that would answer for any article. Where one of them could not be asked, that a catalogue
#: could not be either is the same story.
MAIN = ("crossref", "doi.org", "index:")


@rule("LC004", "source-unavailable", Severity.INFO, Needs.RECORDS)
def source_unavailable(case: Case) -> Iterator[Finding]:
    """A source could not be asked, so references stay unverified.

    What it means: nothing is known about these references. They were not looked up, or what they were looked up in need not
    hold them: an index that is not complete, or one that is older than the work.

    Why: "could not ask" is not "does not exist". These references are never counted as not found.

    Example: Crossref did not answer within the time allowed, and 12 references have not been looked up elsewhere.

    What to do: run the check again later, with a network connection, or with a complete and newer index.
    """
    waiting: dict[tuple[str, str], list[str]] = {}
    for assessment in case.assessments:
        if assessment.status == "unavailable":
            for source, reason in dict.fromkeys(_reasons(assessment)):
                waiting.setdefault((source, reason), []).append(assessment.reference.id)
    for (source, reason), references in waiting.items():
        count = "one reference stays" if len(references) == 1 else f"{len(references)} references stay"
        yield source_unavailable.finding(
            f"{source}: {reason}; {count} unverified",
            references=tuple(references),
            evidence=FindingEvidence(source=source, looked=(f"{source}: {reason}",)),
        )


def _reasons(assessment: Assessment) -> Iterator[tuple[str, str]]:
    """Why the sources leave this reference open, each with its own reason."""
    evidence = assessment.evidence
    if evidence.unavailable:
        main = [lookup for lookup in evidence.unavailable if lookup.source.startswith(MAIN)]
        yield from ((lookup.source, lookup.reason) for lookup in main or evidence.unavailable)
        return
    lookups = evidence.lookups
    if not lookups:
        yield "no source", "none was asked"
    for lookup in lookups:
        match lookup:
            case NotFound(source=source, as_of=as_of) | Found(source=source, as_of=as_of) if (
                as_of and assessment.evidence.covered
            ):
                yield source, f"speaks for the time until {as_of.isoformat()}, and the work may be newer"
            case Found(source=source, records=records) if records and assessment.evidence.covered:
                yield source, f"speaks for the time until {records[0].fetched_at.date().isoformat()}, and the work is newer"
            case Found(source=source) | NotFound(source=source):
                yield source, "holds no such work and need not hold all works of this kind"
            case Unavailable(source=source, reason=reason):
                yield source, reason
