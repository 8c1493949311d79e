"""The folder of a manuscript, outside of which nothing is read, whatever the manuscript names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from litcheck.errors import ForbiddenFile, UnreadableDocument

#: What marks the folder of a project: Quarto's and bookdown's settings, RStudio's and version control's own.
_MARKS = ("_quarto.yml", "_quarto.yaml", "_bookdown.yml", ".here", ".git")
_MOST_LEVELS = 10
_REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}:|//|\\\\|[|]")
_LONGEST_NAME = 1000


class ProjectFolder:
    """The folder of a manuscript and what lies in it."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    @classmethod
    def around(cls, folder: Path) -> ProjectFolder:
        """The project that a folder is part of: the nearest folder above with Quarto's settings or version control, or itself.

        The home directory, and what lies above it, is nobody's project.
        """
        folder = folder.resolve()
        home = _home()
        for candidate in (folder, *folder.parents)[:_MOST_LEVELS]:
            if candidate == candidate.parent or home.is_relative_to(candidate):
                break
            if any((candidate / mark).exists() for mark in _MARKS):
                return cls(candidate)
        return cls(folder)

    def find(self, named: str, *, endings: Sequence[str] = ("",), folders: Sequence[str] = ("",)) -> Path:
        """The file that the manuscript names, its path relative to the project's folder, or to one of ``folders`` in it.

        ``endings`` are tried after the name, in order. Symbolic links count as what they lead to. Raises ``ForbiddenFile``,
        saying what to do, for names that lead elsewhere, are absolute or addresses, ``UnreadableDocument`` where there is none.
        """
        if len(named) > _LONGEST_NAME or not named.isprintable():
            raise UnreadableDocument("its name is no name of a file")
        if _REMOTE.match(named):
            raise ForbiddenFile("it is no file of the manuscript's project; nothing else is read. Put a copy there")
        if Path(named).is_absolute() or named.startswith("~"):
            raise ForbiddenFile("its path is absolute, and only files in the manuscript's project are read. Put a copy there")
        try:
            candidates = [(self.root / folder / (named + ending)).resolve() for folder in folders for ending in endings]
            inside = [path for path in candidates if path.is_relative_to(self.root)]
            for path in inside:
                if path.is_file():
                    return path
        except (OSError, ValueError, RuntimeError) as error:
            raise UnreadableDocument(f"its name leads to no file: {error}") from error
        if len(inside) < len(candidates):
            raise ForbiddenFile(
                f"it lies outside of the manuscript's project, {self.root}, in which alone files are read. Put a copy there"
            )
        raise UnreadableDocument("there is no such file. Put it beside the manuscript")


def _home() -> Path:
    try:
        return Path.home().resolve()
    except RuntimeError:  # a user without an entry in the system's list
        return Path("/")
