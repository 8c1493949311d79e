"""Dates as references print them."""

from __future__ import annotations

import re

from bib.model import Date
from bib.wordlists import pairs_of

_MONTHS = sorted(pairs_of("months"), key=lambda month: (-len(month), month))
#: A month's name or abbreviation.
MONTH = r"(?:" + "|".join(re.escape(month) for month in _MONTHS) + r")\b\.?"
#: A year between 1500 and 2099.
YEAR = r"(?:1[5-9]|20)\d\d"
#: A date that has at least a year, as notes of access print it.
DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|º|\.)?\s?(?:de\s|of\s|-)?{MONTH},?\s?(?:de\s|del\s|-)?{YEAR}|{MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s{YEAR}"
    rf"|{YEAR},?[\s-]?{MONTH}(?:[\s-]\d{{1,2}})?|{YEAR}[./-]\d{{1,2}}[./-]\d{{1,2}}|\d{{1,2}}-[IVX]{{1,4}}-{YEAR}|\d{{1,2}}\s?[./-]\s?\d{{1,2}}\s?[./-]\s?(?:{YEAR}|\d\d)|{MONTH},?\s(?:de\s)?{YEAR}|{YEAR})"
)
#: What stands in place of a year, or beside it.
STATUS = (
    r"(?:n\.\s?d\.?|s\.\s?[df]\.?|s/[df]|no\sdate|undated|in\s(?:the\s)?press|forthcoming|submitted|in\spreparation|in\sreview|under\sreview|accepted|to\sappear|"
    r"no\sprelo|en\sprensa|in\sprensa|im\sDruck|im\sErscheinen|sous\spresse|à\sparaître|in\scorso\sdi\sstampa|o\.\s?J\.)"
)

_YEAR = re.compile(rf"(?<!\d)({YEAR})(?!\d)")
_NAMED = re.compile(rf"(?<![^\W\d_])({MONTH})", re.IGNORECASE)
_DAY = re.compile(r"(?<![\d.])(\d{1,2})(?:st|nd|rd|th|º)?(?!\d)")
_NUMERIC = re.compile(rf"({YEAR})[./-](\d{{1,2}})[./-](\d{{1,2}})|(\d{{1,2}})\s?[./-]\s?(\d{{1,2}})\s?[./-]\s?({YEAR})")


def read_date(text: str) -> Date | None:
    """The date in ``text``, as precise as it is unmistakable; ``None`` without a year.

    "3/4/2020" gives the year alone; where full stops part the numbers the day comes first: "3.4.2020".
    """
    numeric = _NUMERIC.search(text)
    if numeric:
        if numeric.group(1):
            return _valid(int(numeric.group(1)), int(numeric.group(2)), int(numeric.group(3)))
        day, month, year = (int(numeric.group(place)) for place in (4, 5, 6))
        if day > 12 or ("." in numeric.group() and month <= 12):
            return _valid(year, month, day)
        return _valid(year, day, month) if month > 12 else Date(year=year)
    year_match = _YEAR.search(text)
    if year_match is None:
        return None
    year = int(year_match.group(1))
    named = _NAMED.search(text)
    if named is None:
        return Date(year=year)
    # Case is ignored by more letters than "lower" knows: "Aprıl".
    month = int(pairs_of("months").get(named.group(1).rstrip(".").lower(), 0))
    rest = text[: year_match.start()] + " " + text[year_match.end() :]
    day_match = _DAY.search(rest)
    return _valid(year, month, int(day_match.group(1)) if day_match else None)


def _valid(year: int, month: int, day: int | None) -> Date:
    if not 1 <= month <= 12:
        return Date(year=year)
    return Date(year=year, month=month, day=day if day and 1 <= day <= 31 else None)
