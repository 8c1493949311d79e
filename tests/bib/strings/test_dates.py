"""Dates as references print them."""

from __future__ import annotations

import pytest

from bib.model import Date
from bib.strings.dates import read_date


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("2020", Date(year=2020)),
        ("2020, May 3", Date(year=2020, month=5, day=3)),
        ("3 de mayo de 2020", Date(year=2020, month=5, day=3)),
        ("08 mai. 2020", Date(year=2020, month=5, day=8)),
        ("2020-05-03", Date(year=2020, month=5, day=3)),
        ("12.03.2020", Date(year=2020, month=3, day=12)),
        ("5.6.2019", Date(year=2019, month=6, day=5)),
        ("04.13.2020", Date(year=2020, month=4, day=13)),
        ("3/4/2020", Date(year=2020)),
        ("13/4/2020", Date(year=2020, month=4, day=13)),
        ("4/13/2020", Date(year=2020, month=4, day=13)),
        ("3/4/2020 12.3.2019", Date(year=2020)),
        ("no date", None),
    ],
)
def test_dates_are_as_precise_as_they_are_unmistakable(printed: str, date: Date | None) -> None:
    assert read_date(printed) == date
