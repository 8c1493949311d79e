import pytest
from hypothesis import given
from hypothesis import strategies as st

from bib.newlines import line_and_column, line_starts, unix_newlines


@pytest.mark.parametrize(
    ("text", "starts"),
    [("", (0,)), ("a", (0,)), ("a\nb\n", (0, 2, 4)), ("a\r\nb", (0, 3)), ("a\rb\r\r\nc", (0, 2, 4, 6)), ("a\u2028b\x0bc", (0,))],
)
def test_lines_begin_after_the_newlines_of_every_system(text: str, starts: tuple[int, ...]) -> None:
    assert line_starts(text) == starts


@given(st.text(alphabet="ab\r\n", max_size=30))
def test_line_and_column_lead_back_to_the_offset(text: str) -> None:
    starts = line_starts(text)
    lines = unix_newlines(text).split("\n")
    for offset, character in enumerate(unix_newlines(text)):
        line, column = line_and_column(offset, starts)
        assert (lines[line - 1] + "\n")[column - 1] == character
