"""Dates in BibTeX (``year``, ``month``, ``day``) and BibLaTeX (``date``, in the Extended Date/Time Format)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bib.formats.dates import iso_date, month_and_day
from bib.formats.latex import latex_to_text
from bib.model import Date

_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)\s{0,2}([a-z](?![a-z]))?")


def issued(fields: Mapping[str, str]) -> tuple[Date | None, str, str]:
    """When the work was published, the letter after the year ("2020a"), and the words in place of a year ("in press")."""
    if date := iso_date(fields.get("date", "")):
        return date, "", ""
    printed = latex_to_text(fields.get("year", "") or fields.get("date", ""))
    year = _YEAR.search(printed)
    if not year:
        return None, "", printed.strip("()[]")
    month, day = month_and_day(latex_to_text(fields.get("month", "")), fields.get("day", ""))
    return Date(year=int(year[1]), month=month, day=day), year[2] or "", ""
