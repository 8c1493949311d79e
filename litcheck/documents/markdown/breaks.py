"""Which line ends within paragraphs of a Markdown source end lines of its text too.

Markdown joins the lines of a paragraph. Authors who write a reference list with one entry a line see one paragraph then, and mean
a list; to an author who wraps lines each paragraph is one entry. The lists are looked for in the text with all lines as they are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from bib.sections import ReferenceSection, find_reference_sections


def with_lines_joined(text: str, breaks: Sequence[int], *, is_marked: bool) -> str:
    """``text`` with a blank in place of each line end at ``breaks`` that is none of a list; of all where lists are marked.

    In a list of which at least as many entries begin at such lines as at paragraphs, all line ends are kept; in another those of
    paragraphs each line of which begins an entry. The heading of a list keeps its line.
    """
    if not breaks:
        return text
    signs = list(text)
    sections = () if is_marked else find_reference_sections(text)
    kept = {place for section in sections for place in _kept(section, text, breaks)}
    for place in breaks:
        if place not in kept:
            signs[place] = " "
    return "".join(signs)


def _kept(section: ReferenceSection, text: str, breaks: Sequence[int]) -> Iterator[int]:
    first, last = bisect_left(breaks, section.span.start), bisect_left(breaks, section.span.end)
    within = breaks[first:last]
    if section.heading:
        yield section.heading.start - 1
        yield text.find("\n", section.heading.end)
    ends = {entry.start - 1 for entry in section.entries}
    if 2 * len(ends.intersection(within)) >= len(section.entries):
        yield from within
        return
    for group in _paragraphs(text, within):
        start = text.rfind("\n", 0, group[0])
        if all(place in ends for place in (start, *group)):
            yield from group


def _paragraphs(text: str, breaks: Sequence[int]) -> Iterator[list[int]]:
    """The breaks of each paragraph that has any."""
    group: list[int] = []
    for place in breaks:
        if group and text.find("\n", group[-1] + 1) != place:
            yield group
            group = []
        group.append(place)
    if group:
        yield group
