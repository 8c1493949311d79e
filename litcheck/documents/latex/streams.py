"""What a LaTeX document is read from: its files, and what its own commands stand for, one inside the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from bib.newlines import unix_newlines
from litcheck.documents.decode import NotTextError, decode
from litcheck.documents.latex.arguments import after_blank, read_arguments
from litcheck.documents.load import load_bytes
from litcheck.documents.origins import SourceFile
from litcheck.documents.project import ProjectFolder
from litcheck.errors import ForbiddenFile, UnreadableDocument
from litcheck.limits import Allowance

#: How deep files may name one another, and how many are read. The longest theses have some hundred.
_DEEPEST = 20
_MOST_FILES = 1000


@dataclass(slots=True, kw_only=True)
class Stream:
    """A text that is being read, from ``at`` to ``end``. ``file`` is the number of its file.

    ``place`` is the source of all of it where it is no copy of the file's text; ``depth`` counts the definitions around it.
    ``path`` is set for a whole file, ``folder`` is where the names of files begin in it; ``at_end`` is done when it was read.
    """

    text: str
    at: int
    end: int
    file: int
    place: tuple[int, int] | None = None
    depth: int = 0
    path: Path | None = None
    folder: str = ""
    at_end: Callable[[], None] | None = None

    def holds(self, opening: str, at: int) -> bool:
        """Whether ``opening`` stands at ``at``."""
        return self.text.startswith(opening, at, self.end)

    def match(self, pattern: re.Pattern[str], at: int) -> re.Match[str] | None:
        """What a pattern matches at ``at``."""
        return pattern.match(self.text, at, self.end)

    def skip_blank(self) -> None:
        """Passes over blanks, comments and one line's end, which belong to the command before them."""
        self.at = after_blank(self.text, self.at, self.end)

    def skip_arguments(self, signature: str) -> None:
        """Passes over the arguments of a signature in the letters of ``data/latex_arguments.txt``."""
        _, self.at = read_arguments(self.text, self.at, self.end, signature)

    def take_argument(self) -> str | None:
        """The argument in braces that follows, as it stands, which is passed over; ``None`` if there is none."""
        printed, at = read_arguments(self.text, self.at, self.end, "t")
        if printed is None:
            return None
        self.at = at
        return self.text[slice(*printed)]

    def inside(self, at: int, end: int) -> Stream:
        """A part of it, to be read by itself."""
        return replace(self, at=at, end=end, path=None, at_end=None)


class Command(NamedTuple):
    """A command in a stream: its name, where it stands, and its end, which is where the stream is when it is read."""

    name: str
    stream: Stream
    start: int
    end: int

    @property
    def place(self) -> tuple[int, int]:
        """Where its source begins and ends."""
        return self.stream.place or (self.start, self.end)


class SourceFiles:
    """The files of one document, the main one first; nothing outside of its folder is opened.

    ``path`` is "-" for standard input, which has no folder.
    """

    def __init__(self, path: str, text: str, allowance: Allowance) -> None:
        self._main = None if path == "-" else Path(path)
        self._folder = ProjectFolder(self._main.parent) if self._main else None
        self._allowance = allowance
        self.known = [SourceFile.of(path, text)]

    def find(self, name: str, *, endings: tuple[str, ...], folders: tuple[str, ...] = ("",)) -> Path:
        """The file that the document names. Raises ``UnreadableDocument`` with the reason alone."""
        if self._folder is None:
            raise UnreadableDocument("of a document on standard input no other files are read. Give the file's name")
        return self._folder.find(name, endings=endings, folders=folders)

    def shown(self, path: Path) -> str:
        """A file's path as it is seen from the main file's, for reports."""
        if self._main is None or self._folder is None:
            return str(path)
        return str(self._main.parent / path.relative_to(self._folder.root))

    def main(self, text: str) -> Stream:
        """The main file, which holds ``text``."""
        path = self._main.resolve() if self._main else None
        return Stream(text=text, at=0, end=len(text), file=0, path=path)

    def open_list(self, within: list[Path]) -> Stream | None:
        """The list of references that BibTeX or biber made of the document's bibliography, if it lies beside the main file."""
        opened = self.open(self._main.stem, "", within, (".bbl",)) if self._main else None
        return opened if isinstance(opened, Stream) else None

    def open(self, name: str, folder: str, within: list[Path], endings: tuple[str, ...] = (".tex", "")) -> Stream | str:
        """The file that the document names, to be read inside of the files ``within``, or why it is not read.

        ``folder`` is where its name begins, if not in the project's folder. Raises ``ForbiddenFile`` with the reason alone, and
        ``UnreadableDocument`` if all files together are larger than is allowed.
        """
        try:
            path = self.find(name, endings=endings, folders=(folder, ""))
            size = path.stat().st_size
        except ForbiddenFile:
            raise
        except (UnreadableDocument, OSError) as error:
            return str(error)
        if path in within:
            return "it names itself, directly or through others"
        if len(within) >= _DEEPEST or len(self.known) >= _MOST_FILES:
            return f"more than {_DEEPEST} files stand in one another, or there are more than {_MOST_FILES:,}"
        self._allowance.unpack(size)
        try:
            text, _ = decode(load_bytes(path, largest=size))
        except NotTextError as error:
            return f"it is not text: {error}"
        except UnreadableDocument as error:
            return str(error)
        self.known.append(SourceFile.of(self.shown(path), text))
        return Stream(text=unix_newlines(text), at=0, end=len(text), file=len(self.known) - 1, path=path, folder=folder)
