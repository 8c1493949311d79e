"""The reference lists that a page marks as such, and the entries in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from litcheck.documents.html.trees import tag_of
from litcheck.documents.marks import is_marked

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PARAGRAPHS = frozenset({"p", "div", "dd"})
_HOLDING = frozenset({*_PARAGRAPHS, *HEADINGS, "ol", "ul", "dl", "table", "section"})


@dataclass(frozen=True, slots=True)
class MarkedList:
    """An element that holds a reference list, its heading if there is one, and its entries in order."""

    element: etree._Element
    heading: etree._Element | None
    entries: tuple[etree._Element, ...]


def marked_lists(root: etree._Element) -> Iterator[MarkedList]:
    """Every marked list that has entries, in order; of lists within one another the outermost."""
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if is_marked(element, "reference_lists") and (entries := _entries(element)):
            yield MarkedList(element, _heading(element, entries[0]), entries)
            walk.skip_subtree()


def _entries(element: etree._Element) -> tuple[etree._Element, ...]:
    """The entries of a list: as they are marked, or its items, or else its paragraphs."""
    marked = _outermost(element, lambda one: is_marked(one, "entries"))
    items = _outermost(element, lambda one: tag_of(one) == "li")
    if marked and len(items) < len(marked):
        return marked
    # Where the items of a list hold the marked entries, the numbers and the targets of links are the items'.
    return items or _outermost(element, _is_paragraph)


def _outermost(element: etree._Element, is_one: Callable[[etree._Element], bool]) -> tuple[etree._Element, ...]:
    found = []
    walk = etree.iterwalk(element, events=("start",))
    for _, one in walk:
        if one is not element and is_one(one) and not _is_blank(one):
            found.append(one)
            walk.skip_subtree()
    return tuple(found)


def _is_blank(element: etree._Element) -> bool:
    return not any(not str(text).isspace() for text in element.itertext())


def _is_paragraph(element: etree._Element) -> bool:
    return tag_of(element) in _PARAGRAPHS and not any(tag_of(inside) in _HOLDING for inside in element.iterdescendants())


def _heading(element: etree._Element, first: etree._Element) -> etree._Element | None:
    """The heading of a list: in its element, or directly before it."""
    for inside in element.iter():
        if inside is first:
            break
        if tag_of(inside) in HEADINGS:
            return inside
    before = element.getprevious()
    if before is None and (parent := element.getparent()) is not None:
        before = parent.getprevious()
    if before is None:
        return None
    if tag_of(before) in HEADINGS:
        return before
    # MediaWiki and others put a heading into an element of its own.
    inside_before = [one for one in before if tag_of(one) in HEADINGS]
    return inside_before[0] if len(inside_before) == 1 and len(before) <= len(("heading", "link")) else None
