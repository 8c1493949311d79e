"""JATS XML without a body, a list by itself or a set of articles: every citation of its reference lists is one entry."""

from __future__ import annotations

from bib.formats.jats import read_jats
from litcheck.documents.listed import mark_listed
from litcheck.documents.model import Document


def mark_jats(document: Document) -> Document:
    """The document with the entries of its reference lists. Raises ``UnreadableDocument`` if none can be used."""
    return mark_listed(
        document,
        read_jats(document.text),
        format_name="jats",
        expected="JATS reference (`<ref>`)",
        advice="It has no text to check either: give the whole article, with its `<body>`.",
    )
