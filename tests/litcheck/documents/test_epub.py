"""E-books: their parts in order as one text, links between them, and damage, protection and bombs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from litcheck.documents import Document, read_document
from litcheck.documents.epub import read_epub
from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance, Limits

CONTAINER = '<container xmlns="urn:c"><rootfiles><rootfile full-path="OEBPS/content.opf"/></rootfiles></container>'
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf"><manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/><item id="css" href="a.css" media-type="text/css"/>
<item id="two" href="text/two%20b.xhtml" media-type="application/xhtml+xml"/>
<item id="one" href="text/one.xhtml" media-type="text/html"/>
<item id="notes" href="text/notes.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="cover"/><itemref idref="nav"/><itemref idref="one"/><itemref idref="two"/><itemref idref="css"/>
<itemref idref="notes" linear="no"/><itemref idref="gone"/></spine>
<guide><reference type="cover" href="cover.xhtml"/></guide></package>"""
PARTS = {
    "META-INF/container.xml": CONTAINER,
    "OEBPS/content.opf": PACKAGE,
    "OEBPS/nav.xhtml": "<html><body><ol><li>One</li></ol></body></html>",
    "OEBPS/cover.xhtml": "<html><body><p>Cover</p></body></html>",
    "OEBPS/text/one.xhtml": """<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head>
<body><a id="start"/><h1>One</h1><p>As <a href="two%20b.xhtml#lee">Lee</a> says.<a
href="notes.xhtml#n1"><sup>1</sup></a></p><p>Or not.</p>
</body></html>""",
    "OEBPS/text/two b.xhtml": """<html xmlns:epub="e"><body><section epub:type="bibliography"><h1>Works</h1><ul>
<li id="lee">Lee, A. (2020). On rivers.</li><li>Roy, B. (2021). On lakes.</li></ul></section></body></html>""",
    "OEBPS/text/notes.xhtml": '<html><body><aside epub:type="footnote" id="n1"><p>A note.</p></aside></body></html>',
}
TEXT = "One\n\nAs Lee says.1\n\n1 A note.\n\nOr not.\n\nWorks\n\nLee, A. (2020). On rivers.\nRoy, B. (2021). On lakes.\n"


def book(changed: Mapping[str, str] = {}) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, content in {**PARTS, **changed}.items():
            file.writestr(name, content)
    return buffer.getvalue()


def read(data: bytes, **limits: int) -> Document:
    return read_epub("book.epub", data, Allowance("book.epub", Limits(**limits)))


def test_parts_are_read_in_the_order_of_the_spine(tmp_path: Path) -> None:
    path = tmp_path / "book"
    path.write_bytes(book())
    document = read_document(path)
    assert (document.format, document.text) == ("epub", TEXT)
    assert [span.of(TEXT) for span in document.superscripts] == ["1"]
    assert document.sections is not None
    assert [entry.of(TEXT) for section in document.sections for entry in section.entries] == TEXT.splitlines()[-2:]
    assert [(link.span.of(TEXT), link.references) for link in document.links] == [("Lee", ("1",))]


def encryption(uri: str) -> str:
    return f'<encryption><EncryptedData><CipherData><CipherReference URI="{uri}"/></CipherData></EncryptedData></encryption>'


def test_protected_books_are_named_as_such_and_hidden_fonts_do_no_harm() -> None:
    assert read(book({"META-INF/encryption.xml": encryption("OEBPS/fonts/a.otf")})).text == TEXT
    with pytest.raises(UnreadableDocument, match=r"book\.epub is encrypted.*DRM"):
        read(book({"META-INF/encryption.xml": encryption("OEBPS/text/two%20b.xhtml")}))


WRONG = [
    ({"META-INF/container.xml": "<container/>"}, "does not say what it consists of"),
    ({"META-INF/container.xml": "<container"}, r"META-INF/container\.xml\) holds broken XML"),
    ({"META-INF/container.xml": '<c><rootfile full-path="../../etc/passwd"/></c>'}, "lacks its part"),
    ({"OEBPS/content.opf": "<package><manifest/><spine/></package>"}, "holds no text"),
    ({"OEBPS/content.opf": PACKAGE.replace("text/one.xhtml", "../../../etc/passwd")}, "lacks its part"),
    ({"OEBPS/content.opf": PACKAGE.replace("text/one.xhtml", "https://example.org/one.xhtml")}, "lacks its part"),
]


@pytest.mark.parametrize(("parts", "message"), WRONG)
def test_what_is_missing_or_broken_is_said(parts: dict[str, str], message: str) -> None:
    with pytest.raises(UnreadableDocument, match=message):
        read(book(parts))


def test_bombs_are_refused() -> None:
    with pytest.raises(UnreadableDocument, match="max-unpacked-mb"):
        read(book({"OEBPS/text/one.xhtml": "<p>" + "x" * 3_000_000}), max_unpacked_mb=2)
    with pytest.raises(UnreadableDocument, match="max-seconds"):
        read(book(), max_seconds=0)
    # The same part a thousand times over is read once.
    spine = PACKAGE.replace('<itemref idref="one"/>', '<itemref idref="one"/>' * 1000)
    assert read(book({"OEBPS/content.opf": spine})).text == TEXT


def test_a_book_that_is_cut_off_or_changed_anywhere_is_read_or_refused() -> None:
    data = book()
    for at in range(0, len(data), len(data) // 50):
        for damaged in (data[:at], data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]):
            with suppress(UnreadableDocument):
                assert read(damaged).text


def test_parts_in_each_other_s_places_are_read_or_refused() -> None:
    names = list(PARTS)
    for turn in range(1, len(names)):
        swapped = dict(zip(names, [PARTS[name] for name in names[turn:] + names[:turn]], strict=True))
        with suppress(UnreadableDocument):
            assert read(book(swapped)).text
