"""What tells values and counts in brackets from citations: "8 [4, 14]", "95% CI [2, 15]", "f [13] = 2", "twelve (12) men"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from litcheck.citations.numbering import BEYOND_LIST, NumberItem
from litcheck.citations.sequence import AHEAD
from litcheck.citations.tokens import Kind, Token
from litcheck.citations.wordlists import groups_of, words_of

Bracket = Literal["[", "("]

_ROMAN = re.compile(r"[IVX]{1,5}")
#: Digits that the indices of crystals are made of: "the [110] direction".
_INDICES = re.compile(r"[0-2]{3}")
#: How many words back another count of the same list may stand: "boys (14) and girls (13)".
_SAME_LIST = 8
#: How many words back the word for values may stand: "values in the order of [10, 20]".
_VALUES_OF = 3
_COMPARES = ("=", "<", ">", "≤", "≥", "±", "×", "°", "%")
#: Two numbers make an interval.
_ENDS_OF_INTERVAL = 2


def is_interval_of(tokens: Sequence[Token], position: int, items: Sequence[NumberItem]) -> bool:
    """Whether two numbers in brackets are an interval by what is before: "median 8 [4, 14]", "95% CI [2, 5]"."""
    ends = _ends(items)
    if ends is None or position == 0:
        return False
    value = _value_before(tokens, position)
    return tokens[position - 1].text.lower() in words_of("interval_words") or (value is not None and ends[0] <= value <= ends[1])


def repeats_number_word(tokens: Sequence[Token], position: int, items: Sequence[NumberItem]) -> bool:
    """Whether the word before an opening bracket says the same number: "twelve (12)", "twenty-one (21)", "trinta e dois (32)"."""
    if len(items) != 1 or items[0].first != items[0].last or position == 0:
        return False
    values = groups_of("number_words")
    number, parts = items[0].first, tokens[position - 1].text.lower().split("-")
    if not all(part in values for part in parts):
        return False
    said = sum(int(values[part]) for part in parts)
    if said < min(number, 10) and position > 1:
        joined = position > 2 and tokens[position - 2].text.lower() in words_of("connectors")
        said += int(values.get(tokens[position - 3 if joined else position - 2].text.lower(), "0"))
    return said == number


def may_be_beyond(
    tokens: Sequence[Token], position: int, end: int, items: Sequence[NumberItem], last_entry: int, reached: int
) -> bool:
    """Whether numbers that the list does not reach cite all the same, with a slip, rather than count or measure.

    ``reached`` is the highest number cited before: after it the next ones are due, whatever stands around them.
    """
    before = tokens[position - 1]
    if position == 0 or _is_formula(tokens, position, end, items):
        return False
    beyond = [max(item.first, last_entry + 1) for item in items if item.last > last_entry]
    due = min(beyond) == last_entry + 1 and reached >= last_entry - AHEAD
    in_brackets = tokens[position].text == "["
    if len(items) > 1 or items[0].first < items[0].last:
        ends = _ends(items)
        if items[-1].last > last_entry + BEYOND_LIST or (ends is not None and not due and ends[0] > last_entry):
            return False
        return (
            ends is None or reached < ends[0] <= reached + AHEAD or _is_no_interval(tokens, position, items, last_entry, due=due)
        )
    if before.kind is Kind.NUMBER or (before.text.lower() in words_of("parts") and not (due and in_brackets)):
        return False
    if in_brackets:
        return True
    if _is_measured(before):
        return False
    return due or (
        (_is_plain(before) or before.text == ")")
        and end < len(tokens)
        and (tokens[end].text in (".", ",", ";") or tokens[end].kind is Kind.BREAK)
        and not _counts_nearby(tokens, position, end, last_entry)
    )


def _is_no_interval(tokens: Sequence[Token], position: int, items: Sequence[NumberItem], last_entry: int, *, due: bool) -> bool:
    """Whether two numbers that cross the list's end, out of turn, cite by what is before them."""
    before = tokens[position - 1]
    asked = any(token.text.lower() in _value_words() for token in tokens[max(0, position - _VALUES_OF) : position])
    if asked or before.kind is Kind.NUMBER or before.text.lower() in words_of("before_values") or _is_counted(before):
        return False
    if items[0].first < items[0].last:
        # A range may go one too far, from the last entry that was taken out.
        return due and items[0].last == last_entry + 1
    return _is_word(before)


def _is_formula(tokens: Sequence[Token], position: int, end: int, items: Sequence[NumberItem]) -> bool:
    """Whether numbers stand in a formula, a name or an enumeration: "f [13] = 2", "A[14]", "the [110] direction"."""
    before = tokens[position - 1]
    after = tokens[end].text.lower() if end < len(tokens) else ""
    touches = before.end == tokens[position].start
    if before.kind is Kind.BREAK or before.text in (*_COMPARES, "(", "[", "/", "$", "€", "£") or after in _COMPARES:
        return True
    if before.kind is Kind.WORD and len(before.text) == 1 and (touches or tokens[position].text == "("):
        return True
    if before.kind is Kind.WORD and touches and not before.text[-1].isalpha():
        return True
    indices = all(item.first == item.last and _INDICES.fullmatch(str(item.first)) for item in items)
    return indices and bool({before.text.lower(), after} & words_of("crystal_words"))


def _is_measured(before: Token) -> bool:
    """Whether a number in parentheses counts or measures what the word before it says: "boys (14)", "Type III (13)"."""
    word = before.text.lower()
    return (
        _is_counted(before)
        or word in _value_words()
        or word in words_of("units")
        or word in groups_of("number_words")
        or word in ("-", "+", ":")
        or _ROMAN.fullmatch(before.text) is not None
    )


def _value_words() -> frozenset[str]:
    return words_of("value_words") | words_of("interval_words")


def _is_word(token: Token) -> bool:
    """Whether a token is a word and no abbreviation."""
    return token.kind is Kind.WORD and token.text.isalpha() and len(token.text) > 2 and not token.text.isupper()


def _is_plain(token: Token) -> bool:
    """Whether a token is a word in small letters that does not ask for values, as most before a citation."""
    return token.kind is Kind.WORD and token.text.isalpha() and token.text.islower() and len(token.text) > 1


def _is_counted(token: Token) -> bool:
    return token.text.lower() in words_of("counted")


def _counts_nearby(tokens: Sequence[Token], position: int, end: int, last_entry: int) -> bool:
    """Whether another number beyond the list stands in parentheses a few words away in the sentence: two in a row count."""
    before, after = tokens[max(0, position - _SAME_LIST) : position], tokens[end : end + _SAME_LIST]
    stops = [place for place, token in enumerate(before) if token.text == "."]
    stop = next((place for place, token in enumerate(after) if token.text == "."), len(after))
    for around in (before[stops[-1] + 1 if stops else 0 :], after[:stop]):
        for opening, number in pairwise(around):
            if opening.text == "(" and number.text.isdecimal() and len(number.text) < 10 and int(number.text) > last_entry:
                return True
    return False


def _ends(items: Sequence[NumberItem]) -> tuple[int, int] | None:
    """The ends of what may be an interval: a range, or two rising numbers."""
    if len(items) == 1 and items[0].first < items[0].last:
        return items[0].first, items[0].last
    if len(items) == _ENDS_OF_INTERVAL and all(item.first == item.last for item in items) and items[0].first < items[1].first:
        return items[0].first, items[1].first
    return None


def _value_before(tokens: Sequence[Token], position: int) -> float | None:
    """The number right before a bracket, with its decimals; ``None`` for the number of a part ("table 3 [2, 5]") or a year."""
    at = position - 1
    while at > 0 and tokens[at].text in ("%", "°"):
        at -= 1
    if at < 0 or tokens[at].kind is not Kind.NUMBER or not tokens[at].text.isdecimal() or len(tokens[at].text) > 3:
        return None
    digits = tokens[at].text
    decimal = at >= 2 and tokens[at - 1].text in (".", "·") and tokens[at - 1].end == tokens[at].start
    if decimal and tokens[at - 2].kind is Kind.NUMBER and tokens[at - 2].text.isdecimal() and len(tokens[at - 2].text) <= 3:
        digits = f"{tokens[at - 2].text}.{digits}"
        at -= 2
    if at > 0 and tokens[at - 1].text.lower() in words_of("parts"):
        return None
    return float(digits)
