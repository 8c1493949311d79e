"""A BibTeX file as entries with their fields, each value still LaTeX, macros put in.

bibtexparser finds the blocks; nothing of its middleware is used, since it knows neither concatenation nor cross-references.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

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

from bib.model import Problem, Span
from bib.wordlists import pairs_of

#: How much longer than its own text a value may grow by macros. Journals' names have some hundred characters; a file
#: that doubles a macro forty times over must not fill the memory.
_LONGEST_GROWTH = 4_000

#: bibtexparser misses an entry whose brace stands on the next line.
_BROKEN_START = re.compile(r"^([ \t]{0,20}@[A-Za-z]\w{0,40})(\s{1,20})(?=[{(])", re.MULTILINE)
_KEY = re.compile(r"@\w{1,40}\s{0,20}[{(]\s{0,20}([^\s,{}()=\"]{1,200})")
_TYPE = re.compile(r"@(\w{1,40})")
_MARKS = re.compile(r"(?<!\\)[{}\"#]")
#: A block that begins a line ends whatever is open before it, so a file can be taken apart there.
_BLOCK_LINE = re.compile(r"^[^\S\n]*(@\w*[ \t]*[{(])", re.MULTILINE)
#: Files are read in parts of so many characters: bibtexparser keeps several objects for every field of what it reads, and
#: with all of a large file in memory Python's collector of garbage looks through them again and again.
_PART = 4_000
#: What BibTeX takes for the name of a macro. It asks for a letter first; other bare words are numbers and slips ("12a", "1--9").
_MACRO_NAME = re.compile(r"[^\W\d][^\s\"#%'(),={}]*")
#: A bare word in these is as good as one in braces: "month = sept" and "year = forthcoming" say what they mean.
_BARE_FIELDS = frozenset({"date", "year", "month", "langid", "language"})
#: The beginning of a field, up to its value.
_FIELD_START = re.compile(r"(?<![^\s,])([^\s,=]{1,200})\s{0,200}=\s{0,200}")
_NO_ENTRIES = frozenset({"string", "preamble", "comment"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryBlock:
    """An entry: its type in lower case, its key, its fields by lower-case name, and its place. ``line`` counts from 1."""

    type: str
    key: str
    fields: Mapping[str, str] = field(repr=False)
    span: Span
    line: int
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenBlock:
    """An entry that could not be read, with all text up to the next one. ``key`` is empty where none could be made out."""

    key: str
    reason: str
    span: Span
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Macro:
    name: str
    expression: str
    span: Span
    line: int


def read_blocks(text: str, macros: Mapping[str, str] | None = None) -> tuple[EntryBlock | BrokenBlock, ...]:
    """Every entry of the file in order, with its own fields. A key that came before makes the later entry a broken one.

    ``macros`` are those of other files, as ``read_macros`` gives them; the file's own go before them.
    """
    joined = _joined(text)
    blocks = list(_blocks(text, joined))
    macros = _macros((block for block in blocks if isinstance(block, _Macro)), macros or {})
    lines: dict[str, int] = {}
    read: list[EntryBlock | BrokenBlock] = []
    for block in blocks:
        if isinstance(block, EntryBlock) and block.key not in lines:
            lines[block.key] = block.line
            read.append(_with_values(block, macros, text, joined))
        elif isinstance(block, EntryBlock):
            reason = f"The key {block.key!r} already belongs to the entry of line {lines[block.key]}."
            read.append(BrokenBlock(key=block.key, reason=reason, span=block.span, line=block.line))
        elif isinstance(block, BrokenBlock) and _is_entry(text, block.span.start):
            read.append(block)
    return tuple(read)


def read_macros(text: str, macros: Mapping[str, str] | None = None) -> dict[str, str]:
    """What every ``@string`` of the file defines, by lower-case name, together with the ``macros`` of files before it."""
    if "@string" not in text.lower():
        return dict(macros or {})
    return _macros((block for block in _blocks(text, _joined(text)) if isinstance(block, _Macro)), macros or {})


def _joined(text: str) -> str:
    """The text with the brace of every entry on the line of its type. It is as long, so that offsets hold; lines do not."""
    return _BROKEN_START.sub(lambda start: start[1] + " " * len(start[2]), text)


def _blocks(text: str, joined: str) -> Iterator[EntryBlock | BrokenBlock | _Macro]:
    """Entries, their values still expressions, and macros. A broken block reaches to the next "@" that begins one."""
    broken: BrokenBlock | None = None
    line, counted = 1, 0
    for block, span in _located(joined):
        if broken:
            reach = len(text[broken.span.start : span.start].rstrip())
            yield replace(broken, span=Span(broken.span.start, broken.span.start + reach))
            broken = None
        line += text.count("\n", counted, span.start)
        counted = span.start
        block = _unwrapped(block)
        if isinstance(block, Entry):
            # Of a repeated field the first one counts, as in BibTeX.
            fields: dict[str, str] = {}
            for item in block.fields:
                fields.setdefault(item.key.lower(), str(item.value))
            yield EntryBlock(type=block.entry_type.lower(), key=block.key, fields=fields, span=span, line=line)
        elif isinstance(block, String):
            yield _Macro(name=block.key.lower(), expression=block.value, span=span, line=line)
        elif isinstance(block, ParsingFailedBlock):
            key = _KEY.match(text, span.start)
            reason = block.error.abort_reason if isinstance(block.error, BlockAbortedException) else "The entry is no BibTeX."
            broken = BrokenBlock(key=key[1] if key else "", reason=reason, span=span, line=line)
    if broken:
        yield replace(broken, span=Span(broken.span.start, broken.span.start + len(text[broken.span.start :].rstrip())))


def _located(joined: str) -> Iterator[tuple[Block, Span]]:
    """The blocks that begin with "@", each with its place as far as it was understood."""
    for start, end, with_next in _parts(joined):
        at = start
        blocks = parse_string(joined[start:with_next], parse_stack=[]).blocks
        # The last one is what begins the next part.
        for block in blocks[:-1] if with_next > end else blocks:
            if not block.raw or isinstance(block, ImplicitComment):
                continue
            found = joined.index(block.raw, at)
            yield block, Span(found, found + len(block.raw))
            # A broken block may reach over the "@" of the next one.
            broken = isinstance(_unwrapped(block), ParsingFailedBlock)
            at = found + max(1, block.raw.rfind("@") if broken else len(block.raw))


def _parts(text: str) -> Iterator[tuple[int, int, int]]:
    """Parts of the file, each from a block at a line's beginning to another: start, end, and the end of what begins the next.

    The parser sees that beginning, so that it says of an open block before it what it would say within the whole file.
    """
    marks = [(0, 0)]
    for mark in _BLOCK_LINE.finditer(text):
        if mark.start(1) - marks[-1][0] >= _PART:
            marks.append(mark.span(1))
    for (start, _), (end, with_next) in pairwise([*marks, (len(text), len(text))]):
        yield start, end, with_next


def _unwrapped(block: Block) -> Block:
    """The block itself where bibtexparser only complains of a repeated key or field."""
    if isinstance(block, (DuplicateBlockKeyBlock, DuplicateFieldKeyBlock)) and block.ignore_error_block:
        return block.ignore_error_block
    return block


def _is_entry(text: str, start: int) -> bool:
    kind = _TYPE.match(text, start)
    return kind is not None and kind[1].lower() not in _NO_ENTRIES


def _macros(found: Iterable[_Macro], others: Mapping[str, str]) -> dict[str, str]:
    """What ``@string`` defines, by lower-case name, and what ``others`` and BibTeX's styles do.

    A macro may use those before it.
    """
    macros = {**pairs_of("bibtex_macros"), **others}
    for macro in found:
        macros[macro.name] = _value(macro.expression, macros)[0][:_LONGEST_GROWTH]
    return macros


def _with_values(block: EntryBlock, macros: Mapping[str, str], text: str, joined: str) -> EntryBlock:
    """The entry with the values of its fields. A macro that nothing defines is a problem, and empty, as in BibTeX."""
    fields: dict[str, str] = {}
    missing: dict[str, str] = {}
    for name, expression in block.fields.items():
        fields[name], undefined = _value(expression, macros)
        if undefined and name in _BARE_FIELDS:
            fields[name] = expression
        elif undefined:
            missing[name] = undefined
    if not missing:
        return replace(block, fields=fields)
    problems: list[Problem] = []
    line, counted = block.line, block.span.start
    places = _places(block, joined)
    for name, undefined in missing.items():
        span = places.get(name)
        if span:
            line += text.count("\n", counted, span.start)
            counted = span.start
        reason = f"line {line} gives its {name} as {undefined}, which no @string of the files given defines"
        problems.append(Problem(reason=reason, span=span, field=name))
    return replace(block, fields=fields, problems=tuple(problems))


def _places(block: EntryBlock, joined: str) -> dict[str, Span]:
    """Where the value of each field stands. Each is looked for behind the one before it, so that no value passes for a field."""
    places: dict[str, Span] = {}
    at, end = block.span.start, block.span.end
    for name, expression in block.fields.items():
        while found := _FIELD_START.search(joined, at, end):
            at = found.end()
            if found[1].lower() == name and joined.startswith(expression, at):
                places[name] = Span(at, at + len(expression))
                at += len(expression)
                break
        else:
            break
    return places


def _value(expression: str, macros: Mapping[str, str]) -> tuple[str, str]:
    """The value of a field, and the first macro in it that nothing defines.

    Pieces in braces, in quotes or bare, joined by "#". A bare word is the name of a macro, or itself if it cannot be one.
    """
    if expression.isdecimal():
        return expression, ""
    if expression[:1] == "{" and expression.find("}") == len(expression) - 1 and expression.rfind("{") == 0:
        return expression[1:-1], ""  # what nearly every value is
    pieces: list[str] = []
    undefined = ""
    room = len(expression) + _LONGEST_GROWTH
    for piece in _pieces(expression):
        if piece[0] in '{"':
            value = piece[1:-1]
        elif (known := macros.get(piece.lower())) is not None:
            value = known
        elif _MACRO_NAME.fullmatch(piece):
            value, undefined = "", undefined or piece
        else:
            value = piece
        room -= len(value)
        if room < 0:
            break
        pieces.append(value)
    return "".join(pieces), undefined


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
