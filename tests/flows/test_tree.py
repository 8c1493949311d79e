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
