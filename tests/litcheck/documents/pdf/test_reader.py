from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcheck.documents import read_document
from litcheck.documents.model import Document
from litcheck.documents.pdf import read_pdf
from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance, Limits
from tests.litcheck.documents.pdf.making import Shown, assembled, column, pdf

RIVERS = """
Rivers carry more sand than was thought, and the share that reaches
the sea depends on the dams above it (Lee, 2020). Those of the north
"""
LAKES = """
carry less of it than any other. Lakes keep what they are given.
"""


def read(data: bytes, limits: Limits | None = None) -> Document:
    return read_pdf("paper.pdf", data, Allowance("paper.pdf", limits or Limits()))


def test_a_paragraph_is_one_line_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"  # what it is called does not matter
    path.write_bytes(pdf([column(RIVERS, 72, 700)]))
    document = read_document(path)
    assert (document.format, document.superscripts) == ("pdf", ())
    assert document.text == " ".join(RIVERS.split()) + "\n"


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    assert read(pdf([column(RIVERS, 72, 700), column(LAKES, 72, 700)])).text == " ".join((RIVERS + LAKES).split()) + "\n"


def test_each_part_of_a_paragraph_has_the_page_that_it_stands_on() -> None:
    note = Shown("1 But see the appendix.", 72, 60, 7)
    document = read(pdf([[*column(RIVERS, 72, 700), note], column(LAKES, 72, 700), [], column(RIVERS, 72, 700)]))
    whole = " ".join((RIVERS + LAKES).split())
    assert document.text == f"{whole}\n\n1 But see the appendix.\n\n{' '.join(RIVERS.split())}\n"
    starts = [0, *(document.text.index(words) for words in ("carry less", "1 But")), document.text.rindex("Rivers")]
    ends = [*starts[1:], len(document.text)]
    parts = [{document.page_of(n) for n in range(*part)} for part in zip(starts, ends, strict=True)]
    assert parts == [{1}, {2}, {1}, {4}]


def test_entries_have_their_pages_and_so_has_a_caption_that_is_moved_before_the_list() -> None:
    printed = (
        "Lee, A. (2020). On rivers that carry more sand than was thought\nand what becomes of it. Water, 1, 2.",
        "Roy, B. (2021). On lakes that keep whatever it is they are given\nby the rivers of the north. Ponds, 2, 3.",
        "Zhou, C. (2022). On seas of which nobody knows what they hold\nnow or held before. Journal of Seas, 3, 4.",
    )
    entries = [column(entry, 72, 700, indent=-12) for entry in printed]
    heading, caption = Shown("References", 72, 740, 12), Shown("Figure 1. A lake.", 72, 640)
    document = read(pdf([[heading, *entries[0]], [*entries[1], caption], entries[2]]))
    words = ["Figure", "References", "Lee", "Roy", "Zhou"]
    starts = [document.text.index(word) for word in words]
    assert starts == sorted(starts)
    assert [document.page_of(start) for start in starts] == [2, 1, 1, 2, 3]


def test_rows_of_a_table_have_their_page() -> None:
    rows = [
        Shown(text, x, 600 - 14 * n) for n in range(4) for text, x in ((f"River {n}", 72), (f"{n}.5", 220), (f"{n + 3} km", 320))
    ]
    document = read(pdf([column(RIVERS, 72, 700), rows]))
    assert "River 1\t1.5\t4 km\n" in document.text
    assert document.page_of(document.text.index("4 km")) == 2


def test_indents_and_gaps_begin_paragraphs() -> None:
    first = column(RIVERS, 72, 700, indent=12)
    second = column(RIVERS, 72, 676, indent=12)
    apart = column(RIVERS, 72, 630)
    whole = " ".join(RIVERS.split())
    assert read(pdf([[*first, *second, *apart]])).text == f"{whole}\n\n{whole}\n\n{whole}\n"


HEADS = [
    pytest.param("On rivers", id="the same words on each page"),
    pytest.param("{n}", id="the number of the page"),
    pytest.param("Page {n} of 4", id="its number in words"),
    pytest.param("SECTION {s} BY PAGE", id="other words on each page, apart from the text"),
]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("y", [800, 40])
def test_running_heads_and_feet_are_left_out(head: str, y: float) -> None:
    pages = [
        [Shown(head.format(n=n, s="ABCD"[n - 7]), 250, y), *column(RIVERS + LAKES + RIVERS, 72, 700 - 40 * (n % 2))]
        for n in range(7, 11)
    ]
    text = read(pdf(pages)).text
    assert text.count("Rivers carry") == 2 * len(pages)
    for n in range(7, 11):
        assert head.format(n=n, s="ABCD"[n - 7]) not in text


def test_numbers_of_lines_are_left_out_and_those_of_a_list_stay() -> None:
    lines = column((RIVERS + LAKES).strip().replace("\n\n", "\n") + "\n" + RIVERS.strip(), 90, 700)
    numbers = [Shown(str(n + 1), 60, line.y, 8) for n, line in enumerate(lines)]
    text = read(pdf([[*lines, *numbers]])).text
    assert text.startswith("Rivers carry more sand than was thought, and the share that reaches the sea")
    entries = [Shown(f"{n}. Lee, A. (20{n:02}). On river number {n}. Water, 1, 2.", 72, 600 - 12 * n) for n in range(1, 8)]
    kept = read(pdf([entries])).text
    assert [line.split()[0] for line in kept.split("\n") if line] == [f"{n}." for n in range(1, 8)]


def test_raised_numbers_are_spans_of_the_text() -> None:
    shown = [Shown("as was shown before", 72, 700), Shown("12,13", 151, 704, 6.5), Shown("and since then", 175, 700)]
    document = read(pdf([[*shown, *column(RIVERS, 72, 688)]]))
    assert [span.of(document.text) for span in document.superscripts] == ["12,13"]
    assert document.text.startswith("as was shown before12,13 and since then\n")


def test_text_in_another_direction_is_left_out_and_turned_pages_are_read() -> None:
    stamp = Shown("arXiv:2001.00001v1 [q-bio] 1 Jan 2020", 30, 200, 20, (0, 1, -1, 0))
    assert read(pdf([[stamp, *column(RIVERS, 72, 700)]])).text == " ".join(RIVERS.split()) + "\n"
    turned = [Shown(one.text, 842 - one.y, one.x, one.size, (0, 1, -1, 0)) for one in column(RIVERS, 72, 700)]
    assert read(pdf([turned], rotated=90)).text == " ".join(RIVERS.split()) + "\n"


def test_without_text_it_is_called_a_scan() -> None:
    with pytest.raises(UnreadableDocument, match=r"paper.pdf holds no text.*scanned.*OCR"):
        read(pdf([[], []]))


def test_encrypted_files_open_without_a_password_or_are_named() -> None:
    assert read(pdf([column(RIVERS, 72, 700)], password="")).text == " ".join(RIVERS.split()) + "\n"
    with pytest.raises(UnreadableDocument, match=r"paper.pdf is encrypted .* without a password"):
        read(pdf([column(RIVERS, 72, 700)], password="secret"))


WHOLE = pdf([column(RIVERS, 72, 700), column(LAKES, 72, 700)])


def read_or_refused(data: bytes) -> None:
    try:
        said = read(data).text
    except UnreadableDocument as error:
        said = str(error)
        assert said.startswith("paper.pdf ")
    assert said.strip()


@pytest.mark.parametrize("end", range(8, len(WHOLE), len(WHOLE) // 50))
def test_cut_short_it_is_read_or_refused(end: int) -> None:
    read_or_refused(WHOLE[:end])


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_with_bytes_flipped_it_is_read_or_refused(flips: list[tuple[int, int]]) -> None:
    data = bytearray(WHOLE)
    for place, byte in flips:
        data[place] = byte
    read_or_refused(bytes(data))


@given(st.binary(max_size=300))
def test_noise_behind_the_mark_is_refused(noise: bytes) -> None:
    read_or_refused(b"%PDF-1.7\n" + noise)


def test_pages_that_hold_themselves_end() -> None:
    catalogue = b"<</Type /Catalog /Pages 2 0 R>>"
    for kids in (b"[2 0 R 2 0 R]", b"[3 0 R 2 0 R]"):
        pages = b"<</Type /Pages /Kids %s /Count 1000000>>" % kids
        read_or_refused(assembled({1: catalogue, 2: pages, 3: b"<</Type /Pages /Kids [2 0 R] /Count 500000>>"}))


@pytest.mark.parametrize("size", [0, 1e-9, 1e30, -10])
@pytest.mark.parametrize("at", [-1e30, 0, 1e9])
def test_absurd_sizes_and_places_do_no_harm(size: float, at: float) -> None:
    text = read(pdf([[Shown("Nowhere at all", at, at, size), *column(RIVERS, 72, 700)]])).text
    assert "Rivers carry more sand" in text


def test_time_and_text_are_bounded() -> None:
    many = pdf([column(RIVERS, 72, 700)] * 30)
    with pytest.raises(UnreadableDocument, match="max-seconds"):
        read(many, Limits(max_seconds=0))
    with pytest.raises(UnreadableDocument, match="max-unpacked-mb"):
        read(many, Limits(max_unpacked_mb=0))


def test_two_columns_are_read_one_after_the_other() -> None:
    title = [Shown("What rivers carry, and how much of it the lakes keep for themselves", 60, 780, 16)]
    left = column(RIVERS * 3, 60, 740)
    right = column((RIVERS * 3).replace("Rivers", "Glaciers"), 340, 740)
    text = read(pdf([[*title, *right, *left]])).text
    assert text.startswith(title[0].text + "\n\nRivers carry")
    assert text.count("Rivers carry") == text.count("Glaciers carry") == 3
    assert text.rindex("Rivers carry") < text.index("Glaciers carry")


def test_an_address_that_is_too_long_for_its_column_stays_in_it() -> None:
    many = "\n".join([RIVERS.strip()] * 3)
    long = Shown("http://example.org/" + "rivers/" * 11 + "sand.html", 60, 668)
    left = [*column(many, 60, 740), long, *column(many, 60, 656)]
    right = column("\n".join([many, many]).replace("Rivers", "Glaciers"), 340, 740)
    text = read(pdf([[*left, *right]])).text
    assert text.index(long.text) < text.rindex("Rivers carry") < text.index("Glaciers carry")


def entries(first: int, last: int, x: float, top: float) -> list[Shown]:
    text = "Lee, A. (20{n:02}). What a river of number {n} carries to the sea every\nyear. Water, {n}, 1–9."
    made = []
    for n in range(first, last):
        made += column(text.format(n=n), x, top - 24 * (n - first), indent=-15)
    return made


def test_entries_with_hanging_indents_are_paragraphs_over_the_ends_of_pages() -> None:
    shown = entries(1, 9, 72, 700)
    pages = [[Shown("References", 72, 730, 14), *shown[:9]], [Shown(one.text, one.x, one.y + 108) for one in shown[9:]]]
    lines = read(pdf(pages)).text.split("\n")
    assert lines[0] == "References"
    assert [line for line in lines[1:] if line] == [
        f"Lee, A. (20{n:02}). What a river of number {n} carries to the sea every year. Water, {n}, 1–9." for n in range(1, 9)
    ]


def test_what_floats_into_a_list_stands_before_it() -> None:
    figure = [Shown("Figure 1. What rivers carry.", 72, 700, 8)]
    pages = [[Shown("References", 72, 730, 14), *entries(1, 9, 72, 700)], [*figure, *entries(9, 17, 72, 670)]]
    text = read(pdf(pages)).text
    assert text.startswith("Figure 1. What rivers carry.\n\nReferences\n\nLee, A. (2001)")


def test_notes_at_the_foot_of_the_last_page_are_no_entries_of_its_list() -> None:
    heading, note = Shown("References", 72, 500, 14), Shown("1 But see Roy (2016) for another view.", 72, 90, 8)
    text = read(pdf([[*column(RIVERS, 72, 700), heading, *entries(1, 9, 72, 470), note]])).text
    assert text.index("1 But see Roy") < text.index("References") < text.index("Lee, A. (2001)")
    after = read(pdf([[*column(RIVERS, 72, 700), heading, *entries(1, 9, 72, 470), Shown("Received in May.", 72, 90, 8)]])).text
    assert after.endswith("Received in May.\n")


def test_notes_at_the_foot_follow_the_paragraph_that_goes_on() -> None:
    note = column("1 A word at the foot of the page about what\nstands above.", 72, 90, size=7)
    text = read(pdf([[*column(RIVERS, 72, 700), *note], column(LAKES, 72, 700)])).text
    assert text == " ".join((RIVERS + LAKES).split()) + "\n\n1 A word at the foot of the page about what stands above.\n"


def test_a_table_has_a_line_a_record_and_tabs_between_cells() -> None:
    records = [
        [["River"], ["Sand carried to the", "sea, in tonnes"], ["Source"]],
        [["Northern"], ["1200"], ["Lee (2020)"]],
        [["Southern"], ["800 in dry years,", "more in others"], ["Lee and", "Roy (2021)"]],
        [["Eastern"], ["900"], ["Lee (2020)"]],
    ]
    shown, y = [], 600.0
    for record in records:
        for x, cell in zip((72, 160, 300), record, strict=True):
            shown += [Shown(line, x, y - 9 * n, 8) for n, line in enumerate(cell)]
        y -= 9 * max(map(len, record)) + 5
    text = read(pdf([[*column(RIVERS, 72, 700), *shown, *column(LAKES, 72, 450)]])).text
    assert "\n\n".join([" ".join((RIVERS + LAKES).split()), ""]) in text
    assert "River\tSand carried to the sea, in tonnes\tSource\nNorthern\t1200\tLee (2020)\n" in text
    assert "Southern\t800 in dry years, more in others\tLee and Roy (2021)\nEastern\t900\tLee (2020)\n" in text


HYPHENS = [
    ("the photo-\nsynthesis of plants", "the photosynthesis of plants"),
    ("a well-known way, and a well-\nknown river", "a well-known way, and a well-known river"),
    ("said by Leader-\nWilliams of it", "said by Leader-Williams of it"),
    ("in the years 2019-\n2021 and later", "in the years 2019-2021 and later"),
    ("see https://doi.org/10.1000/water.\n2020.17 for it", "see https://doi.org/10.1000/water.2020.17 for it"),
    ("see https://example.org/a/\nriver-of-sand for it", "see https://example.org/a/river-of-sand for it"),
    ("see doi: 10.\n1126/river.sand2 for it", "see doi: 10.1126/river.sand2 for it"),
    ("given in Water, p. 10.\n1126 rivers", "given in Water, p. 10. 1126 rivers"),
    ("on pages 1574–\n1580 of it", "on pages 1574–1580 of it"),
    ("see https://example.org/river\nand the rest of it", "see https://example.org/river and the rest of it"),
]


@pytest.mark.parametrize(("shown", "expected"), HYPHENS)
def test_words_and_addresses_are_whole_again(shown: str, expected: str) -> None:
    assert read(pdf([column(shown, 72, 700)])).text == expected + "\n"


def packed(content: bytes, entries: bytes) -> bytes:
    resources = b"/Resources <</Font <</F1 3 0 R>>>>"
    return assembled(
        {
            1: b"<</Type /Catalog /Pages 2 0 R>>",
            2: b"<</Type /Pages /Kids [4 0 R] /Count 1>>",
            3: b"<</Type /Font /Subtype /Type1 /BaseFont /Times-Roman>>",
            4: b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R %s>>" % resources,
            5: b"<</Length %d %s>>\nstream\n%s\nendstream" % (len(content), entries, content),
        }
    )


SHORT = b"BT /F1 10 Tf 72 700 Td (A line.) Tj ET"


def test_what_explodes_when_it_is_unpacked_is_refused() -> None:
    once = zlib.compress(SHORT + b" " * 3_000_000)
    assert read(packed(once, b"/Filter /FlateDecode")).text == "A line.\n"
    for content, entries in [
        (once, b"/Filter /FlateDecode"),
        (once, b"/Filter /FlateDecode /Subtype /Image"),
        (zlib.compress(once), b"/Filter [/FlateDecode /FlateDecode]"),
    ]:
        with pytest.raises(UnreadableDocument, match="max-unpacked-mb"):
            read(packed(content, entries), Limits(max_unpacked_mb=2))


def test_a_page_of_many_words_in_no_order_is_read() -> None:
    words = b" ".join(b"1 0 0 1 %d %d Tm (w%d) Tj" % (n * 7919 % 590, n * 104729 % 830, n) for n in range(20_000))
    assert read(packed(b"BT /F1 10 Tf " + words + b" ET", b"")).text.count("w") == 20_000


def test_numbers_close_to_their_lines_are_left_out() -> None:
    lines = column("\n".join([RIVERS.strip()] * 4), 80, 700)
    numbers = [Shown(str(n + 85), 66 if n < 15 else 63, line.y, 6) for n, line in enumerate(lines)]
    text = read(pdf([[one for pair in zip(numbers, lines, strict=True) for one in pair]])).text
    assert " ".join(text.split()) == " ".join(RIVERS.split() * 4)


def test_prose_below_an_indented_list_stays_whole() -> None:
    items = column("1. A thing that is said of rivers, and that goes on for some words\nin a second line.", 72, 700, indent=-15)
    items += column("2. A thing that is said of lakes, and that goes on for more words\nin a second line.", 72, 676, indent=-15)
    prose = "\n".join([RIVERS.strip()] * 2)
    text = read(pdf([[*items, *column(prose, 87, 630)]])).text
    assert text.endswith("\n\n" + " ".join(prose.split()) + "\n")


def test_an_indent_that_more_lines_have_than_the_edge_is_not_the_gutter() -> None:
    left = [line for n in range(5) for line in column(f"{n}. {RIVERS.strip()}\nand more", 60, 740 - 36 * n, indent=-16)]
    right = [Shown(one.text.replace("Rivers", "Glaciers"), one.x + 320, one.y) for one in left]
    text = read(pdf([[*left, *right]])).text
    assert text.rindex("Rivers carry") < text.index("Glaciers carry")
    assert len([line for line in text.split("\n") if line]) == 10


def test_a_blank_after_a_raised_number_stays_and_one_before_it_goes() -> None:
    shown = [Shown("was shown", 72, 700), Shown("3", 113.5, 704, 6.5), Shown("and then", 119.5, 700), *column(RIVERS, 72, 676)]
    document = read(pdf([shown]))
    assert document.text.startswith("was shown3 and then\n")
    assert [span.of(document.text) for span in document.superscripts] == ["3"]


def test_labels_of_different_width_begin_entries() -> None:
    shown = []
    for n in range(7, 13):
        y = 700 - 24 * n
        shown += [Shown(f"{n}. Lee A. What a river of number {n} carries to the sea in", 72 if n > 9 else 77, y)]
        shown += [Shown("every year that passes. Water. 2020;1:2.", 90, y - 12)]
    lines = [line for line in read(pdf([[Shown("References", 72, 560, 14), *shown]])).text.split("\n") if line]
    assert [line.split()[0] for line in lines] == ["References", *(f"{n}." for n in range(7, 13))]
