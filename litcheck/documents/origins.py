"""Where the text of a document comes from that was made of the source of one or more files."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from bib.newlines import line_and_column, line_starts


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One of the files: its path and the offsets at which its lines begin."""

    path: str
    starts: Sequence[int] = field(repr=False)

    @classmethod
    def of(cls, path: str, text: str) -> SourceFile:
        """The file at ``path``, which holds ``text``."""
        return cls(path=path, starts=line_starts(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """The place in the source of everything in a text.

    ``pieces`` are in the order of the text, the first at 0: the offset in the text, the number of the file, and where the source
    of the piece begins and ends in that file. A piece as long as its source is a copy of it.
    """

    files: Sequence[SourceFile]
    pieces: Sequence[tuple[int, int, int, int]] = field(repr=False)

    def place_of(self, offset: int) -> tuple[str, int, int]:
        """The path, line and column, both from 1, of the source of the character at ``offset``."""
        start, number, source, source_end = self.pieces[max(0, bisect_right(self.pieces, (offset, len(self.files), 0, 0)) - 1)]
        file = self.files[number]
        line, column = line_and_column(max(source, min(source + offset - start, source_end - 1)), file.starts)
        return file.path, line, column
