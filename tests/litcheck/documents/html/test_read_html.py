"""Web pages: their text, raised runs, notes and lists; and that no page does more than take its time."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from litcheck.documents import Document, read_document
from litcheck.documents.html import read_html
from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance, Limits

CASES = yaml.safe_load(Path(__file__).with_name("pages.yaml").read_text(encoding="utf-8"))


def read(page: str | bytes, **limits: int) -> Document:
    data = page.encode() if isinstance(page, str) else page
    return read_html("page.html", data, Allowance("page.html", Limits(**limits)))


def with_raised_marked(document: Document) -> str:
    text = document.text
    for span in reversed(document.superscripts):
        text = f"{text[: span.start]}⟦{span.of(text)}⟧{text[span.end :]}"
    return text


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_pages(case: dict[str, Any]) -> None:
    page = f"<!DOCTYPE html><html><head><title>No</title><style>{case.get('style', '')}</style></head><body>{case['page']}</body>"
    document = read(page)
    assert with_raised_marked(document) == case["text"]
    entries = [entry.of(document.text) for section in document.sections or () for entry in section.entries]
    assert entries == case.get("entries", [])


def test_a_list_s_span_begins_with_its_heading() -> None:
    document = read("<p>A</p><section class=references><h2>References</h2><ol><li>Lee 2020.<li>Roy 2021.</ol></section><p>B</p>")
    assert document.sections is not None
    (section,) = document.sections
    assert section.heading is not None
    assert section.heading.of(document.text) == "References"
    assert section.span.of(document.text) == "References\n\n1. Lee 2020.\n2. Roy 2021."


ENCODINGS = [
    ("<meta charset=iso-8859-1><p>Müller “x”", "cp1252", "cp1252"),
    ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Привет', "cp1251", "cp1251"),
    ('<?xml version="1.0" encoding="ISO-8859-2"?><html><p>Łódź', "iso8859-2", "iso8859-2"),
    ("<meta charset=shift_jis><p>湿地", "cp932", "cp932"),
    ("<meta charset=utf-16><p>Müller", "utf-8", "utf-8"),
    ("<meta charset=ascii><p>Müller", "utf-16", "utf-16"),
    ("<meta charset=utf-8><p>Müller sagt, über die Flüsse", "cp1252", "windows-1252"),
    ("<meta charset=zlib><p>Müller", "utf-8", "utf-8"),
    ("<meta charset=no-such><p>Müller", "utf-8", "utf-8"),
]


@pytest.mark.parametrize(("page", "written", "said"), ENCODINGS)
def test_the_encoding_is_the_declared_one_if_the_bytes_allow_it(page: str, written: str, said: str) -> None:
    document = read(page.encode(written))
    assert document.encoding == said
    assert document.text.strip() == page.rpartition(">")[2]


@pytest.mark.parametrize("page", ["<html></html>", "<script>document.write('x')</script>", "<html><!-- x -->", "<p hidden>x"])
def test_a_page_without_text_is_refused(page: str) -> None:
    with pytest.raises(UnreadableDocument, match=r"page\.html holds no text"):
        read(page)


def test_what_is_nested_too_deep_is_refused_and_not_cut() -> None:
    assert read("<div>" * 1500 + "x" + "</div>" * 1500 + "<p>after").text == "x\n\nafter\n"
    with pytest.raises(UnreadableDocument, match="elements deep"):
        read("<div>" * 100_000 + "x" + "</div>" * 100_000 + "<p>after")


BOMBS = [
    "<p>" * 300_000 + "x",
    "<table><tr><td>" * 600 + "x",
    "<ol>" * 700 + "<li>x",
    "<a href='#a' id=a>1</a>" * 30_000,
    "<p><a href='#fn1'>1</a></p>" * 20_000 + "<p id=fn1>x",
    "<style>" + ".a{vertical-align:super}" * 40_000 + "</style><p class=a>x",
    "<style>" + "{" * 400_000 + "</style><p>x",
    "<style>" + "a:" * 400_000 + "</style><p style='" + "a:" * 100_000 + "'>x",
    "<p>" + "&amp;" * 300_000,
    "<a" * 100_000 + ">x",
    "<meta " * 1_000 + "<p>x",
    "<ol start=999999999999999999999><li value=-5>x<li type=i value=99999999>y</ol>",
]


@pytest.mark.parametrize("page", BOMBS, ids=[bomb[:20] for bomb in BOMBS])
def test_no_page_takes_long(page: str) -> None:
    assert read(page, max_seconds=20).text.strip()


@pytest.mark.parametrize("attribute", [" a{n}=1", " a{n}", " a{n}='>' ", '\n a{n} = "<p>"', "/a{n}"])
def test_an_element_with_very_many_attributes_is_refused(attribute: str) -> None:
    with pytest.raises(UnreadableDocument, match="attributes"):
        read("<p" + "".join(attribute.format(n=n) for n in range(100_000)) + ">x")


def test_reading_ends_when_the_time_is_up() -> None:
    with pytest.raises(UnreadableDocument, match=r"longer than 0 seconds .* `max-seconds`"):
        read("<p>x", max_seconds=0)


PIECES = st.sampled_from(
    (
        *(
            "<p>",
            "</p>",
            "<div id=fn1>",
            "</div>",
            "<a href='#fn1'>1</a>",
            "<a href='#r1'>",
            "</a>",
            "<ol class=references>",
            "<ol>",
        ),
        *(
            "<li id=r1>",
            "</li>",
            "</ol>",
            "<table>",
            "<tr>",
            "<td>",
            "</table>",
            "<sup>",
            "</sup>",
            "<pre>",
            "</pre>",
            "<br>",
            "<q>",
        ),
        *(
            " ",
            "\n",
            "a",
            "Lee (2020)",
            "1.",
            "<aside role=doc-footnote id=n>",
            "</aside>",
            "<a href='#n'>*</a>",
            "<h2>",
            "</h2>",
        ),
        *("<span style='vertical-align:super'>", "</span>", "<section class=footnotes>", "</section>", "<footer>", "</footer>"),
    )
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_page_gives_a_text_with_spans_in_it_or_a_message(page: str) -> None:
    try:
        document = read(page)
    except UnreadableDocument:
        return
    spans = [*document.superscripts, *(entry for section in document.sections or () for entry in section.entries)]
    for span in spans:
        assert span.of(document.text) == span.of(document.text).strip() != ""
    assert document.text == document.text.rstrip() + "\n"
    assert "\n\n\n" not in document.text


@given(st.binary(max_size=300))
def test_any_bytes_give_a_text_or_a_message(data: bytes) -> None:
    with suppress(UnreadableDocument):
        assert read(b"<html>" + data).text.strip()


def test_a_page_that_is_cut_off_or_changed_anywhere_is_read_or_refused() -> None:
    page = "".join(case["page"] for case in CASES).encode()
    for at in range(0, len(page), len(page) // 50):
        for data in (page[:at] or b"<p>x", page[:at] + bytes([page[at] ^ 0xFF]) + page[at + 1 :]):
            assert read(data).text


def test_a_page_is_told_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_text("<!DOCTYPE html><p>As Lee<sup>1</sup> says.")
    document = read_document(path)
    assert (document.format, document.text) == ("html", "As Lee1 says.\n")
    assert [span.of(document.text) for span in document.superscripts] == ["1"]


LINKED = """<html><head><link rel=canonical href="https://journal.example/a"></head><body>
<p><a href="#lee">Lee (2020)</a>, <a href="https://journal.example/a#roy">[2]</a>, <a href="https://other.example/b#roy">[2]</a>,
<a href="#top">top</a>, <a href="#inside">inside</a>, <a href="#both">3a, b</a>, <a href="#list">the list</a>.</p>
<section class="references" id="list"><p id="lee">Lee, A. (2020).</p><p id="roy">Roy, <b id="inside">B.</b> (2021).</p>
<div id="both"><p>Kim, C. (2022a). <a href="#lee">See Lee</a></p><p>Kim, C. (2022b).</p></div></section>"""


def test_links_to_entries_are_told_with_the_numbers_of_the_entries() -> None:
    document = read(LINKED)
    assert [(link.span.of(document.text), link.references) for link in document.links] == [
        ("Lee (2020)", ("1",)),
        ("[2]", ("2",)),
        ("inside", ("2",)),
        ("3a, b", ("3", "4")),
    ]
