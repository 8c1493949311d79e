import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcheck.citations.escapes import without_escapes


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"so \[1\].", "so  [1] ."),
        (r"so \(1--3\)", "so  (1– 3) "),
        (r"\[1\]--\[3\]", " [1] –  [3] "),
        (r"not \\[1] or a\_b -- c", r"not \\[1] or a\_b -- c"),
    ],
)
def test_escapes(written: str, read: str) -> None:
    assert without_escapes(written) == read


@given(st.text(alphabet="\\[]()-1a ", max_size=40))
def test_nothing_moves_and_a_second_time_changes_nothing(text: str) -> None:
    read = without_escapes(text)
    assert len(read) == len(text)
    assert without_escapes(read) == read
