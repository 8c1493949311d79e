"""Files by pandoc: HTML, EPUB, Markdown, LaTeX, JATS, DOCX, ODT and RTF, each from pandoc's own form of the manuscript."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from benchmarks.producing.manuscripts import Block, Manuscript, Piece

_SECONDS = 120
_NO_ATTRIBUTES: list[Any] = ["", [], []]


def write(manuscripts: Sequence[Manuscript], directory: Path, suffix: str, to: str, *, marked: bool = False) -> None:
    """NAME.``suffix`` for every manuscript. With ``marked`` the list is marked as one and citations are links to its entries."""
    for manuscript in manuscripts:
        target = directory / f"{manuscript.name}.{suffix}"
        command = ["pandoc", "--standalone", "--from", "json", "--to", to, "--wrap", "preserve", "--output", str(target)]
        document = json.dumps(as_pandoc(manuscript, marked=marked))
        subprocess.run(command, input=document, text=True, check=True, capture_output=True, timeout=_SECONDS)


def as_pandoc(manuscript: Manuscript, *, marked: bool) -> dict[str, Any]:
    """The manuscript in pandoc's JSON."""
    blocks: list[dict[str, Any]] = []
    title: list[dict[str, Any]] = []
    for kind, group in groupby(manuscript.blocks, key=lambda block: block.kind):
        found = list(group)
        if kind == "title":
            title = _inlines(found[0].pieces, marked=marked)
        elif kind == "heading":
            blocks += [_of("Header", [1, _NO_ATTRIBUTES, _inlines(block.pieces, marked=marked)]) for block in found]
        elif kind == "row":
            blocks.append(_table(found))
        elif kind == "entry":
            blocks += _list(found, numbered=manuscript.numbered, marked=marked)
        else:
            blocks += [_of("Para", _inlines(block.pieces, marked=marked)) for block in found]
    meta = {"title": _of("MetaInlines", title)}
    return {"pandoc-api-version": [1, 22, 1], "meta": meta, "blocks": blocks}


def _of(kind: str, content: Any = None) -> dict[str, Any]:
    return {"t": kind} if content is None else {"t": kind, "c": content}


def _list(entries: list[Block], *, numbered: bool, marked: bool) -> list[dict[str, Any]]:
    paragraphs = [_of("Para", _inlines(entry.pieces, marked=marked)) for entry in entries]
    has_numbers = entries[0].text.lstrip("[(").startswith("1")
    if marked:
        if numbered and not has_numbers:
            for number, paragraph in enumerate(paragraphs, start=1):
                paragraph["c"][:0] = [_of("Str", f"{number}."), _of("Space")]
        divs = [
            _of("Div", [[f"ref-{entry.id}", ["csl-entry"], []], [paragraph]])
            for entry, paragraph in zip(entries, paragraphs, strict=True)
        ]
        return [_of("Div", [["refs", ["references"], []], divs])]
    if numbered and not has_numbers:
        return [_of("OrderedList", [[1, _of("Decimal"), _of("Period")], [[paragraph] for paragraph in paragraphs]])]
    return paragraphs


def _table(rows: list[Block]) -> dict[str, Any]:
    cells = [row.text.split("\t") for row in rows]
    width = max(map(len, cells))
    column = [_of("AlignDefault"), _of("ColWidthDefault")]
    body = [
        [
            _NO_ATTRIBUTES,
            [
                [_NO_ATTRIBUTES, _of("AlignDefault"), 1, 1, [_of("Plain", [*_words(cell)])] if cell else []]
                for cell in [*row, *[""] * (width - len(row))]
            ],
        ]
        for row in cells
    ]
    head, foot = [_NO_ATTRIBUTES, []], [_NO_ATTRIBUTES, []]
    return _of("Table", [_NO_ATTRIBUTES, [None, []], [column] * width, head, [[_NO_ATTRIBUTES, 0, [], body]], foot])


def _inlines(pieces: Sequence[Piece], *, marked: bool) -> list[dict[str, Any]]:
    inlines: list[dict[str, Any]] = []
    for piece in pieces:
        found = [*_words(piece.text)]
        if marked and piece.cites:
            found = [_of("Link", [_NO_ATTRIBUTES, found, [f"#ref-{piece.cites}", ""]])]
        inlines += [_of("Superscript", found)] if piece.raised else found
    return inlines


def _words(text: str) -> Iterator[dict[str, Any]]:
    for number, word in enumerate(text.split(" ")):
        if number:
            yield _of("Space")
        if word:
            yield _of("Str", word)
