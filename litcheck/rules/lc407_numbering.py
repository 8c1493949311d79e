"""LC407 numbering."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bib.model import Entry, Reference
from litcheck.citations.sequence import longest_rise
from litcheck.findings import Finding, Severity
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule

#: A list of so many entries, nearly all of which bear a number, is numbered.
FEWEST_ENTRIES = 4
MOST_NUMBERED = 0.9
#: Where more of the numbers than this are out of their order, the list follows another one.
MOST_OUT_OF_ORDER = 0.2
#: A longer gap than this is a year or another number that was taken for a label.
LONGEST_GAP = 50

_LABEL = re.compile(r"\s{0,4}[\[({]?\s?(\d{1,4})\s?(?:[\])}.:]|(?=\s))")
#: What may stand behind a number whose entry is parted: "12a", "12b".
_PART = "[a-z]?"


@rule("LC407", "numbering", Severity.WARNING, Needs.DOCUMENT)
def numbering(case: Case) -> Iterator[Finding]:
    """The numbers of the list repeat, skip or are out of order.

    What it means: in a list whose entries are numbered, two entries bear one number, a number is left out, or an entry stands
    before one with a lower number. A list may begin with any number. Where an entry without a number stands in the gap, or the
    number, or a further list that begins at 1, inside an entry, nothing is said: then the list was not split as it is meant.

    Why: citations by number name the wrong work, or none.

    Example: entries numbered 11, 12, 12, 14.

    What to do: number the list anew, and see that the citations follow.
    """
    for numbered in _numbered_lists(case):
        yield from _repeated(numbered)
        yield from _out_of_order(numbered)
        yield from _left_out(numbered)


@dataclass(frozen=True, slots=True)
class _Numbered:
    """An entry with the number printed before it, ``None`` for one without."""

    number: int | None
    entry: Entry


def _numbered_lists(case: Case) -> Iterator[list[_Numbered]]:
    by_place = {entry.span: entry for entry in case.entries.values() if entry.span is not None}
    for section in case.sections:
        found = [_Numbered(_number_of(by_place[span]), by_place[span]) for span in section.entries if span in by_place]
        yield from filter(_is_numbered, _counted_from_one(found))


def _is_numbered(found: Sequence[_Numbered]) -> bool:
    numbers = [one.number for one in found if one.number is not None]
    rising = len(longest_rise(numbers))
    return len(numbers) >= max(FEWEST_ENTRIES, MOST_NUMBERED * len(found)) and rising >= (1 - MOST_OUT_OF_ORDER) * len(numbers)


def _counted_from_one(found: Sequence[_Numbered]) -> Iterator[list[_Numbered]]:
    """The parts of a list that each count from 1, as below sub-headings; all of it where only one does."""
    starts = [place for place, one in enumerate(found) if one.number == 1 and _goes_on(found[place:])]
    for start, end in pairwise([0, *(start for start in starts if start), len(found)]):
        yield list(found[start:end])


def _goes_on(found: Sequence[_Numbered]) -> bool:
    """Whether 2 and 3 follow, so that a 1 begins a list and is no slip."""
    return [one.number for one in found[:3]] == [1, 2, 3]


def _number_of(entry: Entry) -> int | None:
    if isinstance(entry, Reference):
        return int(entry.label) if entry.label.isdecimal() else None
    label = _LABEL.match(entry.raw)
    return int(label[1]) if label else None


def _repeated(numbered: Sequence[_Numbered]) -> Iterator[Finding]:
    first: dict[int, Entry] = {}
    for one in numbered:
        if one.number is not None and one.number in first:
            other = first[one.number]
            if any(_holds_others(entry) for entry in (other, one.entry)):
                continue
            yield numbering.finding(
                f"two entries are numbered {one.number}: “{_shown(other)}” and “{_shown(one.entry)}”",
                references=(one.entry.id, other.id),
                span=one.entry.span,
            )
        elif one.number is not None:
            first[one.number] = one.entry


def _out_of_order(numbered: Sequence[_Numbered]) -> Iterator[Finding]:
    numbers = [one.number for one in numbered if one.number is not None]
    in_order = set(longest_rise(numbers))
    before: int | None = None
    for one in numbered:
        if one.number is None:
            continue
        if one.number not in in_order and numbers.count(one.number) == 1:
            after = f"comes after {before}" if before is not None else f"comes before {min(in_order)}"
            yield numbering.finding(f"entry {one.number} {after} in the list", references=(one.entry.id,), span=one.entry.span)
        before = one.number


def _left_out(numbered: Sequence[_Numbered]) -> Iterator[Finding]:
    every = {one.number for one in numbered}
    for one, after in pairwise(numbered):
        if one.number is None or after.number is None or after.number - one.number > LONGEST_GAP:
            continue
        missing = []
        for number in range(one.number + 1, after.number):
            holding = next((other for other in numbered if _begins_a_line(number, other.entry)), None)
            if holding is not None and holding is not one:
                yield numbering.finding(
                    f"entry {number} stands after entry {holding.number}, not between {one.number} and {after.number}",
                    references=(holding.entry.id,),
                    span=holding.entry.span,
                )
            elif number not in every:
                missing.append(number)
        if missing and not any(_stands_in(number, one.entry) for number in missing):
            named = f"number {missing[0]} is" if len(missing) == 1 else f"numbers {missing[0]} to {missing[-1]} are"
            yield numbering.finding(
                f"{named} left out: entry {one.number} is followed by entry {after.number}",
                references=(after.entry.id,),
                span=after.entry.span,
                confidence=0.8,
            )


def _begins_a_line(number: int, entry: Entry) -> bool:
    """Whether a number begins a line inside an entry: a label so far out of its order that the list was not split there."""
    return bool(re.search(rf"\n\s{{0,8}}[\[(]?{number}{_PART}[\]).]\s", entry.raw))


def _holds_others(entry: Entry) -> bool:
    """Whether a list that begins at 1 again stands inside an entry, and was not told from it."""
    return bool(re.search(r"\n\s{0,8}[\[(]?1[\]).]\s.{0,2000}\n\s{0,8}[\[(]?2[\]).]\s", entry.raw, re.DOTALL))


def _stands_in(number: int, entry: Entry) -> bool:
    """Whether a number stands in an entry as a label would: then the entry holds another that was not told from it."""
    return bool(re.search(rf"(?<![\d.,:;/–-])[\[(]?{number}{_PART}[\]).](?!\d)", entry.raw))


def _shown(entry: Entry) -> str:
    return " ".join(entry.raw.split())[:80]
