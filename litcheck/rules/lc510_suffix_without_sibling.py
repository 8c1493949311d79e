"""LC510 suffix-without-sibling."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator

from bib.folding import fold
from bib.model import Reference
from litcheck.findings import Finding, Severity
from litcheck.rules.citing import shortened
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule


@rule("LC510", "suffix-without-sibling", Severity.INFO, Needs.DOCUMENT)
def suffix_without_sibling(case: Case) -> Iterator[Finding]:
    """The year of an entry has a letter, and no other entry has the author and year.

    What it means: "2020a" says that there is a "2020b", and the list has none by the same first author.

    Why: an entry was deleted or forgotten, or the letter is left over.

    Example: the list has Lee (2020a) and no other work by Lee of 2020.

    What to do: add the other entry, or take the letter away here and in the text.
    """
    # An entry that could not be read may be the sibling.
    if case.failures:
        return
    references = [assessment.reference for assessment in case.assessments]
    siblings = Counter(_author_and_year(reference) for reference in references)
    for reference in references:
        if reference.year_suffix and reference.year and siblings[_author_and_year(reference)] == 1:
            yield suffix_without_sibling.finding(
                f"the entry says {reference.year}{reference.year_suffix}, and no other entry is by its first author and of "
                f"{reference.year}: “{shortened(reference)}”",
                about=reference,
                confidence=0.8,
            )


def _author_and_year(reference: Reference) -> Hashable:
    authors = reference.authors or reference.editors
    return (fold(authors[0].full_family) if authors else "", reference.year)
