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
    tokens = tokenise("one two 3", [Span(4, 7)])
    assert [(token.kind, token.text, token.start) for token in tokens] == [
        (Kind.WORD, "one", 0),
        (Kind.BREAK, "", 4),
        (Kind.NUMBER, "3", 8),
    ]


def test_a_paragraph_without_number_and_bracket_cannot_cite_and_is_a_break() -> None:
    tokens = tokenise("No date here.\n\nLee (n.d.)\n \nNor here")
    assert [token.text for token in tokens] == ["", "\n\n", "Lee", "(", "n", ".", "d", ".", ")", "\n \n", ""]
    assert {token.kind for token in tokens if not token.text.strip()} == {Kind.BREAK}


def test_a_word_is_kept_once() -> None:
    """A text of 50 MB has ten million tokens and a few thousand different words."""
    first, _, second, _ = tokenise("reference 1 " * 2)
    assert first.text is second.text
