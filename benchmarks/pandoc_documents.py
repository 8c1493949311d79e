"""Makes LaTeX and other marked-up files from shared manuscripts with pandoc, to measure their readers on.

usage: python -m benchmarks.pandoc_documents DIRECTORY [--shared DIRECTORY] [--every N] [--formats NAME …]

Writes DIRECTORY/NAME.tex, NAME.docbook, … with NAME.txt and NAME.json, the manuscript and its links, beside them; then
`measure/intext.py DIRECTORY --as tex` of the shared data scores them, and `--as txt` what plain text allows: there raised numbers
are not marked. Needs pandoc. The manuscripts are every fourth of each source: the same each time.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.producing.pdf_blocks import Block, blocks_of

HERE = Path(__file__).resolve().parent

#: By the end of the files' names, what pandoc calls the format.
FORMATS = {"tex": "latex", "docbook": "docbook", "org": "org", "rst": "rst"}
_NO_ATTRIBUTES: list[Any] = ["", [], []]


def syntax_of(blocks: list[Block]) -> dict[str, Any]:
    """The blocks in pandoc's abstract syntax."""
    return {"pandoc-api-version": [1, 22, 2, 1], "meta": {}, "blocks": [_element(block) for block in blocks]}


def _element(block: Block) -> dict[str, Any]:
    if block.kind == "table":
        return _table([row.split("\t") for row in block.text.split("\n")])
    inlines = [one for text, up in block.pieces() for one in ([{"t": "Superscript", "c": _words(text)}] if up else _words(text))]
    if block.kind in ("title", "heading"):
        return {"t": "Header", "c": [1, _NO_ATTRIBUTES, inlines]}
    return {"t": "Para", "c": inlines}


def _words(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for place, word in enumerate(text.split(" ")):
        found += [{"t": "Space"}] * bool(place)
        found += [{"t": "Str", "c": word}] * bool(word)
    return found


def _table(rows: list[list[str]]) -> dict[str, Any]:
    columns = max(len(row) for row in rows)
    default = {"t": "AlignDefault"}
    body = [
        [
            _NO_ATTRIBUTES,
            [
                [_NO_ATTRIBUTES, default, 1, 1, [{"t": "Plain", "c": _words(cell)}]]
                for cell in [*row, *[""] * (columns - len(row))]
            ],
        ]
        for row in rows
    ]
    empty: list[Any] = [_NO_ATTRIBUTES, []]
    widths = [[default, {"t": "ColWidthDefault"}]] * columns
    return {"t": "Table", "c": [_NO_ATTRIBUTES, [None, []], widths, empty, [[_NO_ATTRIBUTES, 0, [], body]], empty]}


def main() -> None:
    """Writes the files in every format that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--shared", type=Path, default=HERE.parents[1] / "shared")
    parser.add_argument("--every", type=int, default=4, help="every Nth manuscript of each source")
    parser.add_argument("--formats", nargs="*", choices=list(FORMATS), default=["tex", "docbook"])
    arguments = parser.parse_args()
    data = arguments.shared / "data" / "manuscripts"
    if not data.is_dir():
        sys.exit(f"there are no manuscripts in {data}; name the directory that holds data/ with --shared")
    if shutil.which("pandoc") is None:
        sys.exit("there is no pandoc on the PATH")
    sources = [sorted(source.glob("*.json"))[:: arguments.every] for source in sorted(data.iterdir()) if source.is_dir()]
    arguments.directory.mkdir(parents=True, exist_ok=True)
    for gold in [one for source in sources for one in source]:
        text = gold.with_suffix(".txt")
        for file in (gold, text):
            shutil.copy(file, arguments.directory)
        syntax = json.dumps(syntax_of(blocks_of(text.read_bytes().decode("utf-8"), json.loads(gold.read_bytes()))))
        for ending in arguments.formats:
            made = arguments.directory / f"{gold.stem}.{ending}"
            command = ["pandoc", "--standalone", "--from", "json", "--to", FORMATS[ending], "--output", str(made)]
            subprocess.run(command, input=syntax.encode(), check=True)


if __name__ == "__main__":
    main()
