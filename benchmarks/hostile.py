"""How time grows with hostile text: each reader of untrusted text on N and on 8 N characters of every nasty piece.

usage: python -m benchmarks.hostile [--length N]

Prints, for each function, the piece on which eight times the text took the most times as long, and the slowest at the larger
length. 8 is linear, 64 quadratic; the goal is at most 11 (fixed costs make small texts look dearer, so less is common). Ends
with 1 if a function grows by more than 20.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable

from bib.formats.bibtex import read_bibtex
from bib.formats.csl_json import read_csl_json
from bib.formats.endnote_xml import read_endnote_xml
from bib.formats.jats import read_jats
from bib.formats.latex import latex_to_text
from bib.formats.nbib import read_nbib
from bib.formats.ris import read_ris
from bib.identifiers import find_doi, find_url
from bib.model import Reference
from bib.names import parse_names
from bib.sections import find_reference_sections
from bib.strings import parse_reference
from litcheck.citations import find_citations
from litcheck.cli import OBJECTS_PER_COLLECTION
from litcheck.documents.html import read_html
from litcheck.documents.latex import read_latex
from litcheck.documents.markdown import read_markdown
from litcheck.documents.model import Document
from litcheck.documents.recognise import recognise_text
from litcheck.documents.rtf import read_rtf
from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance, Limits
from reports.difference import mark_words

GROWTH = 8
GOAL = 11.0
#: The clock of a shared machine explains no more than this: what grows faster is not linear.
FAILED = 20.0
#: Differences below this are the clock's and the collector's, not the function's.
SHORTEST_SECONDS = 0.02

PIECES = (
    *("(", "((((( ", "[", "[1-", "[1, ", "(1) ", "[1]", "<i>", "{", "@a{", "@a{k,\n", '"', "“", "\\'", "$", "`", "* "),
    *("A, ", "A and ", "Lee, ", "Lee, J. A., ", "J. ", "de la ", "et al. ", "; ", "… ", "World Health Organization "),
    *("2020; ", "2020, ", "2021a, b, ", "Smith 2020; ", "(Lee, 2020; ", "2020, p. 1, ", "1, ", "1-", "12(3):45-67, "),
    *("[@a; ", "\\cite{", "\\cites{a}", "\\verb|"),
    *("10.1000/", "doi: ", "http://", "In: ", "References\n", "\n", "A\n", "é", "王", "e\u0301", "word1,2 ", "a-\n"),
    *(
        "[1] Lee, A. (2020). Moss. [2] Roy, B. (2021). Fern.\n",
        "Lee, A. (2020). Moss. Moss Stud, 1, 2–3. Roy, B. (2021). Fern. ",
        "\f12\n",
    ),
    *(
        "TY  - JOUR\n",
        "TY  - JOUR\nAU  - Lee\n",
        "AU  - Lee, A, B, C\n",
        "N1  - a\nb\n",
        "ER  - \n",
        "PMID- 1\n",
        "FAU - Lee, A\n",
    ),
    *("<record>", "<record><a>", "</record>", "<record><!--", "<ref>", "<ref/>", "<ref><name/></ref>", "&a;", "&amp;", "<a "),
    *(
        "<p>a",
        "<li id=a>x",
        "<sup>1</sup>",
        "<td>a",
        "<a href='#r1'>1</a><p id=r1>x</p>",
        "<a href='#fn1'>1</a><p id='fn1'>n</p>",
    ),
    *(
        "{\\footnote a}",
        "\\cell a",
        "\\trowd a\\cell\\row ",
        "{\\field{\\*\\fldinst CITATION a}{\\fldrslt (Lee, 2020)}} ",
        "\\'e9",
    ),
    *(
        "\\footnote{a}",
        "\\begin{x}",
        "\\bibitem{a} b ",
        "\\def\\a{b}\\a ",
        "\\iffalse ",
        "\\x[",
        "\\hskip 1em plus ",
        "\\item a",
        "}",
    ),
    *('{"id":', '[{"id":1},', '{"id":"', '{"title":"a"}', "[[", '"a" ', "1"),
)

REFERENCES = (parse_reference("Lee, A. (2020). Counting what is cited. Journal of Small Studies, 4(2), 10–19.", id="1"),)


def cite(text: str) -> object:
    """Citations of a text with a list of one entry."""
    references = [entry for entry in REFERENCES if isinstance(entry, Reference)]
    return find_citations(Document(path="-", sha256="", format="text", text=text), (), references)


def reading(read: Callable[[bytes, Allowance], object]) -> Callable[[str], object]:
    """A reader of documents as a function of text; that it refuses one is an answer too."""

    def function(text: str) -> object:
        try:
            return read(text.encode(), Allowance("-", Limits(max_seconds=600)))
        except UnreadableDocument as error:
            return error

    return function


def _markdown(source: bytes, allowance: Allowance) -> object:
    return read_markdown(Document(path="-", sha256="", format="text", text=source.decode() + "\n\nAn end."), allowance)


def _latex(source: bytes, allowance: Allowance) -> object:
    return read_latex(Document(path="-", sha256="", format="text", text=source.decode()), allowance)


FUNCTIONS: dict[str, Callable[[str], object]] = {
    "find_reference_sections": find_reference_sections,
    "parse_reference": lambda text: parse_reference(text, id="1"),
    "parse_names": parse_names,
    "find_doi": find_doi,
    "find_url": find_url,
    "find_citations": cite,
    "read_markdown": reading(_markdown),
    "read_html": reading(lambda data, allowance: read_html("-", b"<html><body>" + data, allowance)),
    "read_rtf": reading(lambda data, allowance: read_rtf("-", b"{\\rtf1 " + data + b"}", allowance)),
    "read_latex": reading(_latex),
    "read_bibtex": read_bibtex,
    "read_ris": lambda text: read_ris("TY  - JOUR\n" + text),
    "read_nbib": lambda text: read_nbib("PMID- 1\n" + text),
    "read_csl_json": lambda text: read_csl_json("[" + text),
    "read_endnote_xml": lambda text: read_endnote_xml("<record>" + text),
    "read_jats": lambda text: read_jats("<ref><mixed-citation>" + text + "</mixed-citation></ref>"),
    "latex_to_text": latex_to_text,
    "recognise_text": recognise_text,
    "mark_words": lambda text: mark_words(text, text + " end"),
}


def seconds(function: Callable[[str], object], text: str) -> float:
    """Processor time of one call, the better of two."""
    best = float("inf")
    for _ in range(2):
        began = time.process_time()
        function(text)
        best = min(best, time.process_time() - began)
    return best


def main() -> None:
    """Prints a line a function."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--length", type=int, default=50_000, metavar="N")
    length: int = parser.parse_args().length
    # As the program itself runs. With Python's own setting a large text is also charged for looks through all that is in memory.
    gc.set_threshold(OBJECTS_PER_COLLECTION)
    print(f"{'function':26}{'growth':>8}  on{'':16}{'slowest':>9}  on   ({GROWTH} times {length:,} characters; goal {GOAL:g})")
    worst = 0.0
    for name, function in FUNCTIONS.items():
        growth, slowest = (0.0, ""), (0.0, "")
        for piece in PIECES:
            small, large = (seconds(function, (piece * (size // len(piece) + 1))[:size]) for size in (length, GROWTH * length))
            slowest = max(slowest, (large, piece))
            if large > SHORTEST_SECONDS:
                growth = max(growth, (large / max(small, SHORTEST_SECONDS / GROWTH), piece))
        print(f"{name:26}{growth[0]:8.1f}  {growth[1]!r:18}{slowest[0]:8.2f}s  {slowest[1]!r}", flush=True)
        worst = max(worst, growth[0])
    sys.exit(1 if worst > FAILED else 0)


if __name__ == "__main__":
    main()
