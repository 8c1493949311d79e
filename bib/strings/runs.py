"""Labels of tokens to runs: stretches of one field, with what the tagger leaves out or splits put right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bib.strings.labels import INDEX, OTHER
from bib.strings.tokens import EMPHASIS, Tokens, is_hole

#: Runs of these fields that so few tokens part are one.
_JOINED = frozenset(INDEX[label] for label in ("author", "title", "container", "publisher", "editor", "series", "location"))
_WIDEST_GAP = 2
_DASHES = frozenset("-–—‐‑‒−─")
_AUTHOR, _DATE, _TITLE, _PAGES = INDEX["author"], INDEX["date"], INDEX["title"], INDEX["pages"]
_CONTAINER, _PUBLISHER = INDEX["container"], INDEX["publisher"]
_VOLUME, _ISSUE = INDEX["volume"], INDEX["issue"]
_ISSUE_MARKS = frozenset({"n", "no", "nr", "nos", "num", "núm", "issue", "heft"})
#: Two numbers in a row are volume and issue where the second is no higher than this, which few volumes have issues beyond.
_MOST_ISSUES = 52
#: Words before the colon of a title that may have been taken for a name.
_LONGEST_NAME_OF_WORK = 3
_FEW_DIGITS = re.compile(r"[0-9]{1,12}")
#: Words that end a list of nouns; no journal begins with one.
_LISTING = frozenset({"and", "und", "et", "y", "e", "&"})
_CHAPTER_MARKS = frozenset({"cap", "capítulo", "capitulo", "chap", "chapter", "chapitre", "ch", "kap", "kapitel"})
_NUMBERS = frozenset(INDEX[label] for label in ("volume", "issue", "pages"))


@dataclass(slots=True)
class Run:
    """The tokens of one field: the first and the last that is a word."""

    label: int
    first: int
    last: int


def find_runs(tokens: Tokens, labels: Sequence[int]) -> list[Run]:
    """The runs of a string in order. A field may have several."""
    runs: list[Run] = []
    words = tokens.words
    for place, label in enumerate(labels):
        if label == OTHER or not _is_word(words[place]):
            continue
        before = runs[-1] if runs else None
        if before and before.label == label and _is_one(words[before.last + 1 : place], labels[before.last + 1 : place], label):
            before.last = place
        else:
            runs.append(Run(label, place, place))
    runs = _with_whole_publishers(tokens, _with_whole_titles(tokens, _with_years_of_titles(tokens, runs)))
    _give_names_of_works_back(tokens, runs)
    return _with_whole_ranges(tokens, labels, _with_double_volumes(tokens, _with_marked_issues(tokens, runs)))


def _is_word(word: str) -> bool:
    return word[0].isalnum()


def _is_one(between: Sequence[str], labels: Sequence[int], label: int) -> bool:
    """Whether a field goes on behind these tokens."""
    if not between:
        return True
    if any(is_hole(word) for word in between) or (label == _CONTAINER and EMPHASIS in between and "." in between):
        return False
    if label in _NUMBERS:
        return all(word in _DASHES or word == "/" or said == label for word, said in zip(between, labels, strict=True))
    words = sum(map(_is_word, between))
    return words == 0 or (label in _JOINED and words == 1 and len(between) <= _WIDEST_GAP)


def _with_years_of_titles(tokens: Tokens, runs: list[Run]) -> list[Run]:
    """A year right behind the title belongs to it where the entry has another: "Update 2005", "Cancer statistics, 2018"."""
    dates = [run for run in runs if run.label == _DATE]
    joined: list[Run] = []
    for run in runs:
        before = joined[-1] if joined else None
        if before and before.label == _TITLE:
            between = tokens.words[before.last + 1 : run.first]
            extra = run.label == _DATE and len(dates) > 1 and all(word in (",", ":") for word in between)
            if extra or (run.label == _TITLE and not any(map(_is_word, between))):
                dates = [date for date in dates if date is not run]
                before.last = run.last
                continue
        joined.append(run)
    return joined


def _with_whole_titles(tokens: Tokens, runs: list[Run]) -> list[Run]:
    """What a conjunction links to the title is no container: "Practices, Crosscutting Concepts, and Core Ideas"."""
    whole: list[Run] = []
    for run in runs:
        before = whole[-1] if whole else None
        if (
            before
            and (before.label, run.label) == (_TITLE, _CONTAINER)
            and tokens.words[run.first] in _LISTING
            and _DASHES.isdisjoint(tokens.words[run.first + 1 : run.first + 2])  # "e-Journal"
            and all(word == "," for word in tokens.words[before.last + 1 : run.first])
        ):
            before.last = run.last
        else:
            whole.append(run)
    return whole


def _give_names_of_works_back(tokens: Tokens, runs: Sequence[Run]) -> None:
    """Words behind the last author's initials and before a colon begin the title: "Lind F, Moor SR. Fernmark: A flexible …"."""
    words = tokens.words
    for names, title in pairwise(runs):
        if (names.label, title.label) != (_AUTHOR, _TITLE) or words[names.last + 1 : title.first] != (":",):
            continue
        stop = next((place for place in range(names.last - 1, names.first + 1, -1) if not _is_word(words[place])), 0)
        family, initials = words[stop - 2], words[stop - 1]
        turned = initials.isupper() and len(initials) <= 3 and len(family) > 1 and family[0].isupper() and not family.isupper()
        if words[stop] == "." and turned and names.last - stop <= _LONGEST_NAME_OF_WORK:
            title.first = stop + 1
            names.last = stop - 1


def _with_whole_publishers(tokens: Tokens, runs: list[Run]) -> list[Run]:
    """A second container right before a publisher begins its name: "In *StatPearls*. StatPearls Publishing"."""
    whole: list[Run] = []
    for run in runs:
        if run.label == _PUBLISHER and len(whole) > 1 and whole[-1].label == whole[-2].label == _CONTAINER:
            begins = whole[-1].last == run.first - 1 and EMPHASIS in tokens.words[whole[-2].last : whole[-1].first]
            if begins:
                run.first = whole.pop().first
        whole.append(run)
    return whole


def _with_double_volumes(tokens: Tokens, runs: list[Run]) -> list[Run]:
    """Two volumes that appeared as one: "178-179", the second of which was taken for the issue."""
    joined: list[Run] = []
    for run in runs:
        before = joined[-1] if joined else None
        if before and (before.label, run.label) == (_VOLUME, _ISSUE) and before.last == run.first - 2 and run.first == run.last:
            first, dash, second = tokens.words[before.last : run.last + 1]
            if dash in _DASHES and _FEW_DIGITS.fullmatch(first + second) and int(second) == int(first) + 1 > _MOST_ISSUES:
                before.last = run.last
                continue
        joined.append(run)
    return joined


def _with_marked_issues(tokens: Tokens, runs: list[Run]) -> list[Run]:
    """A volume that is said to be an issue is one, where there is no other: "Secuencia, n. 45, p. 5-26"; a chapter is neither."""
    runs = [run for run in runs if run.label not in (_VOLUME, _ISSUE) or _mark_before(tokens, run) not in _CHAPTER_MARKS]
    if not any(run.label == _ISSUE for run in runs):
        for run in runs:
            if run.label == _VOLUME and _mark_before(tokens, run) in _ISSUE_MARKS:
                run.label = _ISSUE
                break
    return runs


def _mark_before(tokens: Tokens, run: Run) -> str:
    """The word before a number, which may say what it is: "n" in "n. 45"."""
    place = run.first - (2 if run.first > 0 and tokens.words[run.first - 1] == "." else 1)
    return tokens.words[place].lower() if place > 0 else ""


def _with_whole_ranges(tokens: Tokens, labels: Sequence[int], runs: list[Run]) -> list[Run]:
    """Pages with the other end of their range where the tagger took only one: "1–5"."""
    words = tokens.words
    for run in runs:
        if run.label != _PAGES:
            continue
        first, last = run.first - 2, run.last + 2
        if first >= 0 and words[first + 1] in _DASHES and labels[first] == OTHER and _is_number(words[first]):
            run.first = first
        if last < len(labels) and words[last - 1] in _DASHES and labels[last] == OTHER and _is_number(words[last]):
            run.last = last
    return runs


def _is_number(word: str) -> bool:
    return word[0].isdigit()
