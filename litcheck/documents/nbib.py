"""PubMed exports: every record of the file is one entry of the document."""

from __future__ import annotations

from bib.formats.nbib import read_nbib
from litcheck.documents.listed import mark_listed
from litcheck.documents.model import Document


def mark_nbib(document: Document) -> Document:
    """The document with the entries of its text. Raises ``UnreadableDocument`` if none can be used."""
    return mark_listed(
        document, read_nbib(document.text), format_name="nbib", expected="PubMed record (a line `PMID- 123` and more)"
    )
