"""Files by pandoc: HTML, EPUB, Markdown, LaTeX, JATS, DocBook, DOCX and ODT, from its own form of the manuscript."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from benchmarks.producing import zotero
from benchmarks.producing.manuscripts import Block, Manuscript, Run

#: How citations and the list are set: as printed; the list's numbers given by the format; citations as links to marked entries;
#: as Zotero's fields, which Word's format alone can hold.
Setting = Literal["printed", "numbered", "linked", "zotero"]

_SECONDS = 120
_NO_ATTRIBUTES: list[Any] = ["", [], []]


def write(manuscripts: Sequence[Manuscript], directory: Path, suffix: str, to: str, setting: Setting = "printed") -> None:
    """NAME.``suffix`` for every manuscript; ``to`` is pandoc's name of the format."""
    for manuscript in manuscripts:
        target = directory / f"{manuscript.name}.{suffix}"
        command = ["pandoc", "--standalone", "--from", "json", "--to", to, "--wrap", "preserve", "--output", str(target)]
        document = json.dumps(_as_pandoc(manuscript, setting))
        subprocess.run(command, input=document, text=True, check=True, capture_output=True, timeout=_SECONDS)


def _as_pandoc(manuscript: Manuscript, setting: Setting) -> dict[str, Any]:
    """The manuscript in pandoc's JSON."""
    blocks: list[dict[str, Any]] = []
    title: list[dict[str, Any]] = []
    for kind, group in groupby(manuscript.blocks, key=lambda block: block.kind):
        found = list(group)
        if kind == "title":
            title = _inlines(found[0].runs, manuscript, setting)
        elif kind == "heading":
            blocks += [_of("Header", [1, _NO_ATTRIBUTES, _inlines(block.runs, manuscript, setting)]) for block in found]
        elif kind == "table":
            blocks += [_table(block, manuscript, setting) for block in found]
        elif kind == "entry":
            blocks += _list(found, manuscript, setting)
        else:
            blocks += [_of("Para", _inlines(block.runs, manuscript, setting)) for block in found]
    meta = {"title": _of("MetaInlines", title)}
    return {"pandoc-api-version": [1, 22, 1], "meta": meta, "blocks": blocks}


def _of(kind: str, content: Any = None) -> dict[str, Any]:
    return {"t": kind} if content is None else {"t": kind, "c": content}


def _list(entries: list[Block], manuscript: Manuscript, setting: Setting) -> list[dict[str, Any]]:
    if setting == "numbered":
        items = [[_of("Para", _inlines(entry.without_label().runs, manuscript, setting))] for entry in entries]
        return [_of("OrderedList", [[1, _of("Decimal"), _of("Period")], items])]
    paragraphs = [_of("Para", _inlines(entry.runs, manuscript, setting)) for entry in entries]
    if setting == "linked":
        divs = [
            _of("Div", [[f"ref-{entry.id}", ["csl-entry"], []], [paragraph]])
            for entry, paragraph in zip(entries, paragraphs, strict=True)
        ]
        return [_of("Div", [["refs", ["references"], []], divs])]
    if setting == "zotero":
        begins, ends = zotero.around_list()
        paragraphs[0]["c"].insert(0, _word(begins))
        paragraphs[-1]["c"].append(_word(ends))
    return paragraphs


def _table(table: Block, manuscript: Manuscript, setting: Setting) -> dict[str, Any]:
    rows = table.rows()
    column = [_of("AlignDefault"), _of("ColWidthDefault")]
    body = [
        [
            _NO_ATTRIBUTES,
            [
                [_NO_ATTRIBUTES, _of("AlignDefault"), 1, 1, [_of("Plain", _inlines(cell, manuscript, setting))] if cell else []]
                for cell in row
            ],
        ]
        for row in rows
    ]
    head, foot = [_NO_ATTRIBUTES, []], [_NO_ATTRIBUTES, []]
    return _of("Table", [_NO_ATTRIBUTES, [None, []], [column] * len(rows[0]), head, [[_NO_ATTRIBUTES, 0, [], body]], foot])


def _inlines(runs: Sequence[Run], manuscript: Manuscript, setting: Setting) -> list[dict[str, Any]]:
    inlines: list[dict[str, Any]] = []
    for cites, group in groupby(runs, key=lambda run: run.cites):
        found = [inline for run in group for inline in _inline(run, setting)]
        if setting == "zotero" and cites:
            begins, ends = zotero.around_citation([manuscript.entries[entry] for entry in cites])
            found = [_word(begins), *found, _word(ends)]
        inlines += found
    return inlines


def _inline(run: Run, setting: Setting) -> list[dict[str, Any]]:
    found = [*_words(run.text)]
    if setting == "linked" and run.link:
        found = [_of("Link", [_NO_ATTRIBUTES, found, [f"#ref-{run.link}", ""]])]
    return [_of("Superscript", found)] if run.raised else found


def _word(source: str) -> dict[str, Any]:
    """Source of a Word document, as it is."""
    return _of("RawInline", ["openxml", source])


def _words(text: str) -> Iterator[dict[str, Any]]:
    for number, word in enumerate(text.split(" ")):
        if number:
            yield _of("Space")
        if word:
            yield _of("Str", word)
