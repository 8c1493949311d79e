"""PDF files as pdfLaTeX makes them: two columns, ligatures, hyphens, running heads, floats and a footnote."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path

from benchmarks.producing.manuscripts import Block

_SECONDS = 120
#: A column holds so many lines of a table, and a line so many of its letters, with room to spare.
_LINES_OF_TABLE = 40
_LETTERS_ACROSS = 50
_LETTERS_ACROSS_PAGE = 105
#: Tables of more columns are set across the page.
_WIDEST = 3
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "−": r"\ensuremath{-}",
    "×": r"\ensuremath{\times}",
    "±": r"\ensuremath{\pm}",
    "≤": r"\ensuremath{\leq}",
    "≥": r"\ensuremath{\geq}",
    "α": r"\ensuremath{\alpha}",
    "β": r"\ensuremath{\beta}",
    "γ": r"\ensuremath{\gamma}",
    "δ": r"\ensuremath{\delta}",
    "κ": r"\ensuremath{\kappa}",
    "μ": r"\ensuremath{\mu}",
    "µ": r"\ensuremath{\mu}",
    "\u00a0": "~",
    "\u2009": r"\,",
    "\u202f": r"\,",
    "\u2010": "-",
    "\u2011": "-",
    "\u2002": " ",
    "\u2003": " ",
    "\u200b": "",
    "‘": "`",
    "’": "'",
}
_LABEL = re.compile(r"(\d{1,3}\.) ")
#: Addresses break where a slash, a dot or a hyphen allows it.
_ADDRESS = re.compile(r"(?:https?://|www\.|doi:\s?10\.|\b10\.\d{4,}/)\S+")

_PREAMBLE = r"""\documentclass[CLASS]{article}
\usepackage[T1]{fontenc}\usepackage[utf8]{inputenc}\usepackage{lmodern}\usepackage[english]{babel}
\usepackage[a4paper,margin=MARGIN,headheight=14pt]{geometry}\usepackage{fancyhdr}\usepackage{textcomp}\usepackage{array}
\pagestyle{fancy}\fancyhf{}\fancyhead[L]{\small HEAD}\fancyhead[R]{\small\thepage}
\setlength{\parindent}{1em}\emergencystretch=2em
\newenvironment{entries}{ENTRIES}{\end{list}}
\newenvironment{numbered}{\begin{list}{}{\leftmargin2em\labelwidth1.6em\labelsep.4em\parsep0pt\itemsep1pt}\small}{\end{list}}
\begin{document}
"""
#: Two columns; entries hang.
ARTICLE = {
    "CLASS": "10pt,twocolumn",
    "MARGIN": "2cm",
    "ENTRIES": r"\begin{list}{}{\leftmargin1em\itemindent-1em\labelwidth0pt\labelsep0pt\parsep0pt\itemsep2pt}\small",
}
#: One column with numbers beside the lines; entries begin where their other lines do.
DRAFT = {
    "CLASS": "11pt",
    "MARGIN": "2.8cm",
    "ENTRIES": r"\begin{list}{}{\leftmargin0pt\labelwidth0pt\labelsep0pt\parsep0pt\itemsep4pt}",
}
_NUMBERS_OF_LINES = r"\usepackage{lineno}\linenumbers"
_FIGURE = r"""\begin{figure}[t]\centering\rule{5cm}{3cm}
\caption{A grey box, whose caption is set below it and runs over at least two lines of the column.}\end{figure}
"""
_NOTE = r"\footnote{Words that stand at the foot of the column, apart from every sentence, and that take two lines.}"


def write_latex(blocks: list[Block], path: Path, layout: dict[str, str]) -> None:
    """Writes the blocks to ``path``. Characters that the fonts lack are left out."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "paper.tex"
        source.write_text(latex_document(blocks, layout), encoding="utf-8")
        command = ["pdflatex", "-interaction=nonstopmode", "-no-shell-escape", "paper.tex"]
        for _ in range(2):
            # It ends with 1 for each character that is missing from the fonts.
            subprocess.run(command, cwd=folder, check=False, capture_output=True, timeout=_SECONDS)
        path.write_bytes((Path(folder) / "paper.pdf").read_bytes())


def latex_document(blocks: list[Block], layout: dict[str, str]) -> str:
    """The blocks as the source of an article, in two columns with the title across both."""
    preamble = _PREAMBLE.replace("HEAD", _escaped(blocks[0].text[:60]))
    for name, value in layout.items():
        preamble = preamble.replace(name, value)
    title = rf"{{\LARGE {_escaped(blocks[0].text)}\par}}\vspace{{1em}}"
    if layout is DRAFT:
        made = [preamble.replace(r"\begin{document}", _NUMBERS_OF_LINES + r"\begin{document}"), title]
    else:
        made = [preamble, rf"\twocolumn[\centering{title}]"]
    listing = ""
    for n, block in enumerate(blocks[1:]):
        label = _LABEL.match(block.text) if block.kind == "entry" else None
        if block.kind == "entry" and not listing:
            listing = "numbered" if label else "entries"
            made.append(rf"\begin{{{listing}}}")
        text = "".join(rf"\textsuperscript{{{_escaped(piece)}}}" if up else _escaped(piece) for piece, up in block.pieces())
        if block.kind == "paragraph":
            made.append(text + (_NOTE if n == len(blocks) // 4 else "") + "\n")
            if n % 12 == 5:
                made.append(_FIGURE)
        elif block.kind == "heading":
            made.append(rf"\section*{{{text}}}")
        elif block.kind == "table":
            made.append(_table(block.text, columns=1 if layout is DRAFT else 2))
        elif label and listing == "numbered":
            made.append(rf"\item[{label[1]}] {text[label.end() :]}")
        else:
            made.append(rf"\item {text}")
    if listing:
        made.append(rf"\end{{{listing}}}")
    return "\n".join([*made, r"\end{document}"])


def _table(text: str, columns: int) -> str:
    """The table where it stands, wide ones on a page of their own: floats would end up elsewhere."""
    rows = [row.split("\t") for row in text.split("\n")]
    width = max(map(len, rows))
    wide = columns > 1 and width > _WIDEST
    letters = max(1, (_LETTERS_ACROSS_PAGE if wide or columns == 1 else _LETTERS_ACROSS) // width)
    pieces: list[list[str]] = [[]]
    filled = 0
    for row in rows:
        lines = max(1 + len(cell) // letters for cell in row)
        if filled + lines > _LINES_OF_TABLE:
            pieces.append([])
            filled = 0
        filled += lines
        pieces[-1].append(" & ".join(map(_escaped, [*row, *[""] * (width - len(row))])))
    setting = rf">{{\raggedright\arraybackslash}}p{{\dimexpr(\linewidth-{12 * width}pt)/{width}}}" * width
    made = [
        rf"\noindent\begin{{tabular}}{{{setting}}}{body}\end{{tabular}}\par"
        for body in ("\\\\\\relax\n".join(piece) for piece in pieces)
    ]
    joined = rf"{{\scriptsize {' '.join(made)}}}"
    return rf"\onecolumn {joined}\twocolumn " if wide else rf"\par\medskip {joined}\medskip"


def _escaped(text: str) -> str:
    made, at = [], 0
    for match in _ADDRESS.finditer(text):
        made += [_plain(text[at : match.start()]), re.sub(r"(?<=[/.-])", r"\\allowbreak{}", _plain(match.group()))]
        at = match.end()
    return "".join([*made, _plain(text[at:])])


def _plain(text: str) -> str:
    return "".join(_SPECIAL.get(character, character) for character in text)
