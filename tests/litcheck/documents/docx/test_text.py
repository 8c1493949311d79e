"""What Word documents come to as text."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bib.model import Span
from litcheck.documents import Document, read_document
from litcheck.documents.docx import read_docx
from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance, Limits
from tests.litcheck.documents.damage import cut_off, marked, reads_or_says
from tests.litcheck.documents.docx.writing import docx, p, r, raised

HERE = Path(__file__).parent
TEXTS: list[dict[str, Any]] = yaml.safe_load((HERE / "text.yaml").read_text(encoding="utf-8"))
LISTS: list[dict[str, Any]] = yaml.safe_load((HERE / "numbering.yaml").read_text(encoding="utf-8"))
PARTS = ("styles", "numbering", "footnotes", "endnotes", "settings")


def read(data: bytes, **limits: int) -> Document:
    return read_docx("paper.docx", data, Allowance("paper.docx", Limits(**limits)))


@pytest.mark.parametrize("strict", [False, True], ids=["transitional", "strict"])
@pytest.mark.parametrize("case", TEXTS, ids=lambda case: case["name"])
def test_text(case: dict[str, Any], strict: bool) -> None:
    document = read(docx(case["body"], strict=strict, **{part: case[part] for part in PARTS if part in case}))
    if "raised" in case:
        assert marked(document) == case["raised"]
    else:
        assert document.text == case["text"]


@pytest.mark.parametrize("case", LISTS, ids=lambda case: case["name"])
@pytest.mark.parametrize("by_style", [False, True], ids=["own", "style"])
def test_labels_of_lists(case: dict[str, Any], by_style: bool) -> None:
    def level(at: int, properties: dict[str, Any]) -> str:
        order = ("start", "numFmt", "lvlRestart", "isLgl", "suff", "lvlText")
        inner = "".join(f'<w:{name} w:val="{properties[name]}"/>' for name in order if name in properties)
        return f'<w:lvl w:ilvl="{at}">{inner}</w:lvl>'

    def change(properties: dict[str, Any]) -> str:
        if "startOverride" in properties:
            return f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{properties["startOverride"]}"/></w:lvlOverride>'
        return f'<w:lvlOverride w:ilvl="0">{level(0, properties)}</w:lvlOverride>' if properties else ""

    overrides = case.get("overrides", {})
    levels = "".join(level(at, properties) for at, properties in case["levels"].items())
    numbering = f'<w:abstractNum w:abstractNumId="5">{levels}</w:abstractNum>' + "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="5"/>{change(overrides.get(n, {}))}</w:num>' for n in range(1, 5)
    )
    styles, body = "", ""
    for list_and_level in case["paragraphs"]:
        number_id, at = list_and_level.split()
        properties = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number_id}"/></w:numPr>'
        name = f"S{number_id}{at}"
        styles += f'<w:style w:type="paragraph" w:styleId="{name}"><w:pPr>{properties}</w:pPr></w:style>'
        body += p("x", properties=f'<w:pStyle w:val="{name}"/>' if by_style else properties)
    document = read(docx(body, styles=styles, numbering=numbering))
    assert [line.removesuffix("x") for line in document.text.split("\n") if line] == case["labels"]


def test_a_number_before_nothing_is_not_printed_and_counts() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    properties = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    items = [p(text, properties=properties) for text in ("One", " ", "Three")]
    assert read(docx("".join(items), numbering=numbering)).text == "1. One\n3. Three\n"


def test_numbers_by_a_style_of_lists() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="L"/></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="(%1)"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    )
    styles = '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    body = p("One", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    assert read(docx(body, numbering=numbering, styles=styles)).text == "(1) One\n"


@pytest.mark.parametrize("name", ["paper.docx", "paper.txt", "paper"])
def test_the_format_is_told_by_content(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(docx(p("Rivers rise", raised("1,2"), " and fall.")))
    document = read_document(path)
    assert (document.format, document.text, document.path) == ("docx", "Rivers rise1,2 and fall.\n", str(path))
    assert document.superscripts == (Span(11, 14),)
    assert re.fullmatch("[0-9a-f]{64}", document.sha256)


def test_a_main_part_of_another_name() -> None:
    data = docx(p("Text"))
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name.replace("document.xml", "document2.xml"), old.read(name).replace(b"document.xml", b"document2.xml"))
    assert read(buffer.getvalue()).text == "Text\n"


def refusal(data: bytes, **limits: int) -> str:
    with pytest.raises(UnreadableDocument) as raised_error:
        read(data, **limits)
    return str(raised_error.value)


def test_what_cannot_be_read_is_said() -> None:
    assert "holds no text" in refusal(docx(""))
    assert "holds no text" in refusal(docx("<w:p/>" * 1000))
    assert "lacks its part word/document.xml" in refusal(b"PK\x05\x06" + bytes(18))
    assert "has no body" in refusal(docx("", others={"word/document.xml": "<x/>"}))
    assert "broken XML" in refusal(docx("<w:p>"))
    assert "max-unpacked-mb" in refusal(docx(p("x" * 3_000_000)), max_unpacked_mb=1)
    assert "max-seconds" in refusal(docx(p("x")), max_seconds=0)


def test_entities_are_neither_expanded_nor_fetched() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    part = f"{bomb}<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>"
    part += "<w:p><w:r><w:t>Text&b;&f;</w:t></w:r></w:p></w:body></w:document>"
    assert read(docx("", others={"word/document.xml": part})).text == "Text\n"


def test_a_million_empty_paragraphs() -> None:
    data = docx("<w:p/>" * 1_000_000 + p("Text"))
    assert read(data).text == "Text\n"
    assert "max-seconds" in refusal(data, max_seconds=0)


def test_deep_nesting_is_refused_or_read() -> None:
    assert "broken XML" in refusal(docx("<w:sdt>" * 5000 + p("Text") + "</w:sdt>" * 5000))
    assert read(docx("<w:sdt>" * 200 + p("Text") + "</w:sdt>" * 200)).text == "Text\n"
    cells = "<w:tbl><w:tr><w:tc>"
    assert read(docx(cells * 60 + p("Text") + "</w:tc></w:tr></w:tbl>" * 60)).text == "Text\n"


def test_a_note_that_is_referred_to_again_and_again_is_read_once() -> None:
    body = p(*[r('<w:footnoteReference w:id="1"/>')] * 20_000)
    note = f'<w:footnote w:id="1">{p("x" * 100_000)}</w:footnote>'
    assert len(read(docx(body, footnotes=note)).text) < 200_000


WHOLE = docx(
    p("Rivers", raised("1"), r('<w:footnoteReference w:id="1"/>'))
    + p("Two", properties='<w:numPr><w:numId w:val="1"/></w:numPr>'),
    styles='<w:style w:styleId="A"/>',
    numbering='<w:abstractNum w:abstractNumId="0"/><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    footnotes=f'<w:footnote w:id="1">{p("Note")}</w:footnote>',
)


def test_cut_off_anywhere() -> None:
    for data in cut_off(WHOLE):
        reads_or_says(read_docx, data)


def test_parts_in_the_place_of_others() -> None:
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    for first, second in itertools.permutations(parts, 2):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as file:
            for name, content in (parts | {first: parts[second]}).items():
                file.writestr(name, content)
        reads_or_says(read_docx, buffer.getvalue())


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_any_damaged_byte(place: int, change: int) -> None:
    damaged = bytearray(WHOLE)
    damaged[place] ^= change
    reads_or_says(read_docx, bytes(damaged))


@given(st.binary(max_size=300))
def test_any_bytes_that_begin_like_a_document(tail: bytes) -> None:
    reads_or_says(read_docx, b"PK\x03\x04" + tail)


TAGS = ("p", "r", "t", "tbl", "tr", "tc", "sdt", "ins", "del", "txbxContent", "ruby", "rPr", "pPr", "hyperlink", "sectPr")
EMPTY = (
    *('<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="separate"/>', '<w:fldChar w:fldCharType="end"/>'),
    *(
        '<w:footnoteReference w:id="1"/>',
        '<w:vertAlign w:val="superscript"/>',
        "<w:vanish/>",
        "<w:tab/>",
        "text",
        " ",
        "<w:numPr/>",
    ),
    *(
        "<w:instrText>ADDIN CSL_CITATION {}</w:instrText>",
        "<w:instrText>BIBLIOGRAPHY</w:instrText>",
        "<w:fldSimple w:instr='BIBLIOGRAPHY'/>",
    ),
    *('<w:numPr><w:numId w:val="1"/><w:ilvl w:val="-3"/></w:numPr>', "<w:sym/>", "<m:oMath><m:t>x</m:t></m:oMath>"),
)
TREES = st.recursive(
    st.sampled_from(EMPTY),
    lambda inner: st.builds(
        lambda tag, parts: f"<w:{tag}>{''.join(parts)}</w:{tag}>", st.sampled_from(TAGS), st.lists(inner, max_size=4)
    ),
    max_leaves=30,
)


@given(TREES, TREES)
def test_elements_in_any_order(body: str, note: str) -> None:
    numbering = '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText w:val="%9."/></w:lvl></w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    reads_or_says(read_docx, docx(body + r("x"), numbering=numbering, footnotes=f'<w:footnote w:id="1">{note}</w:footnote>'))
