import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bib.formats.latex import latex_to_text, text_to_latex


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"M{\"u}ller", "Müller"),
        (r"M\"uller", "Müller"),
        (r"M\"{u}ller", "Müller"),
        (r"Jos{\'e} Garc\'{\i}a", "José García"),
        (r"Garc\'\i a", "García"),
        (r"\v{C}apek, {\v S}t\v{e}p\'an", "Čapek, Štěpán"),
        (r"Fran\c{c}ois \c Celik", "François Çelik"),
        (r"{\O}rsted and \o rsted", "Ørsted and ørsted"),
        (r"{\L}ukasz Stra{\ss}e \AA{}ngstr\"om", "Łukasz Straße Ångström"),
        (r"Nguy\~{\^e}n", "Nguyễn"),
        (r"\H{o} \k{a} \r{u} \u{g} \.{I} \d{s} \={a}", "ő ą ů ğ İ ṣ ā"),
        (r"{{Deep} {RNN}s}", "Deep RNNs"),
        (r"Science \& Technology, 5\% of \#1 \_x", "Science & Technology, 5% of #1 _x"),
        ("Science & Technology 100% of it", "Science & Technology 100% of it"),
        ("``Quoted'' --- and 1--10", "“Quoted” — and 1–10"),
        ("J.~D.~Lee", "J. D. Lee"),
        ("the state-of-the-art 'x'", "the state-of-the-art 'x'"),
        (r"TiO$_2$ and $\alpha$-helix, $10^{-3}$", "TiO2 and α-helix, 10-3"),
        (r"\emph{Homo sapiens} {\it x} \textbf{y} \textsuperscript{th}", "Homo sapiens x y th"),
        (r"\unknown{kept} \LaTeX{} \LaTeX\ x", "kept LaTeX LaTeX x"),
        (r"hy\-phen\/ated", "hyphenated"),
        ("  two\n lines ", "two lines"),
        (r"\input{/etc/passwd}", "/etc/passwd"),
        ("costs $5", "costs 5"),
        ("", ""),
        ("\\", ""),
        ("Özbay und Łukasz 東京", "Özbay und Łukasz 東京"),
    ],
)
def test_what_a_bibliography_holds(source: str, text: str) -> None:
    assert latex_to_text(source) == text


@given(st.text(alphabet=st.characters(exclude_characters="\\{}$~`'-", exclude_categories=["Cs"])))
def test_text_without_markup_stays(text: str) -> None:
    assert latex_to_text(text) == " ".join(text.split())


@given(st.text(alphabet="\\{}$~`'^\"-abiouHv cé\n"))
def test_any_source_gives_text_without_markup(source: str) -> None:
    text = latex_to_text(source)
    assert "{" not in text or "\\{" in source
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize("piece", ["\\'", "{", "$", "\\a", "-", "`", "\\'{\\", "a ", "\\u{"])
def test_a_hostile_source_gives_normal_text(piece: str) -> None:
    assert unicodedata.is_normalized("NFC", latex_to_text(piece * (200_000 // len(piece))))


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("R&D: 5% of #1_x", r"R\&D: 5\% of \#1\_x"),
        ("{a} \\b", r"\textbraceleft{}a\textbraceright{} \textbackslash{}b"),
        ("~ ^ $5 and $6_1", r"\textasciitilde{} \textasciicircum{} \$5 and \$6\_1"),
        ("a -- b --- c", "a -{}- b -{}-{}- c"),
        ("``a''", "`{}`a'{}'"),
        ("&amp; & x;", r"\&{}amp; \& x;"),
        ("Müller – 東京", "Müller – 東京"),
        ("two\n lines", "two lines"),
    ],
)  # fmt: skip
def test_text_as_latex(text: str, source: str) -> None:
    assert text_to_latex(text) == source
    assert latex_to_text(source) == " ".join(text.split())


@given(st.text(alphabet="\\{}$~`'^\"-&%#_abiouHv cé\n;"))
def test_any_text_is_the_same_after_latex(text: str) -> None:
    assert latex_to_text(text_to_latex(text)) == unicodedata.normalize("NFC", " ".join(text.split()))


def test_escaped_dollars_are_no_formula() -> None:
    assert latex_to_text(r"\$5_{1} and \$6_2") == "$5_1 and $6_2"
