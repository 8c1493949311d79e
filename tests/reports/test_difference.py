"""Which words are marked as differing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.difference import Pieces, mark_authors, mark_words


def shown(pieces: Pieces) -> str:
    return "".join(f"[{piece.text}]" if piece.differs else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("left", "right", "marked_left", "marked_right"),
    [
        ("How bees sleep", "How wild bees sleep", "How bees sleep", "How [wild] bees sleep"),
        ("Soil & Song: part one", "soil and song – Part two", "Soil & Song: part [one]", "soil [and] song – Part [two]"),
        ("Déjà-vu", "deja‐vu", "Déjà-vu", "deja‐vu"),
        ("2019", "2020", "[2019]", "[2020]"),
        ("223–8", "223–228", "[223–8]", "[223–228]"),
        ("one two three", "four five six", "[one two three]", "[four five six]"),
        ("", "anything", "", "anything"),
    ],
)
def test_words(left: str, right: str, marked_left: str, marked_right: str) -> None:
    assert tuple(map(shown, mark_words(left, right))) == (marked_left, marked_right)


@pytest.mark.parametrize(
    ("left", "right", "marked_left", "marked_right"),
    [
        ("Lee, A.; Roy, B.", "Lee, Ana M.; Roy, Bela; Okafor, C.", "Lee, A.; Roy, B.", "Lee, Ana M.; Roy, Bela; [Okafor, C.]"),
        ("Lee; Roy", "Lee, Ana; Roy, Bela", "Lee; Roy", "Lee, Ana; Roy, Bela"),
        ("Lee, A.", "Lee, B.", "[Lee, A.]", "[Lee, B.]"),
        ("Ioannou, P.", "Joannou, P.", "[Ioannou, P.]", "[Joannou, P.]"),
        ("Roy, B.; Lee, A.", "Lee, A.; Roy, B.", "Roy, B.; [Lee, A.]", "[Lee, A.]; Roy, B."),
    ],
)
def test_authors(left: str, right: str, marked_left: str, marked_right: str) -> None:
    assert tuple(map(shown, mark_authors(left, right))) == (marked_left, marked_right)


@pytest.mark.parametrize("mark", [mark_words, mark_authors])
@given(left=st.text(max_size=40), right=st.text(max_size=40))
def test_pieces_put_together_are_the_value(mark: object, left: str, right: str) -> None:
    assert callable(mark)
    lefts, rights = mark(left, right)
    assert ("".join(p.text for p in lefts), "".join(p.text for p in rights)) == (left, right)


@given(st.text(max_size=40))
def test_equal_values_have_no_marks(text: str) -> None:
    for pieces in (*mark_words(text, text), *mark_authors(text, text)):
        assert not [piece for piece in pieces if piece.differs]


@pytest.mark.parametrize("unit", ["(", "A, ", "a;", "; ", "x-", "é "])
def test_a_megabyte_is_marked_and_kept(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    for marked, whole in zip(mark_words(text, text + " end"), (text, text + " end"), strict=True):
        assert "".join(piece.text for piece in marked).split() == whole.split()
    assert any(piece.differs for piece in mark_authors(text, text + "; End")[1])
