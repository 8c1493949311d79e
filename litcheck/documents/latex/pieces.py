"""What a LaTeX document prints, piece by piece, each with its place in the source; put together into a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from bib.formats.entries import unlike
from bib.model import Span
from bib.sections import ReferenceSection
from litcheck.documents.latex_keys import command_keys
from litcheck.documents.model import CitationKey
from litcheck.documents.origins import Origins, SourceFile


class Mark(Enum):
    """What a piece is beside its text."""

    RAISE = auto()
    LOWER = auto()
    """The beginning and the end of a raised run."""
    CITE = auto()
    """A command that cites, as it stands in the source."""
    LIST = auto()
    ENTRY = auto()
    LIST_END = auto()
    """The beginning of a reference list, of each of its entries (the piece's key is the entry's), and its end."""


class Piece(NamedTuple):
    """A stretch of printed text, the number of the file and where its source begins and ends there."""

    text: str
    file: int
    start: int
    end: int
    mark: Mark | None = None
    key: str = ""


class Buffer:
    """A part of the text while it is being printed: the running text, a note or a float."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.last = ""

    def add(self, piece: Piece) -> None:
        """Prints a piece."""
        self.pieces.append(piece)
        self.last = piece.text[-1:] or self.last

    def end_line(self, ending: str) -> None:
        """Ends a line or paragraph, unless nothing was printed since the last one. The blank before it is left out."""
        self._drop_blank()
        at = len(self.pieces)
        while at and not self.pieces[at - 1].text:
            at -= 1
        before = self.pieces[at - 1] if at else None
        if before is None or before.text.endswith(ending):
            return
        if before.text.endswith("\n"):
            ending = "\n"
        self.add(Piece(ending, before.file, before.end, before.end))

    def end_cell(self) -> None:
        """Ends the cell of a table."""
        self._drop_blank()
        if self.pieces:
            before = self.pieces[-1]
            self.add(Piece("\t", before.file, before.end, before.end))

    def end_text(self) -> None:
        """Ends the whole text with one line's end."""
        at = len(self.pieces)
        while at and not self.pieces[at - 1].text.strip():
            at -= 1
        ending = [piece for piece in self.pieces[at:] if piece.mark]
        if at:
            last = self.pieces[at - 1]
            ending.append(Piece("\n", last.file, last.end, last.end))
        self.pieces[at:] = ending

    def _drop_blank(self) -> None:
        while self.pieces and self.pieces[-1].text == " ":
            self.pieces.pop()


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """The whole text, with what the commands say of its parts."""

    text: str
    origins: Origins
    superscripts: tuple[Span, ...]
    keys: tuple[CitationKey, ...]
    sections: tuple[ReferenceSection, ...]
    entry_ids: tuple[str, ...]


def assemble(pieces: Sequence[Piece], files: Sequence[SourceFile]) -> Printed:
    """The text that the pieces are, and the places of everything that is marked in it."""
    texts: list[str] = []
    places: list[tuple[int, int, int, int]] = []
    raised: list[Span] = []
    keys: list[CitationKey] = []
    lists: list[_List] = []
    raising: list[int] = []
    at = 0
    for piece in pieces:
        match piece.mark:
            case Mark.RAISE:
                raising.append(at)
            case Mark.LOWER if raising:
                begun = raising.pop()
                if begun < at and not raising:
                    raised.append(Span(begun, at))
            case Mark.CITE:
                found = command_keys(piece.text, 0)
                keys += (
                    CitationKey(span=Span(at + k.span.start, at + k.span.end), key=k.key) for k in (found[0] if found else ())
                )
            case Mark.LIST:
                lists.append(_List(at))
            case Mark.ENTRY if lists:
                lists[-1].entries.append((piece.key, at))
            case Mark.LIST_END if lists:
                lists[-1].end = at
            case _:
                pass
        if piece.text:
            if not places or not _continues(places[-1], at, piece):
                # All of what is no copy stands where its source begins.
                end = piece.end if len(piece.text) == piece.end - piece.start else piece.start + 1
                places.append((at, piece.file, piece.start, end))
            else:
                start, file, source, _ = places[-1]
                places[-1] = (start, file, source, piece.end)
            texts.append(piece.text)
            at += len(piece.text)
    text = "".join(texts)
    sections, ids = _sections(text, lists)
    return Printed(
        text=text,
        origins=Origins(files=tuple(files), pieces=tuple(places) or ((0, 0, 0, 1),)),
        superscripts=tuple(raised),
        keys=tuple(keys),
        sections=sections,
        entry_ids=ids,
    )


def _continues(place: tuple[int, int, int, int], at: int, piece: Piece) -> bool:
    """Whether the piece is a copy that follows a copy: then both are one."""
    start, file, source, source_end = place
    copies = at - start == source_end - source and len(piece.text) == piece.end - piece.start
    return copies and file == piece.file and source_end == piece.start


class _List:
    """A reference list while it is put together: its beginning, the keys and beginnings of its entries, its end."""

    def __init__(self, start: int) -> None:
        self.start = start
        self.entries: list[tuple[str, int]] = []
        self.end: int | None = None


def _sections(text: str, lists: Sequence[_List]) -> tuple[tuple[ReferenceSection, ...], tuple[str, ...]]:
    sections: list[ReferenceSection] = []
    ids: list[str] = []
    taken: dict[str, int] = {}
    for number, one in enumerate(lists):
        following = lists[number + 1].start if number + 1 < len(lists) else len(text)
        bounds = [*(start for _, start in one.entries), following if one.end is None else one.end]
        entries: list[Span] = []
        for (key, start), end in zip(one.entries, bounds[1:], strict=True):
            entry = Span(start, end).trimmed(text)
            if entry.start < entry.end:
                entries.append(entry)
                ids.append(unlike(key, taken))
        if entries:
            heading = Span(one.start, min(text.find("\n", one.start), entries[0].start)).trimmed(text)
            sections.append(
                ReferenceSection(span=Span(one.start, entries[-1].end), heading=heading or None, entries=tuple(entries))
            )
    return tuple(sections), tuple(ids)
