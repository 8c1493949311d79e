"""Manuscripts that name the files with their entries themselves."""

from __future__ import annotations

from pathlib import Path

from bib.model import ParseFailure, Reference
from litcheck.documents.model import Document
from litcheck.preparing import Prepared, prepare_all
from litcheck.reading import listed_in, read

PAPER = "Text \\cite{lee} and \\citep{roy}.\n\\bibliography{first,second}\n"
FIRST = "@string{water = {Water}}\n@article{lee, author={Lee, A.}, title={On rivers}, year=2020, journal=water}\n"
SECOND = (
    "@article{roy, author={Roy, B.}, title={On lakes}, year=2021, journal=water}\n"
    "@article{lee, author={Lee, A.}, title={Again}, year=2020}\n@article{roy, title={Twice}}\n"
)


def written(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder / "paper.tex"


def titles(document: Document) -> dict[str, str]:
    return {entry.id: entry.title for entry in document.entries or () if isinstance(entry, Reference)}


def test_entries_come_from_the_files_that_the_manuscript_names(tmp_path: Path) -> None:
    path = written(tmp_path, paper_tex=PAPER, first_bib=FIRST, second_bib=SECOND)
    document = read(path)
    assert titles(document) == {"lee": "On rivers", "roy": "On lakes"}
    assert [entry.container_title for entry in document.entries or () if isinstance(entry, Reference)] == ["Water", "Water"]
    place = document.places["roy"]
    assert (place.path, place.line) == (str(tmp_path / "second.bib"), 1)
    (prepared,) = prepare_all([path])
    assert isinstance(prepared, Prepared)
    assert [citation.references for citation in prepared.citations] == [("lee",), ("roy",)]


def test_a_key_that_one_file_repeats_is_told(tmp_path: Path) -> None:
    document = read(written(tmp_path, paper_tex=PAPER, first_bib=FIRST, second_bib=SECOND))
    (failure,) = [entry for entry in document.entries or () if isinstance(entry, ParseFailure)]
    assert "roy" in failure.reason
    assert document.places[failure.id].line == 3


def test_bib_on_the_command_line_takes_their_place(tmp_path: Path) -> None:
    path = written(tmp_path, paper_tex=PAPER, first_bib=FIRST, other_bib="@misc{lee, title={Other}}\n")
    document = read(path, listed=listed_in([tmp_path / "other.bib"]))
    assert titles(document) == {"lee": "Other"}
    assert document.bibliographies == ()
    assert document.unread == ()


def test_a_file_that_cannot_be_read_leaves_the_others(tmp_path: Path) -> None:
    document = read(written(tmp_path, paper_tex=PAPER, first_bib=FIRST, second_bib="No entry.\n"))
    assert titles(document) == {"lee": "On rivers"}
    (part,) = document.unread
    assert part.is_bibliography
    assert "second.bib" in part.reason
    assert "no BibTeX entry" in part.reason


def test_without_any_file_nothing_is_known_of_keys(tmp_path: Path) -> None:
    document = read(written(tmp_path, paper_tex=PAPER))
    assert document.entries is None
    assert [part.is_bibliography for part in document.unread] == [True, True]
