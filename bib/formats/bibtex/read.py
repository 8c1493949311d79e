"""``read_bibtex``: the text of a bibliography to its entries."""

from __future__ import annotations

from collections import Counter

from bib.formats.bibtex.blocks import BrokenBlock, EntryBlock, read_blocks
from bib.formats.bibtex.fields import reference_from_block
from bib.model import Entry, ParseFailure


def read_bibtex(text: str) -> tuple[Entry, ...]:
    """One entry for every ``@article{…}`` of the file, in order, with exact spans; their ids are the keys.

    What cannot be read, repeats a key, or has neither a name nor a title is a ``ParseFailure`` with its line. A block whose key
    is missing or taken gets its line as id ("line 12", then "line 12.2"), so that ids are unique.
    """
    blocks = read_blocks(text)
    ids = _Ids({block.key for block in blocks if isinstance(block, EntryBlock)})
    return tuple(_entry(block, text, ids) for block in blocks)


def _entry(block: EntryBlock | BrokenBlock, text: str, ids: _Ids) -> Entry:
    raw = block.span.of(text)
    if isinstance(block, BrokenBlock):
        return ParseFailure(id=ids.new(block), raw=raw, reason=block.reason, span=block.span, line=block.line)
    reference = reference_from_block(block, id=block.key or ids.new(block), raw=raw)
    if reference.authors or reference.editors or reference.title:
        return reference
    return ParseFailure(
        id=reference.id, raw=raw, reason="The entry has neither an author nor a title.", span=block.span, line=block.line
    )


class _Ids:
    """Gives ids to blocks that have no key of their own."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken
        self._on_line: Counter[int] = Counter()

    def new(self, block: EntryBlock | BrokenBlock) -> str:
        """The block's key if it is free, or else its line; several blocks may stand on one."""
        new = block.key
        while not new or new in self._taken:
            self._on_line[block.line] += 1
            count = self._on_line[block.line]
            new = f"line {block.line}" if count == 1 else f"line {block.line}.{count}"
        self._taken.add(new)
        return new
