"""LC508 citation-order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from bib.folding import fold
from bib.model import Span
from litcheck.citations.model import Citation
from litcheck.citations.sequence import longest_rise
from litcheck.citations.wordlists import words_of
from litcheck.findings import Finding, Severity
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule

#: From so many numbers on, and this share of them in their turn, a text numbers by first appearance. In the shared manuscripts
#: that cite by number the share is 1 or near it, or, where the list is in the order of the alphabet, below one half.
FEWEST_NUMBERS = 8
MOST_IN_TURN = 0.9
#: From so many groups on, and this share of them in an order, the order is the text's own. Groups of two are in any order half of
#: the time, so that fewer would be chance.
FEWEST_GROUPS = 5
MOST_IN_ORDER = 0.85

#: What may stand between the works of one group. Words ("see also") begin a new order.
_BETWEEN = re.compile(r"[\s,;·•–-]{1,6}")

_PARAGRAPH = re.compile(r"[^\n]+")
#: The label of a figure, table or box at the beginning of a paragraph; which words these are is in a list.
_LABEL = re.compile(r"[*_#\s]{0,6}([^\W\d_]{1,15})\.?\s{0,2}[A-Z]?\d{1,3}[A-Za-z]?\b")
#: Title and caption under a label that stands alone.
PARAGRAPHS_OF_CAPTION = 2


@rule("LC508", "citation-order", Severity.INFO, Needs.DOCUMENT)
def citation_order(case: Case) -> Iterator[Finding]:
    """A citation breaks the order that the text keeps elsewhere.

    What it means: in a text that numbers works as they first appear, a number comes before its turn or after it; or the works of
    a group, such as [5, 2] or (Roy, 2019; Lee, 2020), are not in the order of nearly all other groups: by number, by the alphabet
    or by year. Texts that keep no order get no such finding. Each number is told once, and one move of several numbers is one
    finding.

    Why: journals ask for the order, and a number out of turn often shows where a citation was moved and not renumbered.

    Example: the text cites [1], [2], [9], [3], [4] and so on.

    What to do: renumber the works, or put those of the group in order.
    """
    groups = _groups(case)
    numbered = [group for group in groups if group.citations[0].number is not None]
    yield from _out_of_turn(case, numbered)
    orders = (
        (numbered, (_Order("by number", _number),)),
        (
            [group for group in groups if group.citations[0].form == "parenthetical"],
            (_Order("in the order of the alphabet", _name), _Order("by year", _year)),
        ),
    )
    for alike, possible in orders:
        yield from _unsorted(case, alike, possible)


@dataclass(frozen=True, slots=True)
class _Group:
    """Citations that stand together, and where they stand among all."""

    first: int
    citations: tuple[Citation, ...]

    @property
    def span(self) -> Span:
        return Span(self.citations[0].span.start, self.citations[-1].span.end)

    @property
    def indices(self) -> tuple[int, ...]:
        return tuple(range(self.first, self.first + len(self.citations)))


@dataclass(frozen=True, slots=True)
class _Order:
    """An order of works: how a message calls it, and what of a citation stands in it."""

    name: str
    value: Callable[[Citation], str | int | None]

    def of(self, group: _Group) -> bool | None:
        """Whether the group is in this order; ``None`` where it has nothing to put in order.

        Works of the same authors stand together and are in the place of the first of them: "Kim, 2005, 2016; Lee, 2014".
        """
        runs = groupby(group.citations, key=lambda citation: citation.authors or citation.number)
        values = [self.value(next(run)) for _, run in runs]
        known = [value for value in values if value is not None]
        if len(known) < len(values) or len(set(known)) < 2:
            return None
        return all(one <= other for one, other in pairwise(known))  # type: ignore[operator]  # values of one order are of one type


def _number(citation: Citation) -> int | None:
    return citation.number


def _name(citation: Citation) -> str | None:
    """The first author's folded name; with a particle it may stand in either place of the alphabet."""
    name = citation.authors[0] if citation.authors else ""
    return fold(name) if name[:1].isupper() else None


def _year(citation: Citation) -> int | None:
    return int(citation.year) if citation.year.isdecimal() else None


def _groups(case: Case) -> list[_Group]:
    """All citations in groups, in text order; one alone is a group too."""
    groups: list[list[int]] = []
    for index, citation in enumerate(case.citations):
        if groups and _continues(case, case.citations[index - 1], citation):
            groups[-1].append(index)
        else:
            groups.append([index])
    return [_Group(group[0], tuple(case.citations[index] for index in group)) for group in groups]


def _continues(case: Case, before: Citation, citation: Citation) -> bool:
    if citation.form != before.form:
        return False
    # The numbers of a range have one place.
    between = case.document.text[before.span.end : citation.span.start]
    return before.span == citation.span or bool(_BETWEEN.fullmatch(between))


def _out_of_turn(case: Case, groups: Sequence[_Group]) -> Iterator[Finding]:
    """Numbers that first appear before or after their turn: as few as can be taken out to leave the others in order.

    Figures and tables stand in other places than where the text speaks of them, so a number that is in its turn with or without
    them is in order.
    """
    floating = _Floating(case.document.text)
    first = _first_appearances([group for group in groups if group.span.start not in floating])
    numbers = list(first)
    kept = set(longest_rise(numbers))
    if len(numbers) < FEWEST_NUMBERS or len(kept) < MOST_IN_TURN * len(numbers):
        return
    in_turn = kept | set(longest_rise(list(_first_appearances(groups))))
    for moved in _runs([number for number in numbers if number not in in_turn]):
        at = numbers.index(moved[0])
        before = next((number for number in reversed(numbers[:at]) if number in kept), None)
        named = f"number {moved[0]}" if len(moved) == 1 else f"numbers {moved[0]} to {moved[-1]}"
        s = "s" if len(moved) == 1 else ""
        after = f"first appear{s} after {before}" if before else f"come{s} first"
        yield citation_order.finding(
            f"{named} {after}; {len(kept)} of {len(numbers)} numbers appear in their order",
            references=tuple(reference for number in moved for reference in case.citations[first[number]].references),
            citations=tuple(first[number] for number in moved),
            span=case.citations[first[moved[0]]].span,
            confidence=0.8,
        )


def _first_appearances(groups: Sequence[_Group]) -> dict[int, int]:
    """Every number with the index of the citation in which it first appears, in text order.

    What is out of order within its group is told of the group. A number without an entry has no turn: that is LC507.
    """
    seen: dict[int, int] = {}
    for group in groups:
        listed = [(c.number, index) for c, index in zip(group.citations, group.indices, strict=True) if c.references]
        for number, index in sorted((number, index) for number, index in listed if number is not None):
            seen.setdefault(number, index)
    return seen


class _Floating:
    """Where captions, tables and boxes stand: paragraphs that a label ("Fig 1") opens or stands above, and rows of tables."""

    def __init__(self, text: str) -> None:
        self.starts: list[int] = []
        self.floats: list[bool] = []
        under_label = 0
        for paragraph in _PARAGRAPH.finditer(text):
            label = _LABEL.match(paragraph.group())
            is_label = label is not None and label[1].lower() in words_of("parts")
            self.starts.append(paragraph.start())
            self.floats.append(is_label or under_label > 0 or "\t" in paragraph.group())
            if label is not None and is_label:
                stands_alone = not paragraph.group()[label.end() :].strip(" .:")
                under_label = PARAGRAPHS_OF_CAPTION if stands_alone else 0
            else:
                under_label -= under_label > 0

    def __contains__(self, offset: int) -> bool:
        place = bisect_right(self.starts, offset) - 1
        return place >= 0 and self.floats[place]


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """``numbers`` cut where they do not go on by one."""
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _unsorted(case: Case, groups: Sequence[_Group], orders: Sequence[_Order]) -> Iterator[Finding]:
    """Groups that are in none of the orders which nearly all groups are in."""
    kept: list[tuple[_Order, int, int]] = []
    for order in orders:
        judged = [of for group in groups if (of := order.of(group)) is not None]
        if sum(judged) >= FEWEST_GROUPS and sum(judged) >= MOST_IN_ORDER * len(judged):
            kept.append((order, sum(judged), len(judged)))
    if not kept:
        return
    order, sorted_, all_ = max(kept, key=lambda one: one[1] / one[2])
    told: set[Hashable] = set()
    for group in groups:
        shown = " ".join(group.span.of(case.document.text).split())
        if shown in told or order.of(group) is not False or any(other.of(group) for other, _, _ in kept):
            continue
        told.add(shown)
        yield citation_order.finding(
            f"the works of “{shown}” are not {order.name}; {sorted_} of {all_} groups are",
            references=tuple(dict.fromkeys(reference for citation in group.citations for reference in citation.references)),
            citations=group.indices,
            span=group.span,
            confidence=0.8,
        )
