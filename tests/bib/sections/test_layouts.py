"""Lists in the layouts that lose entries most easily: no blank lines, pages, labels of odd forms, entries run together."""

from __future__ import annotations

import re
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bib.sections import ReferenceSection, find_reference_sections
from bib.sections.looks import label_number

ENTRIES = (
    "Abel, N., & Brandt, O. (2011). Moss growth on northern walls: A survey of the old towns. "
    "Journal of Moss, 12(3), 101–119. https://doi.org/10.5555/moss.2011.12",
    "Abel, N., Corvo, M., & Lund, K. (2013). Walls that are washed, and walls that are not. Wall Letters, 2(1), 1–14.",
    "Botanical Society of the Hill. (2014). Guide to the mosses of the hill. https://botany.example/guide",
    "Corvo, M., Dahl, P., & Eide, R. (2015). Lichens and rain in three valleys of the north, with a note on the fourth. "
    "Annals of Lichenology, 7, 22–31.",
    "Dahl, P. (2016). The slow garden. Fern Press.",
    "Eide, R., van der Meer, T., Foss, L., Grieg, A., Hamsun, B., Ibsen, C., & Juel, D. (2018). What stones remember about the "
    "high valleys. Stone Letters, 3(1), 5–9.",
    "Foss, L., & Grieg, A. (2019). Counting ferns by ear. Journal of Moss, 20(1), 7–18. https://doi.org/10.5555/moss.2019.7",
    "Grieg, A. (2020). A year under glass. In K. Lund (Ed.), Houses of glass (pp. 40–58). Pane Books.",
)
VANCOUVER = (
    "Abel N, Brandt O. Moss growth on northern walls. J Moss. 2011;12(3):101–19.",
    "Corvo M, Dahl P, Eide R. Lichens and rain in three valleys of the north. Ann Lichenol. 2015;7:22–31. doi:10.5555/al.7.22",
    "Dahl P. The slow garden. Fern Press; 2016.",
    "Eide R, van der Meer T, Foss L, et al. What stones remember about the high valleys. Stone Lett. 2018;3(1):5–9.",
    "Foss L, Grieg A. Counting ferns by ear. J Moss. 2019;20(1):7–18.",
    "Grieg A. A year under glass. J Moss. 2020;21(2):40–58.",
)
PROSE = (
    "Much is known about moss (Abel & Brandt, 2011). Less is known about stones, as Eide et al. (2018) said, and least about "
    "what grows on both of them in the years in which it does not rain at all. "
)
BODY = "Moss and lichen\n\n" + "\n\n".join([PROSE * 3] * 6) + "\n\n"


def entries_of(text: str) -> list[str]:
    """What is found, in one line each, without labels."""
    found = []
    for section in find_reference_sections(text):
        for entry in section.entries:
            line = " ".join(section.text_of(entry, text).split())
            label = label_number(line)
            found.append(line[label[2] if label else 0 :])
    return found


def wrap(entry: str, width: int = 72, first: str = "", rest: str = "") -> str:
    return textwrap.fill(
        entry, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def body(width: int = 72) -> str:
    return "\n\n".join(textwrap.fill(paragraph, width) for paragraph in BODY.split("\n\n")) + "\n\n"


@pytest.mark.parametrize("width", [60, 72, 80, 100])
@pytest.mark.parametrize(("first", "rest"), [("", ""), ("", "    "), ("    ", ""), ("  ", "  ")])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("heading", ["References\n\n", ""])
def test_wrapped_lines(width: int, first: str, rest: str, between: str, heading: str) -> None:
    listed = between.join(wrap(entry, width, first, rest) for entry in ENTRIES)
    assert entries_of(body(width) + heading + listed + "\n") == list(ENTRIES)


@pytest.mark.parametrize("width", [60, 80])
def test_wrapped_lines_with_the_year_at_the_end(width: int) -> None:
    listed = "\n".join(wrap(entry, width) for entry in VANCOUVER)
    assert entries_of(body(width) + "References\n\n" + listed + "\n") == list(VANCOUVER)


@pytest.mark.parametrize("form", ["[{}] ", "{}. ", "({}) ", "{}) ", "{} ", "{:>3}. ", "{}.\n", "[{}]\n"])
def test_labels(form: str) -> None:
    listed = "\n".join(wrap(entry, 72) for entry in (form.format(n) + e for n, e in enumerate(ENTRIES, 1)))
    if form.endswith("\n"):
        listed = "\n".join(form.format(n) + wrap(e, 72) for n, e in enumerate(ENTRIES, 1))
    assert entries_of(body() + "References\n\n" + listed + "\n") == list(ENTRIES)


def test_numbers_run_into_the_first_name() -> None:
    listed = "\n".join(wrap(f"{number}{entry}", 72) for number, entry in enumerate(VANCOUVER, 1))
    found = [re.sub(r"^\d+", "", entry) for entry in entries_of(body() + "References\n\n" + listed + "\n")]
    assert found == list(VANCOUVER)


def test_keys() -> None:
    listed = "\n".join(wrap(f"[{entry[:3]}{number}0] {entry}", 72) for number, entry in enumerate(ENTRIES, 1))
    found = [re.sub(r"^\[\w+\] ", "", entry) for entry in entries_of(body() + "References\n\n" + listed + "\n")]
    assert found == list(ENTRIES)


def test_all_in_one_paragraph() -> None:
    listed = " ".join(f"{number}. {entry}" for number, entry in enumerate(ENTRIES, 1))
    assert entries_of(BODY + "References\n\n" + listed + "\n") == list(ENTRIES)


@pytest.mark.parametrize("label", ["", "{}. ", "[{}] "])
def test_entries_that_run_together(label: str) -> None:
    labelled = [label.format(number) + entry for number, entry in enumerate(VANCOUVER, 1)]
    listed = "\n".join([labelled[0], labelled[1] + " " + labelled[2], labelled[3], labelled[4] + " " + labelled[5]])
    longer = listed if label else "\n".join([*(entry.replace("20", "19") for entry in VANCOUVER), listed])
    assert entries_of(BODY + "References\n\n" + longer + "\n")[-6:] == list(VANCOUVER)


def test_editors_and_reviewed_authors_are_not_entries_of_their_own() -> None:
    entries = [
        *ENTRIES[:5],
        "Eide, R. (2017). On gardens. [Review of the book The slow garden. Dahl, P.]. Garden Review, 1, 2–3.",
        "Foss, L. (2018). Glass. In Lund, K., & Roe, B. (Eds.), Houses of glass (2nd ed., pp. 4–5). Pane Books.",
    ]
    assert entries_of(BODY + "References\n\n" + "\n".join(entries) + "\n") == entries


@pytest.mark.parametrize("dash", ["———.", "———", "------", "––––,"])
def test_a_dash_for_the_same_authors(dash: str) -> None:
    entries = [*ENTRIES[:2], f"{dash} (2014). More about washed walls. Wall Letters, 3(1), 2–9.", *ENTRIES[2:]]
    listed = "\n".join(wrap(entry) for entry in entries)
    assert entries_of(body() + "References\n\n" + listed + "\n") == entries


@pytest.mark.parametrize("separator", ["\n", "\n\n"])
def test_identifiers_in_paragraphs_of_their_own(separator: str) -> None:
    listed = separator.join(re.sub(r" (?=https?:)", "\n\n", entry) for entry in ENTRIES)
    assert entries_of(BODY + "References\n\n" + listed + "\n") == list(ENTRIES)


def paged(lines: list[str], end_of_page: str, height: int = 20) -> str:
    """The lines with a page's end after every ``height`` of them; ``{}`` is the page's number."""
    pages = [lines[start : start + height] for start in range(0, len(lines), height)]
    return "".join(
        "\n".join(page) + "\n" + (end_of_page.format(number) if number < len(pages) else "")
        for number, page in enumerate(pages, 1)
    )


PAGE_ENDS = {
    "number": "{}\n",
    "number and head": "{}\nMOSS AND LICHEN\n",
    "number and head, blank lines": "\n{}\n\nMOSS AND LICHEN\n\n",
    "form feed": "{}\n\fMoss and lichen\n",
    "head with the number": "\nN. Abel and O. Brandt    {}\n\n",
    "journal": "Annals of Walls | walls.example    {}    March 2018 | Volume 9 | Article 345\nABEL ET AL.    Moss and lichen\n",
}


@pytest.mark.parametrize("end_of_page", PAGE_ENDS)
@pytest.mark.parametrize("label", ["", "[{}] "])
@pytest.mark.parametrize("shift", range(4))
def test_a_page_ends_in_the_midst_of_an_entry(end_of_page: str, label: str, shift: int) -> None:
    listed = "\n".join(wrap(label.format(number) + entry) for number, entry in enumerate(ENTRIES, 1))
    text = paged(("\n" * shift + body() + "References\n\n" + listed).split("\n"), PAGE_ENDS[end_of_page])
    assert entries_of(text) == list(ENTRIES)
    for section in find_reference_sections(text):
        for hole in section.interruptions:
            assert any(entry.start < hole.start and hole.end < entry.end for entry in section.entries)
            assert not any(word in hole.of(text) for word in ("Journal of Moss", "(20"))


def test_an_entry_with_a_hole_keeps_its_place_in_the_text() -> None:
    lines = (body() + "References\n\n" + "\n".join(wrap(entry) for entry in ENTRIES)).split("\n")
    broken = 0
    for height in range(len(lines) // 5, len(lines) // 3):
        text = paged(lines, PAGE_ENDS["number and head"], height=height)
        (section,) = find_reference_sections(text)
        for entry in section.entries:
            if "MOSS AND LICHEN" in entry.of(text):
                broken += 1
                assert entry.of(text).startswith(section.text_of(entry, text)[:20])
                assert "MOSS AND LICHEN" not in section.text_of(entry, text)
    assert broken, "no page ended inside an entry"


def test_a_chapter_s_heading_is_no_running_head() -> None:
    chapters = [f"Chapter {n}\n\n{BODY}References\n\n" + "\n".join(ENTRIES[2 * n - 2 : 2 * n]) + "\n\n" for n in (1, 2, 3, 4)]
    sections = find_reference_sections("".join(chapters))
    assert [len(section.entries) for section in sections] == [2, 2, 2, 2]
    assert entries_of("".join(chapters)) == list(ENTRIES)


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "三、参考文献",
            "【参考文献】",
            "參考文獻",
            "引用文献",
            "참고문헌",
            "Список литературы:",
            "ЛИТЕРАТУРА",
            "Список використаних джерел",
        ),
        *("Βιβλιογραφία", "KAYNAKÇA", "Piśmiennictwo", "Seznam literatury", "Popis literature", "Referințe bibliografice"),
        *(
            "Irodalomjegyzék",
            "Lähteet",
            "Källor",
            "Litteraturliste",
            "Referanser",
            "Literatuurlijst",
            "Riferimenti bibliografici",
        ),
        *("Referències", "Referencias bibliográficas", "Daftar Pustaka", "Tài liệu tham khảo", "قائمة المراجع", "فهرست منابع"),
        *("רשימת מקורות", "5. REFERÊNCIAS BIBLIOGRÁFICAS", "Littérature citée", "VI. Quellen- und Literaturverzeichnis"),
    ],
)
def test_headings_in_many_languages(heading: str) -> None:
    text = BODY + heading + "\n\n" + "\n".join(ENTRIES) + "\n"
    (section,) = find_reference_sections(text)
    assert section.heading is not None
    assert section.heading.of(text) == heading
    assert entries_of(text) == list(ENTRIES)


@pytest.mark.parametrize(
    "text",
    [
        body(),
        "1. Wash the wall.\n2. Wait for a year.\n3. Count what grows, as Abel (2011) did.\n4. Begin again in 2012.\n",
        "Anna Lund 1, Bo Roe 2\n\n1 Institute of Walls, 3 Wall Street, 2010 Hill\n2 Department of Moss, 12 Hill Road, 2011 Hill\n"
        "3 Society of the Hill, 1 Hill Road, 2012 Hill\n",
        "Wall\tMoss\tSource\nNorth\t12\tAbel et al. (2011)\nSouth\t3\tCorvo et al. (2015)\nEast\t4\tEide et al. (2018)\n",
        "The words were gathered from the printed sources of the town, and from all of its\nbibliography. They were counted by "
        "hand\nin 2011, and again in 2012.\n",
    ],
)
def test_what_looks_a_little_like_a_list_is_none(text: str) -> None:
    assert find_reference_sections(text) == ()


@given(
    st.lists(
        st.sampled_from(
            [
                *(wrap(entry, 60) for entry in (*ENTRIES, *VANCOUVER)),
                *(
                    "",
                    "\f",
                    "12",
                    "13",
                    "14",
                    "Moss and lichen 12",
                    "1Abel N.",
                    "2Corvo M.",
                    "[Abe11] Abel, N. 2011.",
                    "———. 2012.",
                ),
                *("References", "Chapter 2", "Appendix", "7. x", "8. Abel N. Moss. 9. Dahl P. Fern.", "doi:10.5555/x", "Table 2"),
            ]
        ),
        max_size=40,
    ),
    st.sampled_from(["\n", "\n\n", "\r\n", " "]),
)
def test_sections_are_always_well_formed(pieces: list[str], separator: str) -> None:
    text = separator.join(pieces)
    end = 0
    for section in find_reference_sections(text):
        assert_well_formed(section, text, end)
        end = section.span.end


def assert_well_formed(section: ReferenceSection, text: str, after: int) -> None:
    end = after
    assert section.span.start >= after
    for entry in section.entries:
        assert end <= entry.start < entry.end <= len(text)
        assert entry.of(text).strip() == entry.of(text)
        assert section.text_of(entry, text).strip()
        end = entry.end
    assert list(section.interruptions) == sorted(section.interruptions)
    for hole in section.interruptions:
        assert any(entry.start < hole.start < hole.end < entry.end for entry in section.entries)
