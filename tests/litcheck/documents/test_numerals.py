import pytest

from litcheck.documents.numerals import numeral, whole_number


@pytest.mark.parametrize(
    ("number", "way", "written"),
    [
        *((1, "1", "1"), (-3, "1", "-3"), (1, "a", "a"), (26, "a", "z"), (27, "A", "AA"), (0, "a", "0"), (5000, "a", "5000")),
        *((4, "i", "iv"), (1994, "I", "MCMXCIV"), (0, "I", "0"), (4000, "i", "4000"), (7, "", "")),
    ],
)
def test_numbers_as_lists_print_them(number: int, way: str, written: str) -> None:
    assert numeral(number, way) == written


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("7", 7),
        ("-7", -7),
        ("007", 7),
        (None, 3),
        ("", 3),
        ("-", 3),
        ("--1", 3),
        ("1.5", 3),
        ("²", 3),
        ("9" * 10, 3),
        ("9" * 9999, 3),
    ],
)
def test_numbers_that_attributes_hold(value: str | None, number: int) -> None:
    assert whole_number(value, 3) == number
