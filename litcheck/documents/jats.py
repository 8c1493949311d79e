"""JATS XML, an article or a list by itself: every citation of its reference lists is one entry of the document."""

from __future__ import annotations

from bib.formats.jats import read_jats
from litcheck.documents.formats import PANDOC
from litcheck.documents.listed import mark_listed
from litcheck.documents.model import Document


def mark_jats(document: Document) -> Document:
    """The document with the entries of its reference lists; the article around them is not read.

    Raises ``UnreadableDocument`` if none can be used.
    """
    return mark_listed(
        document,
        read_jats(document.text),
        format_name="jats",
        expected="JATS reference (`<ref>`)",
        advice=f"Of a JATS article only the reference list is read. {PANDOC}",
    )
