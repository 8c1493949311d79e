"""Numbers in brackets or parentheses that may be citations: "[3–5, 9]", "(3, 4)", "[1]–[3]", "[12, p. 5]"."""

from __future__ import annotations

from collections.abc import Sequence

from bib.model import Span
from litcheck.citations.numbering import LONGEST_RANGE, MOST_DIGITS, NumberGroup, NumberItem
from litcheck.citations.sequence import NumberCandidate, needed_by_sequence
from litcheck.citations.tokens import Kind, Token
from litcheck.citations.values import Bracket, is_interval_of, may_be_beyond, repeats_number_word
from litcheck.citations.wordlists import words_of

#: Tokens of one group; the groups of the 170 shared manuscripts name 47 works at most. A longer one is a table or a matrix.
_MOST_PARTS = 120


def find_groups(tokens: Sequence[Token], bracket: Bracket, last_entry: int) -> list[NumberGroup]:
    """The groups of numbers in one kind of bracket that can be citations of a list that ends with ``last_entry``.

    Numbers beyond the list are among them, however large, where what stands around is not that of values and counts.
    """
    closing = "]" if bracket == "[" else ")"
    found: list[NumberCandidate] = []
    done = reached = 0
    for position in [place for place, token in enumerate(tokens) if token.text == bracket]:
        if position < done:
            continue
        items, end = _read(tokens, position, bracket, closing)
        if items and _may_cite(tokens, position, end, items, last_entry, reached):
            span = Span(tokens[position].start, tokens[end - 1].end)
            # After a number it may cite ("in 1931 (1)") or count ("45 (12)"): the order of the others tells.
            after_number = bracket == "(" and position > 0 and tokens[position - 1].kind is Kind.NUMBER
            weak = after_number or (bracket == "(" and _follows_part(tokens, position))
            found.append(NumberCandidate(NumberGroup(tuple(items), "numeric", span), not weak))
            done = end
            reached = max(reached, *(item.last for item in items if item.last <= last_entry), 0)
    return needed_by_sequence(found)


def _read(tokens: Sequence[Token], position: int, bracket: str, closing: str) -> tuple[list[NumberItem], int]:
    """The numbers from an opening bracket to its closing one, and the token after that; no numbers if anything else is there."""
    items: list[NumberItem] = []
    here = position + 1
    limit = min(len(tokens), here + _MOST_PARTS)
    while here < limit:
        token = tokens[here]
        if token.text == closing:
            if items and _is_joined_range(tokens, here, bracket):
                # A range over brackets, as in "[1]–[3]".
                items.append(_item(items.pop(), tokens[here + 3]))
                return (items, here + 5) if items[-1].first < items[-1].last else ([], here + 1)
            return items, here + 1
        if token.kind is Kind.NUMBER:
            if not token.text.isdecimal() or len(token.text) > MOST_DIGITS or token.text[0] == "0":
                return [], here
            number = int(token.text)
            item = NumberItem(number, number, Span(token.start, token.end))
            here += 1
            if here + 1 < limit and tokens[here].text == "-" and tokens[here + 1].text.isdecimal():
                item = _item(item, tokens[here + 1])
                if not item.first < item.last <= item.first + LONGEST_RANGE:
                    return [], here
                here += 2
            items.append(item)
        elif (
            token.text in (",", ";", "&", "•", "·")
            or token.text.lower() in words_of("group_words")
            or (token.text == "." and not items)
        ):
            here += 1
        elif items and token.text.lower() in words_of("locator_words"):
            here += 1
            while here < limit and tokens[here].text not in (closing, ";"):
                here += 1
        else:
            return [], here
    return [], here


def _item(first: NumberItem, last: Token) -> NumberItem:
    end = int(last.text) if last.text.isdecimal() and len(last.text) <= MOST_DIGITS else -1
    return NumberItem(first.first, end, Span(first.span.start, last.end))


def _is_joined_range(tokens: Sequence[Token], closing: int, bracket: str) -> bool:
    following = tokens[closing + 1 : closing + 5]
    return (
        len(following) == 4
        and following[0].text == "-"
        and following[1].text == bracket
        and following[2].text.isdecimal()
        and following[3].text == tokens[closing].text
    )


def _may_cite(
    tokens: Sequence[Token], position: int, end: int, items: Sequence[NumberItem], last_entry: int, reached: int
) -> bool:
    if is_interval_of(tokens, position, items):
        return False
    if max(item.last for item in items) > last_entry and not may_be_beyond(tokens, position, end, items, last_entry, reached):
        return False
    if tokens[position].text == "[":
        return True
    return not repeats_number_word(tokens, position, items) and not _is_parenthesis_of_text(tokens, position, end)


def _is_parenthesis_of_text(tokens: Sequence[Token], position: int, end: int) -> bool:
    """Whether a number in parentheses counts or numbers something: "(1) first", "eq. (3)", "12(4)"."""
    if position == 0:
        return True
    before = tokens[position - 1]
    if end < len(tokens) and tokens[end].text in ("=", "<", ">", "≤", "≥"):
        return True
    touches = before.end == tokens[position].start
    if touches and before.text in (",", ";", ".", ":"):
        # "…, length of stay,(7-9)": a raised number whose conversion kept the parentheses.
        return position < 2 or tokens[position - 2].kind is Kind.BREAK
    if (
        before.kind is Kind.BREAK
        or (touches and before.kind is Kind.NUMBER)
        or before.text in (",", ";", ":", "(", "=", "<", ">", "-", "/", "+")
    ):
        return True
    if touches and before.kind is Kind.WORD and (len(before.text) == 1 or not before.text.isalpha()):
        return True
    word = before.text.lower()
    if word == "." and position > 1:
        word = tokens[position - 2].text.lower()
        return word in words_of("parts")
    return word in ("and", "or", "either", "y", "e", "und", "o", "ou")


def _follows_part(tokens: Sequence[Token], position: int) -> bool:
    """Whether a word stands before that numbers a part of the text ("panel (3)") or is a word like others ("gene level (16)")."""
    return tokens[position - 1].text.lower() in words_of("parts")
