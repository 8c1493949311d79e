"""Reference lists in texts of every layout."""

from __future__ import annotations

import json
import re
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bib.sections import ReferenceSection, find_reference_sections
from bib.sections.looks import label_number

ENTRIES = (
    "Abel, N., & Brandt, O. (2011). Moss growth on northern walls: A survey. "
    "Journal of Moss, 12(3), 101–119. https://doi.org/10.5555/moss.2011.12",
    "Corvo, M., Dahl, P., & Eide, R. (2015). Lichens and rain. Annals of Lichenology, 7, 22–31.",
    "Dahl, P. (2016). The slow garden. Fern Press.",
    "Eide, R., van der Meer, T., & Foss, L. (2018a). What stones remember about the high valleys. Stone Letters, 3(1), 5–9.",
    "Northern Institute of Botany. (2020). Guide to mosses. https://botany.example/guide",
    "de Witt, S. (2021). Ferns under glass. In K. Lund (Ed.), Houses of glass (pp. 40–58). Pane Books.",
)
BODY = "Moss and lichen\n\nMuch is known about moss (Abel & Brandt, 2011). Less is known about stones (Eide et al., 2018a).\n\n"
TAIL = "Appendix A\n\nThe instruments were checked in 2012 by hand. No fault was found in any of them, and none was expected.\n"


def found(text: str) -> list[str]:
    return [entry.of(text) for section in find_reference_sections(text) for entry in section.entries]


def only(text: str) -> ReferenceSection:
    (section,) = find_reference_sections(text)
    return section


@pytest.mark.parametrize(
    "heading",
    [
        "References",
        "REFERENCES:",
        "# References",
        "**References**",
        "## 7. References {#refs}",
        "7 References",
        "VII. LITERATURE CITED",
        "R E F E R E N C E S",
        "References (6)",
        "Bibliografía",
        "Referências bibliográficas",
        "Literaturverzeichnis",
        "Références",
        "Список литературы",
        "参考文献",
        "<h2>References</h2>",
        "\\section*{References}",
        "Works Cited",
    ],
)
def test_the_list_is_found_under_its_heading(heading: str) -> None:
    text = BODY + heading + "\n\n" + "\n".join(ENTRIES) + "\n"
    section = only(text)
    assert section.heading is not None
    assert section.heading.of(text) == heading
    assert tuple(entry.of(text) for entry in section.entries) == ENTRIES
    assert section.span.start == section.heading.start
    assert section.span.end == section.entries[-1].end


def wrapped(entry: str, indent: str = "") -> str:
    return "\n".join(textwrap.wrap(entry, 70, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False))


LAYOUTS = {
    "one a line": "\n".join(ENTRIES),
    "blank lines": "\n\n".join(ENTRIES),
    "wrapped": "\n".join(wrapped(entry) for entry in ENTRIES),
    "wrapped with blank lines": "\n\n".join(wrapped(entry) for entry in ENTRIES),
    "hanging indent": "\n".join(wrapped(entry, "     ") for entry in ENTRIES),
    "numbered": "\n".join(f"{number}. {entry}" for number, entry in enumerate(ENTRIES, 1)),
    "numbered in brackets, wrapped": "\n".join(wrapped(f"[{number}] {entry}") for number, entry in enumerate(ENTRIES, 1)),
    "numbered in parentheses": "\n\n".join(f"({number}) {entry}" for number, entry in enumerate(ENTRIES, 1)),
    "bare numbers": "\n".join(f"{number} {entry}" for number, entry in enumerate(ENTRIES, 1)),
    "tabs": "\n".join(f"{number}.\t{entry}" for number, entry in enumerate(ENTRIES, 1)),
    "bullets": "\n".join(f"- {entry}" for entry in ENTRIES),
    "numbered, all in one paragraph": " ".join(f"[{number}] {entry}" for number, entry in enumerate(ENTRIES, 1)),
    "identifiers in a paragraph of their own": "\n\n".join(re.sub(r" (?=https?:)", "\n\n", entry) for entry in ENTRIES),
}


def without_label(entry: str) -> str:
    label = label_number(entry)
    return " ".join(entry[label[2] if label else 0 :].split())


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_entries_are_told_apart_in_every_layout(layout: str, newline: str) -> None:
    text = (BODY + "References\n\n" + LAYOUTS[layout] + "\n").replace("\n", newline)
    assert [without_label(entry) for entry in found(text)] == list(ENTRIES)


@pytest.mark.parametrize("layout", ["one a line", "blank lines", "numbered", "wrapped with blank lines"])
def test_a_list_without_a_heading_is_found(layout: str) -> None:
    text = BODY + "Some more prose stands here, as it does in every text.\n\n" + LAYOUTS[layout] + "\n"
    section = only(text)
    assert section.heading is None
    assert [without_label(entry.of(text)) for entry in section.entries] == list(ENTRIES)


@pytest.mark.parametrize("layout", ["one a line", "blank lines", "wrapped"])
def test_a_text_that_is_nothing_but_a_list(layout: str) -> None:
    assert [without_label(entry) for entry in found(LAYOUTS[layout])] == list(ENTRIES)


@pytest.mark.parametrize(
    "tail",
    [
        TAIL,
        "Author contributions\n\nN.A. looked at moss. O.B. looked away.\n",
        "Figure 1. Moss on a wall, after Abel (2011).\n",
        "Table 2\tWalls\n1\t2\n",
        "# Supplement\n\nText.\n",
        "Received: 3 May 2020\n",
        "Anna Abel is a botanist. She has lived among mosses for most of her life, and writes about them. "
        "Her house is green, and its roof is green. In the garden stand four old trees, and under each of them there is a bench. "
        "It rains there on most days of the year, which is good for moss.\n",
    ],
)
def test_what_follows_the_list_is_not_part_of_it(tail: str) -> None:
    assert found(BODY + "References\n\n" + "\n\n".join(ENTRIES) + "\n\n" + tail) == list(ENTRIES)


def test_two_lists_in_one_text() -> None:
    text = (
        BODY
        + "References\n\n"
        + "\n".join(ENTRIES[:3])
        + "\n\n"
        + TAIL
        + "\nSupplementary references\n\n"
        + "\n".join(ENTRIES[3:])
        + "\n"
    )
    sections = find_reference_sections(text)
    assert [len(section.entries) for section in sections] == [3, 3]
    assert [section.heading.of(text) for section in sections if section.heading] == ["References", "Supplementary references"]


def test_sub_headings_part_a_list_without_being_entries() -> None:
    text = BODY + "Bibliography\n\nBooks\n\n" + ENTRIES[2] + "\n\nArticles\n\n" + "\n\n".join(ENTRIES[:2]) + "\n"
    assert found(text) == [ENTRIES[2], *ENTRIES[:2]]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n\n",
        BODY,
        "References\n",
        "References\n\nWe thank all who sent us references. They were many, and we read them all in the end.\n",
        "Contents\n\nIntroduction\nMethods\nReferences\n\nIntroduction\n\nIt was a dark night (Lind, 2010).\n",
        "A note.\n\nDear all,\n\nthe meeting is on 12 May 2020 at 10:30. Bring cake. See https://example.org/x.\n\nYours, N.\n",
    ],
)
def test_a_text_without_a_list_has_none(text: str) -> None:
    assert find_reference_sections(text) == ()


@given(
    st.lists(
        st.sampled_from(
            [*ENTRIES, "", "References", "[1] x", "1. ", "# A", "(((", "\f", "a b c", "- ", "Table 1", "https://x.example/y"]
        ),
        max_size=30,
    ),
    st.sampled_from(["\n", "\n\n", "\r\n", " ", "\r"]),
)
def test_entries_are_in_order_apart_and_without_white_space(lines: list[str], separator: str) -> None:
    text = separator.join(lines)
    end = 0
    for section in find_reference_sections(text):
        assert section.span.start >= end
        assert section.entries
        for entry in section.entries:
            assert entry.start >= end
            assert entry.of(text) == entry.of(text).strip()
            assert entry.of(text)
            end = entry.end
        assert section.span.end == section.entries[-1].end


@given(st.text(max_size=300))
def test_no_text_makes_it_raise(text: str) -> None:
    find_reference_sections("References\n\n" + text)
    find_reference_sections(text)


@pytest.mark.parametrize(
    "unit", ["(((((", "A, ", "Lind, J. ", "References\n", "[1] ", "\n", "A\n", "Lind, J. A., (2010) T. J 1, 3-4\n"]
)
def test_a_megabyte_of_nonsense_gives_entries_inside_the_text(unit: str) -> None:
    text = "References\n\n" + unit * (1_000_000 // len(unit))
    for section in find_reference_sections(text):
        assert all(0 <= entry.start < entry.end <= len(text) for entry in section.entries)


def test_two_thousand_entries_in_a_long_text() -> None:
    entries = [f"{number}. {entry}" for number, entry in enumerate(ENTRIES * 334, 1)]
    text = BODY * 20_000 + "References\n\n" + "\n".join(entries)
    assert len(found(text)) == len(entries)


#: Share of the publishers' entries found with exact start and end; measured 0.9993 on 9,479 entries of 170 articles.
EXACT = 0.99


def test_entries_of_real_articles(shared_data: Path) -> None:
    exact = total = 0
    for gold in sorted(shared_data.glob("manuscripts/*/*.json")):
        text = gold.with_suffix(".txt").read_bytes().decode("utf-8")
        ends = {}
        for section in find_reference_sections(text):
            for entry in section.entries:
                label = label_number(entry.of(text))
                ends[entry.start] = ends[entry.start + (label[2] if label else 0)] = entry.end
        for reference in json.loads(gold.read_text(encoding="utf-8"))["references"]:
            total += 1
            exact += ends.get(reference["start"]) == reference["end"]
    assert exact >= EXACT * total


def test_each_line_of_a_short_list_is_an_entry_however_it_begins() -> None:
    entries = [
        "Adams, R. (2001). Moss on walls. Journal of Moss, 3(2), 10–20.",
        "Moss Bank. World moss report. Washington: Moss Bank; 2001.",
        "Brasil. Lei nº 9, de 20 de dezembro de 1996. Estabelece as bases do musgo. Diário Oficial, Brasília, DF, 23 dez. 1996.",
        "Weber, Max: Moos und Mauer. Tübingen: Mohr 1922.",
        "Zed, A. (2003). Ferns. Journal of Moss, 4(1), 5–9.",
    ]
    text = "Prose about moss (Adams, 2001).\n\nReferences\n\n" + "\n".join(entries) + "\n"
    assert [entry.of(text) for section in find_reference_sections(text) for entry in section.entries] == entries


@pytest.mark.parametrize("mark", ["Page 18 of 20", "18 of 20", "Seite 3 von 10", "página 4 de 9", "| 7 of 12"])
def test_a_line_that_counts_the_pages_is_none_of_the_entry_around_it(mark: str) -> None:
    first, second = ENTRIES[0].split("Journal", 1)
    text = f"{BODY}References\n\n[1] {first.rstrip()}\n{mark}\nJournal{second}\n[2] {ENTRIES[1]}\n[3] {ENTRIES[2]}\n"
    section = only(text)
    assert len(section.entries) == 3
    assert [stretch.of(text).strip() for stretch in section.interruptions] == [mark]


def test_a_line_that_only_looks_like_it_stays() -> None:
    text = (
        f"{BODY}References\n\n"
        + "\n\n".join(ENTRIES[:2])
        + "\n\nLind, J. (2020). Moss, fern and stone:\n20 of 18\nTales. Fern Press.\n"
    )
    assert "20 of 18" in found(text)[-1]
    assert not only(text).interruptions


def test_numbers_that_begin_again_below_a_sub_heading_are_entries() -> None:
    numbered = [f"{n}. {entry}" for n, entry in enumerate((*ENTRIES, *ENTRIES)[:4], 1)]
    text = (
        f"{BODY}References\n\nPrimary sources\n\n"
        + "\n".join(numbered)
        + "\n\nSecondary sources\n\n"
        + "\n".join(numbered)
        + "\n"
    )
    assert found(text) == numbered * 2


def test_numbers_in_an_entry_that_count_from_one_begin_nothing() -> None:
    numbered = [f"{n}. {entry}" for n, entry in enumerate((*ENTRIES, *ENTRIES)[:4], 1)]
    text = f"{BODY}References\n\n" + "\n".join(numbered) + "\n1. in two parts\n2. with maps\n3. and an index\n"
    assert len(found(text)) == 4


def test_a_list_that_lost_all_its_line_ends_is_parted_where_each_entry_begins_like_the_first() -> None:
    names = ["Adams", "Brown", "Clark", "Davis", "Evans", "Green"]
    entries = [
        f"{name}, R. ({2001 + n}). Moss on walls of the {name} kind. J. Moss 3, {n}0–{n}9. doi: 10.5555/moss.{n}"
        for n, name in enumerate(names)
    ]
    assert found(f"{BODY}References\n\n{' '.join(entries)}\n") == entries


def test_years_within_one_entry_part_nothing() -> None:
    entry = "Adams, R. (2001). Moss in 1901, 1902, 1903, 1904, 1905 and 1906. Berlin: Moss Press. (Reprinted 2002, 2003, 2004.)"
    assert found(f"{BODY}References\n\n{entry}\n") == [entry]
