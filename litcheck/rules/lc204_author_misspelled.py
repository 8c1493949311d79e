"""LC204 author-misspelled."""

from __future__ import annotations

from collections.abc import Iterator

from litcheck.findings import Finding, Severity
from litcheck.matching.authors import align_authors
from litcheck.matching.model import Agreement
from litcheck.rules.evidencing import evidence_of, matches
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule


@rule("LC204", "author-misspelled", Severity.WARNING, Needs.RECORDS)
def author_misspelled(case: Case) -> Iterator[Finding]:
    """A family name is spelled otherwise than in the record.

    What it means: at the same place among the authors stands nearly the same name. Diacritics and their transliterations,
    particles and hyphens are no difference.

    Why: a misspelled name is not found by searches for its bearer, and the citations in the text repeat it.

    Example: "Dainal" for "Danial".

    What to do: take the spelling over from the publication. Registries hold slips too: the publication decides.
    """
    for reference, match in matches(case):
        if match.field("authors").agreement is not Agreement.DIFFERS:
            continue
        for ours, theirs in align_authors(reference, match.record).misspelled:
            yield author_misspelled.finding(
                f"the entry spells “{ours.full_family}”, the record “{theirs.full_family}”",
                about=reference,
                confidence=0.9 * reference.confidence_in("author", "editor"),
                evidence=evidence_of(match, "authors"),
            )
