import pytest

from bib.formats.bibtex.dates import issued
from bib.formats.dates import iso_date
from bib.model import Date


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"year": "2020"}, (Date(year=2020), "", "")),
        ({"year": "{2020}"}, (Date(year=2020), "", "")),
        ({"year": "2020a"}, (Date(year=2020), "a", "")),
        ({"year": "c1998"}, (Date(year=1998), "", "")),
        ({"year": "1998/1999"}, (Date(year=1998), "", "")),
        ({"year": "in press"}, (None, "", "in press")),
        ({"year": "(n.d.)"}, (None, "", "n.d.")),
        ({}, (None, "", "")),
        ({"year": "2020", "month": "mar"}, (Date(year=2020, month=3), "", "")),
        ({"year": "2020", "month": "March"}, (Date(year=2020, month=3), "", "")),
        ({"year": "2020", "month": "03"}, (Date(year=2020, month=3), "", "")),
        ({"year": "2020", "month": "mar 12"}, (Date(year=2020, month=3, day=12), "", "")),
        ({"year": "2020", "month": "12~Mar."}, (Date(year=2020, month=3, day=12), "", "")),
        ({"year": "2020", "month": "3", "day": "12"}, (Date(year=2020, month=3, day=12), "", "")),
        ({"year": "2020", "month": "Spring"}, (Date(year=2020), "", "")),
        ({"year": "2020", "month": "13"}, (Date(year=2020), "", "")),
        ({"year": "2020", "day": "12"}, (Date(year=2020), "", "")),
        ({"date": "2020-05-04"}, (Date(year=2020, month=5, day=4), "", "")),
        ({"date": "2020-05/2020-07", "year": "1999"}, (Date(year=2020, month=5), "", "")),
        ({"date": "2020-21"}, (Date(year=2020), "", "")),
        ({"date": "2020?"}, (Date(year=2020), "", "")),
        ({"date": "forthcoming"}, (None, "", "forthcoming")),
    ],
)
def test_issued(fields: dict[str, str], expected: tuple[Date | None, str, str]) -> None:
    assert issued(fields) == expected


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2021-02-03", Date(year=2021, month=2, day=3)),
        ("Accessed: 2021-02-03", Date(year=2021, month=2, day=3)),
        ("2021-02-40", Date(year=2021, month=2)),
        ("20210203", None),
        ("", None),
    ],
)
def test_iso_date(value: str, date: Date | None) -> None:
    assert iso_date(value) == date
