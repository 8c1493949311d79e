"""``read_pdf``: from the bytes of a PDF file to a document."""

from __future__ import annotations

import hashlib

from litcheck.documents.model import Document, UnreadPart
from litcheck.documents.pdf.columns import Region, gutters_of, regions_of
from litcheck.documents.pdf.composing import compose
from litcheck.documents.pdf.furniture import without_furniture
from litcheck.documents.pdf.lines import Line
from litcheck.documents.pdf.listing import with_whole_lists
from litcheck.documents.pdf.pages import pages_of
from litcheck.documents.pdf.paragraphs import paragraphs_of
from litcheck.documents.pdf.pictures import numbered
from litcheck.documents.pdf.rows import rows_joined
from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance


def read_pdf(path: str, data: bytes, allowance: Allowance) -> Document:
    """A PDF's text in reading order, column by column, without what stands beside it on the pages.

    Left out: running heads and feet, page and line numbers, text that stands upright or upside down beside the rest. A
    paragraph runs over the ends of columns and pages. Notes at the foot of a column and captions are paragraphs of their own
    after the paragraph that is open where they stand. Rows of tables are lines with tabs between their cells. Words that were
    broken at the ends of lines are whole again; ligatures and hard blanks are plain characters. ``superscripts`` are what is set
    smaller and higher than its line. ``pages`` are those of the file, broken ones counted; of a paragraph that runs over the end
    of a page, each part has its own. ``unread`` names pages that are pictures among those with text. Raises
    ``UnreadableDocument`` for files that are broken, encrypted, scanned, or too large for the allowance.
    """
    pages = pages_of(data, allowance)
    if not any(page.lines for page in pages):
        raise UnreadableDocument(
            f"{allowance.name} holds no text on its pages: it is probably scanned, so that they are pictures. Recognise its"
            " text (OCR), save that as plain text and check that file."
        )
    text, raised, paged = compose(with_whole_lists(paragraphs_of(_regions([page.lines for page in pages]))))
    digest = hashlib.sha256(data).hexdigest()
    return Document(
        path=path,
        sha256=digest,
        format="pdf",
        text=text,
        superscripts=raised,
        pages=paged,
        unread=_scanned([number for number, page in enumerate(pages, 1) if page.is_picture]),
    )


def _scanned(pages: list[int]) -> tuple[UnreadPart, ...]:
    if not pages:
        return ()
    say = (
        "holds no text; it is probably scanned, and was"
        if len(pages) == 1
        else "hold no text; they are probably scanned, and were"
    )
    advice = "Recognise the text (OCR), save it as plain text and check that file"
    return (UnreadPart(reason=f"{numbered(pages)} {say} not read. {advice}"),)


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
