"""LC206 container-mismatch."""

from __future__ import annotations

from collections.abc import Iterator

from litcheck.findings import Finding, Severity
from litcheck.matching import Agreement, Match
from litcheck.matching.containers import SHARED_WORDS
from litcheck.rules.evidencing import evidence_of, matches
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule


@rule("LC206", "container-mismatch", Severity.WARNING, Needs.RECORDS)
def container_mismatch(case: Case) -> Iterator[Finding]:
    """The work is in another journal, book or proceedings than the entry says.

    What it means: the name of the container is neither the record's nor an abbreviation, an acronym or another known name of it.
    Where volume and first page are the record's and every word of one name stands in the other, the place is the right one under
    a name that is not quite right on one of the two sides, and that is information only.

    Why: volume and pages lead nowhere in the wrong journal, and a better-known one makes a work look like what it is not.

    Example: the entry has "Frontiers in Psychology", the record "Brain Sciences".

    What to do: take the container over from the publication. A preprint and its publication are two works: cite the one used.
    """
    for reference, match in matches(case):
        container = match.field("container")
        if container.agreement is Agreement.DIFFERS:
            misnamed = _is_misnamed(match)
            yield container_mismatch.finding(
                f"the entry says “{container.manuscript}”, the record “{container.record}”"
                + (" (volume and first page are the same)" if misnamed else ""),
                about=reference,
                severity=Severity.INFO if misnamed else Severity.WARNING,
                confidence=0.9 * reference.confidence_in("container"),
                evidence=evidence_of(match, "container"),
            )


def _is_misnamed(match: Match) -> bool:
    """Whether it is the same journal by the place in it, and the names are made of the same words."""
    same_place = all(match.field(name).agreement in (Agreement.SAME, Agreement.VARIANT) for name in ("volume", "page"))
    return same_place and match.field("container").note == SHARED_WORDS
