"""LaTeX manuscripts: what is printed, what is marked in it, and where it stands in the source."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcheck.documents import Document, read_document
from litcheck.documents.latex import read_latex
from litcheck.errors import ForbiddenFile, UnreadableDocument
from litcheck.limits import Allowance, Limits

Project = Callable[..., Document]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Writes files, ``paper.tex`` among them, and reads that."""

    def write(main: str, **files: str) -> Document:
        for name, text in {"paper.tex": main, **files}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return read_document(tmp_path / "paper.tex")

    return write


def text_of(source: str) -> str:
    document = Document(path="-", sha256="", format="text", text=source)
    return read_latex(document, Allowance("paper.tex", Limits())).text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("One\nline. % a comment\nTwo.\n\n\nNext.", "One line. Two.\n\nNext.\n"),
        ("Thirty\\% of 5\\,000~m---or 3--4.", "Thirty% of 5 000\u00a0m—or 3–4.\n"),
        ("``Quoted'' and `single' \\enquote{words}.", "“Quoted” and ‘single’ “words”.\n"),
        (r"M\"uller, G{\'o}mez, \v{S}vec, S\o{}ren, Stra\ss e, {\aa}, \'{\i}", "Müller, Gómez, Švec, Søren, Straße, å, í\n"),
        (r"{\bf Bold} \emph{text} and \textcolor{red}{red} \myown[opt]{words} here", "Bold text and red words here\n"),
        (r"Keep [1] \unknown [2] as \LaTeX{} has it.", "Keep [1] [2] as LaTeX has it.\n"),
        (r"\section[Short]{Long title}\label{sec:a}Text.", "Long title\n\nText.\n"),
        (r"\paragraph{Run in.} Text.", "Run in. Text.\n"),
        ("A \\[ x = \\frac{1}{2} \\] b $\\alpha < 0.05$ and $10^{7}$ at \\$5.", "A b α < 0.05 and 107 at $5.\n"),
        ("A\\begin{align*}x&=1\\\\\ny&=2\\end{align*} b.", "A b.\n"),
        ("A\n\\begin{verbatim}\nLee (2020) \\cite{x}\n\\end{verbatim}\nb.", "A b.\n"),
        ("\\verb|Lee (2020)| and \\verb+x_1+", "Lee (2020) and x_1\n"),
        ("A \\iffalse out \\ifx in \\else it \\fi out \\fi b.", "A b.\n"),
        ("A \\iffalse out \\else in \\fi b.", "A in b.\n"),
        ("A \\begin{comment} out \\end{comment} b.", "A b.\n"),
        ("\\begin{itemize}\\item One\n\\item Two\\end{itemize}", "• One\n• Two\n"),
        (
            "\\begin{enumerate}\\setcounter{enumi}{4}\\item One\n\\item[x.] Two\\item Three\\end{enumerate}",
            "5. One\nx. Two\n6. Three\n",
        ),
        ("\\begin{tabular}{l|l}a & b \\\\[2pt] \\hline c & d\\end{tabular}", "a\tb\nc\td\n"),
        (
            "See \\url{http://a.example/b_c%20d\\_e} and \\href{http://x.example}{there}.",
            "See http://a.example/b_c%20d_e and there.\n",
        ),
        ("In Figure~\\ref{fig:a} we.", "In Figure\u00a0?? we.\n"),
        ("One\\footnote{A \\emph{note}.} goes on.\n\nTwo\\footnote{B.}", "One1 goes on.\n\n1 A note.\n\nTwo2\n\n2 B.\n"),
        ("One\n\\begin{figure}[h]\\includegraphics{x}\\caption{Shown.}\\end{figure}\ngoes on.", "One goes on.\n\nShown.\n"),
        ("\\newcommand{\\etal}{et~al.\\xspace}Lee \\etal (2020), Roy \\etal{}.", "Lee et\u00a0al. (2020), Roy et\u00a0al..\n"),
        ("\\newcommand{\\two}[2]{#1 of #2}\\def\\x{X}\\x\\ and \\two{a}{b}", "X and a of b\n"),
        ("\\newcommand{\\two}[2][one]{#1-#2.}\\two{a} \\two[b]c \\two", "one-a. b-c.\n"),
        ("\\def\\f#1#2{#2#1}\\f ab \\f{c}{d} \\def\\g[#1]{#1}\\g[x]", "ba dc [x]\n"),
        ("A \\ifx\\a\\b in\\else out\\fi.", "A in.\n"),
        ("\\newcommand\\a{A}\\providecommand\\a{B}\\a\\renewcommand{\\a}{C}\\a", "AC\n"),
        ("\\texorpdfstring{printed}{not}", "printed\n"),
        ("\\hypertarget{a}{%\n\\section{Methods}\\label{a}}\n\nText.", "Methods\n\nText.\n"),
        ("Unclosed {\\em group \\footnote{and note", "Unclosed group 1\n\n1 and note\n"),
        ("}}} Closed.", "Closed.\n"),
        ("A lone $ sign and \\( open.", "A lone sign and open.\n"),
        ("\\catcode`\\%=12 A", "‘%=12 A\n"),
    ],
)
def test_text(source: str, text: str) -> None:
    assert text_of(source) == text


PAPER = r"""\documentclass{article}
\title{On \emph{marshes}\thanks{Paid}}
\author{A. Nobody (2001)}
\begin{document}
\maketitle
\begin{abstract}Short.\end{abstract}
Body.
\end{document}
Lee (2020)
"""


def test_only_the_title_of_the_preamble_is_printed_and_nothing_after_the_end() -> None:
    assert text_of(PAPER) == "On marshes\n\nAbstract\n\nShort.\n\nBody.\n"


def test_keys_are_cited_by_commands_as_they_stand(project: Project) -> None:
    document = project("See \\citep[p.~3]{lee,\n roy} \\nocite{kim}\\footnote{\\textcite{poe}} \\verb|\\cite{x}| %\\cite{y}\n")
    assert {key.span.of(document.text): key.key for key in document.keys} == {
        "\\citep[p.~3]{lee": "lee",
        "roy}": "roy",
        "\\nocite{kim}": "kim",
        "\\textcite{poe}": "poe",
    }
    assert not document.cites_all


def test_commands_of_the_document_may_cite(project: Project) -> None:
    document = project("\\newcommand{\\citeposs}[1]{\\citeauthor{#1}'s (\\citeyear{#1})}\nAs \\citeposs{lee} says.\n")
    assert document.text == "As \\citeauthor{lee}’s (\\citeyear{lee}) says.\n"
    assert [key.key for key in document.keys] == ["lee", "lee"]
    assert places(document, "\\citeauthor") == [("paper.tex", 2, 4)]


@pytest.mark.parametrize("command", ["\\nocite{*}", "\\nocite{lee, * }"])
def test_the_whole_bibliography_may_be_cited_at_once(project: Project, command: str) -> None:
    assert project(f"Text \\cite{{lee}}. {command}").cites_all


def test_raised_runs(project: Project) -> None:
    document = project("Rain\\textsuperscript{1,2} falls$^{3}$ on\\textsuperscript 4 m$^2$ {}$^{\\mathrm{5}}$, $x^2$.\n")
    assert [span.of(document.text) for span in document.superscripts] == ["1,2", "3", "4", "2", "5"]
    assert document.text == "Rain1,2 falls3 on4 m2 5, x2.\n"


LIST = r"""Text \cite{lee}.
\begin{thebibliography}{9}
\bibitem{lee} Lee, A. (2020). On rivers. \emph{Water}, 3, 1--9.

\bibitem[{Roy and Kim(2021)}]{roy%
}
Roy, S. \& Kim, B. (2021). On lakes.
\newblock Water, 4, 1--9.
\end{thebibliography}
After.
"""


def test_a_list_of_references(project: Project) -> None:
    document = project(LIST)
    assert document.sections is not None
    (section,) = document.sections
    assert section.heading is not None
    assert section.heading.of(document.text) == "References"
    assert [entry.of(document.text) for entry in section.entries] == [
        "[1] Lee, A. (2020). On rivers. Water, 3, 1–9.",
        "Roy, S. & Kim, B. (2021). On lakes. Water, 4, 1–9.",
    ]
    assert document.entry_ids == ("lee", "roy")
    assert document.text.endswith("\n\nAfter.\n")


def test_entries_with_one_key_are_kept_apart(project: Project) -> None:
    document = project("\\begin{thebibliography}{9}\\bibitem{a} One.\n\\bibitem{a} Two.\\end{thebibliography}")
    assert document.entry_ids == ("a", "a-2")


def places(document: Document, *words: str) -> list[tuple[str, int, int]]:
    assert document.origins is not None
    found = [document.origins.place_of(document.text.index(word)) for word in words]
    return [(Path(path).name, line, column) for path, line, column in found]


def test_places_are_those_of_the_source(project: Project) -> None:
    document = project(
        '% comment\n\\newcommand{\\fast}{quick fox}\nOne M\\"uller\n  two \\cite{lee}.\n\n'
        "\\input{more}\nThe \\fast{} end\\footnote{Note}.\n",
        **{"more.tex": "First.\r\n\r\nThird {\\em line}.\r\n"},
    )
    words = ("One", "ü", "ller", "two", "\\cite", "Third", "line", "quick", "fox", "end", "Note")
    assert places(document, *words) == [
        ("paper.tex", 3, 1),
        ("paper.tex", 3, 6),
        ("paper.tex", 3, 9),
        ("paper.tex", 4, 3),
        ("paper.tex", 4, 7),
        ("more.tex", 3, 1),
        ("more.tex", 3, 12),
        ("paper.tex", 7, 5),
        ("paper.tex", 7, 5),
        ("paper.tex", 7, 13),
        ("paper.tex", 7, 26),
    ]


def test_files_in_the_folder_are_read_in_their_place(project: Project) -> None:
    document = project(
        "\\documentclass{book}\\begin{document}A \\input one B\\include{parts/two} \\subfile{three}"
        "\\import{parts/}{four}\\end{document}",
        **{
            "one.tex": "one",
            "parts/two.tex": "two \\input{one}",
            "three.tex": "\\documentclass[paper]{subfiles}hidden\\begin{document}three\\end{document}",
            "parts/four.tex": " four \\input{five}",
            "parts/five.tex": "five",
        },
    )
    assert document.text == "A one Btwo one\n\nthree four five\n"
    assert document.unread == ()


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("\\input{../../etc/passwd}", "outside"),
        ("\\input{parts/../../secret}", "outside"),
        ("\\import{../}{secret}", "outside"),
        ("\\input{link}", "outside"),
        ("\\include{/etc/passwd}", "absolute"),
        ("\\input{~/secret}", "absolute"),
        ("\\input{|ls}", "no file of the manuscript's project"),
        ("\\input{https://example.org/a.tex}", "no file of the manuscript's project"),
        ("\\input{//host/share}", "no file of the manuscript's project"),
    ],
)
def test_a_document_that_reaches_outside_of_its_folder_is_refused(tmp_path: Path, command: str, said: str) -> None:
    (tmp_path / "secret.tex").write_text("Secret")
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "link.tex").symlink_to(tmp_path / "secret.tex")
    (folder / "paper.tex").write_text(f"Text.\n{command} More.\n")
    with pytest.raises(ForbiddenFile) as refused:
        read_document(folder / "paper.tex")
    assert said in str(refused.value)
    assert f"{command} (" in str(refused.value)
    assert "paper.tex, line 2" in str(refused.value)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("\\input{missing}", "no such file"),
        ("\\input{paper}", "names itself"),
        ("\\input{binary}", "not text"),
        ("\\input{empty}", "is empty"),
        ("\\bibliography{../secret}", "outside"),
        ("\\addbibresource{http://example.org/a.bib}", "no file of the manuscript's project"),
    ],
)
def test_what_is_not_read_is_said(tmp_path: Path, command: str, said: str) -> None:
    (tmp_path / "secret.tex").write_text("Secret")
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "binary.tex").write_bytes(b"\x00\x01\x02" * 100)
    (folder / "empty.tex").write_bytes(b"")
    paper = folder / "paper.tex"
    paper.write_text(f"Text.\n{command} More.\n")
    document = read_document(paper)
    (part,) = document.unread
    assert said in part.reason
    assert command in part.reason
    assert "line 2" in part.reason
    assert part.is_bibliography == ("bib" in command)
    assert document.text == "Text. More.\n"


def test_files_that_name_each_other_end(project: Project) -> None:
    document = project("\\input{a}", **{"a.tex": "A \\input{b}", "b.tex": "B \\input{a}"})
    assert document.text == "A B\n"
    assert "names itself" in document.unread[0].reason


def test_what_files_hold_together_is_bounded(tmp_path: Path) -> None:
    (tmp_path / "paper.tex").write_text("\\section{A}" + "\\input{big}" * 20)
    (tmp_path / "big.tex").write_text("word " * 40_000)
    with pytest.raises(UnreadableDocument, match="max-unpacked-mb"):
        read_document(tmp_path / "paper.tex", limits=Limits(max_unpacked_mb=1))


@pytest.mark.parametrize(
    "source",
    [
        "\\newcommand{\\a}{\\a}\n\\a end",
        "\\newcommand{\\a}{\\b}\\newcommand{\\b}{\\a}\n\\a end",
        "\\newcommand{\\a}[1]{\\a{#1#1}}\n\\a{x} end",
        "\\def\\a{x\\a\\a}\n" + "\\a" * 1000 + " end",
    ],
)
def test_a_definition_without_an_end_is_refused(source: str) -> None:
    with pytest.raises(UnreadableDocument, match=r"line 2: the command \\\w stands for itself"):
        text_of("A " + source)


@pytest.mark.parametrize(
    "source",
    [
        "\\def\\a{x\\ifdone\\else\\a\\fi}\\a end",
        "".join(f"\\def\\{c}{{\\{d}\\{d}}}" for c, d in zip("efghijklmnop", "fghijklmnopq", strict=True)) + "\\e" * 50 + " end",
    ],
    ids=["conditional", "doubling"],
)
def test_definitions_that_grow_are_replaced_within_bounds(source: str) -> None:
    text = text_of("A " + source)
    assert text.endswith("end\n")
    assert len(text) < 1_000_000


@pytest.mark.parametrize(
    "piece", ["{", "}", "\\footnote{", "\\begin{a}", "\\end{a}", "$", "\\texorpdfstring{", "[", "\\cite[", "\\item[", "%\n", "&"]
)
def test_hostile_repetition_is_read(piece: str) -> None:
    assert text_of("Text " + piece * 2_000).startswith("Text")


def test_a_file_that_prints_nothing_is_refused(project: Project) -> None:
    with pytest.raises(UnreadableDocument, match="prints nothing"):
        project("\\documentclass{article}\n\\begin{document}\n% nothing\n\\end{document}\n")


PIECES = (
    *("\\", "{", "}", "[", "]", "$", "%", "\n", "\n\n", "&", "~", "a", " ", "\\begin{", "\\end{", "document}", "figure}"),
    *(
        "tabular}",
        "\\item",
        "\\footnote",
        "\\cite{",
        "lee",
        "\\bibitem",
        "\\title",
        "\\verb|",
        "\\iffalse",
        "\\fi",
        "\\newcommand{\\a}",
    ),
    *("\\a", "\\textsuperscript", "thebibliography}", "\\'"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_anything_is_read_and_every_character_has_a_place(source: str) -> None:
    document = Document(path="-", sha256="", format="text", text="A" + source)
    try:
        read = read_latex(document, Allowance("paper.tex", Limits()))
    except UnreadableDocument as error:
        assert "prints nothing" in str(error)  # noqa: PT017 - only some of what is drawn prints nothing
        return
    assert read.origins is not None
    lines = source.count("\n") + 1
    assert all(1 <= read.origins.place_of(at)[1] <= lines for at in range(len(read.text)))
    assert all(0 <= span.start < span.end <= len(read.text) for span in read.superscripts)
    for section in read.sections or ():
        assert all(entry.of(read.text).strip() == entry.of(read.text) != "" for entry in section.entries)


WHOLE = PAPER.replace("Body.", 'M\\"uller\\footnote{A note.} \\cite{lee} $x^2$\\textsuperscript{1}. ' + LIST) + "% end\n"


def read_bytes(data: bytes, path: Path) -> str:
    path.write_bytes(data)
    try:
        return read_document(path).text
    except UnreadableDocument as error:
        return str(error)


def test_a_document_that_is_cut_off_is_read_or_refused(tmp_path: Path) -> None:
    data = WHOLE.encode()
    for end in range(1, len(data), len(data) // 50):
        assert read_bytes(data[:end], tmp_path / "paper.tex")


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_a_document_with_a_wrong_byte_is_read_or_refused(place: int, change: int) -> None:
    data = bytearray(WHOLE.encode("latin-1"))
    data[place] ^= change
    document = Document(path="-", sha256="", format="text", text=data.decode("latin-1"))
    try:
        assert read_latex(document, Allowance("paper.tex", Limits())).text
    except UnreadableDocument as error:
        assert "prints nothing" in str(error)  # noqa: PT017 - most of what is drawn prints something


def test_random_bytes_after_the_first_command_are_read_or_refused(tmp_path: Path) -> None:
    noise = bytes((place * 7919 + place // 3) % 256 for place in range(3000))
    assert read_bytes(b"\\documentclass{article}\n\\begin{document}" + noise, tmp_path / "paper.tex")


def test_a_chapter_is_read_by_itself(project: Project) -> None:
    document = project("\\chapter{Rivers}\nAs \\citet{lee} says.\n")
    assert document.format == "latex"
    assert document.text == "Rivers\n\nAs \\citet{lee} says.\n"


def test_a_document_on_standard_input_has_no_other_files() -> None:
    source = "Text \\input{more} \\bibliography{refs}"
    document = read_latex(Document(path="-", sha256="", format="text", text=source), Allowance("Standard input", Limits()))
    assert [("standard input" in part.reason, part.is_bibliography) for part in document.unread] == [(True, False), (True, True)]
