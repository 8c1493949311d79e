"""LC206 container-mismatch."""

from __future__ import annotations

from collections.abc import Iterator

from litcheck.findings import Finding, Severity
from litcheck.matching.model import Agreement
from litcheck.rules.evidencing import evidence_of, matches
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule


@rule("LC206", "container-mismatch", Severity.WARNING, Needs.RECORDS)
def container_mismatch(case: Case) -> Iterator[Finding]:
    """The work is in another journal, book or proceedings than the entry says.

    What it means: the name of the container is neither the record's nor an abbreviation, an acronym or another known name of it.

    Why: volume and pages lead nowhere in the wrong journal, and a better-known one makes a work look like what it is not.

    Example: the entry has "Frontiers in Psychology", the record "Brain Sciences".

    What to do: take the container over from the publication. A preprint and its publication are two works: cite the one used.
    """
    for reference, match in matches(case):
        container = match.field("container")
        if container.agreement is Agreement.DIFFERS:
            yield container_mismatch.finding(
                f"the entry says “{container.manuscript}”, the record “{container.record}”",
                about=reference,
                confidence=0.9 * reference.confidence_in("container"),
                evidence=evidence_of(match, "container"),
            )
