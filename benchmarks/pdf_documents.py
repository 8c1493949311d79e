"""Makes PDF files from shared manuscripts, in the layouts that papers have, to measure the reader of PDF on.

usage: python -m benchmarks.pdf_documents DIRECTORY [--shared DIRECTORY] [--every N] [--layouts NAME …]

Writes DIRECTORY/LAYOUT/NAME.pdf with NAME.txt and NAME.json, the manuscript and its links, beside it; then
`measure/intext.py DIRECTORY/LAYOUT --as pdf` of the shared data scores them, and `--as txt` what plain text allows. Needs
LibreOffice, Chromium and pdfLaTeX for the layouts that bear their names. The manuscripts are every fourth of each source: the
same each time.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.producing import pdf_latex, pdf_libreoffice
from benchmarks.producing.pdf_blocks import Block, blocks_of
from benchmarks.producing.pdf_browser import write_browser

HERE = Path(__file__).resolve().parent

Documents = list[tuple[list[Block], Path]]


def _singly(write: Callable[[list[Block], Path], None]) -> Callable[[Documents], None]:
    def write_all(documents: Documents) -> None:
        for blocks, path in documents:
            write(blocks, path)

    return write_all


LAYOUTS: dict[str, Callable[[Documents], None]] = {
    "libreoffice-one-column": lambda documents: pdf_libreoffice.write_libreoffice(documents, pdf_libreoffice.SUBMISSION),
    "libreoffice-two-columns": lambda documents: pdf_libreoffice.write_libreoffice(documents, pdf_libreoffice.ARTICLE),
    "latex-one-column": _singly(partial(pdf_latex.write_latex, layout=pdf_latex.DRAFT)),
    "latex-two-columns": _singly(partial(pdf_latex.write_latex, layout=pdf_latex.ARTICLE)),
    "chromium-one-column": _singly(write_browser),
}


def main() -> None:
    """Writes the files of every layout that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--shared", type=Path, default=HERE.parents[1] / "shared")
    parser.add_argument("--every", type=int, default=4, help="every Nth manuscript of each source")
    parser.add_argument("--layouts", nargs="*", choices=list(LAYOUTS), default=list(LAYOUTS))
    arguments = parser.parse_args()
    data = arguments.shared / "data" / "manuscripts"
    if not data.is_dir():
        sys.exit(f"there are no manuscripts in {data}; name the directory that holds data/ with --shared")
    sources = [sorted(source.glob("*.json"))[:: arguments.every] for source in sorted(data.iterdir()) if source.is_dir()]
    chosen = [one for source in sources for one in source]
    for layout in arguments.layouts:
        folder = arguments.directory / layout
        folder.mkdir(parents=True, exist_ok=True)
        documents: Documents = []
        for gold in chosen:
            text = gold.with_suffix(".txt")
            for file in (gold, text):
                shutil.copy(file, folder)
            content = text.read_bytes().decode("utf-8")
            documents.append((blocks_of(content, json.loads(gold.read_bytes())), folder / f"{gold.stem}.pdf"))
        LAYOUTS[layout](documents)
        print(f"{layout}: {len(documents)} documents")


if __name__ == "__main__":
    main()
