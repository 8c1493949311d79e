"""CSL-JSON bibliographies: every item of the file is one entry of the document."""

from __future__ import annotations

from bib.formats.csl_json import read_csl_json
from litcheck.documents.listed import mark_listed
from litcheck.documents.model import Document


def mark_csl_json(document: Document) -> Document:
    """The document with the entries of its text. Raises ``UnreadableDocument`` if none can be used."""
    return mark_listed(
        document, read_csl_json(document.text), format_name="csl-json", expected='CSL-JSON item (`{"id": …, "title": …}`)'
    )
