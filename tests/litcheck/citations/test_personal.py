"""Personal communications in texts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bib.model import Span
from litcheck.citations.personal import find_personal_communications


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Moss grows (J. Smith, personal communication, May 3, 2020).", ["J. Smith, personal communication, May 3, 2020"]),
        ("A. Lee (personal communication, 2021) agrees.", ["A. Lee (personal communication, 2021)"]),
        ("(Roy, 2020; B. Moor, pers. comm.; Lee, 2019)", ["B. Moor, pers. comm."]),
        ("O musgo cresce (M. Souza, comunicação pessoal, 2019).", ["M. Souza, comunicação pessoal, 2019"]),
        ("Personal communication skills are taught (Lee, 2020).", []),
        ("(see Lee) and personal communication (2020)", []),
        ("Nothing of the kind (Lee, 2020).", []),
    ],
)
def test_who_and_when_are_told_where_they_stand_in_the_bracket(text: str, found: list[str]) -> None:
    assert [span.of(text) for span in find_personal_communications(text)] == found


def test_lists_are_left_out() -> None:
    text = "Moss.\n\nReferences\n\nLee, A. (2020). Personal communication. Fern Press."
    assert not find_personal_communications(text, [Span(7, len(text))])


@given(
    st.lists(st.sampled_from(["personal communication", "(", ")", "[", ";", "Lee", " ", "A.", ",", "2020", "\n\n"]), max_size=40)
)
def test_spans_are_in_order_and_apart(pieces: list[str]) -> None:
    text = "".join(pieces)
    spans = find_personal_communications(text)
    assert all(one.end <= two.start for one, two in pairwise(spans))
    assert all("ersonal communication" in span.of(text) for span in spans)
