"""LC506 et-al-misused."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bib.folding import fold
from bib.model import Reference
from litcheck.citations.model import Citation, Link
from litcheck.findings import Comparison, Finding, FindingEvidence, Fix, Severity
from litcheck.rules.citing import entry_of, parsed, quoted, same_problem, times
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule

#: Styles in which "et al." never stands for two authors: they shorten from three authors (APA 7) or later.
NAME_BOTH_AUTHORS = frozenset(("apa", "harvard", "chicago", "abnt", "author-year"))

#: A name and initials within one given name are two people run into one ("Cartwright PM").
_TWO_NAMES = re.compile(r"[^\W\d_]{4}\s[A-Z]{2,3}\b")

#: Words with fewer letters between the authors are initials and "and".
SHORTEST_NAME = 4


@rule("LC506", "et-al-misused", Severity.WARNING, Needs.DOCUMENT)
def et_al_misused(case: Case) -> Iterator[Finding]:
    """A citation says "et al." of a work of one or two authors.

    What it means: the citation has "et al.", "and colleagues" or the like, and the entry has one author (wrong in every style)
    or two (wrong in the styles that shorten from three). That all authors are named where a style would shorten is not told.

    Why: the words claim authors that the entry does not have; one of the two is wrong.

    Example: the text cites (Özbay et al., 2025), the entry has Özbay and Yurtsever.

    What to do: name the one or both authors, or add the missing ones to the entry.
    """
    for citation, indices in same_problem(case, lambda c: _is_misused(case, c)):
        reference = parsed(case, citation.references[0])
        if reference is None:
            continue
        names = " and ".join(name.full_family for name in reference.authors)
        count = "one author" if len(reference.authors) == 1 else "two authors"
        yield et_al_misused.finding(
            f"the text cites {quoted(citation)}{times(len(indices))}, and the entry has {count}: {entry_of(case, reference.id)}",
            references=(reference.id,),
            citations=indices,
            span=citation.span,
            confidence=0.9,
            evidence=FindingEvidence(
                compared=(Comparison(field="authors", manuscript=", ".join(citation.authors) + " et al.", record=names),)
            ),
            fix=Fix(description=f"name {names}"),
        )


def _is_misused(case: Case, citation: Citation) -> bool:
    if not citation.et_al or len(citation.references) != 1 or citation.link not in (Link.EXACT, Link.MISSPELLED):
        return False
    reference = parsed(case, citation.references[0])
    if reference is None or not _names_all_authors(reference):
        return False
    return len(reference.authors) == 1 or (len(reference.authors) == 2 and case.style in NAME_BOTH_AUTHORS)


def _names_all_authors(reference: Reference) -> bool:
    """Whether the names read are all that the entry begins with, people every one, and no sign says that more follow."""
    if reference.authors_truncated or not reference.authors or any(name.is_organisation for name in reference.authors):
        return False
    if "et al" in reference.raw or any(_TWO_NAMES.search(name.given) for name in reference.authors):
        return False
    read = {word for name in reference.authors for word in fold(f"{name.full_family} {name.given} {name.suffix}").split()}
    return all(word in read for word in _before_title_and_year(reference) if len(word) >= SHORTEST_NAME)


def _before_title_and_year(reference: Reference) -> list[str]:
    """The folded words of an entry that stand where its authors do.

    A year in the first half of the entry follows the authors, and what was read as a title before it may be more of them.
    """
    title, year = (reference.raw.find(part) if part else -1 for part in (reference.title[:30], str(reference.year or "")))
    if 0 < year <= len(reference.raw) / 2:
        return fold(reference.raw[:year]).split()
    return fold(reference.raw[: min((end for end in (title, year) if end > 0), default=0)]).split()
