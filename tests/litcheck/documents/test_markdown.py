from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcheck.documents.markdown import mark_keys, mark_markdown
from litcheck.documents.model import Document


def read(text: str) -> Document:
    return mark_markdown(Document(path="x.md", sha256=sha256(text.encode()).hexdigest(), format="text", text=text))


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("[@lee2020]", ["lee2020"]),
        ("[@lee2020; @roy2021, p. 3]", ["lee2020", "roy2021"]),
        ("[see @lee2020, pp. 33-35; also -@roy2021]", ["lee2020", "roy2021"]),
        ("@lee2020 [p. 4] says", ["lee2020"]),
        ("As -@lee2020 says.", ["lee2020"]),
        ("@{https://example.org/a?b} and @{lee}.", ["https://example.org/a?b", "lee"]),
        ("@lee:2020.a_b-c/d.", ["lee:2020.a_b-c/d"]),
        ("@lee2020's and (@roy2021).", ["lee2020", "roy2021"]),
        ("@Müller2020 @2020lee @_x", ["Müller2020", "2020lee", "_x"]),
        ("@lee2020--and", ["lee2020"]),
        ("*@lee2020*", ["lee2020"]),
        ("mail a.lee@example.org", []),
        (r"not \@lee", []),
        ("https://example.org/@lee", []),
        ("@fig:map, @tbl:1, @Sec:a and @fig-map", []),
        ("`@code` and ``a ` @code`` but @lee", ["lee"]),
        ("an ` open tick and @lee\n\nnext ` paragraph", ["lee"]),
        ("```\n@code\n```\n@lee", ["lee"]),
        ("~~~ python\n@code\n```\n@code\n~~~\n@lee", ["lee"]),
        ("````\n@code\n```\n@code\n````\n@lee", ["lee"]),
        ("text\n\n```\n@code without an end", []),
        ("text\n\n    @code\n\ttab @code\n\n@lee", ["lee"]),
        ("text\n    @lee continues the paragraph", ["lee"]),
        ("- item\n\n    @lee in the item", ["lee"]),
        ("<!-- @comment --> @lee", ["lee"]),
        ("<!-- open @lee", ["lee"]),
        ("---\ntitle: x\nauthor: '@someone'\n---\n@lee", ["lee"]),
        ("---\ntitle: x\nnocite: |\n  @roy, @kim\nlang: en\n---\n@lee", ["roy", "kim", "lee"]),
        ("---\n\n@lee\n\n---\n", ["lee"]),
        ("@", []),
        ("@ lee @@lee", []),
        ("[@lee](https://example.org) and [see [@roy]]", ["lee", "roy"]),
    ],
)
def test_citation_keys(text: str, keys: list[str]) -> None:
    document = read(text)
    assert [key.key for key in document.keys] == keys
    assert all(key.span.of(text).strip("@{}") == key.key for key in document.keys)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("[@lee2020], [-@kim] and [see @roy2021, p. 3; also\n@abe]", []),
        ("@{lee} and @lee2020 [p. 4]", []),
        ("---\nnocite: '@lee'\n---\n", []),
        ("As @lee2020 says, follow @someone.", ["lee2020", "someone"]),
        ("[@someone](https://example.org/someone)", ["someone"]),
        ("[an open bracket\n\n@someone] in another paragraph", ["someone"]),
        (r"\[@someone\]", ["someone"]),
    ],
)
def test_keys_without_brackets_are_bare(text: str, bare: list[str]) -> None:
    assert [key.key for key in read(text).keys if key.bare] == bare


def test_commands_of_latex_cite_beside_the_keys_of_pandoc() -> None:
    text = r"One [@lee], two \citep[see][@x]{roy,kim}, three `\cite{code}`, four \verb|\cite{verbatim}| and @abe."
    document = read(text)
    assert [key.key for key in document.keys] == ["lee", "roy", "kim", "abe"]
    assert [key.span.of(text) for key in document.keys][1:3] == [r"\citep[see][@x]{roy", "kim}"]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("As [@lee; @roy] and \\citet{kim} say.", ["lee", "roy", "kim"]),
        ("    @lee is not in code here, a.roy@example.org is an address", ["lee"]),
        ("\\begin{verbatim}\n\\cite{lee} @roy\n\\end{verbatim}\n@kim", ["kim"]),
        ("no keys at all", []),
    ],
)
def test_plain_text_has_keys_and_no_code(text: str, keys: list[str]) -> None:
    document = mark_keys(Document(path="x.txt", sha256="", format="text", text=text))
    assert [key.key for key in document.keys] == keys
    assert (document.format, document.text, document.superscripts) == ("text", text, ())


@pytest.mark.parametrize(
    ("text", "raised"),
    [
        ("shown^12^", ["12"]),
        ("shown^1,3–5^ and^2^.", ["1,3–5", "2"]),
        ("shown<sup>12</sup>, <SUP class='x'>3, 4</SUP>", ["12", "3, 4"]),
        ("[^12^](#ref12)", ["12"]),
        ("a note[^1] and[^2] and ^[an inline note]", []),
        ("2^10 and 3^11", []),
        (r"\^12^", []),
        ("`x^2^`", []),
        ("a^not raised^", []),
        ("<sup>12", []),
    ],
)
def test_superscripts(text: str, raised: list[str]) -> None:
    assert [span.of(text) for span in read(text).superscripts] == raised


def test_the_text_is_untouched() -> None:
    text = "---\r\ntitle: x\r\n---\r\n\r\nA `b` [@c].\r\n"
    document = read(text)
    assert (document.text, document.format, document.entries) == (text, "markdown", None)


@given(st.text(alphabet="@{}[]^`~<>sup/!-. \n\tab1:\\", max_size=80))
def test_any_text_gives_spans_inside_it(text: str) -> None:
    document = read(text)
    spans = [*document.superscripts, *(key.span for key in document.keys)]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(text[key.span.start] == "@" for key in document.keys)


@pytest.mark.parametrize(
    "piece",
    [
        "@",
        "@a",
        "@{",
        "^",
        "^a",
        "<sup>",
        "<sup",
        "`",
        "` `` ",
        "```\n",
        "<!--",
        "---\na:\n",
        "    a\n\n",
        "@a:",
        "- a\n\n",
        "\n",
        "[@a;",
        "[",
        "[@a]",
        "\\cite{",
        "\\cites[",
        "\\cites{a}",
        "\\cite{a,",
        "\\verb|",
        "\\begin{verbatim}",
    ],
)
def test_a_hostile_text_is_kept_as_it_is(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert read(text).text == text
