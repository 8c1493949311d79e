"""``read_odt`` and ``read_flat_odt``: the parts of an OpenDocument text, and what they come to as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from lxml import etree

from litcheck.documents.fields import managed_bookmarks
from litcheck.documents.flow import Flow
from litcheck.documents.model import Document
from litcheck.documents.odt.formulas import linear
from litcheck.documents.odt.lists import Lists
from litcheck.documents.odt.names import MATH, META, OFFICE
from litcheck.documents.odt.story import Story
from litcheck.documents.odt.styles import Styles
from litcheck.documents.word_processor import document_of
from litcheck.documents.xml_trees import parse_xml
from litcheck.documents.zip_parts import ZipParts
from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance

_CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_ENCRYPTED = b"encryption-data"


def read_odt(path: str, data: bytes, allowance: Allowance) -> Document:
    """The document as LibreOffice would print it with all changes accepted; see ``flow`` for how its text is laid out.

    Headers, footers, comments and hidden text are left out. Raises ``UnreadableDocument`` for what is damaged, encrypted or
    without any text.
    """
    parts = ZipParts(data, allowance)
    if _MANIFEST in parts and _ENCRYPTED in parts.read(_MANIFEST):
        raise UnreadableDocument(f"{allowance.name} is encrypted. Save it without a password and check that file.")

    def tree(part: str) -> etree._Element | None:
        return parse_xml(parts.read(part), allowance, part=part) if part in parts else None

    def formula(href: str) -> str:
        return _formula_of(tree(f"{href.removeprefix('./')}/{_CONTENT}"))

    content = parse_xml(parts.read(_CONTENT), allowance, part=_CONTENT)
    others = [root for root in (tree("styles.xml"), tree("meta.xml")) if root is not None]
    return _read(path, data, (*others, content), content, formula, allowance)


def read_flat_odt(path: str, data: bytes, allowance: Allowance) -> Document:
    """The same for a document that is one XML file."""
    root = parse_xml(data, allowance)
    return _read(path, data, (root,), root, lambda _: "", allowance)


def _read(
    path: str,
    data: bytes,
    roots: Sequence[etree._Element],
    content: etree._Element,
    formula: Callable[[str], str],
    allowance: Allowance,
) -> Document:
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise UnreadableDocument(f"{allowance.name} holds no text document: it has no body. Save it anew.")
    flow = Flow(allowance)
    story = Story(flow, Styles(roots), Lists(roots), managed_bookmarks(_properties(roots)), formula, allowance)
    story.read(body)
    return document_of(path, data, flow.finish(), story.managed, story.works, allowance, format_name="odt")


def _properties(roots: Iterable[etree._Element]) -> list[tuple[str, str]]:
    """Names and values of the properties that programs keep with the document."""
    return [
        (one.get(META + "name") or "", "".join(map(str, one.itertext())))
        for root in roots
        for one in root.iter(META + "user-defined")
    ]


def _formula_of(root: etree._Element | None) -> str:
    """The formula that an embedded object is; nothing for a chart or another document."""
    return linear(root) if root is not None and root.tag == MATH + "math" else ""
