import pytest

from litcheck.documents.numerals import numeral


@pytest.mark.parametrize(
    ("number", "way", "written"),
    [
        *((1, "1", "1"), (-3, "1", "-3"), (1, "a", "a"), (26, "a", "z"), (27, "A", "AA"), (0, "a", "0"), (5000, "a", "5000")),
        *((4, "i", "iv"), (1994, "I", "MCMXCIV"), (0, "I", "0"), (4000, "i", "4000"), (7, "", "")),
    ],
)
def test_numbers_as_lists_print_them(number: int, way: str, written: str) -> None:
    assert numeral(number, way) == written
