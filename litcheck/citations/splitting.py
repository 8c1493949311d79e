"""Words that a conversion left without the blank between them: "sensuLowden (1973)", "Torreset al.", "1985apudSilva"."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from litcheck.citations.targets import compact
from litcheck.citations.tokens import Kind, Token
from litcheck.citations.wordlists import particles

_WORD_AND_YEAR = re.compile(r"([^\W\d_]{3,60})((?:1[5-9]|20)\d\d[a-r]?)")
_YEAR_AND_WORD = re.compile(r"((?:1[5-9]|20)\d\d)([^\W\d_]{3,60})")
#: A longer word is no two that were joined.
_LONGEST = 60
#: A family name of fewer letters ends other words too often.
_SHORTEST_NAME = 3


def split_words(tokens: Sequence[Token], families: Container[str]) -> list[Token]:
    """The tokens with those divided that end or begin with a family name of the list and hold something else besides."""
    divided: list[Token] = []
    known: dict[str, bool] = {}
    for position, token in enumerate(tokens):
        text = token.text
        whole = known.get(text)
        if whole is None:
            whole = known[text] = _is_whole(token)
        if whole:
            divided.append(token)
        else:
            following = tokens[position + 1].text if position + 1 < len(tokens) else ""
            divided += _divided(token, following, families)
    return divided


def _is_whole(token: Token) -> bool:
    """Whether a token is surely not divided, as most words that are small but for their first letter."""
    kind, text, _ = token
    if kind not in (Kind.WORD, Kind.NUMBER) or not _SHORTEST_NAME < len(text) <= _LONGEST:
        return True
    if kind is Kind.NUMBER:
        return text.isdigit()
    return text[1:].islower() and text[-2:].isalpha() and text[-2:] != "et"


def _divided(token: Token, following: str, families: Container[str]) -> Iterator[Token]:
    kind, text, start = token
    if kind is Kind.NUMBER:
        found = _YEAR_AND_WORD.fullmatch(text)
        if found is None or not found[2][0].islower():
            yield token
        else:
            yield Token(Kind.NUMBER, found[1], start)
            yield from _divided(Token(Kind.WORD, found[2], start + len(found[1])), following, families)
        return
    if text.endswith("et") and following == "al" and len(text) > len("et") and compact(text[:-2]) in families:
        yield Token(Kind.WORD, text[:-2], start)
        yield Token(Kind.WORD, "et", start + len(text) - len("et"))
        return
    if text[-1].isdigit() or text[-2].isdigit():
        found = _WORD_AND_YEAR.fullmatch(text)
        if found is not None and compact(found[1]) in families:
            yield Token(Kind.WORD, found[1], start)
            yield Token(Kind.NUMBER, found[2], start + len(found[1]))
            return
    cut = _name_inside(text, families)
    if cut and text[0].islower():
        yield Token(Kind.WORD, text[:cut], start)
    # What begins with a capital would be read as the first of the names.
    yield Token(Kind.WORD, text[cut:], start + cut)


def _name_inside(text: str, families: Container[str]) -> int:
    """Where a family name begins inside a word ("sensuLowden", "bWang"), 0 when none does."""
    if text[1:].islower() or text.isupper():
        return 0
    for cut in range(1, len(text) - _SHORTEST_NAME + 1):
        if text[cut].isupper() and text[cut - 1].islower() and text[cut + 1].islower():
            head = text[:cut].lower()
            if compact(text[cut:]) in families and (len(head) == 1 or head not in particles()) and compact(text) not in families:
                return cut
    return 0
