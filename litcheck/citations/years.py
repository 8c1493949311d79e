"""The year of a citation, or what stands in its place: "2019, 2020a–c", "2013 [1930]", "in press", "n.d."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from litcheck.citations.tokens import Kind, Token
from litcheck.citations.wordlists import groups_of, month_names, words_of

_YEAR = re.compile(r"(1[5-9]\d\d|20\d\d)([A-Za-z]{0,2})")
#: How many works one name may be followed by; in the 170 shared manuscripts five at most.
_MOST_YEARS = 24
#: How many pages or parts may be named between two years.
_MOST_LOCATORS = 8
#: Letters that a year may have after it; "2020s" is a decade.
_SUFFIXES = "abcdefghijklmnopqr"


class CitedYear(NamedTuple):
    """One year of a citation with its letter, the year of the original beside it, and its place in the text.

    ``status`` is the group of ``data/publication_status.txt`` when words stand in place of a year.
    """

    year: str
    suffix: str
    original: str
    status: str
    start: int
    end: int


def is_year(tokens: Sequence[Token], position: int) -> bool:
    """Whether a token may be a year of publication: 1500 to 2099, perhaps with a letter, and no part of a longer number."""
    if position >= len(tokens):
        return False
    token = tokens[position]
    if token.kind is not Kind.NUMBER or len(token.text) < 4:
        return False
    if not _reads_as_year(token.text):
        return False
    before = tokens[position - 1] if position else None
    if before is not None and before.end == token.start and before.text in ("-", "$", "€", "£", "#", "/"):
        return False
    # "3.2019" and "2019.5" are decimal numbers.
    joined_before = before is not None and before.text == "." and before.end == token.start
    if (
        joined_before
        and position >= 2
        and tokens[position - 2].kind is Kind.NUMBER
        and tokens[position - 2].end == token.start - 1
    ):
        return False
    after = tokens[position + 1] if position + 1 < len(tokens) else None
    if after is not None and after.start == token.end and after.text in (".", "%"):
        if after.text == "%":
            return False
        beyond = tokens[position + 2] if position + 2 < len(tokens) else None
        return beyond is None or beyond.kind is not Kind.NUMBER or beyond.start != after.end
    return True


@lru_cache(maxsize=4096)
def _reads_as_year(text: str) -> bool:
    found = _YEAR.fullmatch(text)
    return found is not None and _is_suffix(found[2])


def _is_suffix(letters: str) -> bool:
    lower = letters.lower()
    return all(letter in _SUFFIXES for letter in lower) and (len(lower) < 2 or ord(lower[1]) == ord(lower[0]) + 1)


def read_years(tokens: Sequence[Token], position: int, *, bracketed: bool) -> tuple[list[CitedYear], int]:
    """The years that begin at a token, and the token after them; none when no year stands there.

    Further years are only read in brackets: in running text a second year is more often a date.
    """
    years: list[CitedYear] = []
    here = position
    while len(years) < _MOST_YEARS:
        read, after = _read_one(tokens, here)
        if not read:
            break
        years += read
        here = after
        if not bracketed:
            break
        following = _next_year(tokens, _locator_end(tokens, here))
        if following is None:
            break
        here = following
    return years, (here if not years else min(here, len(tokens)))


def date_end(tokens: Sequence[Token], position: int) -> int:
    """The year after a day and month ("12 May 2020", "May 12, 2020"); ``position`` when none stand there."""
    here = position
    month = False
    for _ in range(2):
        if here < len(tokens) and tokens[here].text.isdecimal() and len(tokens[here].text) <= 2:
            here += 1
        elif here < len(tokens) and not month and tokens[here].text.lower() in month_names():
            month = True
            here += 1
    if here > position and here < len(tokens) and tokens[here].text in (",", "."):
        here += 1
    return here if month and is_year(tokens, here) else position


def read_status(tokens: Sequence[Token], position: int) -> tuple[list[CitedYear], int]:
    """The words in place of a year ("in press", "n.d.") that begin at a token, and the token after them."""
    if position >= len(tokens) or tokens[position].text.lower() not in _status_phrases():
        return [], position
    for phrase in _status_phrases()[tokens[position].text.lower()]:
        here = position
        for word in phrase.split():
            while here > position and here < len(tokens) and tokens[here].text == ".":
                here += 1
            if here >= len(tokens) or tokens[here].text.lower() != word:
                break
            here += 1
        else:
            if here < len(tokens) and tokens[here].text == ".":
                here += 1
            start, end = tokens[position].start, tokens[here - 1].end
            return [CitedYear(_printed(tokens[position:here]), "", "", groups_of("publication_status")[phrase], start, end)], here
    return [], position


def _printed(tokens: Sequence[Token]) -> str:
    """Words as they stand in the text, with one blank where there are several."""
    glued = [token.text if token.start == before.end else f" {token.text}" for before, token in pairwise(tokens)]
    return "".join((tokens[0].text, *glued))


@cache
def _status_phrases() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for phrase in groups_of("publication_status"):
        found.setdefault(phrase.split()[0], []).append(phrase)
    return {first: tuple(sorted(group, key=len, reverse=True)) for first, group in found.items()}


def _read_one(tokens: Sequence[Token], position: int) -> tuple[list[CitedYear], int]:
    """One year with its letters: several works when there are several letters."""
    if tokens[position : position + 1] and tokens[position].text == "[" and _is_bare_year(tokens, position + 1):
        # The original first: "[1930] 2013".
        if tokens[position + 2 : position + 3] and tokens[position + 2].text == "]" and is_year(tokens, position + 3):
            years, end = _read_one(tokens, position + 3)
            first = years[0]._replace(original=tokens[position + 1].text[:4], start=tokens[position].start)
            return [first, *years[1:]], end
        return [], position
    if not is_year(tokens, position):
        return [], position
    token = tokens[position]
    found = _YEAR.fullmatch(token.text)
    assert found is not None
    year, letters = found[1], found[2].lower()
    here = position + 1
    original = ""
    if here < len(tokens) and tokens[here].text in ("[", "(", "/") and _is_bare_year(tokens, here + 1):
        closing = {"[": "]", "(": ")", "/": ""}[tokens[here].text]
        if not closing or (here + 2 < len(tokens) and tokens[here + 2].text == closing):
            original = tokens[here + 1].text[:4]
            here += 3 if closing else 2
    if not letters and here < len(tokens) and _is_letter(tokens, here):
        letters = tokens[here].text
        here += 1
    years = [CitedYear(year, letters[:1], original, "", token.start, tokens[here - 1].end)]
    if len(letters) == 2:
        years.append(CitedYear(year, letters[1], "", "", token.start, token.end))
    while letters and here + 1 < len(tokens) and len(years) < _MOST_YEARS and _is_letter(tokens, here + 1):
        mark = tokens[here].text.lower()
        letter = tokens[here + 1]
        if mark == "-" and letter.text > years[-1].suffix:
            codes = range(ord(years[-1].suffix) + 1, ord(letter.text) + 1)
            years += [CitedYear(year, chr(code), "", "", token.start, letter.end) for code in codes]
        elif mark in (",", "&", "/", "+") or mark in words_of("connectors"):
            years.append(CitedYear(year, letter.text, "", "", letter.start, letter.end))
        else:
            break
        here += 2
    return years, here


def _is_bare_year(tokens: Sequence[Token], position: int) -> bool:
    """Whether a token is four digits of a year, whatever stands before it."""
    return position < len(tokens) and tokens[position].kind is Kind.NUMBER and _YEAR.fullmatch(tokens[position].text) is not None


def _is_letter(tokens: Sequence[Token], position: int) -> bool:
    """Whether a token is a lone small letter that ends where a list goes on or closes."""
    token = tokens[position]
    if token.kind is not Kind.WORD or len(token.text) != 1 or token.text not in _SUFFIXES:
        return False
    after = tokens[position + 1].text if position + 1 < len(tokens) else ")"
    return after in (",", ";", ")", "]", "-", "&", ":") or after.lower() in words_of("connectors")


def _locator_end(tokens: Sequence[Token], position: int) -> int:
    """The token after locators such as ", p. 12", ": 134-5" or ", 12, 14"; ``position`` itself when there is none."""
    here = position
    for _ in range(_MOST_LOCATORS):
        after = _one_locator_end(tokens, here)
        if after == here:
            break
        here = after
    return here


def _one_locator_end(tokens: Sequence[Token], position: int) -> int:
    here = position
    if here < len(tokens) and tokens[here].text in (",", ":"):
        here += 1
        worded = False
        while here < len(tokens) and (
            tokens[here].text.lower() in words_of("locator_words") or (worded and tokens[here].text == ".")
        ):
            worded = True
            here += 1
        if here >= len(tokens) or tokens[here].kind is not Kind.NUMBER or (not worded and is_year(tokens, here)):
            return position
        here += 1
        if here + 1 < len(tokens) and tokens[here].text == "-" and tokens[here + 1].kind is Kind.NUMBER:
            here += 2
        return here
    return position


def _next_year(tokens: Sequence[Token], position: int) -> int | None:
    """The token of a further year of the same authors, if one is joined here."""
    if position >= len(tokens):
        return None
    here = position
    if tokens[here].text in (",", ";"):
        here += 1
        if here < len(tokens) and tokens[here].text.lower() in words_of("connectors"):
            here += 1
    elif tokens[here].text.lower() in words_of("connectors"):
        here += 1
    else:
        return None
    return here if is_year(tokens, here) else None
