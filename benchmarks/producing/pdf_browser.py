"""PDF files as Chromium prints them: one column, its own heads and page numbers, a list with hanging numbers or indents."""

from __future__ import annotations

import subprocess
import tempfile
from html import escape
from pathlib import Path

from benchmarks.producing.manuscripts import Block

_SECONDS = 120
_TAGS = {"title": "h1", "heading": "h2", "paragraph": "p", "entry": "p"}
_STYLE = """body { font: 11pt 'Liberation Serif', serif; text-align: justify; hyphens: auto; }
h1 { font-size: 17pt; } h2 { font-size: 12pt; } table { font-size: 8pt; border-collapse: collapse; }
td { padding: 1pt 4pt; vertical-align: top; text-align: left; }
.entry { margin: 0; padding-left: 2em; text-indent: -2em; } sup { font-size: 65%; line-height: 0; } @page { margin: 2cm; }"""


def write_browser(blocks: list[Block], path: Path) -> None:
    """Writes the blocks to ``path`` as Chromium prints a page, with the date, title and address at the edges."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "paper.html"
        source.write_text(web_page(blocks), encoding="utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        command += [f"--print-to-pdf={path.resolve()}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)


def web_page(blocks: list[Block]) -> str:
    """The blocks as a web page."""
    made = [
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(blocks[0].text)}</title><style>{_STYLE}</style>'
    ]
    for block in blocks:
        if block.kind == "table":
            rows = [row.split("\t") for row in block.text.split("\n")]
            cells = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
            made.append(f"<table>{cells}</table>")
            continue
        tag = _TAGS[block.kind]
        text = "".join(f"<sup>{escape(piece)}</sup>" if up else escape(piece) for piece, up in block.pieces())
        made.append(f'<{tag} class="{block.kind}">{text}</{tag}>')
    return "\n".join(made)
