"""Where the entries of an unlabelled list begin, told by how lines look and by what the list itself shows of its layout.

Every line has a few traits: how it begins, how the line before it ends, whether that one was broken for want of room, its
indentation, a blank line before it. How much each trait speaks for the beginning of an entry starts from what is so in most lists
(the tables below, counted on wrapped lists of 85 articles and rounded) and is then learned from the list, in a few rounds: if
most lines that begin like an entry stand after a blank line, or at the margin, so do the others. The best division into entries
is found by dynamic programming, so that an entry without a year, or one out of the alphabet's order, weighs against a division.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from bib.sections.lines import LONGEST_WRAPPED, Line
from bib.sections.looks import YEAR_MARKS, continues, has_evidence, is_identifier, quality, start_form, start_strength

_ROUNDS = 3
#: An entry has at most so many lines, and so many of its lines may look like the beginning of another.
_MOST_LINES = 60
_MOST_CANDIDATES = 10
#: Below this, in natural logarithms of odds, a line is not even tried as the beginning of an entry.
_HOPELESS = -6.0
#: What an entry without a year, a number of pages or an identifier costs; and one that is out of the alphabet's order.
_NO_EVIDENCE = -3.0
_LEAST_IN_ORDER = 0.8
#: So many lines with a trait does the general table weigh against what the list shows.
_WEIGHT = {"form": 8.0, "end": 8.0, "room": 6.0, "whole": 8.0, "blank": 2.0, "indent": 2.0}
#: What these traits say does not depend on the list.
_CERTAIN = {"page": 1000.0, "continuing": 60.0, "open": 60.0}
_USUAL: Mapping[str, Mapping[str, tuple[float, float]]] = {
    # how a line begins: share of first lines, share of other lines
    "form": {
        "comma": (0.52, 0.06),
        "plain": (0.52, 0.05),
        "dotted": (0.3, 0.04),
        "initials": (0.1, 0.05),
        "dash": (0.05, 0.001),
        "organisation": (0.04, 0.003),
        "et_al": (0.03, 0.01),
        "full": (0.08, 0.04),
        "year": (0.05, 0.03),
        "quote": (0.01, 0.01),
        "capital": (0.06, 0.25),
        "digit": (0.003, 0.15),
        "identifier": (0.0005, 0.1),
        "continuing": (0.003, 0.4),
        "other": (0.01, 0.05),
    },
    # how the line before it ends
    "end": {
        "open": (0.004, 0.3),
        "stop": (0.55, 0.15),
        "number": (0.25, 0.06),
        "address": (0.2, 0.03),
        "letter": (0.015, 0.45),
        "other": (0.03, 0.04),
    },
    # whether its first word would have had room in the line before
    "room": {"none": (0.15, 0.8), "slight": (0.1, 0.12), "some": (0.2, 0.05), "ample": (0.55, 0.03)},
    # whether the line by itself looks like a reference
    "whole": {"yes": (0.5, 0.02), "perhaps": (0.15, 0.1), "no": (0.35, 0.88)},
    "blank": {"yes": (0.4, 0.04), "no": (0.6, 0.96), "page": (0.02, 0.02)},
    "indent": {},
}
#: With so many blank lines to a line they part entries, more likely than not.
_BLANKS_PART = 0.08
_PARTING_BLANKS: Mapping[str, tuple[float, float]] = {"yes": (0.9, 0.04), "no": (0.1, 0.96), "page": (0.02, 0.02)}
_OPEN_END = re.compile(
    r"(?:[,&;:(\[–—-]|\b(?:and|und|et|y|e|in|of|the|for|de|da|do|la|el|In|a|an|on|with|to|by|from|der|die|das|des|von|vol\.|pp\.|no\.|eds?\.))$"
)
_ADDRESS_END = re.compile(r"(?:https?:|www\.|10\.\d{4,9}/|doi:)\S*$")
#: What shares of entries have no such mark, one, or several, and how many entries that weighs.
_USUAL_MARKS = (0.12, 0.76, 0.12)
_WEIGHT_OF_MARKS = 6.0
#: Both cost no more than this: books have other marks than articles, and titles hold years.
_MARK_MISSING = -2.0
_SEVERAL_MARKS = -2.5
_WORD = re.compile(r"\S+")
_LETTERS = re.compile(r"[^\W\d_]+")

#: In a list of whole lines, so many at least, this share closes as entries do.
_FEWEST_WHOLE = 3
_CLOSED = 0.85
#: The same where lines are so long that they must be paragraphs.
_CLOSED_PARAGRAPHS = 0.5

Traits = dict[str, str]


def entry_starts(lines: Sequence[Line]) -> list[int]:
    """The lines that begin an entry, the first among them, in order. Takes time in proportion to the number of lines."""
    whole = _whole_lines(lines)
    if whole:
        return whole
    width = _width(lines)
    traits = [_traits(line, before, width) for before, line in pairwise(lines)]
    evidence = [0]
    for line in lines:
        evidence.append(evidence[-1] + has_evidence(line.text))
    # The blank line behind a heading parts nothing.
    blank = sum(line.blank_before for line in lines[1:]) >= max(1, _BLANKS_PART * len(lines))
    usual = {**_USUAL, "blank": _PARTING_BLANKS} if blank else _USUAL
    marks = [_counted(lines, mark) for mark in YEAR_MARKS]
    names = [_first_letters(line.text) for line in lines]
    starts: list[int] = []
    for _ in range(_ROUNDS):
        odds = _odds(traits, starts, usual)
        known: dict[tuple[str, ...], float] = {}
        scores = [0.0]
        for trait in traits:
            key = tuple(trait.values())
            if key not in known:
                known[key] = _score(trait, odds)
            scores.append(known[key])
        mark, costs = _mark_of_list(marks, [*starts, len(lines)])
        found = _best_division(scores, evidence, mark, costs, names, _in_order(names, starts))
        if found == starts:
            break
        starts = found
    return starts


def _whole_lines(lines: Sequence[Line]) -> list[int]:
    """The starts in a list of one entry a line, however they look; none if lines go on in the next."""
    judged = [line for line in lines if not is_identifier(line.text)]
    if len(judged) < _FEWEST_WHOLE:
        return []
    closed = sum(_end(line.text) not in ("letter", "open") for line in judged)
    going_on = sum(continues(line.text) for line in judged)
    blank = sum(line.blank_before for line in judged if line is not lines[0])
    paragraphs = _width(lines) > LONGEST_WRAPPED
    least = _CLOSED_PARAGRAPHS if paragraphs else _CLOSED
    if closed < least * len(judged) or going_on > 0.15 * len(judged) or 0.1 * len(judged) < blank < 0.9 * len(judged):
        return []
    return [
        place
        for place, line in enumerate(lines)
        if place == 0 or not (is_identifier(line.text) or _goes_on(line.text, lines[place - 1].text, paragraphs))
    ]


def _goes_on(text: str, before: str, paragraphs: bool) -> bool:
    """Whether a line goes on with the one before it, in a list of whole lines."""
    value = quality(text)
    if continues(text) and value < (0.4 if paragraphs else 0.5):
        return True
    return _end(before) == "open" and start_strength(text) < 2 and value < 0.4


def _width(lines: Sequence[Line]) -> int:
    lengths = sorted(line.length for line in lines)
    return lengths[int(len(lengths) * 0.96)] if len(lengths) > 4 else lengths[-1]


def _traits(line: Line, before: Line, width: int) -> Traits:
    return {
        "form": _form(line.text),
        "end": _end(before.text),
        "room": _room(line, before, width),
        "whole": "yes" if quality(line.text) > 0.5 else "perhaps" if quality(line.text) > 0.0 else "no",
        "blank": "page" if line.page_before else "yes" if line.blank_before else "no",
        "indent": str(min(line.indent, 40)),
    }


def _form(text: str) -> str:
    if is_identifier(text):
        return "identifier"
    if continues(text):
        return "continuing"
    return start_form(text) or ("digit" if text[0].isdigit() else "capital" if text[0].isupper() else "other")


def _end(text: str) -> str:
    if _ADDRESS_END.search(text[-120:]):
        return "address"
    if _OPEN_END.search(text[-12:]):
        return "open"
    last = text.rstrip("*_")[-1:]
    if last in '.?!)]>/”"»':
        return "stop"
    return "number" if last.isdigit() else "letter" if last.isalpha() else "other"


def _room(line: Line, before: Line, width: int) -> str:
    word = _WORD.match(line.text)
    assert word is not None
    room = width - before.length - 1 - len(word.group())
    if room < 0:
        return "none"
    return "slight" if room < 0.06 * width else "some" if room < 0.2 * width else "ample"


def _odds(
    traits: Sequence[Traits], starts: Sequence[int], tables: Mapping[str, Mapping[str, tuple[float, float]]]
) -> dict[tuple[str, str], float]:
    """For each trait the logarithm of how much oftener first lines have it than others."""
    begins = set(starts)
    every = {pair for trait in traits for pair in trait.items()}
    first = Counter(pair for place, trait in enumerate(traits, 1) if place in begins for pair in trait.items())
    other = Counter(pair for place, trait in enumerate(traits, 1) if begins and place not in begins for pair in trait.items())
    firsts = sum(place > 0 for place in starts)
    others = len(traits) - firsts if starts else 0
    odds: dict[tuple[str, str], float] = {}
    for name, value in every:
        weight = _CERTAIN.get(value, _WEIGHT[name])
        usual, unusual = tables[name].get(value, (0.3, 0.3))
        share = (first[name, value] + weight * usual) / (firsts + weight)
        share_other = (other[name, value] + weight * unusual) / (others + weight)
        odds[name, value] = math.log(share / share_other)
    return odds


def _score(trait: Traits, odds: Mapping[tuple[str, str], float]) -> float:
    """What a line's traits say together; an identifier never begins an entry."""
    return -math.inf if trait["form"] == "identifier" else sum(odds[pair] for pair in trait.items())


def _in_order(names: Sequence[str], starts: Sequence[int]) -> tuple[float, float]:
    """What it adds that an entry follows the one before it in the alphabet, and that it does not."""
    pairs = [(names[one], names[two]) for one, two in pairwise(starts) if names[one] and names[two]]
    if len(pairs) < 5:
        return 0.0, 0.0
    share = sum(one <= two for one, two in pairs) / len(pairs)
    if share < _LEAST_IN_ORDER:
        return 0.0, 0.0
    return math.log(2 * share), max(-2.5, math.log(2 * (1.0 - share) + 0.02))


def _first_letters(text: str) -> str:
    """The letters that put an entry in the alphabet; none where a dash stands for a name."""
    word = _LETTERS.match(text.lstrip('[("“«*_'))
    return word.group()[:3].casefold() if word else ""


def _counted(lines: Sequence[Line], mark: re.Pattern[str]) -> list[int]:
    """How many of the marks stand before each line."""
    counts = [0]
    for line in lines:
        counts.append(counts[-1] + sum(1 for _ in mark.finditer(f" {line.text} ")))
    return counts


def _mark_of_list(marks: Sequence[Sequence[int]], bounds: Sequence[int]) -> tuple[Sequence[int], tuple[float, float, float]]:
    """The year's mark that most entries have once, and what it adds that an entry has it not, once, or oftener."""
    if len(bounds) < 6:
        return marks[0], (0.0, 0.0, 0.0)
    tables = [Counter(min(2, counts[two] - counts[one]) for one, two in pairwise(bounds)) for counts in marks]
    best = max(range(len(marks)), key=lambda n: tables[n][1])
    entries = len(bounds) - 1
    shares = [(tables[best][n] + _WEIGHT_OF_MARKS * _USUAL_MARKS[n]) / (entries + _WEIGHT_OF_MARKS) for n in range(3)]
    missing, several = (math.log(shares[n] / shares[1]) for n in (0, 2))
    return marks[best], (max(_MARK_MISSING, missing), 0.0, max(_SEVERAL_MARKS, several))


def _best_division(
    scores: Sequence[float],
    evidence: Sequence[int],
    marks: Sequence[int],
    costs: tuple[float, float, float],
    names: Sequence[str],
    order: tuple[float, float],
) -> list[int]:
    """The starts with the highest sum of scores, of evidence in each entry and of the alphabet's order."""
    candidates = [place for place, score in enumerate(scores) if place == 0 or score > _HOPELESS]
    best = [0.0] * (len(candidates) + 1)
    back = [0] * (len(candidates) + 1)
    places = [*candidates, len(scores)]
    in_order, out_of_order = order
    for here in range(1, len(places)):
        place = places[here]
        own = scores[place] if place < len(scores) else 0.0
        top = -math.inf
        for there in range(here - 1, max(-1, here - 1 - _MOST_CANDIDATES), -1):
            start = places[there]
            if place - start > _MOST_LINES and there != here - 1:
                break
            value = best[there] + own
            if evidence[place] == evidence[start]:
                value += _NO_EVIDENCE
            value += costs[min(2, marks[place] - marks[start])]
            if place < len(scores) and names[start] and names[place]:
                value += in_order if names[start] <= names[place] else out_of_order
            if value > top:
                top, back[here] = value, there
        best[here] = top
    starts: list[int] = []
    here = len(places) - 1
    while here:
        here = back[here]
        starts.append(places[here])
    return starts[::-1]
