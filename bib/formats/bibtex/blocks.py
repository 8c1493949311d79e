"""A BibTeX file as entries with their fields, each value still LaTeX, macros put in.

bibtexparser finds the blocks; nothing of its middleware is used, since it knows neither concatenation nor cross-references.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bibtexparser.entrypoint import parse_string
from bibtexparser.exceptions import BlockAbortedException
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ImplicitComment,
    ParsingFailedBlock,
    String,
)

from bib.model import Span

#: How much longer than its own text a value may grow by macros. Journals' names have some hundred characters; a file
#: that doubles a macro forty times over must not fill the memory.
_LONGEST_GROWTH = 4_000

#: bibtexparser misses an entry whose brace stands on the next line.
_BROKEN_START = re.compile(r"^([ \t]{0,20}@[A-Za-z]\w{0,40})(\s{1,20})(?=[{(])", re.MULTILINE)
_KEY = re.compile(r"@\w{1,40}\s{0,20}[{(]\s{0,20}([^\s,{}()=\"]{1,200})")
_TYPE = re.compile(r"@(\w{1,40})")
_MARKS = re.compile(r"(?<!\\)[{}\"#]")
_NO_ENTRIES = frozenset({"string", "preamble", "comment"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryBlock:
    """An entry: its type in lower case, its key, its fields by lower-case name, and its place. ``line`` counts from 1."""

    type: str
    key: str
    fields: Mapping[str, str] = field(repr=False)
    span: Span
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenBlock:
    """An entry that could not be read, with all text up to the next one. ``key`` is empty where none could be made out."""

    key: str
    reason: str
    span: Span
    line: int


def read_blocks(text: str) -> tuple[EntryBlock | BrokenBlock, ...]:
    """Every entry of the file in order, with its own fields. A key that came before makes the later entry a broken one."""
    blocks = list(_located(text))
    macros = _macros(block for block, _, _ in blocks)
    lines: dict[str, int] = {}
    read: list[EntryBlock | BrokenBlock] = []
    for block, span, line in blocks:
        entry = _unwrapped(block)
        if isinstance(entry, Entry) and entry.key not in lines:
            lines[entry.key] = line
            read.append(_entry_block(entry, macros, span, line))
        elif isinstance(entry, Entry):
            reason = f"The key {entry.key!r} already belongs to the entry of line {lines[entry.key]}."
            read.append(BrokenBlock(key=entry.key, reason=reason, span=span, line=line))
        elif isinstance(entry, ParsingFailedBlock) and _is_entry(text, span.start):
            key = _KEY.match(text, span.start)
            reason = entry.error.abort_reason if isinstance(entry.error, BlockAbortedException) else "The entry is no BibTeX."
            read.append(BrokenBlock(key=key[1] if key else "", reason=reason, span=span, line=line))
    return tuple(read)


def _located(text: str) -> Iterator[tuple[Block, Span, int]]:
    """The blocks that begin with "@", each with its place and line. A broken one reaches to the next."""
    # Of the same length, so that offsets hold.
    joined = _BROKEN_START.sub(lambda start: start[1] + " " * len(start[2]), text)
    blocks: list[Block] = []
    spans: list[Span] = []
    at = 0
    for block in parse_string(joined, parse_stack=[]).blocks:
        if block.raw and not isinstance(block, ImplicitComment):
            start = joined.index(block.raw, at)
            blocks.append(block)
            spans.append(Span(start, start + len(block.raw)))
            # A broken block may reach over the "@" of the next one.
            broken = isinstance(_unwrapped(block), ParsingFailedBlock)
            at = start + max(1, block.raw.rfind("@") if broken else len(block.raw))
    line, counted = 1, 0
    starts = [*(span.start for span in spans), len(text)]
    for block, span, following in zip(blocks, spans, starts[1:], strict=True):
        line += text.count("\n", counted, span.start)
        counted = span.start
        if isinstance(_unwrapped(block), ParsingFailedBlock):
            span = Span(span.start, span.start + len(text[span.start : following].rstrip()))
        yield block, span, line


def _unwrapped(block: Block) -> Block:
    """The block itself where bibtexparser only complains of a repeated key or field."""
    if isinstance(block, (DuplicateBlockKeyBlock, DuplicateFieldKeyBlock)) and block.ignore_error_block:
        return block.ignore_error_block
    return block


def _is_entry(text: str, start: int) -> bool:
    kind = _TYPE.match(text, start)
    return kind is not None and kind[1].lower() not in _NO_ENTRIES


def _entry_block(entry: Entry, macros: Mapping[str, str], span: Span, line: int) -> EntryBlock:
    fields: dict[str, str] = {}
    for item in entry.fields:
        # Of a repeated field the first one counts, as in BibTeX.
        fields.setdefault(item.key.lower(), _value(str(item.value), macros))
    return EntryBlock(type=entry.entry_type.lower(), key=entry.key, fields=fields, span=span, line=line)


def _macros(blocks: Iterable[Block]) -> dict[str, str]:
    """What ``@string`` defines, by lower-case name. A macro may use those before it."""
    macros: dict[str, str] = {}
    for block in blocks:
        macro = _unwrapped(block)
        if isinstance(macro, String):
            macros[macro.key.lower()] = _value(macro.value, macros)[:_LONGEST_GROWTH]
    return macros


def _value(expression: str, macros: Mapping[str, str]) -> str:
    """The value of a field: pieces in braces, in quotes or bare, joined by "#". A bare word is a macro's name, or itself."""
    if expression.isdecimal():
        return expression
    pieces: list[str] = []
    room = len(expression) + _LONGEST_GROWTH
    for piece in _pieces(expression):
        value = piece[1:-1] if piece[0] in '{"' else macros.get(piece.lower(), piece)
        room -= len(value)
        if room < 0:
            break
        pieces.append(value)
    return "".join(pieces)


def _pieces(expression: str) -> Iterator[str]:
    depth = start = 0
    quoted = False
    for mark in _MARKS.finditer(expression):
        character = mark[0]
        if character == "{":
            depth += 1
        elif character == "}":
            depth = max(0, depth - 1)
        elif depth == 0 and character == '"':
            quoted = not quoted
        elif depth == 0 and not quoted:
            if piece := expression[start : mark.start()].strip():
                yield piece
            start = mark.end()
    if piece := expression[start:].strip():
        yield piece


# Its warnings of broken blocks would be printed; here they are data.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
