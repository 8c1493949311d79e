"""Personal communications: "(J. Smith, personal communication, May 3, 2020)". They cite somebody, and no list holds them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from bib.model import Span
from litcheck.citations.covered import Covered
from litcheck.citations.wordlists import lines_of

#: Who and when stand within so many characters of the phrase.
_AROUND = 90
_NAME_BEFORE = re.compile(r"(?:(?:[^\W\d_]\.\s?){1,3}|[^\W\d_a-zß-öø-ÿ][\w’'-]{1,30}\s){1,4}\Z")


def find_personal_communications(text: str, without: Sequence[Span] = ()) -> tuple[Span, ...]:
    """Where brackets of the text name personal communications, outside the spans ``without`` (reference lists), in order.

    A span holds who and when, from the bracket or the name right before it. What no bracket holds may be about such
    communications ("skills of personal communication").
    """
    lists = Covered(without)
    found: list[Span] = []
    for phrase in _phrase().finditer(text):
        if lists.touches(Span(*phrase.span())):
            continue
        span = _around(text, phrase.start(), phrase.end())
        if span and (not found or span.start >= found[-1].end):
            found.append(span)
    return tuple(found)


@cache
def _phrase() -> re.Pattern[str]:
    phrases = sorted(lines_of("personal_communication"), key=lambda phrase: (-len(phrase), phrase))
    words = "|".join(re.escape(phrase).replace(r"\ ", r"\s") for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def _around(text: str, start: int, end: int) -> Span | None:
    """The part of the bracket around the phrase, with the name before a bracket that names nobody; ``None`` outside brackets."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    opening = max(before.rfind(mark) for mark in "([;")
    closing = min((place for mark in ")];" if (place := after.find(mark)) >= 0), default=-1)
    if opening < 0 or closing < 0 or any(mark in before[opening + 1 :] for mark in ")]") or "\n\n" in before[opening:]:
        return None
    inside = before[opening + 1 :]
    first = start - len(inside.lstrip())
    last = end + len(after[:closing].rstrip())
    if not inside.strip() and before[opening] != ";":
        name = _NAME_BEFORE.search(before[:opening])
        if name:
            return Span(start - len(before) + name.start(), end + closing + 1)
    return Span(first, last)
