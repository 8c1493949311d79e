"""``read_docx``: the parts of a Word document, and what they come to as text."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import partial

from lxml import etree

from bib.model import Reference
from litcheck.documents.docx.names import RELATIONSHIPS, W, transitional
from litcheck.documents.docx.notes import Notes
from litcheck.documents.docx.numbering import Numbering
from litcheck.documents.docx.sources import SOURCES, read_sources
from litcheck.documents.docx.story import Story
from litcheck.documents.docx.styles import Styles
from litcheck.documents.fields import managed_bookmarks
from litcheck.documents.flow import Flow
from litcheck.documents.model import Document
from litcheck.documents.word_processor import document_of
from litcheck.documents.xml_trees import parse_xml
from litcheck.documents.zip_parts import ZipParts
from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance

#: What is deleted or moved away holds runs; the mark of a deleted paragraph or row has the same name and holds nothing.
_REMOVED = (W + "del", W + "moveFrom")
_CUSTOM_PART = re.compile(r"customXml/item\d{1,4}\.xml")


def read_docx(path: str, data: bytes, allowance: Allowance) -> Document:
    """The document as Word would print it with all changes accepted; see ``flow`` for how its text is laid out.

    Headers, footers, comments and hidden text are left out. Raises ``UnreadableDocument`` for what is damaged, encrypted, no
    Word document or without any text.
    """
    parts = _Parts(data, allowance)
    root = parts.main()
    body = root.find(W + "body")
    if body is None:
        raise UnreadableDocument(f"{allowance.name} holds no Word document: its main part has no body. Save it anew.")
    _accept_deletions(root)
    styles = Styles(parts.related("styles"))
    settings = parts.related("settings")
    flow = Flow(allowance)
    story = Story(
        flow,
        styles,
        Numbering(parts.related("numbering"), styles),
        Notes("footnote", partial(parts.notes, "footnotes"), _note_properties("footnote", root, settings)),
        Notes("endnote", partial(parts.notes, "endnotes"), _note_properties("endnote", root, settings)),
        managed_bookmarks(parts.custom_properties()),
        allowance,
    )
    story.read(body)
    sources = parts.sources() if story.managed else {}
    return document_of(path, data, flow.finish(), story.managed, sources, allowance, format_name="docx")


class _Parts:
    """The parts of the file by what they are to the main one."""

    def __init__(self, data: bytes, allowance: Allowance) -> None:
        self._allowance = allowance
        self._parts = ZipParts(data, allowance)
        self._of_file = self._targets("_rels/.rels", "")
        self._main = self._of_file.get("officeDocument", "word/document.xml")
        folder, name = posixpath.split(self._main)
        self._related = self._targets(f"{folder}/_rels/{name}.rels", folder)

    def main(self) -> etree._Element:
        """The document itself. Raises ``UnreadableDocument`` where it is missing."""
        return self._tree(self._main)

    def related(self, kind: str) -> etree._Element | None:
        """The part that is the main one's ``styles``, ``numbering``, …, if there is one."""
        target = self._related.get(kind)
        return self._tree(target) if target is not None and target in self._parts else None

    def notes(self, kind: str) -> etree._Element | None:
        """The part with the ``footnotes`` or ``endnotes``, what was deleted in them left out."""
        root = self.related(kind)
        if root is not None:
            _accept_deletions(root)
        return root

    def custom_properties(self) -> Iterator[tuple[str, str]]:
        """Names and values of the properties that programs keep with the document."""
        target = self._of_file.get("custom-properties")
        if target is not None and target in self._parts:
            for one in self._tree(target):
                yield one.get("name") or "", "".join(map(str, one.itertext()))

    def sources(self) -> dict[str, Reference]:
        """The works of Word's own source manager by their tags."""
        sources: dict[str, Reference] = {}
        for name in self._parts.names:
            if _CUSTOM_PART.fullmatch(name):
                root = self._tree(name)
                if root.tag == SOURCES:
                    sources |= read_sources(root)
        return sources

    def _tree(self, part: str) -> etree._Element:
        return parse_xml(transitional(self._parts.read(part)), self._allowance, part=part)

    def _targets(self, part: str, folder: str) -> dict[str, str]:
        """The parts that a part of relationships names, by the last word of what they are; only parts within the file."""
        if part not in self._parts:
            return {}
        targets: dict[str, str] = {}
        for relationship in self._tree(part).iterchildren(RELATIONSHIPS + "Relationship"):
            target = relationship.get("Target") or ""
            if relationship.get("TargetMode") != "External":
                kind = (relationship.get("Type") or "").rpartition("/")[2]
                targets.setdefault(kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
        return targets


def _accept_deletions(root: etree._Element) -> None:
    for element in list(root.iter(*_REMOVED)):
        parent = element.getparent()
        if len(element) and parent is not None:
            parent.remove(element)


def _note_properties(kind: str, root: etree._Element, settings: etree._Element | None) -> etree._Element | None:
    """How notes are numbered: as the first section says, or the whole document."""
    found = root.find(f".//{W}sectPr/{W}{kind}Pr")
    if found is None or not len(found):
        found = None if settings is None else settings.find(f"{W}{kind}Pr")
    return found
