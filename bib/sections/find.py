"""Finds the reference lists of a text: by their heading, or by how lines look where there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bib.model import Span
from bib.newlines import unix_newlines
from bib.sections.ending import until_end
from bib.sections.headings import reference_headings
from bib.sections.lines import LONGEST_WRAPPED, Line, lines_of_text
from bib.sections.looks import quality
from bib.sections.model import ReferenceSection
from bib.sections.pages import running_lines
from bib.sections.split import split_entries
from bib.sections.unheaded import unheaded_lists

#: In a list that is not a text's only one, this share of the entries look like references.
_FEWEST_GOOD = 0.5
#: What an entry that may be one or not takes from a list, and how many of them a list may end with.
_UNDECIDED = -0.05
_UNDECIDED_AT_END = 3
#: A line before a heading that is shorter than this does not run on into it.
_SHORTEST_FULL = 40


def find_reference_sections(text: str) -> tuple[ReferenceSection, ...]:
    """The reference lists of a document's text in order, none if there is no list.

    A heading counts when what follows looks like references. A text without such a heading is searched for runs of lines
    that look like entries. Takes time in proportion to the text.
    """
    text = unix_newlines(text)
    lines = list(lines_of_text(text, 0, len(text)))
    running = frozenset(lines[place].end for place in running_lines(lines))
    headings = list(reference_headings(text))
    sections: list[ReferenceSection] = []
    for place, heading in enumerate(headings):
        if _is_within_paragraph(text, heading):
            continue
        end = headings[place + 1].start if place + 1 < len(headings) else len(text)
        section = _under_heading(text, heading, end, running)
        if section:
            sections.append(section)
    if sections:
        return _sure(text, sections)
    found = unheaded_lists(text, list(_without(lines, running)))
    return tuple(_section(text, candidates, None, entries) for candidates, entries in found)


def _is_within_paragraph(text: str, heading: Span) -> bool:
    """Whether a line of prose just happens to hold the words of a heading: the line before it runs on into it."""
    words = heading.of(text)
    if not (words[0].islower() or words.endswith(".")):
        return False
    before = text[max(0, heading.start - LONGEST_WRAPPED) : heading.start].rstrip(" \t")
    if not before.endswith("\n") or before.endswith("\n\n"):
        return False
    line = before.rstrip().rpartition("\n")[2]
    return len(line) >= _SHORTEST_FULL and (line[-1].isalpha() or line[-1] in ",;-–")


def _sure(text: str, sections: Sequence[ReferenceSection]) -> tuple[ReferenceSection, ...]:
    """The lists of which enough entries look like references; if that is none, the one with the highest share of them."""
    shares = [sum(quality(entry.of(text)) > 0.0 for entry in section.entries) / len(section.entries) for section in sections]
    least = min(_FEWEST_GOOD, max(shares))
    return tuple(section for section, share in zip(sections, shares, strict=True) if share >= least)


def _without(lines: Iterable[Line], running: frozenset[int]) -> Iterator[Line]:
    """The lines that do not belong to pages. What follows such a line begins a page."""
    page = False
    for line in lines:
        if line.end in running:
            page = True
            continue
        yield replace(line, page_before=True) if page else line
        page = False


def _under_heading(text: str, heading: Span, end: int, running: frozenset[int]) -> ReferenceSection | None:
    lines = until_end(list(_without(lines_of_text(text, heading.end, end), running)))
    entries = _longest_good_run(text, split_entries(lines))
    if not entries:
        return None
    return _section(text, lines, heading, entries)


def _section(text: str, lines: Sequence[Line], heading: Span | None, entries: tuple[Span, ...]) -> ReferenceSection:
    holes = [Span(one.end, two.start) for one, two in pairwise(lines) if text[one.end : two.start].strip()]
    inside: list[Span] = []
    place = 0
    for entry in entries:
        while place < len(holes) and holes[place].end < entry.end:
            if holes[place].start > entry.start:
                inside.append(holes[place])
            place += 1
    start = heading.start if heading else entries[0].start
    return ReferenceSection(span=Span(start, entries[-1].end), heading=heading, entries=entries, interruptions=tuple(inside))


def _longest_good_run(text: str, entries: Sequence[Span]) -> tuple[Span, ...]:
    """The entries up to where prose begins: the prefix whose qualities sum highest, without prose before the first entry.

    Undecided entries count against it a little: many in a row are what follows a list, a few at its very end belong to it.
    """
    qualities = [quality(entry.of(text)) for entry in entries]
    first = next((place for place, value in enumerate(qualities) if value > 0), None)
    if first is None:
        return ()
    if any(value > -0.6 for value in qualities[:first]) and first <= 2:
        first = next(place for place, value in enumerate(qualities) if value > -0.6)
    best, best_end, total = 0.0, first, 0.0
    for place in range(first, len(entries)):
        total += qualities[place] or _UNDECIDED
        if total >= best:
            best, best_end = total, place + 1
    if len(entries) - best_end <= _UNDECIDED_AT_END and all(value > -0.6 for value in qualities[best_end:]):
        best_end = len(entries)
    certain = any(value == 1.0 for value in qualities[first:best_end])
    return tuple(entries[first:best_end]) if certain or (best >= 0.7 and first == 0) else ()
