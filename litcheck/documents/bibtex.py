"""BibTeX and BibLaTeX bibliographies: every entry of the file is one entry of the document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bib.formats.bibtex import read_bibtex, read_macros
from litcheck.documents.load import name_in_messages
from litcheck.documents.model import Document
from litcheck.errors import UnreadableDocument

_STRING = re.compile(r"^[ \t]{0,20}@string\s{0,20}[{(]", re.IGNORECASE | re.MULTILINE)


def mark_bibtex(document: Document, *, alone: bool = True) -> Document:
    """The document with the entries of its text. Raises ``UnreadableDocument`` if there is none.

    A file that is not ``alone`` may hold nothing but the macros (``@string``) of others.
    """
    entries = read_bibtex(document.text)
    if not entries and (alone or not _STRING.search(document.text)):
        raise UnreadableDocument(
            f"{name_in_messages(document.path)} holds no BibTeX entry (`@article{{key, …}}`). If it is a manuscript, give it"
            " another name."
        )
    return replace(document, format="bibtex", entries=entries, is_bibliography=True)


def with_macros_of_all(documents: Sequence[Document]) -> list[Document]:
    """The documents, the entries of BibTeX files read with the macros of all of them, as in ``\\bibliography{IEEEabrv,refs}``."""
    macros: Mapping[str, str] = {}
    for document in documents:
        if document.format == "bibtex":
            macros = read_macros(document.text, macros)
    if not macros:
        return list(documents)
    return [
        replace(document, entries=read_bibtex(document.text, macros)) if document.format == "bibtex" else document
        for document in documents
    ]
