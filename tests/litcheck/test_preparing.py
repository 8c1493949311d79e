"""Documents prepared: entries kept elsewhere, other processes, and what a bad file does to the rest."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from bib.model import Reference, Span
from bib.sections import ReferenceSection
from litcheck.documents.model import CitationKey, Document
from litcheck.errors import UnreadableDocument, UnusableError
from litcheck.preparing import Prepared, Unreadable, prepare, prepare_all

MANUSCRIPT = "Marsh plants spread [@lee2020] and retreat [@roy2021].\n"
FIRST = "@article{lee2020, author = {Lee, Ann}, title = {Marsh plants}, year = {2020}, journal = {Shores}}\n"
SECOND = (
    "@article{lee2020, author = {Lee, Ann}, title = {Another title}, year = {2020}, journal = {Shores}}\n"
    "@article{roy2021, author = {Roy, Bo}, title = {Salt and silt}, year = {2021}, journal = {Shores}}\n"
)


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def titles(prepared: Prepared | Unreadable) -> dict[str, str]:
    assert isinstance(prepared, Prepared)
    return {entry.id: entry.title for entry in prepared.entries if isinstance(entry, Reference)}


def test_entries_kept_in_other_files_are_read_once_and_the_first_of_a_key_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = [write(tmp_path / f"{number}.md", MANUSCRIPT) for number in range(3)]
    bibliographies = [write(tmp_path / "a.bib", FIRST), write(tmp_path / "b.bib", SECOND)]
    opened: list[str] = []
    from litcheck.documents import read_document

    def counting(path: Path, **options: Any) -> Any:
        opened.append(path.name)
        return read_document(path, **options)

    monkeypatch.setattr("litcheck.reading.read_document", counting)
    prepared = prepare_all(papers, bibliographies=bibliographies)
    assert [titles(one) for one in prepared] == [{"lee2020": "Marsh plants", "roy2021": "Salt and silt"}] * 3
    assert [c.references for one in prepared if isinstance(one, Prepared) for c in one.citations] == [
        ("lee2020",),
        ("roy2021",),
    ] * 3
    assert sorted(opened) == ["0.md", "1.md", "2.md", "a.bib", "b.bib"]


def test_bad_entries_of_other_files_are_placed_there_and_none_is_lost(tmp_path: Path) -> None:
    bad = "\n@misc{, year = 2020}\n@misc{%s, title = {Title}, note = {x}}\n"
    bibliographies = [write(tmp_path / "a.bib", bad % "a"), write(tmp_path / "b.bib", bad % "b")]
    (prepared,) = prepare_all([write(tmp_path / "paper.md", MANUSCRIPT)], bibliographies=bibliographies)
    assert isinstance(prepared, Prepared)
    assert [failure.id for failure in prepared.failures] == ["line 2", "line 2-2"]
    places = prepared.document.places
    assert [(Path(places[entry.id].path).name, places[entry.id].line, places[entry.id].column) for entry in prepared.entries] == [
        ("a.bib", 2, 1),
        ("a.bib", 3, 1),
        ("b.bib", 2, 1),
        ("b.bib", 3, 1),
    ]
    assert all(entry.span is None for entry in prepared.entries)


LINES = "Lind, J. (2020). On rivers. Journal of Water, 3(2), 1-9.\nRoy, S. & Kim, B. (2021). On lakes. Water, 4(1), 10-19.\n"


@pytest.mark.parametrize("text", [LINES, LINES.replace("\n", "\n\n"), f"As Lind (2020) said, this.\n\nReferences\n\n{LINES}"])
def test_a_text_with_a_list_or_a_reference_a_line_is_a_bibliography(tmp_path: Path, text: str) -> None:
    paper = write(tmp_path / "paper.txt", "As Lind (2020) and Roy and Kim (2021) say.\n")
    (prepared,) = prepare_all([paper], bibliographies=[write(tmp_path / "refs.txt", text)])
    assert titles(prepared) == {"1": "On rivers", "2": "On lakes"}
    assert isinstance(prepared, Prepared)
    assert [citation.references for citation in prepared.citations] == [("1",), ("2",)]
    assert text[prepared.document.places["2"].start :].startswith("Roy, S. & Kim")


def test_two_texts_may_number_alike(tmp_path: Path) -> None:
    first, second = LINES.splitlines(keepends=True)
    bibliographies = [write(tmp_path / "a.txt", first), write(tmp_path / "b.txt", second)]
    (prepared,) = prepare_all([write(tmp_path / "paper.txt", "Text.\n")], bibliographies=bibliographies)
    assert titles(prepared) == {"1": "On rivers", "1-2": "On lakes"}


@pytest.mark.parametrize(
    "text", ["As Lind (2020) says, and Roy et al. (2021) too.\n", "A note to the editor.\n\nThe figures follow.\n"]
)
def test_a_text_without_references_is_no_bibliography(tmp_path: Path, text: str) -> None:
    paper = write(tmp_path / "paper.md", MANUSCRIPT)
    with pytest.raises(UnreadableDocument, match=r"prose\.txt holds no reference list.* BibTeX, RIS"):
        prepare_all([paper], bibliographies=[write(tmp_path / "prose.txt", text)])


def test_a_bibliography_that_cannot_be_read_is_not_blamed_on_the_manuscript(tmp_path: Path) -> None:
    paper = write(tmp_path / "paper.md", MANUSCRIPT)
    with pytest.raises(UnreadableDocument, match=r"nowhere\.bib"):
        prepare_all([paper], bibliographies=[tmp_path / "nowhere.bib"])


def test_other_processes_give_the_same_in_the_same_order(tmp_path: Path) -> None:
    papers = [write(tmp_path / f"{number}.md", MANUSCRIPT * (number + 1)) for number in range(5)]
    papers.insert(2, tmp_path / "nowhere.txt")
    bibliographies = [write(tmp_path / "b.bib", SECOND)]
    alone = prepare_all(papers, bibliographies=bibliographies)
    assert [isinstance(one, Unreadable) for one in alone] == [False, False, True, False, False, False]
    assert prepare_all(papers, bibliographies=bibliographies, jobs=2) == alone


def test_a_process_that_is_ended_from_outside_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*given: Any, **options: Any) -> Iterator[Any]:
        raise BrokenProcessPool("A process in the process pool was terminated abruptly")

    monkeypatch.setattr(ProcessPoolExecutor, "map", die)
    papers = [write(tmp_path / f"{number}.md", MANUSCRIPT) for number in range(2)]
    with pytest.raises(UnusableError, match="--jobs 1"):
        prepare_all(papers, jobs=2)


def test_a_page_s_end_is_left_out_of_the_entry_that_it_breaks(tmp_path: Path) -> None:
    entries = [f"Lee, A. ({year}). Marsh plants of the year {year}. Shores, {year - 1990}(1), 2–9." for year in range(2000, 2012)]
    broken = entries[5].replace("of the year", "of the\n17\n\fMARSH PLANTS\nyear")
    before = "Plants spread.\n16\n\fMARSH PLANTS\n" + "Plants retreat.\n" * 20
    text = before + "\nReferences\n\n" + "\n".join([*entries[:5], broken, *entries[6:]]) + "\n"
    (prepared,) = prepare_all([write(tmp_path / "a.txt", text)])
    assert isinstance(prepared, Prepared)
    entry = prepared.entries[5]
    assert " ".join(entry.raw.split()) == entries[5]
    assert entry.span is not None
    assert entry.span.of(text) == broken
    assert len(prepared.entries) == len(entries)


def test_lists_and_citations_that_a_format_marks_are_taken_as_marked() -> None:
    """As fields of a word processor: the list has no heading, and each citation knows its entry whatever it prints."""
    entries = ("Lee, A. (2020). Marsh plants of the north. Shores, 4, 1–9.", "Roy, B. (2021). Salt and silt. Shores, 5, 2–8.")
    body, after = "Marsh plants spread ①, and retreat (Roy, 2021).\n\n", "\n\nThanks go to the wardens."
    text = body + "\n".join(entries) + after
    spans = tuple(Span(text.index(entry), text.index(entry) + len(entry)) for entry in entries)
    section = ReferenceSection(span=Span(spans[0].start, spans[-1].end), heading=None, entries=spans)
    document = Document(
        path="-",
        sha256="",
        format="text",
        text=text,
        keys=(CitationKey(span=Span(text.index("①"), text.index("①") + 1), key="lee2020"),),
        sections=(section,),
        entry_ids=("lee2020", "roy2021"),
    )
    prepared = prepare(document)
    assert titles(prepared) == {"lee2020": "Marsh plants of the north", "roy2021": "Salt and silt"}
    assert [(citation.text, citation.references) for citation in prepared.citations] == [
        ("①", ("lee2020",)),
        ("Roy, 2021", ("roy2021",)),
    ]
    assert prepared.sections == (section,)
