"""Dates as bibliographies write them: "2020-05-04" (ISO 8601, EDTF), "2020/05/04/Spring" (RIS), "2020 May 4" (MEDLINE)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bib.model import Date
from bib.wordlists import pairs_of, words_of

_ISO = re.compile(r"(?<!\d)(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?!\d)")
_SLASHES = re.compile(r"(\d{4})([a-z]?) ?/ ?(\d{0,2}) ?(?:/ ?(\d{0,2}) ?(?:/(.{0,200}))?)?")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)\s{0,2}([a-z](?![a-z]))?")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")

#: The last year that formats with four digits can hold; the first is 1. CSL-JSON has a sign and no bound.
_LAST_YEAR = 9999


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """When a work was published: the date, the letter after its year ("2020a"), and words beside or in place of it."""

    date: Date | None = None
    year_suffix: str = ""
    status: str = ""


def make_date(year: int, month: int | None = None, day: int | None = None) -> Date:
    """A date as far as month and day are possible. Seasons and quarters (21 and more in EDTF) count as no month."""
    if month is None or not 1 <= month <= 12:
        return Date(year=year)
    return Date(year=year, month=month, day=day if day is not None and 1 <= day <= 31 else None)


def iso_date(value: str) -> Date | None:
    """The date, or the beginning of the range, in a value such as "2020-05-04" or "2019/2020"."""
    found = _ISO.search(value)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    return make_date(year, month, day)


def held_date(date: Date | None) -> Date | None:
    """The date if its year has a place in four digits, which is all that most formats have."""
    return date if date is not None and 1 <= date.year <= _LAST_YEAR else None


def year_text(year: int | None) -> str:
    """The year in four digits, nothing for one that does not fit or is not known."""
    return f"{year:04d}" if year is not None and 1 <= year <= _LAST_YEAR else ""


def iso_text(date: Date) -> str:
    """The date in ISO 8601, as precise as it is: "2020", "2020-05", "2020-05-04"."""
    text = f"{date.year:04d}"
    if date.month is not None:
        text += f"-{date.month:02d}"
        if date.day is not None:
            text += f"-{date.day:02d}"
    return text


def any_date(value: str) -> Issued:
    """The date in a free field: with slashes, in ISO form or in words; a value without a year is a status ("in press")."""
    value = " ".join(value[:500].split())
    if slashes := _SLASHES.fullmatch(value):
        year, suffix, month, day, rest = slashes.groups()
        date = make_date(int(year), *(int(part) if part else None for part in (month, day)))
        rest = (rest or "").strip()
        # What follows the third slash may also be a season or the month in words.
        if date.month is None and rest:
            date, rest = _with_words(date, rest)
        return Issued(date=date, year_suffix=suffix, status="" if _is_time(rest) else rest)
    year_found = _YEAR.search(value)
    if not year_found:
        return Issued(status=value.strip("()[] "))
    if (iso := iso_date(value)) and iso.month is not None:
        return Issued(date=iso)
    others = value[: year_found.start()] + " " + value[year_found.end() :]
    month_found, day_found = month_and_day(others) if _WORD.search(others) else (None, None)
    return Issued(date=make_date(int(year_found[1]), month_found, day_found), year_suffix=year_found[2] or "")


def _with_words(date: Date, words: str) -> tuple[Date, str]:
    named = any(word in pairs_of("months") for word in _WORD.findall(words.lower()))
    month, day = month_and_day(words) if named else (None, None)
    return (make_date(date.year, month, day), "") if month is not None else (date, words)


def _is_time(words: str) -> bool:
    """Whether words beside a date say more about the time ("Spring") and not how far publication is."""
    times = words_of("seasons") | pairs_of("months").keys()
    return any(word in times for word in re.findall(r"\w+", words.lower()))


def month_and_day(month: str, day: str = "") -> tuple[int | None, int | None]:
    """Month and day from a number, a name ("mar", "Mar. 12") or both in the month's field."""
    named = next((int(number) for word in _WORD.findall(month.lower()) if (number := pairs_of("months").get(word))), None)
    numbers = [int(number) for number in _NUMBER.findall(month)]
    if named is None and numbers:
        named = numbers.pop(0)
    if named is None or not 1 <= named <= 12:
        return None, None
    numbers += [int(number) for number in _NUMBER.findall(day)]
    return named, next((number for number in numbers if 1 <= number <= 31), None)


def slashed(issued: Issued) -> str:
    """The form of RIS, "2020/05/04/in press", without the slashes at its end; only the status where there is no date."""
    if issued.date is None:
        return issued.status
    date = issued.date
    month = f"{date.month:02d}" if date.month is not None else ""
    day = f"{date.day:02d}" if date.month is not None and date.day is not None else ""
    return f"{date.year:04d}{issued.year_suffix}/{month}/{day}/{issued.status}".rstrip("/")
