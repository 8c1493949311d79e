"""RIS bibliographies: every record of the file is one entry of the document."""

from __future__ import annotations

from bib.formats.ris import read_ris
from litcheck.documents.listed import mark_listed
from litcheck.documents.model import Document


def mark_ris(document: Document) -> Document:
    """The document with the entries of its text. Raises ``UnreadableDocument`` if none can be used."""
    return mark_listed(document, read_ris(document.text), format_name="ris", expected="RIS record (a line `TY  - JOUR` and more)")
