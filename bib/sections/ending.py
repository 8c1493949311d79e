"""Where a reference list ends, and which of the lines before that do not belong to it."""

from __future__ import annotations

from collections.abc import Sequence

from bib.sections.headings import ends_list, is_markdown_heading
from bib.sections.lines import LONGEST_WRAPPED, Line
from bib.sections.looks import has_evidence, is_identifier, quality, start_strength, without_label

#: A sub-heading, or a heading of what follows, is at most this long.
_LONGEST_HEADING = 60
#: With so many entries in so many lines after it, a line that could head something else stands in the midst of a list.
_ENTRIES_AFTER = 2
_LINES_AFTER = 16


def until_end(lines: list[Line]) -> list[Line]:
    """The lines before the first that heads something else, without sub-headings and stray page numbers between entries."""
    kept: list[Line] = []
    for place, line in enumerate(lines):
        following = lines[place + 1 : place + 3]
        if ends_list(line.text) and (kept or line.blank_before):
            if not _goes_on(line, lines[place + 1 : place + 1 + _LINES_AFTER]):
                break
            if len(line.text) <= _LONGEST_HEADING and line.blank_before:
                continue
        if is_markdown_heading(line.text):
            if not any(quality(next_line.text) > 0.5 for next_line in following):
                break
            continue
        if kept and _heads_prose(line, lines[place + 1 : place + 1 + _LINES_AFTER]):
            break
        if _is_stray_number(line) or _is_subheading(line, following, kept):
            continue
        kept.append(line)
    return kept


def _heads_prose(line: Line, following: Sequence[Line]) -> bool:
    """Whether a short line by itself heads text that is no list: another chapter's, for example."""
    if not line.blank_before or len(line.text) > _LONGEST_HEADING or not following or not following[0].blank_before:
        return False
    if line.text[-1] in ".,;&–-)]/" or is_identifier(line.text) or quality(line.text) > 0.0:
        return False
    if sum(len(after.text) for after in following) <= LONGEST_WRAPPED:
        return False
    return not any(start_strength(without_label(after.text)) == 2 for after in following)


def _goes_on(line: Line, following: Sequence[Line]) -> bool:
    """Whether the list goes on with a line that could head something else.

    It may be an entry ("Notes", as first words of a title) or, with no blank line before it, the middle of one ("Table 2" where
    a line was broken).
    """
    if quality(line.text) == 1.0 and len(line.text) > _LONGEST_HEADING:
        return True
    if line.blank_before and not line.page_before:
        return False
    entries = sum(start_strength(without_label(after.text)) == 2 and has_evidence(after.text) for after in following)
    return entries >= _ENTRIES_AFTER


def _is_stray_number(line: Line) -> bool:
    """Whether a line holds a page's number alone; a year that ends an entry is none."""
    number = line.text.strip("-–— /|pP")
    return number.isdecimal() and len(number) <= 4 and len(line.text) <= 12 and not (number == line.text and _is_year(number))


def _is_year(number: str) -> bool:
    return len(number) == 4 and number.startswith(("15", "16", "17", "18", "19", "20"))


def _is_subheading(line: Line, following: Sequence[Line], kept: Sequence[Line]) -> bool:
    """Whether a short line between entries only groups them: "Books", "Web pages", "B"."""
    if len(line.text) > 50 or not following or any(character.isdigit() for character in line.text):
        return False
    if line.text[-1] in ".,;:&-–" and line.text[-1] != ":":
        return False
    apart = line.blank_before and (following[0].blank_before or not kept)
    return apart and start_strength(line.text) == 0 and not is_identifier(line.text) and quality(following[0].text) > 0.5
