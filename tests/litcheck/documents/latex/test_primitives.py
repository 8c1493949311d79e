"""TeX's own commands with numbers and lengths behind them, as BibTeX's styles write them into lists."""

import pytest

from litcheck.documents.latex import read_latex
from litcheck.documents.model import Document
from litcheck.limits import DEFAULT_LIMITS, Allowance


def printed(source: str) -> str:
    text = f"\\begin{{document}}\n{source}\n\\end{{document}}\n"
    return read_latex(Document(path="-", sha256="", format="text", text=text), Allowance("paper.tex", DEFAULT_LIMITS)).text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("\\emph{Rivers}, 7\\penalty0 (1):\\penalty0 100--120, 2020.", "Rivers, 7(1):100–120, 2020."),
        ("Rivers, 7\\penalty0(1):\\penalty-10000 example", "Rivers, 7(1):example"),
        ("On rivers.\\hskip 1em plus\n  0.5em minus 0.4em\\relax Moss Press", "On rivers. Moss Press"),
        ("On\\hskip 1em rivers", "On rivers"),
        ("A\\kern.16667em B\\kern-.1667em\\lower.7ex C", "ABC"),
        ("\\parindent=0pt\\parskip 3pt plus 1fil\\hangindent\\parindent\\hangafter=1 Rivers", "Rivers"),
        ("\\hskip\\parindent Rivers", "Rivers"),
        ("Rivers\\hskip", "Rivers"),
        (
            "\\spaceskip=\\fontdimen2\\font plus\n4\\fontdimen3\\font minus\n \\fontdimen4\\font\\relax B. Kay. Rivers",
            "B. Kay. Rivers",
        ),
        ("\\spaceskip=0pt\\relax B. Kay. \\spaceskip Rivers", "B. Kay. Rivers"),
        (
            "\\expandafter\\ifx\\csname urlstyle\\endcsname\\relax\n\\providecommand{\\doi}[1]{doi: #1}\\else"
            "\n\\providecommand{\\doi}{doi: \\begingroup \\urlstyle{rm}\\Url}\\fi Rivers",
            "Rivers",
        ),
        ("\\ifx\\csname a\\endcsname\\csname b\\endcsname Rivers\\else Hills\\fi", "Rivers"),
    ],
)
def test_numbers_and_lengths_are_not_printed(source: str, text: str) -> None:
    assert printed(source).startswith(text)
