"""Plain text: the file as decoded and nothing else."""

from __future__ import annotations

import hashlib

from litcheck.documents.decode import NotTextError, decode
from litcheck.documents.load import name_in_messages
from litcheck.documents.model import Document
from litcheck.errors import UnreadableDocument


def read_plain_text(path: str, data: bytes) -> Document:
    """The document whose text is the file as decoded, newlines untouched. Raises ``UnreadableDocument`` if it is no text."""
    try:
        text, encoding = decode(data)
    except NotTextError as error:
        raise UnreadableDocument(
            f"{name_in_messages(path)} is not text: {error}. Save the manuscript as plain text (UTF-8) and check that."
        ) from error
    if not text or text.isspace():
        raise UnreadableDocument(
            f"{name_in_messages(path)} is empty: it holds nothing but white space. Give a manuscript or references."
        )
    return Document(path=path, sha256=hashlib.sha256(data).hexdigest(), format="text", text=text, encoding=encoding)
