"""LC507 number-out-of-range."""

from __future__ import annotations

from collections.abc import Iterator

from bib.model import Span
from litcheck.citations.model import Link
from litcheck.findings import Finding, Severity
from litcheck.rules.citing import quoted, times
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule


@rule("LC507", "number-out-of-range", Severity.ERROR, Needs.DOCUMENT)
def number_out_of_range(case: Case) -> Iterator[Finding]:
    """A citation's number has no entry.

    What it means: the document cites by number, and the list has no entry of this one.

    Why: a reader cannot find the work; often an entry was deleted or numbers were not brought up to date.

    Example: the text cites [45], and the list ends with 43.

    What to do: correct the number, or add the entry.
    """
    entries = len(case.assessments) + len(case.failures)
    if not entries:
        return
    for numbers, indices in _missing(case):
        first = case.citations[indices[0]]
        places = {case.citations[index].span for index in indices}
        named = f"number {numbers[0]}" if len(numbers) == 1 else f"numbers {numbers[0]} to {numbers[-1]}"
        none = "none of this number" if len(numbers) == 1 else "none of these numbers"
        yield number_out_of_range.finding(
            f"the text cites {named} in {quoted(first)}{times(len(places))}, and the list has {entries} entries and {none}",
            citations=indices,
            span=first.span,
            confidence=0.9,
        )


def _missing(case: Case) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Numbers without an entry that stand in one place, such as those of a range, and the citations with just these numbers."""
    # The entry may be there and unreadable; that is told of the entry (LC003).
    unread = {failure.id for failure in case.failures}
    by_place: dict[Span, list[int]] = {}
    for index, citation in enumerate(case.citations):
        if citation.link is Link.MISSING and citation.number is not None and str(citation.number) not in unread:
            by_place.setdefault(citation.span, []).append(index)
    by_numbers: dict[tuple[int, ...], list[int]] = {}
    for indices in by_place.values():
        numbers = tuple(number for index in indices if (number := case.citations[index].number) is not None)
        by_numbers.setdefault(numbers, []).extend(indices)
    for numbers, alike in by_numbers.items():
        yield numbers, tuple(alike)
