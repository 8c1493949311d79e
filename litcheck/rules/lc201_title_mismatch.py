"""LC201 title-mismatch."""

from __future__ import annotations

from collections.abc import Iterator

from litcheck.findings import Finding, Severity
from litcheck.matching.model import Agreement
from litcheck.rules.evidencing import evidence_of, matches
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule

#: From this score on a title is the same but for a word or two: 36 of the 37 true entries of match-dev whose title differs from
#: the record's, and none of the 89 titles of verdict-dev and citetracer-dev that were replaced by another.
NEARLY = 0.75


@rule("LC201", "title-mismatch", Severity.ERROR, Needs.RECORDS)
def title_mismatch(case: Case) -> Iterator[Finding]:
    """The title differs from the record's.

    What it means: words are exchanged, missing or added. Capitals, punctuation, mark-up, spelling variants, a left-out subtitle
    and abbreviated names of species are no difference. A title that is the same but for a word or two is a warning.

    Why: the title is what a reader searches for.

    Example: the entry ends "…DSM-5-AMPD: A systematic review", the record "…DSM-5: a meta-analytic approach".

    What to do: take the title over from the publication. If it is right, the record may be that of another version.
    """
    for reference, match in matches(case):
        title = match.field("title")
        if title.agreement is Agreement.DIFFERS:
            yield title_mismatch.finding(
                f"the entry's title is “{title.manuscript}”, the record's “{title.record}”"
                + (f" ({title.note})" if title.note else ""),
                about=reference,
                severity=Severity.WARNING if title.score >= NEARLY else Severity.ERROR,
                confidence=reference.confidence_in("title"),
                evidence=evidence_of(match, "title"),
            )
