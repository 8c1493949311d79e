"""``read_bibtex``: the text of a bibliography to its entries."""

from __future__ import annotations

from collections.abc import Mapping

from bib.formats.bibtex.blocks import BrokenBlock, EntryBlock, read_blocks
from bib.formats.bibtex.fields import reference_from_block
from bib.formats.bibtex.inheritance import with_inherited
from bib.formats.entries import EntryIds, checked_entry
from bib.model import Entry, ParseFailure


def read_bibtex(text: str, macros: Mapping[str, str] | None = None) -> tuple[Entry, ...]:
    """One entry for every ``@article{…}`` of the file, in order, with exact spans; their ids are the keys.

    What cannot be read, repeats a key, or has neither a name nor a title is a ``ParseFailure`` with its line. A block whose key
    is missing or taken gets its line as id ("line 12", then "line 12.2"), so that ids are unique.

    ``macros`` are those that other files define (``read_macros``).
    """
    blocks = with_inherited(read_blocks(text, macros))
    ids = EntryIds({block.key for block in blocks if isinstance(block, EntryBlock)})
    return tuple(_entry(block, text, ids) for block in blocks)


def _entry(block: EntryBlock | BrokenBlock, text: str, ids: EntryIds) -> Entry:
    raw = block.span.of(text)
    if isinstance(block, BrokenBlock):
        return ParseFailure(id=ids.new(block.key, block.line), raw=raw, reason=block.reason, span=block.span, line=block.line)
    reference = reference_from_block(block, id=block.key or ids.new(block.key, block.line), raw=raw)
    return checked_entry(reference, line=block.line)
