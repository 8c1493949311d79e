"""Groups of numbers that cite: "[3–5, 9]", "(3, 4)", "word3,4", and which entry each number names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bib.model import Entry, Reference, Span
from bib.sections import ReferenceSection
from litcheck.citations.model import Citation, Form, Link

#: A range over more entries than this is one of values; the longest in the 170 shared manuscripts spans 76.
LONGEST_RANGE = 100
#: Numbers with more digits are years, counts or identifiers.
MOST_DIGITS = 3
#: How far beyond the list's end a number may point and still be a citation with a slip rather than a value, where the text has
#: other numbers that look like its citations. A judgement: entries lost from a list's end are few.
BEYOND_LIST = 10
#: Where numbers that look so name this share of the list, hardly any are anything else, and one may point as far beyond as it
#: likes. They do in all 44 shared manuscripts that cite in brackets or parentheses, and in 17 of the 18 that cite by raised ones.
NEARLY_ALL = 0.9


@dataclass(frozen=True, slots=True)
class NumberItem:
    """A number of a group, or a range of them, with its place."""

    first: int
    last: int
    span: Span

    def numbers(self) -> range:
        """All numbers that it names."""
        return range(self.first, self.last + 1)


@dataclass(frozen=True, slots=True)
class NumberGroup:
    """Numbers that stand together."""

    items: tuple[NumberItem, ...]
    form: Form
    span: Span

    def numbers(self) -> Iterator[int]:
        """All numbers of the group, in order."""
        for item in self.items:
            yield from item.numbers()


def entry_numbers(references: Sequence[Entry], sections: Sequence[ReferenceSection]) -> Mapping[int, str]:
    """Which entry each number names: by the numbers printed in the list where there are any, else by place in the list."""
    labels = {
        int(reference.label): reference.id
        for reference in reversed(references)
        if isinstance(reference, Reference) and reference.label.isdecimal()
    }
    places = {span.start: place for place, span in enumerate((s for section in sections for s in section.entries), start=1)}
    numbers: dict[int, str] = {}
    for position, reference in enumerate(references, start=1):
        place = places.get(reference.span.start) if reference.span is not None else None
        numbers[place or position] = reference.id
    if has_labels(references):
        # An entry whose number was not read keeps its place.
        named = set(labels.values())
        return labels | {number: id_ for number, id_ in numbers.items() if number not in labels and id_ not in named}
    return numbers


def has_labels(references: Sequence[Entry]) -> bool:
    """Whether a number is printed with most entries."""
    return sum(isinstance(reference, Reference) and reference.label.isdecimal() for reference in references) * 2 > len(references)


def cite_numbers(text: str, groups: Sequence[NumberGroup], entries: Mapping[int, str]) -> list[Citation]:
    """A citation for every number of the groups."""
    citations: list[Citation] = []
    for group in groups:
        for item in group.items:
            for number in item.numbers():
                entry = entries.get(number)
                citations.append(
                    Citation(
                        span=item.span,
                        text=item.span.of(text),
                        form=group.form,
                        number=number,
                        references=(entry,) if entry is not None else (),
                        link=Link.EXACT if entry is not None else Link.MISSING,
                    )
                )
    return citations


def coverage(groups: Sequence[NumberGroup], entries: Mapping[int, str]) -> float:
    """Which share of the entries the groups cite, 0 to 1."""
    return len({number for group in groups for number in group.numbers() if number in entries}) / max(1, len(entries))


def within_reach(groups: Sequence[NumberGroup], entries: Mapping[int, str], share: float) -> list[NumberGroup]:
    """The groups without those that point too far beyond the list; ``share`` of it is cited by all together."""
    if share >= NEARLY_ALL:
        return list(groups)
    highest = max(entries, default=0) + BEYOND_LIST
    return [group for group in groups if all(item.last <= highest for item in group.items)]
