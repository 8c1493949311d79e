"""Finds the reference lists of a text: by their heading, or by how lines look where there is none."""

from __future__ import annotations

from collections.abc import Sequence

from bib.model import Span
from bib.newlines import unix_newlines
from bib.sections.headings import ends_list, is_markdown_heading, reference_headings
from bib.sections.lines import Line, lines_of_text
from bib.sections.looks import is_identifier, label_number, quality, start_strength
from bib.sections.model import ReferenceSection
from bib.sections.split import split_entries

#: Without a heading, so many entries in a row make a list.
_FEWEST_WITHOUT_HEADING = 3
#: Lines between two entries of a list without a heading.
_FARTHEST = 14
_PARAGRAPH_DISTANCE = 3
#: A line longer than this is a paragraph.
_LONGEST_WRAPPED = 160
#: Lines of one entry that are looked through for its year.
_LINES_AHEAD = 6


def find_reference_sections(text: str) -> tuple[ReferenceSection, ...]:
    """The reference lists of a document's text in order, none if there is no list.

    A heading counts when what follows looks like references. A text without such a heading is searched for runs of lines
    that look like entries. Takes time in proportion to the text.
    """
    text = unix_newlines(text)
    headings = list(reference_headings(text))
    sections: list[ReferenceSection] = []
    for place, heading in enumerate(headings):
        end = headings[place + 1].start if place + 1 < len(headings) else len(text)
        section = _under_heading(text, heading, end)
        if section:
            sections.append(section)
    return tuple(sections) if sections else _without_heading(text)


def _under_heading(text: str, heading: Span, end: int) -> ReferenceSection | None:
    lines = _until_end(list(lines_of_text(text, heading.end, end)))
    entries = _longest_good_run(text, split_entries(lines))
    if not entries:
        return None
    return ReferenceSection(span=Span(heading.start, entries[-1].end), heading=heading, entries=entries)


def _until_end(lines: list[Line]) -> list[Line]:
    """The lines before the first that heads something else, without sub-headings and page numbers between entries."""
    kept: list[Line] = []
    for place, line in enumerate(lines):
        following = lines[place + 1 : place + 3]
        if ends_list(line.text) and (kept or line.blank_before):
            if not _resumes(line, following):
                break
            continue
        if is_markdown_heading(line.text):
            if not any(quality(next_line.text) > 0.5 for next_line in following):
                break
            continue
        if _is_page_number(line) or _is_subheading(line, following, kept):
            continue
        kept.append(line)
    return kept


def _resumes(line: Line, following: Sequence[Line]) -> bool:
    """Whether a line that could head something else is itself an entry ("Notes", as first words of a title)."""
    return quality(line.text) == 1.0 and len(line.text) > 60


def _is_page_number(line: Line) -> bool:
    return len(line.text) <= 12 and line.text.strip("-–— /|pP.").isdigit() and len(line.text.strip("-–— /|pP.")) <= 4


def _is_subheading(line: Line, following: Sequence[Line], kept: Sequence[Line]) -> bool:
    """Whether a short line between entries only groups them: "Books", "Web pages", "B"."""
    if len(line.text) > 50 or not following or any(character.isdigit() for character in line.text):
        return False
    if line.text[-1] in ".,;:&-–" and line.text[-1] != ":":
        return False
    apart = line.blank_before and (following[0].blank_before or not kept)
    return apart and start_strength(line.text) == 0 and not is_identifier(line.text) and quality(following[0].text) > 0.5


def _longest_good_run(text: str, entries: Sequence[Span]) -> tuple[Span, ...]:
    """The entries up to where prose begins: the prefix whose qualities sum highest, without prose before the first entry."""
    qualities = [quality(entry.of(text)) for entry in entries]
    first = next((place for place, value in enumerate(qualities) if value > 0), None)
    if first is None:
        return ()
    if any(value > -0.6 for value in qualities[:first]) and first <= 2:
        first = next(place for place, value in enumerate(qualities) if value > -0.6)
    best, best_end, total = 0.0, first, 0.0
    for place in range(first, len(entries)):
        total += qualities[place]
        if total >= best:
            best, best_end = total, place + 1
    certain = any(value == 1.0 for value in qualities[first:best_end])
    return tuple(entries[first:best_end]) if certain or (best >= 0.7 and first == 0) else ()


def _without_heading(text: str) -> tuple[ReferenceSection, ...]:
    lines = list(lines_of_text(text, 0, len(text)))
    strong = [place for place in range(len(lines)) if _could_begin(lines, place)]
    sections: list[ReferenceSection] = []
    run: list[int] = []
    for place in strong:
        if run and sum(_distance(line) for line in lines[run[-1] + 1 : min(place, run[-1] + _FARTHEST + 1)]) >= _FARTHEST:
            sections.extend(_section_of_run(text, lines, run))
            run = []
        run.append(place)
    if run:
        sections.extend(_section_of_run(text, lines, run))
    return tuple(sections)


def _distance(line: Line) -> int:
    """How far a line keeps two entries apart: a paragraph more than a line that goes on."""
    return _PARAGRAPH_DISTANCE if line.blank_before or len(line.text) > _LONGEST_WRAPPED else 1


def _could_begin(lines: Sequence[Line], place: int) -> bool:
    """Whether a line begins like an entry that has a year or an identifier in this line or the next ones of its paragraph."""
    text = lines[place].text
    label = label_number(text)
    if start_strength(text[label[2] :] if label else text) < 2 and quality(text) < 1.0:
        return False
    end = place + 1
    while end < min(len(lines), place + _LINES_AHEAD) and not lines[end].blank_before:
        end += 1
    return quality(" ".join(line.text[:300] for line in lines[place:end])) == 1.0


def _section_of_run(text: str, lines: Sequence[Line], run: Sequence[int]) -> list[ReferenceSection]:
    whole = run[0] <= 1 and run[-1] >= len(lines) - _FARTHEST
    if len(run) < (1 if whole else _FEWEST_WITHOUT_HEADING):
        return []
    last = min(len(lines), run[-1] + _FARTHEST)
    candidates = _until_end(list(lines[run[0] : last]))
    entries = _longest_good_run(text, split_entries(candidates))
    good = [entry for entry in entries if quality(entry.of(text)) > 0.5]
    if len(good) < (1 if whole else _FEWEST_WITHOUT_HEADING) or len(good) < 0.7 * len(entries):
        return []
    return [ReferenceSection(span=Span(entries[0].start, entries[-1].end), heading=None, entries=entries)]
