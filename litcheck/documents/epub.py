"""E-books (EPUB 2 and 3): the parts in the order of the spine, each read as a web page.

Source: EPUB 3.3, sections 4.2 (the container), 5 (the package) and 4.2.6.3.2 (``encryption.xml``); Open Packaging Format 2.0.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from lxml import etree

from litcheck.documents.html.encoding import decode_html
from litcheck.documents.html.page import Part
from litcheck.documents.html.reader import document_of
from litcheck.documents.html.trees import parse_html, tag_of
from litcheck.documents.model import Document
from litcheck.documents.xml_trees import parse_xml
from litcheck.documents.zip_parts import ZipParts
from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = frozenset({"application/xhtml+xml", "text/html"})
#: What EPUB 2's guide calls parts that are no text of the work.
_NO_TEXT = frozenset({"cover", "toc"})


def read_epub(path: str, data: bytes, allowance: Allowance) -> Document:
    """The document in an e-book: all parts of its spine as one page, read as ``read_html`` reads it.

    The navigation, the cover and tables of contents are left out; links from one part to entries and notes in another are known.
    Raises ``UnreadableDocument`` for what is damaged, protected against copying, or holds no text.
    """
    zip_parts = ZipParts(data, allowance)
    package = _package(zip_parts, allowance)
    root = parse_xml(zip_parts.read(package), allowance, part=package)
    names = [*_spine(root, package)]
    protected = _protected(zip_parts, allowance)
    if not protected.isdisjoint(names):
        raise UnreadableDocument(
            f"{allowance.name} is encrypted: it is protected against copying (DRM). Give the manuscript in a form without"
            " protection."
        )
    parts = []
    for name in names:
        if content := zip_parts.read(name).strip():
            text, _ = decode_html(content, allowance)
            parts.append(Part(name=name, root=parse_html(text, allowance)))
    return document_of(path, data, parts, allowance, format_name="epub", encoding="utf-8")


def _package(zip_parts: ZipParts, allowance: Allowance) -> str:
    """The name of the part that says what the book consists of."""
    root = parse_xml(zip_parts.read(_CONTAINER), allowance, part=_CONTAINER)
    for element in root.iter(etree.Element):
        if tag_of(element) == "rootfile" and (name := element.get("full-path")):
            return name
    raise UnreadableDocument(f"{allowance.name} does not say what it consists of ({_CONTAINER}). Save or download it anew.")


def _spine(root: etree._Element, package: str) -> Iterator[str]:
    """The names of the parts in reading order, each once."""
    folder = dirname(package)
    pages: dict[str, str] = {}
    spine: list[str] = []
    left_out: set[str] = set()
    for element in root.iter(etree.Element):
        match tag_of(element):
            case "item" if element.get("media-type", "") in _PAGES:
                name = _name(folder, element.get("href", ""))
                pages[element.get("id", "")] = name
                if "nav" in element.get("properties", "").split():
                    left_out.add(name)
            case "itemref":
                spine.append(element.get("idref", ""))
            case "reference" if element.get("type", "").lower() in _NO_TEXT:
                left_out.add(_name(folder, element.get("href", "")))
            case _:
                pass
    names = dict.fromkeys(pages[id_] for id_ in spine if id_ in pages)
    yield from (name for name in names if name not in left_out)


def _protected(zip_parts: ZipParts, allowance: Allowance) -> set[str]:
    """The names of the parts that are encrypted; fonts often are, which hides no text."""
    if _ENCRYPTION not in zip_parts:
        return set()
    root = parse_xml(zip_parts.read(_ENCRYPTION), allowance, part=_ENCRYPTION)
    return {_name("", element.get("URI", "")) for element in root.iter(etree.Element) if tag_of(element) == "cipherreference"}


def _name(folder: str, href: str) -> str:
    return normpath(join(folder, unquote(href.partition("#")[0])))
