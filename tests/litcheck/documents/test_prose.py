from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bib.model import Span
from litcheck.documents.prose import Prose

WRITTEN: list[tuple[list[str], str]] = [
    (["a", " ", "\n", "b "], "a b\n"),
    ([" a", "block", " b", "line", "block", "c"], "a\n\nb\n\nc\n"),
    (["block", "a", "block"], "a\n"),
    (["cell", "a", "block", "b", "end", "cell", "line", "c", "end", "line", "d"], "a b\tc\nd\n"),
    (
        ["a", "line", "cell", "end", "cell", "b", "end", "cell", " ", "end", "cell", "c", "end", "cell", "end", "line", "d"],
        "a\n\tb\t\tc\nd\n",
    ),
    (["a\u00a0\u2009b\u00adc ﬁ\u2011x"], "a bc fi-x\n"),
    ([], ""),
]


@pytest.mark.parametrize(("steps", "text"), WRITTEN)
def test_white_space_comes_before_words_alone(steps: list[str], text: str) -> None:
    prose = Prose()
    named: dict[str, Callable[[], None]] = {
        "block": prose.end_block,
        "line": prose.end_line,
        "cell": prose.begin_cell,
        "end": prose.end_cell,
    }
    for step in steps:
        named[step]() if step in named else prose.add(step)
    assert prose.finish() == text


def test_kept_lines_stay_lines() -> None:
    prose = Prose()
    prose.keep("a  b\n\n  c \n")
    prose.keep("d ")
    prose.add("e")
    assert prose.finish() == "a  b\n  c\nd e\n"


@given(st.lists(st.text(max_size=5), max_size=10))
def test_places_hold_what_was_written_between_them(words: list[str]) -> None:
    prose = Prose()
    places = []
    for word in words:
        start = prose.place
        prose.add(word)
        places.append((start, prose.place))
    text = prose.finish()
    for word, (start, end) in zip(words, places, strict=True):
        alone = Prose()
        alone.add(word)
        assert Span(start, end).trimmed(text).of(text) == alone.finish().strip()
