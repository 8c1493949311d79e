"""What is read of Markdown: the text, where it stands in the source, keys, raised runs, marked lists."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcheck.documents.markdown import read_markdown
from litcheck.documents.model import Document
from litcheck.errors import UnreadableDocument
from litcheck.limits import DEFAULT_LIMITS, Allowance
from litcheck.preparing import prepare


def read(text: str) -> Document:
    document = Document(path="x.md", sha256=sha256(text.encode()).hexdigest(), format="text", text=text)
    return read_markdown(document, Allowance("x.md", DEFAULT_LIMITS))


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
    document = read(text + "\n\nAn end.")
    assert [key.key for key in document.keys] == keys
    assert all(key.span.of(document.text).strip("@{}") == key.key for key in document.keys)


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
    assert [key.key for key in read(f"{text}\n\nAn end.").keys if key.bare] == bare


def test_commands_of_latex_cite_beside_the_keys_of_pandoc() -> None:
    text = r"One [@lee], two \citep[see][@x]{roy,kim}, three `\cite{code}`, four \verb|\cite{verbatim}| and @abe."
    document = read(text)
    assert [key.key for key in document.keys] == ["lee", "roy", "kim", "abe"]
    assert [key.span.of(document.text) for key in document.keys][1:3] == [r"\citep[see][@x]{roy", "kim}"]


@pytest.mark.parametrize(
    ("text", "raised"),
    [
        ("shown^12^", ["12"]),
        ("shown^1,3–5^ and^2^.", ["1,3–5", "2"]),
        ("shown<sup>12</sup>, <SUP class='x'>3, 4</SUP>", ["12", "3, 4"]),
        ("[^12^](#ref12)", ["12"]),
        ("rice^1^^,^^2^ and^3^^--^^5^", ["1,2", "3–5"]),
        ("^1,\\ 3^ ^[4](#ref-4)^ and $^{5,6}$", ["1, 3", "4", "5,6"]),
        ("a note[^1] and[^2] and ^[an inline note]", ["1"]),
        ("a note[^a]\n\n[^a]: Said.", ["1"]),
        ("2^10 and 3^11", []),
        (r"\^12^", []),
        ("`x^2^`", []),
        ("a^not raised^", []),
        ("<sup>12", []),
    ],
)
def test_superscripts(text: str, raised: list[str]) -> None:
    document = read(text)
    assert [span.of(document.text) for span in document.superscripts] == raised


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"\[3\], \*, \', 1\. and a\_b", "[3], *, ', 1. and a_b"),
        ("*et al.* **Lee**, __Roy__, ***all*** and _a_b_", "et al. Lee, Roy, all and a_b"),
        ("2 * 3 * 4, p*, 0.05**, a_b_c and *open", "2 * 3 * 4, p*, 0.05**, a_b_c and *open"),
        ("~~gone~~ H~2~O, ~5 and ~6", "gone H2O, ~5 and ~6"),
        ("3--5 --- so ---- it", "3–5 — so ---- it"),
        ("a&nbsp;b &amp; &#8211; &unknown; &", "a b & – &unknown; &"),
        ("`lm()` and `` a ` b `` and `r x`.", "lm() and a ` b and ."),
        ("`<b>`{=html}x `y`{.r}", "x y"),
        ('[words](https://a.b/c_(d) "title"), ![A caption](a.png){width=5} [span]{.x}', "words, A caption span"),
        ("[a][b] [b] [b][] [1][2]\n\n[b]: https://a.b\n[2]: https://c.d", "a b b [1][2]\n\n[2]: https://c.d"),
        (
            "<https://a.b/c> <a.lee@b.org> https://a.b/c_d_e*x* 10.1000/a_b_c",
            "https://a.b/c a.lee@b.org https://a.b/c_d_ex 10.1000/a_b_c",
        ),
        ("<span class='x'>a</span> <b>b</b> p <0.05 and <Lee>", "a b p <0.05 and <Lee>"),
        ("a<br>b\\\nc  \nd\ne", "a\nb\nc\nd e"),
        ("$p < 0.05$ costs $5 and $6", "p < 0.05 costs $5 and $6"),
        ("a <!-- b\n\nc --> d", "a d"),
        ("a\n\n<script>\n\nb</script>\n\nc", "a\n\nc"),
        ("# A *b* {#c .d}\ntext\n\nE\n===\n\n## F ##\nG\n---\nh", "A b\n\ntext\n\nE\n\nF\n\nG\n\nh"),
        ("#tag\n\n> quoted\nand on\n\np\n> 5", "#tag\n\nquoted and on\n\np > 5"),
        ("text:\n- a\n  b\nc\n- d\n\n  e\n    - f\n\nend", "text:\n\n• a b c\n• d\ne\n• f\n\nend"),
        ("1. a\n1. b\n1. c", "1. a\n2. b\n3. c"),
        ("3) a\n5) b\n9) c", "3) a\n5) b\n9) c"),
        ("in chapter\n12. This", "in chapter 12. This"),
        ("::: {.x}\na\n:::\n\n<div>\nb\n</div>\n\n***", "a\n\nb"),
        ("```r\nx\n```\na\n\n    set in\n    twice", "a\n\nset in\ntwice"),
        ("Term\n:   Meaning\n\n| a poem\n| of lines", "Term\n\nMeaning\n\na poem\n\nof lines"),
        ("| A | B |\n|---|:-:|\n| `a|b` | c\\|d |\n\nend", "A\tB\na|b\tc|d\n\nend"),
        ("+---+---+\n| A | B |\n+===+===+\n| a | c |\n| b |   |\n+---+---+", "A\tB\na b\tc"),
        ("  A    B\n  ---- ---\n  a    b\n  c    d\n\nend", "A\tB\na\tb\nc\td\n\nend"),
        ("---- ---\na    b\n---- ---\n\nend", "a\tb\n\nend"),
        ("--------\nA    B\nx    y\n---- ---\na    b\nc    d\n\ne    f\n--------\n\nend", "A x\tB y\na c\tb d\ne\tf\n\nend"),
        ("<table>\n<tr>\n<td>a</td>\n<td>b\nc</td>\n</tr>\n<tr><th>d</th></tr></table>\ne", "a\tb c\nd\ne"),
        ("a[^1] b.\n\n[^1]: Note *one*\n    more.\n\n    And\n\nc ^[two]", "a1 b.\n\n1 Note one more.\n\nAnd\n\nc 2\n\n2 two"),
        ("---\ntitle: 'On *seas*'\nabstract: |\n  One [@lee].\n\n  Two.\n---\nText", "On seas\n\nOne [@lee].\n\nTwo.\n\nText"),
        ("---\r\ntitle: x\r\n---\r\n\r\nA `b` [@c].\r\nd\r\n", "x\n\nA b [@c]. d"),
    ],
)
def test_the_text_is_what_is_printed(source: str, text: str) -> None:
    assert read(source).text == text + "\n"


def test_every_word_has_its_place_in_the_source() -> None:
    source = (
        "---\ntitle: Rivers\n---\n\nRain^1^ *falls* on\nthe \\[sea\\].[^n]\n\n> 1. first\n>    goes on\n\n[^n]: below\n\n"
        "| A | head |\n|---|---|\n| b | cell |\n"
    )
    document = read(source)
    assert document.origins is not None
    for word in ("Rivers", "Rain", "falls", "the", "sea", "first", "goes", "below", "head", "cell"):
        path, line, column = document.origins.place_of(document.text.index(word))
        assert path == "x.md"
        assert source.splitlines()[line - 1][column - 1 :].startswith(word)


LISTED = (
    "Lee, A. (2020). On rivers. *Water*, 1, 2--3.",
    "Poe, C. (2019). On ponds and what lives in them. *Water*, 7, 11--13.",
    "Roy, B. (2021). On lakes. *Water*, 4, 10--19.",
)


@pytest.mark.parametrize("heading", ["# References\n\n", "**References**\n", "References\n==========\n", "References\n"])
@pytest.mark.parametrize("between", ["\n", "\n\n", "  \n", "\\\n"])
def test_entries_are_told_apart_however_they_are_written(heading: str, between: str) -> None:
    document = read(f"As Lee (2020), Poe (2019) and Roy (2021)\nsay.\n\n{heading}{between.join(LISTED)}\n")
    prepared = prepare(document)
    assert "Roy (2021) say." in document.text
    assert [entry.raw for entry in prepared.entries] == [one.replace("*", "").replace("--", "–") for one in LISTED]
    assert [citation.references for citation in prepared.citations] == [("1",), ("2",), ("3",)]


def test_an_entry_that_is_wrapped_is_one() -> None:
    wrapped = "\n\n".join(one.replace(". *", ".\n*").replace(" On ", "\nOn ") for one in LISTED)
    document = read(f"As Lee (2020) says.\n\n# References\n\n{wrapped}\n")
    assert [entry.raw for entry in prepare(document).entries] == [one.replace("*", "").replace("--", "–") for one in LISTED]


MARKED = """As [Lee](#ref-lee) says, and <a href="#ref-roy">others</a>.

# References {.unnumbered}

::: {#refs .references}
::: {#ref-lee .csl-entry}
Lee, A. (2020). On rivers.
Water.
:::

::: {#ref-roy .csl-entry}
Roy, B. (2021). On lakes.
:::
:::

More.
"""


def test_marked_lists_and_the_links_to_their_entries() -> None:
    document = read(MARKED)
    assert document.sections is not None
    (section,) = document.sections
    assert [entry.of(document.text) for entry in section.entries] == [
        "Lee, A. (2020). On rivers. Water.",
        "Roy, B. (2021). On lakes.",
    ]
    assert section.heading is not None
    assert section.heading.of(document.text) == "References"
    assert [(link.span.of(document.text), link.references) for link in document.links] == [("Lee", ("1",)), ("others", ("2",))]


def test_notes_under_the_heading_of_the_list_are_its_entries() -> None:
    notes = "[^lee]: Lee, A. (2020). On rivers. Water, 1, 2-3.\n[^roy]: Roy, B. (2021). On lakes. Water, 4, 10-19.\n"
    document = read(f"Rain.[^lee] Snow.[^roy] And rain.[^lee]\n\n## References\n\n{notes}")
    assert document.text.startswith("Rain.1 Snow.2 And rain.1\n\nReferences\n\n1. Lee")
    assert [citation.references for citation in prepare(document).citations] == [("1",), ("2",), ("1",)]


def test_a_source_that_prints_nothing_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="prints nothing"):
        read("---\nlang: en\n---\n\n<!-- nothing -->\n")


@given(st.text(alphabet="@{}[]^`~<>sup/!-. \n\r\tab1:\\*_|+=#&;$()\"'", max_size=80))
def test_any_text_gives_spans_inside_it(source: str) -> None:
    document = read(source + "\n\nend")
    text = document.text
    spans = [*document.superscripts, *(key.span for key in document.keys)]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(text[key.span.start] in "@\\" for key in document.keys)
    assert document.origins is not None
    last = document.origins.place_of(text.index("end") if text.count("end") == 1 else 0)
    assert 1 <= last[1] <= source.count("\n") + source.count("\r") + 3


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
        "*a",
        "a*",
        "**a_b",
        "~a",
        "$a",
        "$\\$",
        "](",
        "[a](",
        "![",
        "^[",
        "^[a]",
        "[^a]: ",
        "[^a]: [^a]\n\n",
        "[a]: b\n",
        "> ",
        ">" * 40 + "\n",
        "- ",
        "  - a\n",
        "1. ",
        "| a |\n",
        "|-|\n",
        "|",
        "+-+\n",
        "-- --\n",
        "--\na\n",
        "::: a\n",
        ":::\n",
        "# ",
        "#     a",
        "&a",
        "<a ",
        "<a href='#a'>",
        "<td>",
        "\\\n",
        "a  \n",
        "https://",
        "10.1000/(",
        "a\n",
    ],
)
def test_a_hostile_text_is_read(piece: str) -> None:
    text = read("Rain falls.\n\n" + piece * (200_000 // len(piece))).text
    assert text.startswith("Rain falls.\n")
    assert len(text) < 1_000_000
