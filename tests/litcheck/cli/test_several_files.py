"""Manuscripts that are kept in several files: where findings are told, and what is said of files that are not read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.litcheck.cli.conftest import Litcheck

BODY = "As \\cite{lee} says.\n\\input{parts/two}\n\\bibliography{refs}\n"
MAIN = f"\\documentclass{{article}}\n\\begin{{document}}\n{BODY}\\end{{document}}\n"
PART = "Another\nsays so \\citep[p.~3]{lost}.\n"
BIB = "@article{lee, author={Lee, A.}, title={On rivers}, year=2020, journal={Water}}\n"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    (tmp_path / "parts").mkdir()
    (tmp_path / "paper.tex").write_text(MAIN)
    (tmp_path / "parts" / "two.tex").write_text(PART)
    (tmp_path / "refs.bib").write_text(BIB)
    return Path("paper.tex")


@pytest.mark.parametrize("format_", ["text", "json", "md", "html"])
def test_a_finding_is_told_with_the_file_and_line_of_its_source(litcheck: Litcheck, paper: Path, format_: str) -> None:
    ended = litcheck("check", paper, "--offline", "--no-db", "--select", "LC501", "--format", format_)
    assert ended.status == 1, ended.err
    says = {
        "text": "parts/two.tex:2:9",
        "json": '"line": 2,\n          "column": 9,\n          "path": "parts/two.tex"',
        "md": "parts/two.tex, line 2, column 9",
        "html": "In parts/two.tex, line 2, column 9",
    }
    assert says[format_] in ended.out


def test_offsets_are_into_the_text_that_was_read(litcheck: Litcheck, paper: Path) -> None:
    text = litcheck("text", paper).out
    assert text == "As \\cite{lee} says. Another says so \\citep[p.~3]{lost}.\n"
    ended = litcheck("check", paper, "--offline", "--no-db", "--select", "LC501", "--format", "json")
    (finding,) = ended.json["documents"][0]["findings"]
    assert text[finding["start"] : finding["end"]] == "\\citep[p.~3]{lost}"


def test_citations_are_listed_with_their_lines(litcheck: Litcheck, paper: Path) -> None:
    lines = litcheck("citations", paper).out.splitlines()
    assert [line.partition(" →")[0].strip() for line in lines[1:]] == [
        "3: \\cite{lee}",
        "parts/two.tex:2: \\citep[p.~3]{lost}",
    ]


@pytest.mark.parametrize("command", [["text"], ["citations"], ["parse"], ["check", "--offline", "--no-db"]])
def test_a_document_that_reaches_outside_ends_with_2(litcheck: Litcheck, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "paper.tex").write_text("Text.\n\\input{../../etc/passwd}\n")
    ended = litcheck(command[0], "paper.tex", *command[1:])
    assert (ended.status, ended.out) == (2, "")
    assert "\\input{../../etc/passwd} (paper.tex, line 2) was not read: it lies outside" in ended.err


@pytest.mark.parametrize("command", [["text"], ["citations"], ["parse"]])
def test_what_is_not_read_is_said_on_standard_error(litcheck: Litcheck, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "paper.tex").write_text("Text.\n\\input{lost}\n")
    ended = litcheck(*command, "paper.tex")
    assert ended.status == 0
    assert "\\input{lost} (paper.tex, line 2) was not read: there is no such file" in ended.err


def test_what_is_not_read_is_a_finding(litcheck: Litcheck, tmp_path: Path) -> None:
    (tmp_path / "paper.tex").write_text("Text \\cite{lee}.\n\\bibliography{lost}\n")
    ended = litcheck("check", "paper.tex", "--offline", "--no-db", "--format", "json")
    (finding,) = ended.json["documents"][0]["findings"]
    assert (finding["code"], finding["severity"]) == ("LC001", "error")
    assert "lost" in finding["message"]


def test_a_bibliography_outside_of_the_folder_has_to_be_given(litcheck: Litcheck, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "paper.tex").write_text("Text \\cite{lee}.\n\\bibliography{../refs}\n")
    (tmp_path / "refs.bib").write_text("@book{lee, author={Lee, A.}, title={On rivers and lakes}, year=2020}\n")
    ended = litcheck("citations", "papers/paper.tex")
    assert (ended.status, ended.out) == (2, "")
    assert "give it with --bib" in ended.err
    given = litcheck("citations", "papers/paper.tex", "--bib", "refs.bib", "--format", "jsonl")
    assert [citation["references"] for citation in given.rows[0]["citations"]] == [["lee"]]


def test_the_settings_limits_hold_for_all_files_together(litcheck: Litcheck, tmp_path: Path) -> None:
    (tmp_path / "litcheck.toml").write_text("max-unpacked-mb = 1\n")
    (tmp_path / "paper.tex").write_text("Text.\n" + "\\input{big}\n" * 3)
    (tmp_path / "big.tex").write_text("word " * 90_000)
    ended = litcheck("check", "paper.tex", "--offline", "--no-db")
    assert ended.status == 2
    assert "max-unpacked-mb" in ended.err
