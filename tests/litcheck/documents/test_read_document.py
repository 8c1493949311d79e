import hashlib
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bib.model import ParseFailure, Reference
from litcheck.documents import CitationKey, Document, read_document
from litcheck.documents import load as loading
from litcheck.errors import UnreadableDocument
from litcheck.limits import DEFAULT_LIMITS

Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def refusal(path: Path | str, **options: bool) -> str:
    with pytest.raises(UnreadableDocument) as raised:
        read_document(path, **options)  # type: ignore[arg-type]  # names as a shell hands them over
    return str(raised.value)


def test_plain_text_is_the_file_as_decoded(write: Write) -> None:
    content = "One\r\nTwo\rThree\u2028Four\x0cFive\n\n"
    path = write("paper.txt", content)
    assert read_document(path) == Document(
        path=str(path), sha256=hashlib.sha256(content.encode()).hexdigest(), format="text", text=content, encoding="utf-8"
    )


def test_the_checksum_is_of_the_bytes_and_not_of_the_text(write: Write) -> None:
    data = "Müller".encode("utf-16")
    document = read_document(write("paper.txt", data))
    assert (document.text, document.encoding, document.sha256) == ("Müller", "utf-16", hashlib.sha256(data).hexdigest())


def test_markdown(write: Write) -> None:
    document = read_document(write("paper.md", "As [@lee2020] says.^12^\n"))
    assert [key.key for key in document.keys] == ["lee2020"]
    assert isinstance(document.keys[0], CitationKey)
    assert [span.of(document.text) for span in document.superscripts] == ["12"]


def test_bibtex(write: Write) -> None:
    text = "@article{lee, author={Lee, A.}, title={On rivers}}\n@article{lee, title={Again}}\n"
    document = read_document(write("list.bib", text))
    assert document.format == "bibtex"
    assert document.is_bibliography
    assert document.entries is not None
    first, second = document.entries
    assert isinstance(first, Reference)
    assert isinstance(second, ParseFailure)
    assert (first.id, first.span and first.span.of(document.text)) == ("lee", first.raw)


def test_a_bibliography_without_entries_is_refused(write: Write) -> None:
    said = refusal(write("list.bib", "Only prose here.\n"))
    assert "no BibTeX entry" in said
    assert "another name" in said


BIBLIOGRAPHIES = {
    "ris": "TY  - JOUR\nID  - lee\nTI  - On rivers\nER  - \nTY  - JOUR\nPY  - 2020\nER  - \n",
    "nbib": "PMID- 1\nTI  - On rivers\n\nPMID- 2\nDP  - 2020\n",
    "csl-json": '[{"id": "lee", "title": "On rivers"},\n {"id": "roy", "title": "On lakes" "x"}]',
    "endnote": "<xml><records><record><titles><title>On rivers</title></titles></record>\n<record><a></record></records></xml>",
}


@pytest.mark.parametrize("name", ["list", "list.txt"])
@pytest.mark.parametrize("format_name", BIBLIOGRAPHIES)
def test_bibliographies_are_told_by_their_content(write: Write, format_name: str, name: str) -> None:
    document = read_document(write(name, BIBLIOGRAPHIES[format_name]))
    assert (document.format, document.is_bibliography) == (format_name, True)
    assert document.entries is not None
    good, bad = document.entries
    assert isinstance(good, Reference)
    assert isinstance(bad, ParseFailure)
    assert good.title == "On rivers"
    assert all(entry.span and entry.span.of(document.text) == entry.raw for entry in (good, bad))
    assert bad.line == document.text.count("\n", 0, document.text.index(bad.raw)) + 1


LIST = (
    "Lee, A. B. (2020). On rivers. Journal of Water, 12(3), 1–10.\r\n"
    "\r\n"
    "  Roy, S. (2021). On\u2028lakes\x0b and\x85 ponds. Journal of Water, 13(1), 5–9. \n"
    "\n"
    "Kim, C. (2022). On ponds. Journal of Water, 14(2), 11–19."
)


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_lines(write: Write, end: str) -> None:
    document = read_document(write("list.txt", LIST + end), lines=True)
    assert (document.format, document.is_bibliography, document.text) == ("lines", True, LIST + end)
    assert document.entries is not None
    assert [entry.id for entry in document.entries] == ["1", "2", "3", "4", "5"]
    assert [entry.span and entry.span.of(document.text) for entry in document.entries] == [
        line.strip() for line in LIST.split("\n")
    ]
    assert all(entry.span and entry.raw == entry.span.of(document.text) for entry in document.entries)
    blank = document.entries[1]
    assert isinstance(blank, ParseFailure)
    assert (blank.raw, blank.line, blank.reason) == ("", 2, "The line is blank.")
    third = document.entries[2]
    assert isinstance(third, Reference)
    assert third.year == 2021


def test_lines_of_what_looks_like_another_format(write: Write) -> None:
    document = read_document(write("list.md", "[@lee2020] Lee, A. (2020). On rivers. Water, 1, 2–3.\n"), lines=True)
    assert document.format == "lines"
    assert document.entries is not None
    assert len(document.entries) == 1


NEVER_TEXT = [
    (b"%PDF-1.7\n", "paper.txt", ["begins like a PDF file", "damaged"]),
    (b"PK\x03\x04....word/document.xml", "paper.md", ["damaged or cut off"]),
    (b"PK\x03\x04....xl/workbook", "paper.md", ["spreadsheet", "Save it as plain text"]),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "paper.doc", ["old Office document"]),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "paper.docx",
        ["encrypted with a password", "without the password"],
    ),
    (b"{\\rtf1 x", "paper.txt", ["is cut off"]),
    (b"\x89PNG\r\n\x1a\n", "paper.txt", ["is an image", "OCR"]),
    (b"\x1f\x8b\x08\x00", "paper.txt.gz", ["compressed", "Unpack"]),
    (b"a\x00b\x00\x00\x01\x02", "paper.txt", ["is not text", "zero bytes"]),
    (b"abc\x01\x02\x03\x04\x05", "paper.txt", ["is not text", "control characters"]),
    (b"", "paper.txt", ["is empty"]),
    (b" \r\n\t\n", "paper.txt", ["is empty", "white space"]),
    (b"\xef\xbb\xbf", "paper.txt", ["is empty"]),
]
TEXT_OF_ANOTHER_FORMAT = [
    (b"<html><body hidden>x", "paper.txt", ["holds no text"]),
    (b"\\documentclass{article}", "paper.tex", ["prints nothing", "\\begin{document}"]),
    ("\\documentclass{article}".encode("utf-16"), "paper.tex", ["prints nothing"]),
    (b"%0 Journal Article\n%A Lee", "list.enw", ["Refer", "BibTeX or RIS"]),
    (b"<article article-type='x'>", "paper.xml", ["holds no JATS reference", "no text to check", "whole article"]),
    (b"<ref-list>\n<ref><a></ref></ref-list>", "list.xml", ["The XML is broken in line 2: mismatched tag"]),
    (b"Only prose here.\n", "list.ris", ["holds no RIS record", "another name"]),
    (b"Only prose here.\n", "list.nbib", ["holds no PubMed record", "another name"]),
    (b"TY  - JOUR\nER  - \n", "list.ris", ["no reference that can be used", "line 1", "neither an author nor a title"]),
    (b'{\n"name": ', "list.json", ["no reference that can be used", "The JSON is broken in line 2, column 9"]),
    (b"[]", "list.json", ["holds no CSL-JSON item"]),
    (b"<xml><records></records></xml>", "list.xml", ["holds no EndNote record"]),
    (b"<xml><records>\n<record><title>x</record></records></xml>", "list.xml", ["The XML is broken in line 2: mismatched tag"]),
]


@pytest.mark.parametrize(("content", "name", "said"), [*NEVER_TEXT, *TEXT_OF_ANOTHER_FORMAT])
def test_what_cannot_be_read_is_named(write: Write, content: bytes, name: str, said: list[str]) -> None:
    path = write(name, content)
    message = refusal(path)
    assert str(path) in message
    assert all(words in message for words in said), message


@pytest.mark.parametrize(("content", "name", "said"), NEVER_TEXT)
def test_what_is_no_text_is_no_list_either(write: Write, content: bytes, name: str, said: list[str]) -> None:
    message = refusal(write(name, content), lines=True)
    assert all(words in message for words in said[:1]) or "--lines takes plain text" in message, message


def test_paths_that_are_no_files(tmp_path: Path) -> None:
    assert f"litcheck corpus {tmp_path}" in refusal(tmp_path)
    assert "There is no file" in refusal(tmp_path / "missing.txt")
    assert "cannot be read" in refusal(tmp_path / ("x" * 5000))
    assert "not the name of a file" in refusal("a\0b")
    fifo = tmp_path / "pipe"
    os.mkfifo(fifo)
    assert "pipe or a device" in refusal(fifo)
    assert "pipe or a device" in refusal(Path("/dev/zero"))
    (tmp_path / "file").write_text("x")
    assert "cannot be read" in refusal(tmp_path / "file" / "below")
    (tmp_path / "loop").symlink_to("loop")
    assert "cannot be read" in refusal(tmp_path / "loop")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission(write: Write) -> None:
    path = write("paper.txt", "text")
    path.chmod(0)
    assert "permission denied" in refusal(path)


def test_a_refused_file_is_said_to_be_without_permission(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = write("paper.txt", "text")
    monkeypatch.setattr("os.open", refuse)
    assert "permission denied" in refusal(path)


def test_too_large_files_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(DEFAULT_LIMITS.max_file_bytes + 1)
    assert "more than 100 MB" in refusal(path)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x" * 100)))
    with pytest.raises(UnreadableDocument, match="Standard input is too large"):
        loading.load_bytes("-", largest=99)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Müller [@lee2020]\r\n".encode()), encoding="ascii"))
    document = read_document("-")
    assert (document.path, document.text, document.format) == ("-", "Müller [@lee2020]\n", "markdown")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert "Standard input is empty" in refusal("-")


@pytest.mark.parametrize(
    "data",
    [
        *(
            b"PK\x03\x04 word/document.xml",
            b"PK\x03\x04 application/epub+zip",
            b"PK\x03\x04 application/vnd.oasis.opendocument.text",
        ),
        *(
            b"{\\rtf1",
            b"{\\rtf1}",
            b"%PDF-1.7",
            b"<html></html>",
            b"<article><body>",
            b"\\documentclass{article}",
            b"\0\1\2",
            b" ",
        ),
        *(
            b"TY  - JOUR\n",
            b"<office:document><x></office:document>",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        ),
    ],
)
def test_messages_call_standard_input_by_name(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert refusal("-").startswith("Standard input ")


def test_fifty_megabytes_are_read(write: Write) -> None:
    path = write("paper.txt", "A sentence about “rivers” (Lee, 2020).\r\n" * 1_200_000)
    assert len(read_document(path).text) > 45_000_000


def test_the_shared_manuscripts_are_plain_text(shared_data: Path) -> None:
    paths = sorted(shared_data.glob("manuscripts/*/*.txt"))[::10]
    assert paths
    for path in paths:
        document = read_document(path)
        assert (document.format, document.encoding) == ("text", "utf-8")
        assert document.text.encode() == path.read_bytes()
