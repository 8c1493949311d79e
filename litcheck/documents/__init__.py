"""A manuscript or bibliography, read from a file: ``read_document`` gives its text, and what the format itself marks.

One file per format reader (``plain_text``, ``markdown``, ``bibtex``, ``ris``, …, ``lines``; ``listed`` is what the readers of
bibliographies share); ``formats`` is the table of all formats that are told apart, ``recognise`` tells them by content,
``decode`` turns bytes into text, ``load`` gets the bytes.
"""

from litcheck.documents.model import CitationKey, Document
from litcheck.documents.read import read_document

__all__ = ["read_document", "Document", "CitationKey"]
