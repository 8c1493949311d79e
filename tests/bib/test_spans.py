"""Ranges of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bib.model import Span


@pytest.mark.parametrize(
    ("text", "start", "end", "trimmed"),
    [("a b c", 1, 4, Span(2, 3)), ("a b c", 0, 5, Span(0, 5)), ("a \n b", 1, 4, Span(1, 1)), ("abc", 1, 1, Span(1, 1))],
)
def test_trimmed(text: str, start: int, end: int, trimmed: Span) -> None:
    assert Span(start, end).trimmed(text) == trimmed


@given(st.text(alphabet="a \n\u00a0", max_size=9), st.integers(0, 9), st.integers(0, 9))
def test_trimmed_covers_the_same_words(text: str, start: int, length: int) -> None:
    span = Span(min(start, len(text)), min(start + length, len(text)))
    trimmed = span.trimmed(text)
    assert trimmed.of(text) == span.of(text).strip()
    assert span.start <= trimmed.start <= trimmed.end <= span.end
