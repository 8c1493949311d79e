"""EndNote's XML exports: every record of the file is one entry of the document."""

from __future__ import annotations

from bib.formats.endnote_xml import read_endnote_xml
from litcheck.documents.listed import mark_listed
from litcheck.documents.model import Document


def mark_endnote(document: Document) -> Document:
    """The document with the entries of its text. Raises ``UnreadableDocument`` if none can be used."""
    return mark_listed(document, read_endnote_xml(document.text), format_name="endnote", expected="EndNote record (`<record>`)")
