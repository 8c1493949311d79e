"""What the readers of word processors' documents end with: from the flow of a text and its fields to a document."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bib.model import Reference
from bib.sections import ReferenceSection, find_reference_sections
from litcheck.documents.fields import FoundField, with_fields
from litcheck.documents.flow import Flowed
from litcheck.documents.model import Document
from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance


@dataclass(frozen=True, slots=True)
class Managed:
    """What a reference manager keeps at a place: an instruction, data beside it, and the marks around what is printed."""

    instruction: str
    data: tuple[str, ...]
    begins: int
    ends: int


def document_of(
    path: str,
    data: bytes,
    flowed: Flowed,
    managed: Sequence[Managed],
    sources: Mapping[str, Reference],
    allowance: Allowance,
    *,
    format_name: str,
) -> Document:
    """The document that a text and its fields make up; ``sources`` are the works that the format keeps apart, by their tags.

    Raises ``UnreadableDocument`` where there is no text.
    """
    if not flowed.text or flowed.text.isspace():
        raise UnreadableDocument(
            f"{allowance.name} holds no text. If its pages are pictures, recognise their text (OCR) and check that."
        )
    document = Document(
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        format=format_name,
        text=flowed.text,
        superscripts=flowed.superscripts,
        sections=_before_endnotes(flowed) or None,
    )
    if not managed:
        return document
    found = [FoundField(one.instruction, one.data, flowed.between(one.begins, one.ends)) for one in managed]
    return with_fields(document, found, flowed.paragraphs, sources)


def _before_endnotes(flowed: Flowed) -> tuple[ReferenceSection, ...]:
    """The reference lists before the endnotes, which are no entries of the list that they follow.

    None where there are no endnotes, or no list before them: they may be the list then.
    """
    return find_reference_sections(flowed.text[: flowed.endnotes]) if flowed.endnotes < len(flowed.text) else ()
