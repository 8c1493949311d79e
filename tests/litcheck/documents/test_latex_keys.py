from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcheck.documents.latex_keys import latex_keys, verbatim_spans


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (r"\cite{lee2020}", {r"\cite{lee2020}": "lee2020"}),
        (r"see \citep[see][p.~3]{lee2020}.", {r"\citep[see][p.~3]{lee2020}": "lee2020"}),
        (r"\citet*{lee} \Citealp{roy}", {r"\citet*{lee}": "lee", r"\Citealp{roy}": "roy"}),
        (r"\citeauthor{lee} (\citeyear{lee2})", {r"\citeauthor{lee}": "lee", r"\citeyear{lee2}": "lee2"}),
        (r"\parencite[12]{lee} \textcite{roy}", {r"\parencite[12]{lee}": "lee", r"\textcite{roy}": "roy"}),
        (r"\autocite{a:b/c.d_e+f}", {r"\autocite{a:b/c.d_e+f}": "a:b/c.d_e+f"}),
        (r"\footcite [3] {lee}", {r"\footcite [3] {lee}": "lee"}),
        (r"\cite{lee, roy ,kim}", {r"\cite{lee": "lee", "roy": "roy", "kim}": "kim"}),
        ("\\cite{lee,%\n  roy}", {r"\cite{lee": "lee", "roy}": "roy"}),
        (
            r"\parencites(see)(and more)[3]{lee}[4][5]{roy,kim} {not a key}",
            {r"\parencites(see)(and more)[3]{lee": "lee", "roy": "roy", "kim} {not a key}": "kim"},
        ),
        (r"\cites{lee}{roy}", {r"\cites{lee": "lee", "roy}": "roy"}),
        (r"\cite{lee}{roy}", {r"\cite{lee}": "lee"}),
        (r"\textcquote[3]{lee}{Rooms}", {r"\textcquote[3]{lee}": "lee"}),
        (r"\nocite{*} \nocite{lee}", {r"\nocite{lee}": "lee"}),
        (r"\shortciteA{lee} \citeNP{roy}", {r"\shortciteA{lee}": "lee", r"\citeNP{roy}": "roy"}),
        (r"\citep[{see [3]}]{lee}", {r"\citep[{see [3]}]{lee}": "lee"}),
        (r"\citep[see {[}3{]}][p. 4]{lee}", {r"\citep[see {[}3{]}][p. 4]{lee}": "lee"}),
        (r"\cites(see {(}a{)})[{[1]}]{lee}{roy}", {r"\cites(see {(}a{)})[{[1]}]{lee": "lee", "roy}": "roy"}),
        (r"\volcite{2}[3]{lee} \pvolcite[see]{1}{roy}", {r"\volcite{2}[3]{lee}": "lee", r"\pvolcite[see]{1}{roy}": "roy"}),
        (r"\volcites{2}{lee}[cf.]{3}[4]{roy}", {r"\volcites{2}{lee": "lee", "roy}": "roy"}),
        (r"\volcite{2} only", {}),
        (r"\\cite{lee}", {}),
        (r"\citestyle{apa} \citereset \citesetup{x} \ref{lee} \label{lee}", {}),
        (r"\cite{} \cite{ , } \cite{two words} \cite{open", {}),
        (r"\cite[open {lee}", {}),
        (r"\newcommand{\cite}[1]{#1}", {}),
    ],
)
def test_keys(text: str, keys: dict[str, str]) -> None:
    assert {key.span.of(text): key.key for key in latex_keys(text)} == keys


@pytest.mark.parametrize(
    ("text", "verbatim"),
    [
        (r"\verb|\cite{lee}| and \verb*+x+", [r"\verb|\cite{lee}|", r"\verb*+x+"]),
        ("\\begin{lstlisting}\na\n\\end{lstlisting} b", ["\\begin{lstlisting}\na\n\\end{lstlisting}"]),
        ("\\begin{verbatim*} a", ["\\begin{verbatim*} a"]),
        (r"\verbatiminput{x} \verb", []),
    ],
)
def test_verbatim(text: str, verbatim: list[str]) -> None:
    assert [span.of(text) for span in verbatim_spans(text)] == verbatim


@given(
    st.lists(
        st.sampled_from(["\\cite", "\\cites", "{", "}", "[", "]", "(", ")", "a", ",", "%", "\n", " ", "\\", "*"]), max_size=40
    )
)
def test_any_text_gives_keys_inside_it_that_follow_each_other(pieces: list[str]) -> None:
    text = "".join(pieces)
    keys = list(latex_keys(text))
    assert all(key.key in key.span.of(text) for key in keys)
    assert all(one.span.end <= other.span.start for one, other in pairwise(keys))
