"""What BibTeX entries take from the entries that they name with ``crossref`` (a chapter from its book) and ``xdata``.

Source: the BibLaTeX manual, "Cross-referencing entries" and "Data containers". As there, a parent's title becomes the child's
``booktitle``, and what describes the parent alone is not inherited.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bib.formats.bibtex.blocks import BrokenBlock, EntryBlock

#: Entries that one takes fields from. Two are usual (chapter, book, series).
_MOST_ANCESTORS = 12

#: Fields that describe the one entry and are not inherited.
_OWN_FIELDS = frozenset(
    {
        *("title", "subtitle", "titleaddon", "shorttitle", "author", "pages", "eid", "doi", "url", "urldate", "pmid", "pmcid"),
        *("eprint", "archiveprefix", "eprinttype", "primaryclass", "abstract", "keywords", "note", "label", "key", "ids"),
        *("crossref", "xref", "xdata", "entryset", "entrysubtype", "execute", "options", "presort", "sortkey"),
    }
)
#: A date stands in one of these or in several; one's own is not mixed with a parent's.
_DATE_FIELDS = frozenset({"date", "year", "month", "day"})
#: Types for which the parent's title is the title of the container.
_PARTS = frozenset(
    {"inproceedings", "conference", "incollection", "inbook", "bookinbook", "suppbook", "suppcollection", "inreference"}
)


def with_inherited(blocks: Sequence[EntryBlock | BrokenBlock]) -> tuple[EntryBlock | BrokenBlock, ...]:
    """The blocks, each with the fields that it lacks and an entry named by its ``crossref`` or ``xdata`` has.

    Parents may come before or after (BibTeX wants them after); keys are compared without case, as in BibTeX.
    """
    by_key = {block.key.lower(): block for block in blocks if isinstance(block, EntryBlock)}
    return tuple(_complete(block, by_key) if isinstance(block, EntryBlock) else block for block in blocks)


def _complete(block: EntryBlock, by_key: Mapping[str, EntryBlock]) -> EntryBlock:
    fields = dict(block.fields)
    for parent, is_data in _ancestors(block, by_key):
        kept = _DATE_FIELDS if _DATE_FIELDS & fields.keys() else frozenset()
        for name, value in parent.fields.items():
            if name not in kept and (is_data or name not in _OWN_FIELDS):
                fields.setdefault(name, value)
        if not is_data and block.type in _PARTS and (title := parent.fields.get("title")) and "booktitle" not in fields:
            fields["booktitle"] = title
            if subtitle := parent.fields.get("subtitle"):
                fields.setdefault("booksubtitle", subtitle)
    return replace(block, fields=fields)


def _ancestors(block: EntryBlock, by_key: Mapping[str, EntryBlock]) -> Iterator[tuple[EntryBlock, bool]]:
    """The entries to take fields from, nearest first, and whether each is a data container. Circles end."""
    seen = {block.key.lower()}
    waiting = [block]
    while waiting:
        child = waiting.pop(0)
        named = [(key, True) for key in child.fields.get("xdata", "").split(",", _MOST_ANCESTORS)]
        named.append((child.fields.get("crossref", ""), False))
        for key, is_data in named:
            key = key.strip().lower()
            parent = by_key.get(key)
            if parent is not None and key not in seen and len(seen) <= _MOST_ANCESTORS:
                seen.add(key)
                waiting.append(parent)
                yield parent, is_data
