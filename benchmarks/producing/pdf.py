"""PDF files of the manuscripts in the layouts that papers have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal, get_args

from benchmarks.producing import pdf_latex, pdf_libreoffice
from benchmarks.producing.manuscripts import Block, Manuscript
from benchmarks.producing.pdf_browser import write_browser

Layout = Literal[
    "libreoffice-one-column", "libreoffice-two-columns", "latex-one-column", "latex-two-columns", "chromium-one-column"
]
LAYOUTS: tuple[Layout, ...] = get_args(Layout)


def write(manuscripts: Sequence[Manuscript], directory: Path, layout: Layout) -> None:
    """NAME.pdf for every manuscript."""
    documents = [(_set(manuscript.blocks), directory / f"{manuscript.name}.pdf") for manuscript in manuscripts]
    if layout == "libreoffice-one-column":
        pdf_libreoffice.write_libreoffice(documents, pdf_libreoffice.SUBMISSION)
    elif layout == "libreoffice-two-columns":
        pdf_libreoffice.write_libreoffice(documents, pdf_libreoffice.ARTICLE)
    for blocks, path in documents:
        if layout == "latex-one-column":
            pdf_latex.write_latex(blocks, path, pdf_latex.DRAFT)
        elif layout == "latex-two-columns":
            pdf_latex.write_latex(blocks, path, pdf_latex.ARTICLE)
        elif layout == "chromium-one-column":
            write_browser(blocks, path)


def _set(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with what comes after the list, captions mostly, set as its entries are."""
    first = next((place for place, block in enumerate(blocks) if block.kind == "entry"), len(blocks))
    after = [replace(block, kind="entry") if block.kind == "paragraph" else block for block in blocks[first:]]
    return [*blocks[:first], *after]
