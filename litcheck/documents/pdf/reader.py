"""``read_pdf``: from the bytes of a PDF file to a document."""

from __future__ import annotations

import hashlib
import threading

import pypdfium2
from pypdfium2 import raw as pdfium

from litcheck.documents.model import Document
from litcheck.documents.pdf.columns import Region, gutters_of, regions_of
from litcheck.documents.pdf.composing import compose, plain
from litcheck.documents.pdf.furniture import without_furniture
from litcheck.documents.pdf.lines import Line, PageLines
from litcheck.documents.pdf.listing import with_whole_lists
from litcheck.documents.pdf.paragraphs import paragraphs_of
from litcheck.documents.pdf.rows import rows_joined
from litcheck.documents.pdf.streams import check_streams
from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance

#: pdfium must not be called by two threads at once.
_ONE_AT_A_TIME = threading.Lock()


def read_pdf(path: str, data: bytes, allowance: Allowance) -> Document:
    """A PDF's text in reading order, column by column, without what stands beside it on the pages.

    Left out: running heads and feet, page and line numbers, text that stands upright or upside down beside the rest. A
    paragraph runs over the ends of columns and pages. Notes at the foot of a column and captions are paragraphs of their own
    after the paragraph that is open where they stand. Rows of tables are lines with tabs between their cells. Words that were
    broken at the ends of lines are whole again; ligatures and hard blanks are plain characters. ``superscripts`` are what is set
    smaller and higher than its line. ``pages`` are those of the file, broken ones counted; of a paragraph that runs over the end
    of a page, each part has its own. Raises ``UnreadableDocument`` for files that are broken, encrypted, scanned, or too large
    for the allowance.
    """
    name = "Standard input" if path == "-" else path
    with _ONE_AT_A_TIME:
        pages = _pages(name, data, allowance)
    if not any(pages):
        raise UnreadableDocument(
            f"{name} holds no text on its pages: it is probably scanned, so that they are pictures. Recognise its text (OCR),"
            " save that as plain text and check that file."
        )
    text, raised, paged = compose(with_whole_lists(paragraphs_of(_regions(pages))))
    digest = hashlib.sha256(data).hexdigest()
    return Document(path=path, sha256=digest, format="pdf", text=text, superscripts=raised, pages=paged)


def _regions(pages: list[list[Line]]) -> list[Region]:
    clean = without_furniture(pages)
    if not any(clean):
        clean = pages  # the same on every page
    found = []
    for number, (page, gutter) in enumerate(zip(clean, gutters_of(clean), strict=True), 1):
        for region in regions_of(page, gutter):
            region.lines = rows_joined(region.lines)
            for line in region.lines:
                line.page = number
            found.append(region)
    return found


def _pages(name: str, data: bytes, allowance: Allowance) -> list[list[Line]]:
    """The lines of each page. Pages are opened one at a time, so that a long document takes no more memory than a page."""
    check_streams(data, allowance)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(_not_opened(name, error)) from error
    finder = PageLines()
    pages = []
    try:
        for number in range(len(document)):
            allowance.check_time()
            pages.append(_page(document, number, finder, allowance))
    finally:
        document.close()
    return pages


def _page(document: pypdfium2.PdfDocument, number: int, finder: PageLines, allowance: Allowance) -> list[Line]:
    """The lines of one page, none if it is broken."""
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return []
    try:
        text = page.get_textpage()
        count = text.count_chars()
        allowance.unpack(count)
        lines = finder.of(text.raw, count)
    except pypdfium2.PdfiumError:
        return []
    finally:
        page.close()  # and what was opened of it
    for line in lines:
        plain(line)
    return lines


def _not_opened(name: str, error: pypdfium2.PdfiumError) -> str:
    if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
        return f"{name} is encrypted and opens only with its password. Save a copy without a password and check that file."
    return (
        f"{name} begins like a PDF file and cannot be opened as one: it is damaged or was cut short. Export or download it again."
    )
