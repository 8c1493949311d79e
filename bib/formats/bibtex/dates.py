"""Dates in BibTeX (``year``, ``month``, ``day``) and BibLaTeX (``date``, in the Extended Date/Time Format)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bib.formats.latex import latex_to_text
from bib.model import Date
from bib.wordlists import pairs_of

_ISO = re.compile(r"(?<!\d)(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?!\d)")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)\s{0,2}([a-z](?![a-z]))?")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")


def issued(fields: Mapping[str, str]) -> tuple[Date | None, str, str]:
    """When the work was published, the letter after the year ("2020a"), and the words in place of a year ("in press")."""
    if date := iso_date(fields.get("date", "")):
        return date, "", ""
    printed = latex_to_text(fields.get("year", "") or fields.get("date", ""))
    year = _YEAR.search(printed)
    if not year:
        return None, "", printed.strip("()[]")
    month, day = _month_and_day(fields.get("month", ""), fields.get("day", ""))
    return Date(year=int(year[1]), month=month, day=day), year[2] or "", ""


def iso_date(value: str) -> Date | None:
    """The date, or the beginning of the range, in a value such as "2020-05-04" or "2019/2020"."""
    found = _ISO.search(value)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    # From 21 on the two digits are a season.
    if month is None or not 1 <= month <= 12:
        return Date(year=year)
    return Date(year=year, month=month, day=day if day is not None and 1 <= day <= 31 else None)


def _month_and_day(month: str, day: str) -> tuple[int | None, int | None]:
    """Month and day from a number, a name ("mar", "Mar.~12") or both in the month's field."""
    month = latex_to_text(month)
    named = next((int(number) for word in _WORD.findall(month.lower()) if (number := pairs_of("months").get(word))), None)
    numbers = [int(number) for number in _NUMBER.findall(month)]
    if named is None and numbers:
        named = numbers.pop(0)
    if named is None or not 1 <= named <= 12:
        return None, None
    numbers += [int(number) for number in _NUMBER.findall(day)]
    return named, next((number for number in numbers if 1 <= number <= 31), None)
