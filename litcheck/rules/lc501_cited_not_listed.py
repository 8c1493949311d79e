"""LC501 cited-not-listed."""

from __future__ import annotations

from collections.abc import Iterator

from litcheck.citations.keys import has_keys
from litcheck.citations.model import Citation, Link
from litcheck.citations.wordlists import words_of
from litcheck.findings import Finding, Severity
from litcheck.rules.citing import entry_of, quoted, same_problem, times
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule

#: How sure an author-year citation is one although the list does not confirm it; a key is one by its mark-up.
CONFIDENCE_WITHOUT_ENTRY = 0.9


@rule("LC501", "cited-not-listed", Severity.ERROR, Needs.DOCUMENT)
def cited_not_listed(case: Case) -> Iterator[Finding]:
    r"""A citation names no entry of the reference list.

    What it means: no entry has these authors and this year. Where an entry is near (the same first author and year with other
    co-authors, the same authors long before or after), the message names it; it is never taken for the one meant. Of a key
    (``[@lee2020]``, ``\citep{lee2020}``) it means that the bibliography has no entry of this key; without a bibliography that
    has keys, or with one that could not be read, nothing is said of them.

    Why: a reader cannot find the work.

    Example: the text cites (Kohut, 1977), and no entry is by Kohut.

    What to do: add the entry, or correct the citation if it means the one named as the nearest.
    """
    if not case.assessments and not case.failures:
        return
    # An entry may well stand in a bibliography that could not be read, which LC001 reports.
    keyed = has_keys(case.entries.values()) and not any(part.is_bibliography for part in case.document.unread)
    for citation, indices in same_problem(case, lambda c: c.link is Link.MISSING and c.number is None):
        if citation.key and not keyed:
            continue
        nearest = f"; the nearest is {_named(case, citation)}" if citation.nearest else ""
        if citation.authors and all(author.lower() in words_of("masked_authors") for author in citation.authors):
            nearest += "; if it is masked for review, an entry under the same word is usual"
        said = f"the key {citation.key} in {quoted(citation)}" if citation.key else quoted(citation)
        yield cited_not_listed.finding(
            f"the text cites {said}{times(len(indices))}, and the list has no such entry{nearest}",
            references=(citation.nearest,) if citation.nearest else (),
            citations=indices,
            span=citation.span,
            confidence=1.0 if citation.key else CONFIDENCE_WITHOUT_ENTRY,
        )


def _named(case: Case, citation: Citation) -> str:
    nearest = citation.nearest or ""
    return f"{nearest}, {entry_of(case, nearest)}" if citation.key else entry_of(case, nearest)
