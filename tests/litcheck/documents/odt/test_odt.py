"""OpenDocument texts: what they come to as text, what reference managers keep in them, and what cannot be read."""

from __future__ import annotations

import html
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from litcheck.documents import Document, read_document
from litcheck.documents.odt import read_flat_odt, read_odt
from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance, Limits
from litcheck.preparing import prepare
from tests.litcheck.documents.damage import cut_off, marked, reads_or_says

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "text.yaml").read_text(encoding="utf-8"))
MIMETYPE = "application/vnd.oasis.opendocument.text"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        **{name: f"{_ODF}:{name}:1.0" for name in ("office", "text", "style", "table", "meta")},
        "draw": f"{_ODF}:drawing:1.0",
        "svg": f"{_ODF}:svg-compatible:1.0",
        "math": "http://www.w3.org/1998/Math/MathML",
        "xlink": "http://www.w3.org/1999/xlink",
        "field": "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0",
    }.items()
)


def flat(body: str, styles: str = "", meta: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?><office:document {NAMES} office:mimetype="{MIMETYPE}"><office:meta>{meta}</office:meta>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    ).encode()


def odt(body: str, styles: str = "", **others: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", MIMETYPE, zipfile.ZIP_STORED)
        file.writestr("content.xml", flat(body))
        file.writestr(
            "styles.xml", f"<office:document-styles {NAMES}><office:styles>{styles}</office:styles></office:document-styles>"
        )
        for name, content in others.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


def read(data: bytes, **limits: int) -> Document:
    return read_odt("paper.odt", data, Allowance("paper.odt", Limits(**limits)))


def read_flat(data: bytes) -> Document:
    return read_flat_odt("paper.fodt", data, Allowance("paper.fodt", Limits()))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_text(case: dict[str, Any]) -> None:
    assert marked(read_flat(flat(case["body"], case.get("styles", "")))) == case["text"]


@pytest.mark.parametrize("name", ["paper.odt", "paper.txt"])
def test_the_format_is_told_by_content(tmp_path: Path, name: str) -> None:
    raised = '<style:style style:name="U" style:family="text"><style:text-properties style:text-position="super"/></style:style>'
    body = '<text:p>Rivers<text:span text:style-name="U">1</text:span></text:p>'
    path = tmp_path / name
    for data in (odt(body, raised), flat(body, raised)):
        path.write_bytes(data)
        document = read_document(path)
        assert (document.format, marked(document)) == ("odt", "Rivers{1}\n")


def test_a_formula_in_a_part_of_its_own() -> None:
    body = '<text:p>So <draw:object xlink:href="./Object 1"/><draw:object xlink:href="./Object 2"/></text:p>'
    formula = '<math xmlns="http://www.w3.org/1998/Math/MathML"><msub><mi>x</mi><mn>1</mn></msub></math>'
    data = odt(body, **{"Object 1__content_xml": formula, "Object 2__content_xml": "<chart/>"})
    assert read(data).text == "So x_1\n"


OKAFOR = {"id": 1, "title": "Silence and learning", "author": [{"family": "Okafor"}], "issued": {"date-parts": [[2019]]}}
CITES = html.escape("ZOTERO_ITEM CSL_CITATION " + json.dumps({"citationItems": [{"itemData": OKAFOR}]}), quote=True)
ENTRY = "Okafor, J. (2019). Silence and learning. Journal of Reading, 12(3), 45–60."
OWN = (
    '<text:bibliography-mark text:identifier="Oka19" text:bibliography-type="article" text:author="Okafor, Jane" text:year="2019"'
    ' text:title="Silence and learning" text:journal="Journal of Reading" text:url="https://doi.org/10.1000/s">[1]</text:bibliography-mark>'
)
LISTED = [
    f'<text:section text:name=" ZOTERO_BIBL {{}} CSL_BIBLIOGRAPHY RNDa"><text:p>{ENTRY}</text:p></text:section>',
    "<text:bibliography><text:bibliography-source><text:index-title-template>no</text:index-title-template>"
    f"</text:bibliography-source><text:index-body><text:p>References</text:p><text:p>{ENTRY}</text:p></text:index-body>"
    "</text:bibliography>",
]
CITED = [
    f'<text:reference-mark-start text:name="{CITES} RNDb"/>[1]<text:reference-mark-end text:name="{CITES} RNDb"/>',
    '<text:bookmark-start text:name="ZOTERO_BREF_k"/>[1]<text:bookmark-end text:name="ZOTERO_BREF_k"/>',
    f'<field:fieldmark-start><field:param field:name="code" field:value=" ADDIN {CITES}"/></field:fieldmark-start>[1]'
    "<field:fieldmark-end/>",
    OWN,
]


@pytest.mark.parametrize("cited", CITED, ids=["reference mark", "bookmark", "field", "own"])
@pytest.mark.parametrize("listed", LISTED, ids=["Zotero's", "own"])
def test_citations_and_lists_of_reference_managers(cited: str, listed: str) -> None:
    meta = f'<meta:user-defined meta:name="ZOTERO_BREF_k_1">{CITES}</meta:user-defined>'
    document = read_flat(flat(f"<text:p>Silence helps {cited}.</text:p>{listed}", meta=meta))
    assert document.fields is not None
    (field,) = document.fields.citations
    assert (field.span.of(document.text), [work.title for work in field.references]) == ("[1]", ["Silence and learning"])
    assert document.sections is not None
    assert [entry.of(document.text) for section in document.sections for entry in section.entries] == [ENTRY]
    assert [citation.references for citation in prepare(document).citations] == [("1",)]


def test_what_openoffice_itself_keeps_of_a_work() -> None:
    document = read_flat(flat(f"<text:p>Silence helps {OWN}.</text:p>"))
    assert document.entries is not None
    (work,) = document.entries
    assert (work.id, getattr(work, "type", ""), getattr(work, "doi", "")) == ("okafor2019", "article-journal", "10.1000/s")


def refusal(data: bytes, **limits: int) -> str:
    with pytest.raises(UnreadableDocument) as raised_error:
        read(data, **limits)
    return str(raised_error.value)


def test_what_cannot_be_read_is_said() -> None:
    secret = {"META-INF__manifest_xml": "<manifest:encryption-data/>"}
    assert "is encrypted" in refusal(odt("<text:p>x</text:p>", **secret))
    assert "holds no text" in refusal(odt("<text:p/>" * 1000))
    assert "lacks its part content.xml" in refusal(odt("").replace(b"content.xml", b"contenu.xml"))
    with pytest.raises(UnreadableDocument, match="has no body"):
        read_flat(b"<office/>")
    assert "max-unpacked-mb" in refusal(odt(f"<text:p>{'x' * 3_000_000}</text:p>"), max_unpacked_mb=1)
    assert "max-seconds" in refusal(odt("<text:p>x</text:p>"), max_seconds=0)


def test_spaces_and_lists_without_end() -> None:
    assert len(read_flat(flat('<text:p>a<text:s text:c="999999999"/><text:s text:c="99999"/>b</text:p>')).text) == 203
    level = f'<text:list-level-style-number text:level="1" style:num-format="1" style:num-prefix="{"x" * 9999}"/>'
    styles = f'<text:list-style style:name="L">{level}</text:list-style>'
    items = "<text:list-item><text:p>a</text:p></text:list-item>" * 1000
    assert len(read_flat(flat(f'<text:list text:style-name="L">{items}</text:list>', styles)).text) < 100_000


WHOLE = odt(f"<text:p>Rivers {CITED[0]}</text:p>{CASES[7]['body']}{LISTED[0]}", CASES[7]["styles"])


def test_cut_off_anywhere() -> None:
    for data in cut_off(WHOLE):
        reads_or_says(read_odt, data)


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_any_damaged_byte(place: int, change: int) -> None:
    damaged = bytearray(WHOLE)
    damaged[place] ^= change
    reads_or_says(read_odt, bytes(damaged))


TAGS = (
    *("text:p", "text:h", "text:span", "text:list", "text:list-item", "text:note", "text:note-body", "text:note-citation"),
    *("table:table", "table:table-row", "table:table-cell", "draw:text-box", "text:section", "text:bibliography", "text:ruby"),
)
EMPTY = ("x", " ", "<text:s/>", "<text:tab/>", CITED[1], CITED[2], "<field:fieldmark-end/>", OWN)
TREES = st.recursive(
    st.sampled_from(EMPTY),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", st.sampled_from(TAGS), st.lists(inner, max_size=4)
    ),
    max_leaves=30,
)


@given(TREES)
def test_elements_in_any_order(body: str) -> None:
    reads_or_says(read_flat_odt, flat(body))
