"""Formats that pandoc reads for us: with the real program where it is installed, and with ones that fail in every way."""

from __future__ import annotations

import json
import shutil
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bib.model import Reference
from litcheck.documents import read_document
from litcheck.documents.flow import Flow
from litcheck.documents.pandoc.syntax import Layouter, NotPandocError
from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance, Limits
from litcheck.reading import read

needs_pandoc = pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
needs_scripts = pytest.mark.skipif(sys.platform == "win32", reason="a script with #! is no program there")

ORG = """#+title: On /rivers/
#+bibliography: refs.bib

* Introduction
Rain falls [cite:@lee;see @roy p. 3], says Müller (2019)[fn:1] and x^{2}.

- One
- Two

#+begin_src python
Lee (2001)
#+end_src

| a | b |
| c | d |

[fn:1] A note.
"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@needs_pandoc
def test_an_org_document(tmp_path: Path) -> None:
    write(tmp_path, "refs.bib", "@article{lee, author={Lee, A.}, title={On rivers}}\n@book{roy, title={On lakes}}\n")
    document = read(write(tmp_path, "paper.org", ORG))
    expected = "On rivers\n\nIntroduction\n\nRain falls [cite:@lee;see @roy p. 3], says Müller (2019)1 and x2.\n\n1 A note.\n\n"
    assert document.text == expected + "• One\n• Two\n\na\tb\nc\td\n"
    assert document.format == "org"
    assert {key.span.of(document.text): key.key for key in document.keys} == {"[cite:@lee": "lee", ";see @roy p. 3]": "roy"}
    assert [span.of(document.text) for span in document.superscripts] == ["1", "2"]
    assert [entry.id for entry in document.entries or ()] == ["lee", "roy"]


@needs_pandoc
@pytest.mark.parametrize(
    ("name", "source", "text"),
    [
        ("paper.rst", "Title\n=====\n\nRain [#]_ *falls*.\n\n.. [#] A note.\n", "Title\n\nRain1 falls.\n\n1 A note.\n"),
        ("paper.textile", "h1. Title\n\nRain _falls_.\n", "Title\n\nRain falls.\n"),
        ("paper.mediawiki", "== Title ==\nRain ''falls''.<ref>A note.</ref>\n", "Title\n\nRain falls.1\n\n1 A note.\n"),
        ("paper.xml", '<article xmlns="http://docbook.org/ns/docbook"><para>Rain falls.</para></article>', "Rain falls.\n"),
        ("paper.txt", ".TH RAIN 1\n.SH NAME\nrain falls\n", "RAIN\n\nNAME\n\nrain falls\n"),
        (
            "paper.json",
            json.dumps({"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["Rain falls."]}], "metadata": {}})[:-1]
            + ', "nbformat": 4, "nbformat_minor": 5}',
            "Rain falls.\n",
        ),
    ],
)
def test_other_formats(tmp_path: Path, name: str, source: str, text: str) -> None:
    assert read_document(write(tmp_path, name, source)).text == text


@needs_pandoc
def test_other_files_are_not_read(tmp_path: Path) -> None:
    write(tmp_path, "secret.rst", "Secret.\n")
    path = write(tmp_path, "paper.rst", "Text.\n\n.. include:: secret.rst\n\n.. include:: /etc/passwd\n")
    try:
        text = read_document(path).text
    except UnreadableDocument as error:
        text = str(error)
    assert "Secret" not in text
    assert "root:" not in text


@needs_pandoc
def test_a_document_that_pandoc_cannot_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match=r"pandoc cannot read .*paper\.ipynb \(exit status"):
        read_document(write(tmp_path, "paper.ipynb", '{"cells": 1, "nbformat": 4}'))


def test_without_pandoc_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        UnreadableDocument, match=r"paper\.org is an Org document, which litcheck reads with pandoc's help.*Install it"
    ):
        read_document(write(tmp_path, "paper.org", ORG))


def fake(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A program called pandoc that is none."""
    path = write(folder, "pandoc", f"#!{sys.executable}\nimport sys, time\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder))


FAILURES = {
    "a status": ("sys.stderr.write('broken: line 3'); sys.exit(64)", r"exit status 64: broken: line 3"),
    "a status and no word": ("sys.exit(1)", "it says nothing"),
    "an old one": ("sys.stderr.write('Unknown option --sandbox.'); sys.exit(6)", "newer pandoc"),
    "an old one without the format": ("sys.stderr.write('Unknown input format'); sys.exit(21)", "newer pandoc"),
    "no JSON": ("print('<html>')", "not its JSON"),
    "nothing": ("pass", "not its JSON"),
    "another JSON": ("print('[1]')", "neither metadata nor blocks"),
    "another element": ("""print('{"meta": {}, "blocks": [3]}')""", "another form"),
    "no text": ("""print('{"meta": {}, "blocks": []}')""", "no text"),
    "deep JSON": ("print('[' * 100_000)", "not its JSON"),
    "hanging": ("time.sleep(60)", "max-seconds"),
    "hanging and writing": ("print('[', flush=True); time.sleep(60)", "max-seconds"),
    "endless": ("while True: sys.stdout.write('x' * 100_000)", "max-unpacked-mb"),
    "large": ("sys.stdout.write('x' * 3_000_000)", "max-unpacked-mb"),
}


@needs_scripts
@pytest.mark.parametrize(("script", "said"), FAILURES.values(), ids=FAILURES)
def test_a_program_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, said: str) -> None:
    fake(tmp_path, monkeypatch, script)
    with pytest.raises(UnreadableDocument, match=said) as raised:
        read_document(write(tmp_path, "paper.org", ORG), limits=Limits(max_seconds=2, max_unpacked_mb=2))
    assert "paper.org" in str(raised.value)


@needs_scripts
def test_a_program_that_cannot_be_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "pandoc", "#!/nowhere/python\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableDocument, match="cannot be started"):
        read_document(write(tmp_path, "paper.org", ORG))


@needs_scripts
def test_it_is_called_in_a_sandbox_with_bounds_and_the_document_on_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "' '.join([*sys.argv[1:], sys.stdin.read()])"
    answer = f"{{'meta': {{}}, 'blocks': [{{'t': 'Para', 'c': [{{'t': 'Str', 'c': {words}}}]}}]}}"
    fake(tmp_path, monkeypatch, f"import json\nprint(json.dumps({answer}))")
    text = read_document(write(tmp_path, "paper.org", "Text.")).text
    assert text == "--sandbox --from org --to json +RTS -M1G -RTS Text.\n"


def laid_out(*blocks: Any) -> tuple[str, Layouter]:
    flow = Flow(Allowance("x", Limits()))
    layouter = Layouter(flow)
    layouter.blocks(list(blocks))
    return flow.finish().text, layouter


def words(*texts: str) -> list[Any]:
    return [{"t": "Str", "c": text} for text in texts]


def test_a_table_with_head_and_foot() -> None:
    def row(*cells: str) -> list[Any]:
        return [["", [], []], [[[], {}, 1, 1, [{"t": "Plain", "c": words(cell)}]] for cell in cells]]

    table = {
        "t": "Table",
        "c": [
            [],
            [None, [{"t": "Plain", "c": words("Caption")}]],
            [],
            [[], [row("a", "b")]],
            [[[], 0, [], [row("c", "d")]]],
            [[], [row("e", "f")]],
        ],
    }
    assert laid_out(table)[0] == "Caption\n\na\tb\nc\td\ne\tf\n"


def test_a_citation_that_prints_nothing_prints_its_keys() -> None:
    text, layouter = laid_out({"t": "Para", "c": [{"t": "Cite", "c": [[{"citationId": "a"}, {"citationId": "b"}], []]}]})
    assert text == "[@a; @b]\n"
    assert layouter.cited[0].keys == ("a", "b")


def test_lists_keep_their_numbers() -> None:
    items = [[{"t": "Plain", "c": words("One")}], [{"t": "Plain", "c": words("Two")}, {"t": "Para", "c": words("more")}]]
    assert laid_out({"t": "OrderedList", "c": [[4, {}, {}], items]})[0] == "4. One\n5. Two\n\nmore\n"


def test_references_in_the_metadata(tmp_path: Path) -> None:
    from litcheck.documents.pandoc.metadata import meta_references, meta_value

    inlines = {"t": "MetaInlines", "c": [{"t": "Str", "c": "On"}, {"t": "Space"}, {"t": "Emph", "c": words("rivers")}]}
    item = {
        "t": "MetaMap",
        "c": {"id": {"t": "MetaString", "c": "lee"}, "title": inlines, "issued": {"t": "MetaString", "c": "2020-05"}},
    }
    (entry,) = meta_references(meta_value({"t": "MetaList", "c": [item]}))
    assert isinstance(entry, Reference)
    assert (entry.id, entry.title, entry.year) == ("lee", "On rivers", 2020)


def test_deep_nesting_is_refused() -> None:
    block: Any = {"t": "Para", "c": words("deep")}
    for _ in range(200):
        block = {"t": "BlockQuote", "c": [block]}
    with pytest.raises(NotPandocError, match="nested"):
        laid_out(block)


KINDS = (
    "Para",
    "Header",
    "Div",
    "BulletList",
    "OrderedList",
    "DefinitionList",
    "Table",
    "Str",
    "Quoted",
    "Cite",
    "Note",
    "Math",
    "Code",
    "Span",
    "Superscript",
)
ANY = st.recursive(
    st.none() | st.integers(0, 3) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=4) | st.fixed_dictionaries({"t": st.sampled_from(KINDS), "c": inner}),
    max_leaves=12,
)


@given(st.lists(ANY, max_size=4))
def test_any_json_is_laid_out_or_refused(blocks: list[Any]) -> None:
    try:
        text, _ = laid_out(*blocks)
    except NotPandocError:
        return
    assert isinstance(text, str)
