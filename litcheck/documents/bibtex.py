"""BibTeX and BibLaTeX bibliographies: every entry of the file is one entry of the document."""

from __future__ import annotations

from dataclasses import replace

from bib.formats.bibtex import read_bibtex
from litcheck.documents.model import Document
from litcheck.errors import UnreadableDocument


def mark_bibtex(document: Document) -> Document:
    """The document with the entries of its text. Raises ``UnreadableDocument`` if there is none."""
    entries = read_bibtex(document.text)
    if not entries:
        raise UnreadableDocument(
            f"{document.path} holds no BibTeX entry (`@article{{key, …}}`). If it is a manuscript, give it another name."
        )
    return replace(document, format="bibtex", entries=entries, is_bibliography=True)
