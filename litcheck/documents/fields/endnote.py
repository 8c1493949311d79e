"""Fields of EndNote: ``ADDIN EN.CITE`` with ``<EndNote><Cite>…<record>…``, in the instruction or, in base64, in its data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bib.formats.endnote_xml import read_endnote_xml
from bib.formats.xml_elements import pieces, text_of
from bib.model import Reference
from litcheck.documents.fields.content import Cited, from_base64

_CITE = "<Cite"


def cited_in_endnote(instruction: str, data: Sequence[str]) -> Cited:
    """The works of a citation. The same data may stand with the field and with one inside it: the first that reads is taken."""
    sources = [instruction, *map(from_base64, data)]
    return Cited(tuple(_references(next((source for source in sources if _CITE in source), ""))))


def _references(text: str) -> Iterator[Reference]:
    for piece in pieces(text, "Cite"):
        if piece.element is None:
            continue
        number, database = text_of(piece.element.find("RecNum")), piece.element.find("record/foreign-keys/key")
        key = "" if database is None else database.get("db-id", "")
        for entry in read_endnote_xml(piece.span.of(text)):
            if isinstance(entry, Reference):
                yield replace(entry, id=f"{key} {number or entry.id}", raw="", span=None)
