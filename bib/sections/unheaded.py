"""Reference lists without a heading: runs of lines that look like entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bib.model import Span
from bib.sections.ending import until_end
from bib.sections.headings import ends_list
from bib.sections.lines import LONGEST_WRAPPED, Line
from bib.sections.looks import label_number, quality, start_strength, without_label
from bib.sections.split import split_entries

#: So many entries in a row make a list.
_FEWEST_WITHOUT_HEADING = 3
#: Lines between two entries of a list, between two runs of entries that are one list, and after the last line that surely begins
#: an entry. A paragraph counts for several.
_FARTHEST = 14
_FARTHEST_RUNS = 30
_FARTHEST_END = 24
_PARAGRAPH_DISTANCE = 3
#: An entry has at least and at most so many characters.
_SHORTEST_ENTRY = 45
_LONGEST_ENTRY = 800
#: What an entry that looks like none takes from a run of entries; a run ends when so much has been taken.
_PROSE = 0.7
_FAR_BELOW = 4.0
#: Lines of one entry that are looked through for its year.
_LINES_AHEAD = 6


def unheaded_lists(text: str, lines: Sequence[Line]) -> Iterator[tuple[Sequence[Line], tuple[Span, ...]]]:
    """The lists among the lines of a text, in order: the lines that were taken for each, and its entries."""
    floor = 0
    for run, following in pairwise([*_runs(lines), [len(lines)]]):
        for candidates, entries in _lists_of_run(text, lines, run, floor, following[0]):
            yield candidates, entries
            while floor < len(lines) and lines[floor].start < entries[-1].end:
                floor += 1


def _runs(lines: Sequence[Line]) -> list[list[int]]:
    """The lines that begin like entries, those together that are near each other with nothing headed between."""
    runs: list[list[int]] = []
    parted = {0}  # the numbers of the runs before which something is headed that is no list
    for place in range(len(lines)):
        if lines[place].blank_before and ends_list(lines[place].text):
            parted.add(len(runs))
        if not _could_begin(lines, place):
            continue
        last = runs[-1][-1] if runs else -1
        near = sum(_distance(line) for line in lines[last + 1 : min(place, last + _FARTHEST + 1)])
        if runs and near < _FARTHEST and len(runs) not in parted:
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
    return _PARAGRAPH_DISTANCE if line.blank_before or len(line.text) > LONGEST_WRAPPED else 1


def _could_begin(lines: Sequence[Line], place: int) -> bool:
    """Whether a line begins like an entry that has a year or an identifier in this line or the next ones of its paragraph."""
    text = lines[place].text
    if start_strength(without_label(text)) < 2 and quality(text) < 1.0:
        return False
    end = place + 1
    while end < min(len(lines), place + _LINES_AHEAD) and not lines[end].blank_before:
        end += 1
    return quality(" ".join(line.text[:300] for line in lines[place:end])) == 1.0


def _lists_of_run(
    text: str, lines: Sequence[Line], run: Sequence[int], floor: int, end: int
) -> Iterator[tuple[Sequence[Line], tuple[Span, ...]]]:
    whole = run[0] <= 1 and run[-1] >= len(lines) - _FARTHEST
    fewest = 1 if whole else _FEWEST_WITHOUT_HEADING
    labelled = [place for place in run if label_number(lines[place].text)]
    if len(labelled) * 2 > len(run):
        run = run[run.index(labelled[0]) :]
    if len(run) < fewest:
        return
    first = _backwards(lines, run[0], floor) if not labelled or labelled[0] != run[0] else run[0]
    candidates = until_end(list(lines[first : min(end, run[-1] + _FARTHEST_END)]))
    for entries in _best_runs(text, split_entries(candidates), fewest):
        good = [entry for entry in entries if quality(entry.of(text)) > 0.5 and entry.end - entry.start >= _SHORTEST_ENTRY]
        if len(good) >= max(fewest, 0.6 * len(entries)):
            yield candidates, entries


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
