"""Finds the reference lists of a text: by their heading, or by how lines look where there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bib.model import Span
from bib.newlines import unix_newlines
from bib.sections.headings import ends_list, is_markdown_heading, reference_headings
from bib.sections.lines import Line, lines_of_text
from bib.sections.looks import has_evidence, is_identifier, label_number, quality, start_strength, without_label
from bib.sections.model import ReferenceSection
from bib.sections.pages import running_lines
from bib.sections.split import split_entries

#: Without a heading, so many entries in a row make a list.
_FEWEST_WITHOUT_HEADING = 3
#: In a list that is not a text's only one, this share of the entries look like references.
_FEWEST_GOOD = 0.5
#: Lines between two entries of a list without a heading.
_FARTHEST = 14
#: Lines between two runs of entries that are one list, and after the last line that surely begins an entry.
_FARTHEST_RUNS = 30
_FARTHEST_END = 24
_PARAGRAPH_DISTANCE = 3
#: Without a heading, an entry has at least and at most so many characters.
_SHORTEST_ENTRY = 45
_LONGEST_ENTRY = 800
#: A line longer than this is a paragraph.
_LONGEST_WRAPPED = 160
#: A sub-heading, or a heading of what follows, is at most this long.
_LONGEST_SUBHEADING = 60
#: With so many entries in so many lines after it, a line that could head something else stands in the midst of a list.
_ENTRIES_AFTER = 2
_LINES_AFTER = 16
#: What an entry that may be one or not takes from a list, and how many of them a list may end with.
_UNDECIDED = -0.05
_UNDECIDED_AT_END = 3
#: What an entry that looks like none takes from a run of entries; a run ends when so much has been taken.
_PROSE = 0.7
_FAR_BELOW = 4.0
#: Lines of one entry that are looked through for its year.
_LINES_AHEAD = 6


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
    return _sure(text, sections) if sections else _without_heading(text, list(_without(lines, running)))


def _is_within_paragraph(text: str, heading: Span) -> bool:
    """Whether a line of prose just happens to hold the words of a heading: the line before it runs on."""
    before = text[max(0, heading.start - _LONGEST_WRAPPED) : heading.start].rstrip(" \t")
    if not before.endswith("\n") or before.endswith("\n\n"):
        return False
    line = before.rstrip().rpartition("\n")[2]
    return len(line) > _LONGEST_SUBHEADING and (line[-1].isalpha() or line[-1] in ",;-–")


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
    lines = _until_end(list(_without(lines_of_text(text, heading.end, end), running)))
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


def _until_end(lines: list[Line]) -> list[Line]:
    """The lines before the first that heads something else, without sub-headings and stray page numbers between entries."""
    kept: list[Line] = []
    for place, line in enumerate(lines):
        following = lines[place + 1 : place + 3]
        if ends_list(line.text) and (kept or line.blank_before):
            if not _goes_on(line, lines[place + 1 : place + 1 + _LINES_AFTER]):
                break
            if len(line.text) <= _LONGEST_SUBHEADING and line.blank_before:
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
    if not line.blank_before or len(line.text) > _LONGEST_SUBHEADING or not following or not following[0].blank_before:
        return False
    if line.text[-1] in ".,;&–-)]/" or is_identifier(line.text) or quality(line.text) > 0.0:
        return False
    return not any(start_strength(without_label(after.text)) == 2 for after in following) and (
        sum(len(after.text) for after in following) > _LONGEST_WRAPPED
    )


def _goes_on(line: Line, following: Sequence[Line]) -> bool:
    """Whether the list goes on with a line that could head something else: an entry ("Notes", as first words of a title), or,
    with no blank line before it, the middle of one ("Table 2" where a line was broken)."""
    if quality(line.text) == 1.0 and len(line.text) > _LONGEST_SUBHEADING:
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


def _without_heading(text: str, lines: Sequence[Line]) -> tuple[ReferenceSection, ...]:
    sections: list[ReferenceSection] = []
    floor = 0
    for run, following in pairwise([*_runs(lines), [len(lines)]]):
        for section in _sections_of_run(text, lines, run, floor, following[0]):
            sections.append(section)
            while floor < len(lines) and lines[floor].start < section.span.end:
                floor += 1
    return tuple(sections)


def _runs(lines: Sequence[Line]) -> list[list[int]]:
    """The lines that begin like entries, those together that are near each other with nothing headed between."""
    runs: list[list[int]] = []
    parted = [0]  # the numbers of the runs before which something is headed that is no list
    for place in range(len(lines)):
        if lines[place].blank_before and ends_list(lines[place].text):
            parted.append(len(runs))
        if not _could_begin(lines, place):
            continue
        last = runs[-1][-1] if runs else -1
        near = sum(_distance(line) for line in lines[last + 1 : min(place, last + _FARTHEST + 1)])
        if runs and near < _FARTHEST and parted[-1] < len(runs):
            runs[-1].append(place)
        else:
            runs.append([place])
    joined: list[list[int]] = []
    for number, run in enumerate(runs):
        if joined and number not in parted and min(len(run), len(joined[-1])) >= _FEWEST_WITHOUT_HEADING:
            between = lines[joined[-1][-1] + 1 : min(run[0], joined[-1][-1] + 1 + _FARTHEST_RUNS)]
            if sum(_distance(line) for line in between) < _FARTHEST_RUNS:
                joined[-1] += run
                continue
        joined.append(run)
    return joined


def _backwards(lines: Sequence[Line], first: int, floor: int) -> int:
    """The line where the entries before the first certain one begin: as far as paragraphs, or lines of its own, look like any."""
    place = first
    while place > floor and first - place < _FARTHEST:
        before = place - 1
        if lines[place].blank_before:
            while before > floor and not lines[before].blank_before and place - before < _LINES_AHEAD:
                before -= 1
        text = " ".join(line.text[:300] for line in lines[before:place])
        if len(text) > _LONGEST_ENTRY or quality(text) < 0.7:
            break
        place = before
    return place


def _distance(line: Line) -> int:
    """How far a line keeps two entries apart: a paragraph more than a line that goes on."""
    return _PARAGRAPH_DISTANCE if line.blank_before or len(line.text) > _LONGEST_WRAPPED else 1


def _could_begin(lines: Sequence[Line], place: int) -> bool:
    """Whether a line begins like an entry that has a year or an identifier in this line or the next ones of its paragraph."""
    text = lines[place].text
    if start_strength(without_label(text)) < 2 and quality(text) < 1.0:
        return False
    end = place + 1
    while end < min(len(lines), place + _LINES_AHEAD) and not lines[end].blank_before:
        end += 1
    return quality(" ".join(line.text[:300] for line in lines[place:end])) == 1.0


def _sections_of_run(
    text: str, lines: Sequence[Line], run: Sequence[int], floor: int, end: int
) -> Iterator[ReferenceSection]:
    whole = run[0] <= 1 and run[-1] >= len(lines) - _FARTHEST
    fewest = 1 if whole else _FEWEST_WITHOUT_HEADING
    labelled = [place for place in run if label_number(lines[place].text)]
    if len(labelled) * 2 > len(run):
        run = run[run.index(labelled[0]) :]
    if len(run) < fewest:
        return
    first = _backwards(lines, run[0], floor) if not labelled or labelled[0] != run[0] else run[0]
    candidates = _until_end(list(lines[first : min(end, run[-1] + _FARTHEST_END)]))
    for entries in _best_runs(text, split_entries(candidates), fewest):
        good = [entry for entry in entries if quality(entry.of(text)) > 0.5 and entry.end - entry.start >= _SHORTEST_ENTRY]
        if len(good) >= max(fewest, 0.6 * len(entries)):
            yield _section(text, candidates, None, entries)


def _best_runs(text: str, entries: Sequence[Span], fewest: int) -> Iterator[tuple[Span, ...]]:
    """The entries in a row that have most in them of references and least of anything else, again and again, in order."""
    values = [value if value > 0.0 else value - _PROSE for entry in entries for value in [quality(entry.of(text))]]
    place = 0
    while place < len(entries):
        best, total, end, start = 0.0, 0.0, place, place
        while place < len(entries):
            total += values[place]
            place += 1
            if total <= 0.0 or total < best - _FAR_BELOW:
                break
            if total >= best:
                best, end = total, place
        if end - start >= fewest:
            yield tuple(entries[start:end])
        place = max(end, start + 1)
