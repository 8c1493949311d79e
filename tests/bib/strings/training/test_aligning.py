"""Fields beside a string to labels of its tokens."""

from __future__ import annotations

from bib.strings.labels import LABELS
from bib.strings.training.aligning import ALL, Example, align_fields, align_segments


def labels_of(example: Example | None) -> dict[str, str]:
    """The words of an example with what each may be called, "?" where nothing is certain."""
    assert example is not None
    named = {}
    for word, bits in zip(example.tokens.words, example.allowed, strict=True):
        names = [LABELS[place] for place in range(len(LABELS)) if bits >> place & 1]
        named[word] = "/".join(names) if len(names) < 5 else "?"
    return named


def test_segments_are_put_where_their_words_stand_and_announcing_words_are_other() -> None:
    raw = "Lind J. Moss. In: Moor B, editor. Ferns. Vol. 2. Oslo: Fern Press; 1999. pp. 2-9."
    fields = {
        "author": "Lind J.", "title": "Moss.", "editor": "In: Moor B, editor.", "container": "Ferns.", "volume": "Vol. 2.",
        "location": "Oslo:", "publisher": "Fern Press;", "date": "1999.", "pages": "pp. 2-9.",
    }  # fmt: skip
    named = labels_of(align_segments(raw, fields, source="x"))
    assert named["In"] == named["editor"] == named["pp"] == "other"
    assert (named["Moor"], named["B"], named["Ferns"], named["Oslo"], named["9"]) == (
        "editor",
        "editor",
        "container",
        "location",
        "pages",
    )
    assert named[":"] in ("other/publisher/location", "other/location/publisher")


def test_of_two_places_the_one_behind_the_field_before_is_meant() -> None:
    raw = "Lind J. 12 mosses. Moss. 2001;12:12-15."
    fields = {"author": "Lind J.", "title": "12 mosses", "container": "Moss", "date": "2001", "volume": "12", "pages": "12-15"}
    example = align_segments(raw, fields, source="x")
    assert example is not None
    found = [
        (word, LABELS[bits.bit_length() - 1])
        for word, bits in zip(example.tokens.words, example.allowed, strict=True)
        if word == "12"
    ]
    assert found == [("12", "title"), ("12", "volume"), ("12", "pages")]


def test_a_field_in_pieces_is_put_in_pieces_and_one_that_is_missing_drops_the_string() -> None:
    raw = "Lind, 2001, Moss, Gallimard, 1986, Paris."
    assert (
        labels_of(align_segments(raw, {"author": "Lind", "date": "2001, 1986,", "title": "Moss"}, source="x"))["1986"] == "date"
    )
    assert align_segments(raw, {"author": "Lind", "title": "Ferns"}, source="x") is None


def test_deposited_fields_leave_the_rest_open() -> None:
    raw = "Lind J, Moor B. Moss on walls. Moss Stud. 2001;12:15-19. Epub."
    fields = {"title": "Moss on walls", "container": "Moss Stud", "date": "2001", "volume": "12", "pages": "15"}
    example = align_fields(raw, ("Lind", "Moor"), fields, source="x")
    named = labels_of(example)
    assert (named["Lind"], named["J"], named["Moor"], named["walls"], named["15"]) == (
        "author",
        "author",
        "author",
        "title",
        "pages",
    )
    assert named["B"] == "?"
    assert example is not None
    last = dict(zip(example.tokens.words, example.allowed, strict=True))["19"]
    assert last != ALL, "the title and container are closed"


def test_deposited_fields_that_do_not_fit_the_string_are_refused() -> None:
    raw = "Lind J, Moor B. Moss on walls. Moss Stud. 2001;12:15-19."
    assert align_fields(raw, ("Moor", "Lind"), {"title": "Moss on walls"}, source="x") is None
    assert align_fields(raw, ("Lind",), {"title": "Ferns"}, source="x") is None
    assert align_fields(raw, (), {"title": "Moss on walls"}, source="x") is None
