"""Tokens: where they are, and that a long text stays affordable."""

from __future__ import annotations

import pytest

from bib.model import Span
from litcheck.citations.tokens import Kind, tokenise


@pytest.mark.parametrize(
    "text", ["Lee 2020a", "（Lee，2020）", "https://a.b/c d", "王等人 2020", "a\n\nb", "..... 3", "e\u0301te\u0301 😀"]
)
def test_a_token_ends_where_its_text_ends(text: str) -> None:
    for token in tokenise(text):
        assert token.end - token.start == len(token.text)
        if token.kind is not Kind.MARK:
            assert text[token.start : token.end] == token.text


def test_what_is_left_out_is_a_break() -> None:
    tokens = tokenise("one two three", [Span(4, 7)])
    assert [(token.kind, token.text, token.start) for token in tokens] == [
        (Kind.WORD, "one", 0),
        (Kind.BREAK, "", 4),
        (Kind.WORD, "three", 8),
    ]


def test_a_word_is_kept_once() -> None:
    """A text of 50 MB has ten million tokens and a few thousand different words."""
    first, second = tokenise("reference " * 2)
    assert first.text is second.text
