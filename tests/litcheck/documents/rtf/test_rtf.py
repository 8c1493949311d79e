"""Rich Text documents: what they come to as text, what reference managers keep in them, and what cannot be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from litcheck.documents import Document, read_document
from litcheck.documents.rtf import read_rtf
from litcheck.documents.rtf.reader import DEEPEST
from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance, Limits
from litcheck.preparing import prepare
from tests.litcheck.documents.damage import cut_off, marked, reads_or_says

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "text.yaml").read_text(encoding="utf-8"))


def rtf(inside: str) -> bytes:
    return f"{{\\rtf1 {inside}}}".encode()


def read(data: bytes, **limits: int) -> Document:
    return read_rtf("paper.rtf", data, Allowance("paper.rtf", Limits(**limits)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_text(case: dict[str, Any]) -> None:
    assert marked(read(rtf(case["rtf"]))) == case["text"]


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b" \r\n"])
@pytest.mark.parametrize("name", ["paper.rtf", "paper.doc", "paper"])
def test_the_format_is_told_by_content(tmp_path: Path, name: str, before: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(before + rtf(r"Rivers{\super 1}{\pict\bin3 " + "\0\0\0" + "}"))
    document = read_document(path)
    assert (document.format, marked(document)) == ("rtf", "Rivers{1}\n")


OKAFOR = {"id": 1, "title": "Silence & «learning»", "author": [{"family": "Okafor"}], "issued": {"date-parts": [[2019]]}}
ENTRY = "Okafor, J. (2019). Silence & «learning». Journal of Reading, 12(3), 45–60."
ENDNOTE = (
    "<EndNote><Cite><RecNum>1</RecNum><record><titles><title>Silence &amp; «learning»</title></titles></record></Cite></EndNote>"
)


def escaped(text: str) -> str:
    for sign in "\\{}":
        text = text.replace(sign, "\\" + sign)
    return "".join(character if character.isascii() else f"\\u{ord(character)}?" for character in text)


def field(instruction: str, result: str, beside: str = "") -> str:
    return f"{{\\field{{\\*\\fldinst {{{instruction}}}{beside}}}{{\\fldrslt {result}}}}}"


def test_fields_of_reference_managers() -> None:
    zotero = escaped(
        "ADDIN ZOTERO_ITEM CSL_CITATION " + json.dumps({"citationItems": [{"itemData": OKAFOR}]}, ensure_ascii=False)
    )
    data = ENDNOTE.encode().hex()
    inner = field("ADDIN EN.CITE.DATA", "", f"{{\\*\\datafield {data[:40]}\n{data[40:]}}}")
    endnote = field(" ADDIN EN.CITE ", r"{\super 1}", inner)
    listed = field(r"ADDIN ZOTERO_BIBL \{\} CSL_BIBLIOGRAPHY", escaped(ENTRY))
    text = rf"Silence helps {field(zotero, '(see there)')}, much {endnote}.\par References\par {listed}"
    document = read(rtf(text))
    assert document.text == f"Silence helps (see there), much 1.\n\nReferences\n\n{ENTRY}\n"
    assert document.fields is not None
    assert [(one.span.of(document.text), [work.title for work in one.references]) for one in document.fields.citations] == [
        ("(see there)", ["Silence & «learning»"]),
        ("1", ["Silence & «learning»"]),
    ]
    assert document.sections is not None
    assert [entry.of(document.text) for section in document.sections for entry in section.entries] == [ENTRY]
    assert ("(see there)", ("1",)) in [(one.text, one.references) for one in prepare(document).citations]


def refusal(data: bytes, **limits: int) -> str:
    with pytest.raises(UnreadableDocument) as raised_error:
        read(data, **limits)
    return str(raised_error.value)


def test_what_cannot_be_read_is_said() -> None:
    assert "is cut off" in refusal(rtf("One")[:-1])
    assert "is cut off" in refusal(rtf(r"One{\pict\bin99 x}"))
    assert "holds no text" in refusal(rtf(r"\par" * 1000))
    assert "groups deep" in refusal(b"{\\rtf1 " + b"{" * DEEPEST)
    assert "max-seconds" in refusal(rtf("One"), max_seconds=0)


def test_deep_groups_that_close_are_read() -> None:
    assert read(rtf("{" * (DEEPEST - 2) + "x" + "}" * (DEEPEST - 2))).text == "x\n"


def test_a_label_is_never_endless() -> None:
    assert len(read(rtf(r"{\listtext " + "x" * 9999 + "}One")).text) < 100


WHOLE = rtf("\n".join(case["rtf"] for case in CASES if case["rtf"].count("{") == case["rtf"].count("}")))


def test_cut_off_anywhere() -> None:
    for data in cut_off(WHOLE):
        reads_or_says(read_rtf, data)


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=3))
def test_any_damaged_bytes(place: int, change: bytes) -> None:
    reads_or_says(read_rtf, WHOLE[:place] + change + WHOLE[place + len(change) :])


WORDS = st.sampled_from(
    (
        *(
            "{",
            "}",
            "{\\*",
            "\\cell ",
            "\\row ",
            "\\par ",
            "\\intbl ",
            "\\trowd ",
            "\\pard ",
            "\\footnote ",
            "\\chftn ",
            "\\ftnalt ",
        ),
        *(
            "\\field ",
            "\\fldinst ",
            "\\fldrslt ",
            "\\datafield ",
            "ADDIN CSL_CITATION ",
            "\\shptxt ",
            "\\listtext ",
            "\\u-10179 ",
        ),
        *("\\u233 ", "\\uc9 ", "\\'e9", "\\'", "\\fonttbl ", "\\f1 ", "\\fcharset2 ", "\\fcharset128 ", "\\super ", "\\deleted "),
        *(
            "\\bin4 ",
            "\\bin-1 ",
            "\\upr ",
            "\\ansicpg0 ",
            "\\ansicpg65001 ",
            "\\up99999999999 ",
            "\\pict ",
            "x",
            "\\",
            "\0",
            "\n",
        ),
    )
)


@given(st.lists(WORDS, max_size=40).map("".join), st.integers(0, 6))
def test_control_words_in_any_order(inside: str, closing: int) -> None:
    reads_or_says(read_rtf, rtf(inside + "x" + "}" * closing))


@given(st.binary(max_size=200))
def test_any_bytes_that_begin_like_a_document(tail: bytes) -> None:
    reads_or_says(read_rtf, b"{\\rtf1 " + tail)
