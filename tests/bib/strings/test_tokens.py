"""Strings to tokens."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bib.strings.notes import take_notes
from bib.strings.tokens import EMPHASIS, SIGN, Place, is_hole, tokenise


def test_words_numbers_and_marks_are_tokens_and_what_rules_understood_is_one() -> None:
    raw = "[3] Lind, J. Moss 12(3):101–9. doi: 10.5555/m.1"
    tokens = tokenise(raw, take_notes(raw).holes)
    assert tokens.words == (
        f"{SIGN}label",
        "Lind",
        ",",
        "J",
        ".",
        "Moss",
        "12",
        "(",
        "3",
        ")",
        ":",
        "101",
        "–",
        "9",
        ".",
        f"{SIGN}doi",
    )
    assert [raw[start:end] for start, end in tokens.spans][:3] == ["[3] ", "Lind", ","]
    assert tokens.spaced[1:6] == bytes([0, 0, 1, 0, 1])
    assert list(tokens.places[7:10]) == [Place.ROUND] * 3


def test_markup_of_emphasis_is_one_word_and_a_glued_year_is_parted() -> None:
    assert tokenise("**Moss** <i>et</i> 2004Moss").words == (EMPHASIS, "Moss", EMPHASIS, EMPHASIS, "et", EMPHASIS, "2004", "Moss")


@given(st.text(alphabet="<>/\x02doiemlabelurl *_", max_size=40))
def test_nothing_in_a_text_passes_for_a_hole(raw: str) -> None:
    assert not any(map(is_hole, tokenise(raw).words))


def test_soft_hyphens_and_ligatures_do_not_change_words() -> None:
    assert tokenise("re\u00adport ﬁrst").words == ("report", "first")


def test_places_are_those_inside_brackets_and_quotation_marks_that_close() -> None:
    tokens = tokenise("A “b c” [d] (e")
    assert dict(zip(tokens.words, tokens.places, strict=True)) == {
        "A": 0, "“": Place.QUOTED, "b": Place.QUOTED, "c": Place.QUOTED, "”": Place.QUOTED,
        "[": Place.SQUARE, "d": Place.SQUARE, "]": Place.SQUARE, "(": Place.OPEN, "e": Place.OPEN,
    }  # fmt: skip


@given(st.text(max_size=300))
def test_tokens_are_in_order_and_leave_out_white_space_alone(raw: str) -> None:
    tokens = tokenise(raw, take_notes(raw).holes)
    end = 0
    for start, following in tokens.spans:
        assert end <= start < following <= len(raw)
        end = following
    covered = {place for start, end in tokens.spans for place in range(start, end)}
    left = "".join(character for place, character in enumerate(raw) if place not in covered)
    assert all(character.isspace() or not character.isalnum() for character in left)
    assert len(tokens.spaced) == len(tokens.places) == len(tokens)
