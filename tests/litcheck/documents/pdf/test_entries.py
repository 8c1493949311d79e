from __future__ import annotations

import pytest

from litcheck.documents.pdf import read_pdf
from litcheck.documents.pdf.entries import is_rest_of_entry
from litcheck.limits import Allowance, Limits
from tests.litcheck.documents.pdf.making import Shown, column, pdf

LEE = "Lee, A., & Roy, B. (2007). What rivers carry and lakes keep for themselves."
PARTS = [
    pytest.param(LEE, "Journal of Northern Waters, 10, 65–66. https://doi.org/10.1000/water.2007", True, id="its journal"),
    pytest.param(LEE, "Sand, Mud and Shelf Science, 24, 81–83.", True, id="a journal with a comma in its name"),
    pytest.param("Lee A, Roy B. What rivers carry and lakes keep.", "Northern Waters. 2007;10:65–66.", True, id="and its year"),
    pytest.param(LEE, "Zhou, C., & Lee, A. (2009). On sand. Water, 1, 2.", False, id="another entry"),
    pytest.param(LEE, "Zhou, C., & Lee, A. On sand that never was. Water, 1, 2.", False, id="one without a year"),
    pytest.param(LEE, "Ministry of Waters (2009). How sand is carried.", False, id="one by an organisation"),
    pytest.param("Rivers carry sand, as was found before (2007).", "Lakes keep it.", False, id="prose"),
    pytest.param("Lee, A. On rivers.", "Where the sand goes to.", False, id="no year at all"),
]


@pytest.mark.parametrize(("entry", "text", "expected"), PARTS)
def test_an_entry_goes_on_with_what_it_lacks(entry: str, text: str, expected: bool) -> None:
    assert is_rest_of_entry(entry, text) is expected


def lines_of(*pages: list[Shown]) -> list[str]:
    text = read_pdf("paper.pdf", pdf(pages), Allowance("paper.pdf", Limits())).text
    return [line for line in text.split("\n") if line]


@pytest.mark.parametrize("heading", ["References", "Rivers and lakes"])
def test_entries_without_indent_go_on_over_the_end_of_a_page_below_the_heading_of_a_list_alone(heading: str) -> None:
    first = [Shown(heading, 72, 740, 14)]
    for n in range(6):
        entry = f"""Roy, B. (200{n}). What is carried by rivers to lakes and to the seas of
        northernmost places, and of what becomes of it where nobody has seen
        that it goes. Water, 1, 2."""
        first += column(entry, 72, 712 - 47 * n)
    first.append(Shown(LEE, 72, 430))
    second = [Shown("Journal of Northern Waters, 10, 65–66.", 72, 740), Shown("Zhou, C. (2009). On sand. Water, 1, 2.", 72, 717)]
    expected = [f"{LEE} {second[0].text}"] if heading == "References" else [LEE, second[0].text]
    assert lines_of(first, second)[-len(expected) - 1 :] == [*expected, second[1].text]


def test_a_number_at_which_a_range_was_broken_begins_no_entry() -> None:
    entries = []
    for n in range(7, 13):
        y = 700 - 24 * n
        line = f"{n}. Lee A. What a river of the north carries to the seas. Water. 2020;51(11):157{n % 10}–"
        entries += [Shown(line, 72 if n > 9 else 77, y), Shown(f"{'9.' if n == 8 else 'p81.'} doi:10.1000/water.{n}", 90, y - 12)]
    found = lines_of([Shown("References", 72, 560, 14), *entries])
    assert [line.split()[0] for line in found] == ["References", *(f"{n}." for n in range(7, 13))]
    assert found[2].endswith("51(11):1578–9. doi:10.1000/water.8")
