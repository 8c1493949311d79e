"""LC510 suffix-without-sibling."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator

from bib.folding import fold
from bib.model import Reference
from litcheck.findings import Finding, Severity
from litcheck.rules.citing import entry_of, parsed, quoted, same_problem, shortened, times
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule


@rule("LC510", "suffix-without-sibling", Severity.INFO, Needs.DOCUMENT)
def suffix_without_sibling(case: Case) -> Iterator[Finding]:
    """A year has a letter that nothing in the list asks for: no other entry has the author and year, or no entry the letter.

    What it means: "2020a" in the list says that there is a "2020b", and the list has none by the same first author; or the text
    cites "2020a", and the entry has the year alone.

    Why: an entry was deleted or forgotten, or the letter is left over. Where two entries of a year lack letters, only their order
    tells which of them the text means.

    Example: the list has Lee (2020a) and no other work by Lee of 2020; or the text cites (Lee, 2020a), the entry has 2020.

    What to do: add the other entry or the letters, or take the letter away.
    """
    yield from _unlisted_letters(case)
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


def _unlisted_letters(case: Case) -> Iterator[Finding]:
    for citation, indices in same_problem(case, lambda c: bool(c.suffix and c.references)):
        reference = parsed(case, citation.references[0])
        if reference is not None and reference.year and not reference.year_suffix:
            yield suffix_without_sibling.finding(
                f"the text cites {quoted(citation)}{times(len(indices))}, and the entry has no letter after {reference.year}:"
                f" {entry_of(case, reference.id)}",
                references=(reference.id,),
                citations=indices,
                span=citation.span,
                confidence=0.8,
            )


def _author_and_year(reference: Reference) -> Hashable:
    authors = reference.authors or reference.editors
    return (fold(authors[0].full_family) if authors else "", reference.year)
