import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bib.formats.latex import latex_to_text


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
