"""Manuscripts in pages: what is said of them is said with the page of the file, whatever is printed on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.litcheck.cli.conftest import Litcheck
from tests.litcheck.documents.pdf.making import Shown, column, pdf

FIRST = """
Rivers carry more sand than was thought, and the share that reaches
the sea depends on the dams above it (Lee, 2020). Those of the north
"""
SECOND = """
carry less of it than any other (Ito, 1977). Lakes keep what they are
given, whatever that is (E. Marsh, personal communication, May 2, 2021).
"""
LEE = "Lee, A. (2020). On rivers that carry more sand than was thought\nand what becomes of it. Water, 1, 2."
ROY = "Roy, B. (2021). On lakes that keep whatever it is they are given\nby the rivers. Ponds, 2, 3."
LIST = [Shown("References", 72, 740, 12), *column(LEE, 72, 700, indent=-12), *column(ROY, 72, 676, indent=-12)]


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    pages = [column(FIRST, 72, 700), column(SECOND, 72, 700), LIST]
    # The journal's numbers: the file's first page is the 41st.
    numbered = [[*page, Shown(str(number), 290, 40)] for number, page in enumerate(pages, 41)]
    (tmp_path / "paper.pdf").write_bytes(pdf(numbered))
    return Path("paper.pdf")


SAID = [
    pytest.param("text", ["  paper.pdf, page 2\n", "  paper.pdf, page 3  Roy (2021)\n"], id="text"),
    pytest.param("md", ["- page 2: the text cites", "- page 3: the list has"], id="md"),
    pytest.param("html", [">Page 2 · confidence", ">Page 3 · Entry"], id="html"),
]


@pytest.mark.parametrize(("format_", "said"), SAID)
def test_a_finding_is_told_with_its_page_and_without_line_and_column(
    litcheck: Litcheck, paper: Path, format_: str, said: list[str]
) -> None:
    ended = litcheck("check", paper, "--offline", "--select", "LC501,LC502", "--format", format_)
    assert ended.status == 1, ended.err
    assert [words for words in said if words not in ended.out] == []
    assert ", column " not in ended.out
    assert litcheck("report", "--format", format_).out == ended.out


def test_json_has_the_page_beside_the_place_in_the_text(litcheck: Litcheck, paper: Path) -> None:
    text = litcheck("text", paper).out
    ended = litcheck("check", paper, "--offline", "--select", "LC501,LC502", "--format", "json")
    findings = ended.json["documents"][0]["findings"]
    assert [(f["code"], f["page"], f["path"]) for f in findings] == [("LC501", 2, None), ("LC502", 3, None)]
    assert text[findings[0]["start"] : findings[0]["end"]] == "Ito, 1977"
    assert text.split("\n")[findings[0]["line"] - 1][findings[0]["column"] - 1 :].startswith("Ito, 1977")
    assert litcheck("report", "--run", ended.json["run"]["id"], "--format", "json").json == ended.json


def test_citations_are_listed_with_their_pages(litcheck: Litcheck, paper: Path) -> None:
    lines = litcheck("citations", paper).out.splitlines()
    assert [line.partition(" →")[0].strip() for line in lines[1:]] == [
        "p. 1: Lee, 2020",
        "p. 2: Ito, 1977",
        "p. 2: E. Marsh, personal communication, May 2, 2021",
    ]


def test_an_entry_of_a_list_that_is_given_as_a_pdf_is_told_with_its_page(litcheck: Litcheck, tmp_path: Path) -> None:
    (tmp_path / "refs.pdf").write_bytes(pdf([[], LIST]))
    (tmp_path / "paper.md").write_text("On rivers (Lee, 2020).\n")
    ended = litcheck("check", "paper.md", "--bib", "refs.pdf", "--offline", "--no-db", "--select", "LC004", "--format", "jsonl")
    (finding,) = json.loads(ended.out)["document"]["findings"]
    assert (finding["path"], finding["page"], finding["start"]) == ("refs.pdf", 2, None)
