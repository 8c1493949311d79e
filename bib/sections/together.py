"""Entries that run together in one paragraph, told by the list's own style."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bib.sections.lines import Line
from bib.sections.looks import YEAR_MARKS, particles, start_form

#: In so many of the entries the year must stand in one form, once, before a second one is taken for another entry's.
_REGULAR = 0.6
#: So many entries show a style.
_FEWEST = 5
#: As much of an entry as is searched.
_LONGEST = 4000
_LONGEST_LIST = 200_000
#: As much of an entry as shows how it begins.
_BEGINNING = 500
_NAMES = frozenset({"comma", "plain", "dotted", "initials"})
_CLOSED = re.compile(r"(?:[.)\]?!”\"]|\d|(?:10\.\d{4,9}/|https?://)\S{2,120})[\s]{1,3}(?=[^\W\d])")
_LINKS = frozenset({"and", "et", "al", "y", "e", "und", "og", "och", "i", "eds", "ed", "jr", "for", "the", "of", "on"})
_TOKEN = re.compile(r"[^\W\d_]+")

Group = Sequence[Line]


def parts_of_entries(groups: Sequence[Group]) -> Iterator[tuple[Group, int, int]]:
    """Each entry's lines with its start and end; several of these for lines that hold several entries.

    A second entry is seen where a first one has closed, names begin in the form that the list's entries begin with, and both
    parts have the year in the form and at the place that it has in the other entries.
    """
    forms = Counter(start_form(group[0].text) for group in groups)
    form = max(forms, key=lambda name: forms[name])
    counts = [[len(mark.findall(_joined(group))) for group in groups] for mark in YEAR_MARKS]
    best = max(range(len(counts)), key=lambda n: counts[n].count(1))
    mark = YEAR_MARKS[best]
    regular = (
        len(groups) >= _FEWEST
        and form in _NAMES
        and forms[form] >= _REGULAR * len(groups)
        and counts[best].count(1) >= _REGULAR * len(groups)
    )
    early = regular and _comes_early(groups, mark)
    # A list that lost all its line ends shows its style within its one entry.
    alone = len(groups) < _FEWEST
    for place, group in enumerate(groups):
        start, end = group[0].start, group[-1].end
        bounds = [start]
        if regular and counts[best][place] > 1:
            for line in group:
                bounds += [line.start + at for at in _seams(line.text[:_LONGEST], form, mark, early=early)]
        elif alone:
            for line in group:
                bounds += [line.start + at for at in _seams_of_its_own(line.text)]
        for one, two in pairwise([*bounds, end]):
            yield group, one, two


def _joined(group: Group) -> str:
    return " " + " ".join(line.text for line in group)[:_LONGEST] + " "


def _comes_early(groups: Sequence[Group], mark: re.Pattern[str]) -> bool:
    """Whether the year follows the names, as in author-year styles, and not the journal."""
    early = 0
    for group in groups:
        text = _joined(group)
        match = mark.search(text)
        early += match is not None and _only_names(text[: match.start()])
    return early >= _REGULAR * len(groups)


def _only_names(text: str) -> bool:
    return all(not word.islower() or word in _LINKS or word in particles() for word in _TOKEN.findall(text))


def _seams_of_its_own(text: str) -> list[int]:
    """Where entries begin in a line that holds nearly a whole list: each begins as the first does, and has its year."""
    text = text[:_LONGEST_LIST]
    form = start_form(text)
    mark, years = max(((mark, mark.findall(f" {text} ")) for mark in YEAR_MARKS), key=lambda found: len(found[1]))
    first = mark.search(f" {text} ")
    if len(years) < _FEWEST or form not in _NAMES or first is None:
        return []
    seams = _seams(text, form, mark, early=_only_names(text[: first.start()]))
    return seams if len(seams) + 1 >= _REGULAR * len(years) else []


def _seams(text: str, form: str, mark: re.Pattern[str], *, early: bool) -> list[int]:
    """Where a line's next entries begin."""
    marks = [match.start() for match in mark.finditer(f" {text} ")]
    seams: list[int] = []
    for before, after in pairwise(marks):
        begin = max(before, seams[-1] if seams else 0)
        for match in _CLOSED.finditer(text, begin, after):
            at = match.end()
            if start_form(text[at : at + _BEGINNING]) != form:
                continue
            if early and not _only_names(text[at:after]):
                continue
            if at - begin > 8 and len(text) - at > 30:
                seams.append(at)
                break
    return seams
