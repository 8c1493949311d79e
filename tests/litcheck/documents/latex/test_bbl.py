"""The lists that BibTeX and biber make, for those who do not give the bibliography itself."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bib.model import Reference
from litcheck.documents.latex.bbl import holds_biber_list, read_bbl
from litcheck.reading import entries_of, read

BIBER = r"""% $ biblatex auxiliary file $
\begingroup
\refsection{0}
  \datalist[entry]{nty/global//global/global/global}
    \entry{lee2020}{article}{}{}
      \name{author}{2}{ul=2}{%
        {{un=0,uniquepart=base,hash=aa}{%
           family={L\"ee},
           familyi={L\bibinitperiod},
           given={Ann\bibnamedelima B.},
           giveni={A\bibinitperiod},
           givenun=0,
           prefix={van},
           prefixi={v\bibinitperiod}}}%
        {{hash=bb}{%
           family={Ministry of Water}}}%
      }
      \strng{namehash}{cc}
      \field{sortinit}{L}
      \field{journaltitle}{Water \& Ice}
      \field{number}{2}
      \field{title}{On {Alpine} rivers}
      \field{volume}{3}
      \field{year}{2020}
      \field{pages}{1\bibrangedash 9}
      \range{pages}{9}
      \verb{doi}
      \verb 10.1000/a_b%c
      \endverb
    \endentry
    \entry{roy}{book}{}{}
      \name{author}{1}{}{{{hash=dd}{family={Roy},given={Bo}}}}
      \list{publisher}{1}{%
        {Springer}%
      }
      \field{title}{On lakes}
      \field{year}{2021}
    \endentry
    \entry{lee2020}{article}{}{}
      \field{title}{In another list}
    \endentry
  \enddatalist
\endrefsection
\endinput
"""
BIBTEX = r"""\begin{thebibliography}{1}
\expandafter\ifx\csname url\endcsname\relax
  \def\url#1{\texttt{#1}}\fi
\bibitem[{Lee(2020)}]{lee2020}
Lee, A. (2020), `On rivers', \emph{Water} \textbf{3}(2), 1--9.
\end{thebibliography}
"""


def test_entries_that_biber_made() -> None:
    assert holds_biber_list(BIBER)
    assert not holds_biber_list(BIBTEX)
    (lee, lee_span), (roy, _) = read_bbl(BIBER)
    assert isinstance(lee, Reference)
    assert isinstance(roy, Reference)
    assert (lee.id, lee.type, lee.title, lee.container_title) == ("lee2020", "article-journal", "On Alpine rivers", "Water & Ice")
    assert (lee.volume, lee.issue, lee.page, lee.year, lee.doi) == ("3", "2", "1–9", 2020, "10.1000/a_b%c")
    assert [author.full_family for author in lee.authors] == ["van Lëe", "Ministry of Water"]
    assert lee.authors[0].given == "Ann B."
    assert (roy.publisher, roy.type) == ("Springer", "book")
    assert lee_span.of(BIBER) == lee.raw
    assert lee.raw.startswith("\\entry{lee2020}")


def written(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder / "paper.tex"


def test_the_list_of_biber_takes_the_place_of_a_missing_bibliography(tmp_path: Path) -> None:
    main = (
        "\\documentclass{article}\\addbibresource{refs.bib}\n\\begin{document}Text \\cite{roy}.\\printbibliography\\end{document}"
    )
    document = read(written(tmp_path, paper_tex=main, paper_bbl=BIBER))
    assert [entry.id for entry in entries_of(document)] == ["lee2020", "roy"]
    assert (Path(document.places["roy"].path).name, document.places["roy"].line) == ("paper.bbl", 31)
    assert document.unread == ()


def test_the_list_of_bibtex_is_printed_in_its_place(tmp_path: Path) -> None:
    path = written(tmp_path, paper_tex="Text \\cite{lee2020}.\n\\bibliography{refs}\nAfter.\n", paper_bbl=BIBTEX)
    document = read(path)
    assert document.entry_ids == ("lee2020",)
    assert document.sections is not None
    assert document.sections[0].entries[0].of(document.text) == "Lee, A. (2020), ‘On rivers’, Water 3(2), 1–9."
    assert document.text.endswith("After.\n")
    assert document.unread == ()
    assert document.origins is not None
    assert document.origins.place_of(document.text.index("Lee, A."))[:2] == (str(tmp_path / "paper.bbl"), 5)


def test_a_bibliography_goes_before_the_list_made_of_it(tmp_path: Path) -> None:
    bibliography = "@article{lee2020, author={Lee, A.}, title={From the source}, year=2020}\n"
    document = read(
        written(tmp_path, paper_tex="\\cite{lee2020} \\bibliography{refs}\n", paper_bbl=BIBTEX, refs_bib=bibliography)
    )
    assert [entry.title for entry in entries_of(document) if isinstance(entry, Reference)] == ["From the source"]
    assert document.sections is None


PIECES = (
    "\\entry{a}{article}",
    "\\name{author}{1}{}",
    "{",
    "}",
    "\\field{title}",
    "\\verb{doi}\n\\verb x\n",
    "family={",
    ",",
    "\\endentry",
    "\n",
)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_anything_is_read(text: str) -> None:
    for entry, span in read_bbl(text):
        assert entry.raw == span.of(text)
        assert entry.span is None
