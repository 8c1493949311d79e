import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcheck.documents.formats import FORMATS, misnamed
from litcheck.documents.recognise import recognise_bytes, recognise_text


def zipped(*names: str, mimetype: str = "") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "<x/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "pdf"),
        (b"junk before\n%PDF-1.4\n1 0 obj\nendobj\n", "pdf"),
        (b"%PDF- is how a PDF begins", "pdf"),
        (b"A text that explains that %PDF- begins a PDF.", None),
        (zipped("[Content_Types].xml", "word/document.xml"), "docx"),
        (zipped("[Content_Types].xml", "word/document2.xml"), "docx"),
        (zipped("content.xml", mimetype="application/vnd.oasis.opendocument.text"), "odt"),
        (zipped("META-INF/container.xml", mimetype="application/epub+zip"), "epub"),
        (zipped("xl/workbook.xml"), "office"),
        (zipped("manuscript.txt"), "archive"),
        (b"PK\x03\x04", "archive"),
        (b"{\\rtf1\\ansi", "rtf"),
        (b"\xef\xbb\xbf\r\n{\\rtf1", "rtf"),
        (b"In RTF, {\\rtf1 begins a file", None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "doc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8", "image"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"%!PS-Adobe", "postscript"),
        (b"PK is no archive", None),
        (b"plain text", None),
        (b"", None),
    ],
)
def test_bytes(data: bytes, name: str | None) -> None:
    assert recognise_bytes(data) == name


JATS = '<?xml version="1.0"?>\n<!DOCTYPE article PUBLIC "-//NLM//DTD JATS">\n<article>'


@pytest.mark.parametrize(
    ("text", "suffix", "name"),
    [
        ('<?xml version="1.0"?>\n<office:document office:mimetype="x">', ".xml", "odt"),
        ("Some prose.", ".txt", "text"),
        ("Some prose.", "", "text"),
        ("Some prose.", ".pdf", "text"),
        ("Some prose.", ".html", "text"),
        ("Lee &amp; Roy (2020) say so.<br>More.", ".html", "html"),
        ("Lee &amp; Roy (2020) say so.<br>More.", ".txt", "text"),
        ("# Heading\n\nSome prose.", ".md", "markdown"),
        ("Some prose.", ".MD", "markdown"),
        ("Some prose [@lee2020, p. 3].", "", "markdown"),
        ("Some prose [see @lee2020].", ".asc", "markdown"),
        ("---\ntitle: Rivers\n---\nprose", "", "markdown"),
        ("Some prose [@lee2020].", ".txt", "text"),
        ("Mail [a@example.org].", "", "text"),
        ("@article{lee2020,\n title={x}}", "", "bibtex"),
        ("@article{lee2020,\n title={x}}", ".txt", "bibtex"),
        ("% comment\n\n@string{a={b}}\n@Book(roy, title={x})", ".txt", "bibtex"),
        ("References exported.\n@article{lee,title={x}}", ".bib", "bibtex"),
        ("Write @article{lee, title={x}} in BibTeX.", "", "text"),
        ("@article{ is how an entry begins", "", "text"),
        ("<!DOCTYPE html>\n<html>", ".txt", "html"),
        ("<!-- x -->\n<html lang='en'>", "", "html"),
        ('<?xml version="1.0"?><html xmlns="x">', "", "html"),
        ("<h1>Rivers</h1>\n<p>They flow.</p>", ".HTM", "html"),
        ("Rivers, and <i>all</i> that.", ".html", "text"),
        ("From: <Saved by Blink>\r\nSubject: A\r\n B\r\nContent-Type: multipart/related;\r\n\ttype=x", ".mhtml", "mhtml"),
        ("From: <Saved by Blink>\nIs how such a file begins.", "", "text"),
        (JATS, "", "jats"),
        ('<article article-type="research-article">', "", "jats"),
        ('<?xml version="1.0"?>\n<ref-list xmlns:xlink="x">\n<ref id="a">', "", "jats"),
        ('<article><body/><back><ref-list><ref id="a">', ".txt", "jats"),
        ("<xml><records><record>", "", "endnote"),
        ('<?xml version="1.0"?>\n<TEI>', "", "xml"),
        ("<0.05 was significant.", "", "text"),
        ("\\documentclass{article}\n", "", "latex"),
        ("% comment\n\\RequirePackage{x}\n\\documentclass[a4]{article}", ".txt", "latex"),
        ("We write \\documentclass{article} first.", ".txt", "text"),
        ("Fragment with \\cite{lee}.", ".tex", "latex"),
        ("TY  - JOUR\nAU  - Lee", "", "ris"),
        ("\r\nTY  - JOUR\r\n", ".txt", "ris"),
        ("PMID- 12345\nOWN - NLM", "", "nbib"),
        ("%0 Journal Article\n%A Lee", "", "refer"),
        ("TY - JOUR\nAU - Lee", "", "ris"),
        ("Provider: A database\nContent: text/plain\n\nTY  - JOUR\nAU  - Lee", ".txt", "ris"),
        ("Content: a record of RIS begins with\nTY  - JOUR\nand goes on.", "", "text"),
        ("1. \nTY  - JOUR\nID  - 1\n", "", "ris"),
        ("Exported on Monday\n\nTY  - JOUR\n", ".ris", "ris"),
        ("Nothing of the kind.", ".ris", "ris"),
        ("Nothing of the kind.", ".nbib", "nbib"),
        ("PMID: 12345 is a paper.", "", "text"),
        ("{title: x}", ".json", "csl-json"),
        ("[]", ".json", "csl-json"),
        ('<?xml version="1.0"?><xml>\n<records>\n<record>', "", "endnote"),
        ("<records><record><ref-type>", ".xml", "endnote"),
        ("FN Clarivate Analytics Web of Science", "", "wos"),
        ('[\n  {\n    "id": "lee"', "", "csl-json"),
        ('{"items": []}', "", "csl-json"),
        ("Some prose.", ".org", "org"),
        ("Some prose [see @lee2020].", ".rst", "rst"),
        ("= Rivers\nSome prose @lee.", ".typ", "typst"),
        ("\\documentclass{article}", ".rst", "latex"),
        ('.\\" comment\n.TH RAIN 1\n', "", "man"),
        (".TH2 is a gene.", "", "text"),
        (
            '<?xml version="1.0"?>\n<!DOCTYPE article>\n<article\n xmlns="http://docbook.org/ns/docbook" xmlns:xlink="x">',
            "",
            "docbook",
        ),
        ('<!DOCTYPE article PUBLIC "-//OASIS//DTD DocBook XML V4.5//EN">', ".xml", "docbook"),
        ('<?xml version="1.0"?>\n<book>', ".dbk", "docbook"),
        ('<?xml version="1.0"?>\n<FictionBook xmlns="x">', "", "fb2"),
        ('<?xml version="1.0"?>\n<opml version="2.0">', "", "opml"),
        ('{\n "cells": [],\n "nbformat": 4}', "", "ipynb"),
        ('{\n "cells": []}', ".json", "csl-json"),
        ("references:\n- id: lee\n", ".yaml", "csl-yaml"),
        ("title: x\n", ".yaml", "text"),
        ("[1] Lee, A. On rivers.", "", "text"),
        ("", "", "text"),
    ],
)
def test_texts(text: str, suffix: str, name: str) -> None:
    assert recognise_text(text, suffix) == name


@given(st.text(max_size=200), st.sampled_from(["", ".md", ".bib", ".tex", ".txt"]))
def test_any_text_has_a_known_format(text: str, suffix: str) -> None:
    assert recognise_text(text, suffix) in FORMATS


@given(st.binary(max_size=200))
def test_any_bytes_have_a_known_format_or_none(data: bytes) -> None:
    assert (recognise_bytes(data) or "text") in FORMATS


@pytest.mark.parametrize("piece", ["<article ", "<", "%\n", "[@", "[ ", "@a{", "\\begin ", "@article{a", "[a ", " \n"])
def test_a_hostile_text_has_a_known_format(piece: str) -> None:
    assert recognise_text(piece * (1_000_000 // len(piece))) in FORMATS


def test_every_format_without_a_reader_says_what_to_do() -> None:
    assert {name for name, known in FORMATS.items() if not (known.advice or known.pandoc)} == {
        *("text", "markdown", "latex", "lines", "bibtex", "ris", "nbib", "csl-json", "csl-yaml", "endnote", "jats", "docx"),
        *("odt", "rtf", "html", "epub", "pdf"),
    }


@pytest.mark.parametrize(
    ("path", "format_name", "said"),
    [
        ("paper.txt", "docx", "paper.txt is a Word document (DOCX), whatever its name says, and was read as that"),
        ("a.b/paper.pdf", "html", "a.b/paper.pdf is a web page (HTML)"),
        ("paper.pdf", "text", "paper.pdf is plain text"),
        ("paper.doc", "rtf", "paper.doc is a Rich Text document (RTF)"),
        ("paper.docx", "odt", "paper.docx is an OpenDocument text (ODT)"),
        ("refs.bib", "ris", "refs.bib is RIS"),
        ("refs.txt", "ris", ""),
        ("paper.txt", "markdown", ""),
        ("paper.tex", "text", ""),
        ("paper.DOCX", "docx", ""),
        ("paper.htm", "html", ""),
        ("paper.xml", "jats", ""),
        ("paper", "docx", ""),
        ("list.bib", "lines", ""),
        ("paper.docx", "unreadable", ""),
    ],
)
def test_a_wrong_name_is_said(path: str, format_name: str, said: str) -> None:
    told = misnamed(path, format_name)
    assert told.startswith(said)
    assert bool(told) == bool(said)
