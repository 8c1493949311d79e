from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcheck.documents.pdf.composing import plain
from litcheck.documents.pdf.lines import Line

HALVES = [
    ("the weight \ud835\udc64 of sand1", "the weight \U0001d464 of sand1", "1"),
    ("as \ud835\udc64\ud835\udc65 has it", "as \U0001d464\U0001d465 has it", "\U0001d465"),
    ("a half \ud835 of one2", "a half \ufffd of one2", "2"),
]


def line_of(text: str, raised: list[tuple[int, int]] | None = None) -> Line:
    return Line(text, 72, 300, 698, 710, 700, 10, raised or [])


@pytest.mark.parametrize(("text", "expected", "raised"), HALVES)
def test_characters_that_come_in_halves_are_whole(text: str, expected: str, raised: str) -> None:
    printed = raised.encode("utf-16-le", "surrogatepass")
    start = text.encode("utf-16-le", "surrogatepass").rindex(printed) // 2
    line = line_of(text, [(start, start + len(printed) // 2)])
    plain(line)
    assert line.text == expected
    assert [line.text[a:b] for a, b in line.raised] == [raised]


@given(st.text(st.characters()), st.data())
def test_any_text_can_be_written(text: str, data: st.DataObject) -> None:
    halves = data.draw(st.lists(st.sampled_from(["\ud835", "\udc64", "a", "ﬁ", "´e"])))
    line = line_of(text + "".join(halves))
    plain(line)
    line.text.encode()
