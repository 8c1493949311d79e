"""Running heads, running feet and page numbers: the lines that a page's end puts between two lines of a text.

They are told by recurrence: numbers that count pages, and lines that come again page after page, the same but for a number that
grows. Only a line that says of how many pages it is one ("Page 18 of 20") is known where it stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bib.sections.headings import ends_list
from bib.sections.lines import Line

#: A page has at least so many lines, and at most so many.
_SHORTEST_PAGE = 12
_LONGEST_PAGE = 160
#: The longest page has at most so many times the lines of the shortest.
_LEAST_REGULAR = 5
#: So often a page number, a line with words, and one of a single word ("Chapter 2") must come before it is known to be one.
_FEWEST_NUMBERS = 3
_FEWEST_LINES = 3
_FEWEST_OF_A_WORD = 5
_FEWEST_WITHOUT_NUMBERS = 4
#: A running line is at most this long.
_LONGEST = 160
#: Lines so near a known one belong to the same end of a page.
_NEAR = 3

_PAGE_NUMBER = re.compile(
    r"(?:[|\[(–—-]\s?)?(?:(?:[Pp](?:age|ágina|agina|ág\.|\.)?|[Ss]eite)\s?)?(\d{1,4})(?:\s?(?:/|of|de|von|sur|di)\s?\d{1,4})?(?:\s?[|\])–—-])?"
)
_OF_ALL = re.compile(
    r"[|\[(–—-]?\s?(?:page|página|pagina|pág\.|seite|p\.)?\s?(\d{1,4})\s(?:of|de|von|sur|di)\s(\d{1,4})\s?[|\])–—-]?",
    re.IGNORECASE,
)
_WORD_AND_NUMBER = re.compile(r"[^\W\d]+\.?\s\d+\W*")
_NUMBER = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]{2}")


def running_lines(lines: Sequence[Line]) -> frozenset[int]:
    """The places of the lines that belong to pages and not to the text. Takes time in proportion to the number of lines."""
    marks = _page_numbers(lines)
    groups: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        if len(line.text) <= _LONGEST and _LETTERS.search(line.text) and not ends_list(line.text):
            groups.setdefault(_NUMBER.sub("0", " ".join(line.text.split())), []).append(place)
    repeated = [places for places in groups.values() if len(places) > 1 and _far_apart(places)]
    for places in repeated:
        fewest = _FEWEST_OF_A_WORD if _WORD_AND_NUMBER.fullmatch(lines[places[0]].text) else _FEWEST_LINES
        if len(places) >= fewest and _counts_pages(lines, places):
            marks.update(places)
    # What comes again beside a page's known end belongs to it as well.
    near = _near(lines, marks)
    found = set(marks)
    for places in repeated:
        beside = sum(place in near for place in places)
        ends_openly = not lines[places[0]].text.endswith((".", ",", ";"))
        without_numbers = "0" not in _NUMBER.sub("0", lines[places[0]].text)
        if beside * 2 > len(places) or (len(places) >= _FEWEST_WITHOUT_NUMBERS and without_numbers and ends_openly and beside):
            found.update(places)
    return frozenset(found)


def _page_numbers(lines: Sequence[Line]) -> set[int]:
    """Lines with nothing but a number that is one more than that of the page before."""
    chains: list[list[int]] = []
    last: dict[int, tuple[int, int]] = {}  # number → its line, its chain
    found: set[int] = set()
    for place, line in enumerate(lines):
        match = _PAGE_NUMBER.fullmatch(line.text) if len(line.text) <= 24 else None
        if match is None:
            continue
        number = int(match.group(1))
        stated = _OF_ALL.fullmatch(line.text)
        if stated and int(stated[1]) <= int(stated[2]):
            found.add(place)
        if line.page_before or (place + 1 < len(lines) and lines[place + 1].page_before):
            found.add(place)
        before = last.get(number - 1)
        if before is not None and _SHORTEST_PAGE <= place - before[0] <= _LONGEST_PAGE:
            chain = before[1]
            chains[chain].append(place)
        else:
            chain = len(chains)
            chains.append([place])
        last[number] = (place, chain)
    for places in chains:
        if len(places) >= _FEWEST_NUMBERS:
            found.update(places)
    return found


def _far_apart(places: Sequence[int]) -> bool:
    return all(two - one >= _SHORTEST_PAGE for one, two in pairwise(places))


def _counts_pages(lines: Sequence[Line], places: Sequence[int]) -> bool:
    """Whether one number of the lines grows from page to page and the others stay."""
    rows = [[int(number[:9]) for number in _NUMBER.findall(lines[place].text)] for place in places]
    if not rows[0]:
        return False
    growing = 0
    for column in zip(*rows, strict=True):
        if len(set(column)) == 1:
            continue
        steps = [two - one for one, two in pairwise(column)]
        pages = [(two - one) / _SHORTEST_PAGE for one, two in pairwise(places)]
        if not all(0 < step <= most + 1 for step, most in zip(steps, pages, strict=True)):
            return False
        lengths = [(two - one) / step for (one, two), step in zip(pairwise(places), steps, strict=True)]
        if max(lengths) > min(_LONGEST_PAGE, _LEAST_REGULAR * min(lengths)):
            return False
        growing += 1
    return growing == 1


def _near(lines: Sequence[Line], marks: set[int]) -> frozenset[int]:
    """The lines next to a page's end."""
    near: set[int] = set()
    for place in marks:
        near.update(range(place - _NEAR, place + _NEAR + 1))
    for place, line in enumerate(lines):
        if line.page_before:
            near.update(range(place - 2, place + 2))
    return frozenset(near)
