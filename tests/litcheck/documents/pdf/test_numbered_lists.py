from __future__ import annotations

import pytest

from litcheck.documents.pdf import read_pdf
from litcheck.limits import Allowance, Limits
from tests.litcheck.documents.pdf.making import Shown, pdf


def lines_of(*pages: list[Shown]) -> list[str]:
    text = read_pdf("paper.pdf", pdf(pages), Allowance("paper.pdf", Limits())).text
    return [line for line in text.split("\n") if line]


def prose(top: float, lines: int) -> list[Shown]:
    return [Shown("Rivers carry more sand than was thought, and the share that stays", 72, top - 12 * n) for n in range(lines)]


def entry(label: str, number: int, y: float) -> list[Shown]:
    return [
        Shown(label.format(number), 78, y),
        Shown(f"Lee A. What river {number} carries to sea. Water. 2020;1:2.", 100, y),
        Shown("https://doi.org/10.1000/rivers.of.the.northern.seas.2020.1.2", 100, y - 12),
    ]


@pytest.mark.parametrize("label", ["{}.", "[{}]", "({})", "{})"])
@pytest.mark.parametrize("fewest", [3, 5])
def test_a_list_whose_labels_stand_apart_is_no_table_at_the_foot_of_the_page_on_which_it_begins(label: str, fewest: int) -> None:
    heading = Shown("References", 72, 100 + 24 * fewest, 14)
    first = [one for n in range(fewest) for one in entry(label, n + 1, 72 + 24 * (fewest - n))]
    second = [one for n in range(3) for one in entry(label, fewest + n + 1, 740 - 24 * n)]
    found = lines_of([*prose(740, 20), heading, *first], second)
    assert found[-fewest - 4 :] == [
        "References",
        *(
            f"{label.format(n)} Lee A. What river {n} carries to sea. Water. 2020;1:2."
            " https://doi.org/10.1000/rivers.of.the.northern.seas.2020.1.2"
            for n in range(1, fewest + 4)
        ),
    ]


@pytest.mark.parametrize(("label", "last"), [("{}.", 300), ("{}", None)])
def test_a_table_with_numbered_records_stays_one(label: str, last: float | None) -> None:
    rows = []
    for n in range(1, 5):
        rows += [Shown(label.format(n), 78, 600 - 16 * n), Shown(f"River {n}", 120, 600 - 16 * n)]
        rows += [Shown(f"{n}.5", last, 600 - 16 * n)] if last else []
    found = lines_of([*prose(740, 6), *rows])
    assert found[1:] == ["\t".join([label.format(n), f"River {n}", *([f"{n}.5"] if last else [])]) for n in range(1, 5)]


@pytest.mark.parametrize("raised", [True, False])
def test_entries_in_small_print_are_no_notes_and_notes_in_smaller_print_are(raised: bool) -> None:
    heading = Shown("References", 72, 240, 10)
    entries = []
    for n in range(1, 4):
        entries += [Shown(str(n), 72, 224 - 10 * n + (3 if raised else 0), 5 if raised else 8)]
        entries += [Shown(f"Lee A. What a river of number {n} carries. Water. 2020;1:2.", 80, 224 - 10 * n, 8)]
    note = [Shown("1", 72, 63, 4), Shown("But see another view.", 76, 60, 6.5)]
    found = lines_of([*prose(740, 20), heading, *entries, *note])
    assert found[1].endswith("But see another view.")
    assert found[2] == "References"
    assert [line.partition("Lee")[0].strip() for line in found[3:]] == ["1", "2", "3"]
