"""``read_bibtex``: the text of a bibliography to its entries."""

from __future__ import annotations

from bib.formats.bibtex.blocks import BrokenBlock, EntryBlock, read_blocks
from bib.formats.bibtex.fields import reference_from_block
from bib.model import Entry, ParseFailure


def read_bibtex(text: str) -> tuple[Entry, ...]:
    """One entry for every ``@article{…}`` of the file, in order, with exact spans; their ids are the keys.

    What cannot be read, repeats a key, or has neither a name nor a title is a ``ParseFailure`` with its line. A failure whose key
    is missing or taken gets its line as id ("line 12"), so that ids are unique.
    """
    blocks = read_blocks(text)
    taken = {block.key for block in blocks if isinstance(block, EntryBlock)}
    return tuple(_entry(block, text, taken) for block in blocks)


def _entry(block: EntryBlock | BrokenBlock, text: str, taken: set[str]) -> Entry:
    raw = block.span.of(text)
    if isinstance(block, BrokenBlock):
        return ParseFailure(id=_new_id(block, taken), raw=raw, reason=block.reason, span=block.span, line=block.line)
    reference = reference_from_block(block, id=block.key or _new_id(block, taken), raw=raw)
    if reference.authors or reference.editors or reference.title:
        return reference
    return ParseFailure(
        id=reference.id, raw=raw, reason="The entry has neither an author nor a title.", span=block.span, line=block.line
    )


def _new_id(block: EntryBlock | BrokenBlock, taken: set[str]) -> str:
    """The key if it is free, or else the line; several blocks may stand on one."""
    wanted = f"line {block.line}"
    new = block.key if block.key and block.key not in taken else wanted
    count = 1
    while new in taken:
        count += 1
        new = f"{wanted}.{count}"
    taken.add(new)
    return new
