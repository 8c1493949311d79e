"""LC505 ambiguous-citation."""

from __future__ import annotations

from collections.abc import Iterator

from litcheck.citations.model import Link
from litcheck.findings import Finding, Severity
from litcheck.rules.citing import entry_of, quoted, same_problem, times
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule

#: Entries shown in a message.
MOST_SHOWN = 4


@rule("LC505", "ambiguous-citation", Severity.WARNING, Needs.DOCUMENT)
def ambiguous_citation(case: Case) -> Iterator[Finding]:
    """A citation fits several entries.

    What it means: several entries have the authors named and the year, and no letter after the year, further author or initial
    tells which is meant.

    Why: a reader cannot know which work is meant.

    Example: the text cites (Wang et al., 2019), and the list has two works of 2019 by Wang and several others.

    What to do: add a letter to the year in both places, or name as many authors as tell the works apart, as the style asks.
    """
    for citation, indices in same_problem(case, lambda c: c.link is Link.AMBIGUOUS):
        shown = "; ".join(entry_of(case, reference) for reference in citation.candidates[:MOST_SHOWN])
        more = len(citation.candidates) - MOST_SHOWN
        yield ambiguous_citation.finding(
            f"the text cites {quoted(citation)}{times(len(indices))}, which fits {len(citation.candidates)} entries: {shown}"
            + (f" and {more} more" if more > 0 else ""),
            references=citation.candidates,
            citations=indices,
            span=citation.span,
            confidence=0.9,
        )
