"""``read_document``: from a path to a document."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from litcheck.documents.formats import FORMATS
from litcheck.documents.load import STANDARD_INPUT, load_bytes, name_in_messages
from litcheck.documents.model import Document
from litcheck.documents.pandoc_keys import mark_keys
from litcheck.documents.plain_text import read_plain_text
from litcheck.documents.recognise import recognise_bytes, recognise_text
from litcheck.errors import UnreadableDocument
from litcheck.limits import DEFAULT_LIMITS, Allowance, Limits


def read_document(
    path: Path | Literal["-"], *, lines: bool = False, alone: bool = True, limits: Limits = DEFAULT_LIMITS
) -> Document:
    """The document in a file, or on standard input for "-", in whichever of the formats it is by its content.

    With ``lines`` the file holds one reference a line and nothing else. One that is not ``alone`` may hold what only makes sense
    beside other bibliographies: BibTeX's macros without an entry. Raises ``UnreadableDocument``, saying what to do, for
    files that cannot be opened, are empty, larger or slower to read than ``limits`` allow, no text, or in a
    format without a reader.
    """
    data = load_bytes(path, largest=limits.max_file_bytes)
    name = name_in_messages(str(path))
    allowance = Allowance(name, limits)
    if binary := recognise_bytes(data):
        if lines:
            raise UnreadableDocument(_no_lines(name, binary))
        return _read_binary(str(path), name, binary, data, allowance)
    document = read_plain_text(str(path), data)
    if lines:
        from litcheck.documents.lines import mark_lines  # loads the tagger of reference strings

        return mark_lines(document)
    suffix = "" if path == STANDARD_INPUT else Path(path).suffix
    match recognise_text(document.text, suffix):
        case "text":
            return mark_keys(document)
        case "markdown":
            from litcheck.documents.markdown import read_markdown  # loads yaml

            return read_markdown(document, allowance)
        case "latex":
            from litcheck.documents.latex import read_latex

            return read_latex(document, allowance)
        case "html":
            from litcheck.documents.html import read_html  # loads lxml

            return read_html(str(path), data, allowance)
        case "bibtex":
            from litcheck.documents.bibtex import mark_bibtex  # loads bibtexparser

            return mark_bibtex(document, alone=alone)
        case "ris":
            from litcheck.documents.ris import mark_ris  # loads rispy

            return mark_ris(document)
        case "nbib":
            from litcheck.documents.nbib import mark_nbib

            return mark_nbib(document)
        case "csl-json":
            from litcheck.documents.csl_json import mark_csl_json

            return mark_csl_json(document)
        case "csl-yaml":
            from litcheck.documents.csl_yaml import mark_csl_yaml

            return mark_csl_yaml(document)
        case "endnote":
            from litcheck.documents.endnote import mark_endnote

            return mark_endnote(document)
        case "jats":
            from litcheck.documents.jats import read_jats_document  # loads lxml

            return read_jats_document(document, allowance)
        case "odt":
            from litcheck.documents.odt import read_flat_odt  # loads lxml

            return read_flat_odt(str(path), data, allowance)
        case other if FORMATS[other].pandoc:
            from litcheck.documents.pandoc import read_with_pandoc

            return read_with_pandoc(document, other, allowance)
        case other:
            raise UnreadableDocument(_no_reader(name, other))


def _read_binary(path: str, name: str, format_name: str, data: bytes, allowance: Allowance) -> Document:
    match format_name:
        case "pdf":
            from litcheck.documents.pdf import read_pdf  # loads pdfium

            return read_pdf(path, data, allowance)
        case "docx":
            from litcheck.documents.docx import read_docx  # loads lxml

            return read_docx(path, data, allowance)
        case "epub":
            from litcheck.documents.epub import read_epub  # loads lxml

            return read_epub(path, data, allowance)
        case "odt":
            from litcheck.documents.odt import read_odt

            return read_odt(path, data, allowance)
        case "rtf":
            from litcheck.documents.rtf import read_rtf

            return read_rtf(path, data, allowance)
        case other:
            raise UnreadableDocument(_no_reader(name, other))


def _no_lines(name: str, format_name: str) -> str:
    return f"{name} is {FORMATS[format_name].phrase}, and --lines takes plain text. Save it as plain text, or leave --lines out."


def _no_reader(name: str, format_name: str) -> str:
    found = FORMATS[format_name]
    return f"{name} is {found.phrase}, which this version of litcheck does not read. {found.advice}"
