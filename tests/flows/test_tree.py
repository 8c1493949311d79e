"""Which files of a tree are documents, and what is said about the others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flows.tree import walk
from litcheck.errors import UnreadableDocument


def found(directory: Path) -> list[str]:
    return [str(path.relative_to(directory)) for path in walk(directory).documents]


def write(directory: Path, *names: str) -> None:
    for name in names:
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")


def test_documents_come_sorted_and_from_every_level(tmp_path: Path) -> None:
    write(tmp_path, "b/z.md", "b/a.TXT", "a.bib", "c/d/e.txt")
    assert found(tmp_path) == ["a.bib", "b/a.TXT", "b/z.md", "c/d/e.txt"]


def test_every_format_that_is_read_is_found(tmp_path: Path) -> None:
    names = [f"a.{ending}" for ending in ("bib", "docm", "docx", "epub", "fodt", "htm", "html", "md", "nxml", "odt", "pdf")]
    write(tmp_path, *names, "a.doc", "a.png", "a.bbl", "a.json")
    assert found(tmp_path) == names
    assert walk(tmp_path).passed_over == {".bbl": 1, ".doc": 1, ".json": 1, ".png": 1}


@pytest.mark.parametrize(
    ("name", "text", "is_document"),
    [
        ("main.tex", "% a comment\n\\documentclass{article}\n\\input{chapter}", True),
        ("old.tex", "\\documentstyle[12pt]{article}", True),
        ("chapter.tex", "\\section{Rivers}\nRivers flow \\citep{lee2020}.", False),
        ("chapter.tex", "Rivers flow.", False),
        ("chapter.tex", "\\documentclass[../main.tex]{subfiles}\n\\begin{document}", False),
        ("article.xml", '<?xml version="1.0"?>\n<article article-type="research-article">', True),
        ("library.xml", "<xml><records><record>", True),
        ("build.xml", '<?xml version="1.0"?>\n<project name="x"/>', False),
        ("empty.xml", "", False),
        ("page.html", "<!doctype html>\n<html>", True),
        ("report.html", '<!doctype html>\n<html><head>\n<meta name="generator" content="litcheck 0.1.0">', False),
    ],
)
def test_what_is_no_document_by_itself_is_passed_over(tmp_path: Path, name: str, text: str, is_document: bool) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert found(tmp_path) == [name] * is_document
    (tmp_path / name).write_text(text, encoding="utf-16")
    assert found(tmp_path) == [name] * is_document


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "main.tex")
    assert found(tmp_path) == ["main.tex"]


def test_what_word_keeps_beside_an_open_document_is_skipped(tmp_path: Path) -> None:
    write(tmp_path, "~$paper.docx", "paper.docx")
    assert found(tmp_path) == ["paper.docx"]
    assert walk(tmp_path).passed_over == {}


def test_hidden_files_and_directories_are_skipped(tmp_path: Path) -> None:
    write(tmp_path, ".hidden.txt", ".git/note.txt", "seen.txt")
    assert found(tmp_path) == ["seen.txt"]


def test_other_files_are_counted_by_the_end_of_their_names(tmp_path: Path) -> None:
    write(tmp_path, "a.png", "sub/b.PNG", "Makefile", "c.txt")
    assert walk(tmp_path).passed_over == {".png": 2, "Makefile": 1}


def test_links_are_followed_and_loops_are_not(tmp_path: Path) -> None:
    write(tmp_path, "in/a.txt", "elsewhere/b.txt")
    (tmp_path / "in" / "up").symlink_to(tmp_path / "in", target_is_directory=True)
    (tmp_path / "in" / "other").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (tmp_path / "in" / "self.txt").symlink_to(tmp_path / "in" / "self.txt")
    assert found(tmp_path / "in") == ["a.txt", "other/b.txt", "self.txt"]


def test_a_directory_that_cannot_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.txt", "closed/b.txt")
    scandir = os.scandir

    def refuse(path: Path) -> object:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    tree = walk(tmp_path)
    assert [path.name for path in tree.documents] == ["a.txt"]
    (unlisted,) = tree.unlisted
    assert unlisted.path == str(tmp_path / "closed")
    assert "Permission denied" in unlisted.reason


def test_a_file_is_no_tree(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    with pytest.raises(UnreadableDocument, match="not a directory"):
        walk(tmp_path / "a.txt")
