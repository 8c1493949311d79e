"""CSL-YAML bibliographies: every item of the file is one entry of the document."""

from __future__ import annotations

from bib.formats.csl_yaml import read_csl_yaml
from litcheck.documents.listed import mark_listed
from litcheck.documents.model import Document


def mark_csl_yaml(document: Document) -> Document:
    """The document with the entries of its text. Raises ``UnreadableDocument`` if none can be used."""
    return mark_listed(
        document,
        read_csl_yaml(document.text),
        format_name="csl-yaml",
        expected="CSL item (`- id: …`) in a list or under `references`",
    )
