import pytest
from hypothesis import given
from hypothesis import strategies as st

from bib.formats.dates import Issued, any_date, held_date, iso_date, iso_text, month_and_day, slashed, year_text
from bib.model import Date

MAY_4 = Date(year=2020, month=5, day=4)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2020", Issued(date=Date(year=2020))),
        ("2020a", Issued(date=Date(year=2020), year_suffix="a")),
        ("2020/05/04", Issued(date=MAY_4)),
        ("2020 / 5 / 4 /", Issued(date=MAY_4)),
        ("2020a/05/04/in press", Issued(date=MAY_4, year_suffix="a", status="in press")),
        ("2020///Spring 1", Issued(date=Date(year=2020))),
        ("2020///May 4", Issued(date=MAY_4)),
        ("2020/13/04", Issued(date=Date(year=2020))),
        ("2020-05-04", Issued(date=MAY_4)),
        ("2020 May 4", Issued(date=MAY_4)),
        ("4 de mayo de 2020", Issued(date=MAY_4)),
        ("May 2020", Issued(date=Date(year=2020, month=5))),
        ("05/04/2020", Issued(date=Date(year=2020))),
        ("c2020", Issued(date=Date(year=2020))),
        ("(in press)", Issued(status="in press")),
        ("", Issued()),
    ],
)
def test_any_date(value: str, expected: Issued) -> None:
    assert any_date(value) == expected


@pytest.mark.parametrize(
    ("month", "day", "expected"),
    [
        ("mar", "", (3, None)),
        ("3", "12", (3, 12)),
        ("12 Mar.", "", (3, 12)),
        ("May-Jun", "", (5, None)),
        ("13", "", (None, None)),
    ],
)
def test_month_and_day(month: str, day: str, expected: tuple[int | None, int | None]) -> None:
    assert month_and_day(month, day) == expected


dates = st.one_of(
    st.builds(Date, year=st.integers(1, 9999)),
    st.builds(Date, year=st.integers(1, 9999), month=st.integers(1, 12)),
    st.builds(Date, year=st.integers(1, 9999), month=st.integers(1, 12), day=st.integers(1, 31)),
)


@given(dates, st.sampled_from(["", "a"]), st.sampled_from(["", "in press"]))
def test_dates_with_slashes_come_back(date: Date, suffix: str, status: str) -> None:
    issued = Issued(date=date, year_suffix=suffix, status=status)
    assert any_date(slashed(issued)) == issued


@given(dates)
def test_iso_dates_come_back(date: Date) -> None:
    assert iso_date(iso_text(date)) == date
    assert held_date(date) == date


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_a_status(value: str) -> None:
    issued = any_date(value)
    assert issued.date is None or 0 <= issued.date.year <= 9999


def test_years_beyond_four_digits_are_not_held() -> None:
    assert held_date(Date(year=-44)) is None
    assert [year_text(year) for year in (None, 0, 44, 10_000)] == ["", "", "0044", ""]
