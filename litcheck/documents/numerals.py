"""Numbers as lists and notes print them, and as attributes hold them."""

from __future__ import annotations

import re

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
#: Above these, no word processor writes letters or Roman numerals, and neither does any list.
_LARGEST_ROMAN = 3999
_LARGEST_LETTER = 780
#: No number that a document needs is longer; one of thousands of digits costs time.
_NUMBER = re.compile(r"-?[0-9]{1,9}")


def numeral(number: int, way: str) -> str:
    """The number in digits (``way`` is "1"), letters ("a", "A"; 27 is "aa") or Roman numerals ("i", "I"); "" writes none."""
    if not way:
        return ""
    if way in "aA" and 0 < number <= _LARGEST_LETTER:
        times, place = divmod(number - 1, 26)
        written = chr(ord("a") + place) * (times + 1)
    elif way in "iI" and 0 < number <= _LARGEST_ROMAN:
        written = ""
        for value, letters in _ROMAN:
            count, number = divmod(number, value)
            written += letters * count
    else:
        return str(number)
    return written.upper() if way.isupper() else written


def whole_number(value: str | None, otherwise: int) -> int:
    """The number that an attribute holds; ``otherwise`` where it holds none, or one that no document needs."""
    return int(value) if value is not None and _NUMBER.fullmatch(value) else otherwise
