"""What is known of a page, or of the parts of a book, before it is read: where links lead, what is a list, a note or no text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urldefrag

from lxml import etree

from litcheck.documents.html.lists import HEADINGS, MarkedList, marked_lists
from litcheck.documents.html.notes import referred_notes
from litcheck.documents.html.stylesheet import Stylesheet
from litcheck.documents.html.trees import tag_of
from litcheck.documents.marks import is_marked
from litcheck.limits import Allowance

#: Elements whose content a browser does not show as text of the page, or that hold no text of a manuscript.
_NEVER_TEXT = frozenset(
    (
        *(
            "head",
            "script",
            "style",
            "template",
            "noscript",
            "nav",
            "iframe",
            "object",
            "embed",
            "applet",
            "svg",
            "canvas",
            "audio",
        ),
        *("video", "button", "select", "textarea", "input", "datalist", "dialog", "menu", "rp", "rt", "del", "annotation"),
        *("annotation-xml", "xml"),
    )
)
_FURNITURE = frozenset({"header", "footer", "aside"})
_PROPER = frozenset({"main", "article", "section"})
_BLOCKS = frozenset({"p", "div", "li", "section", "td"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file: its name within the book (empty for a page by itself) and its root."""

    name: str
    root: etree._Element


class Page:
    """All parts together, in reading order."""

    def __init__(self, parts: Sequence[Part], allowance: Allowance) -> None:
        self.parts = parts
        self.lists: list[MarkedList] = []
        self._sheets = {part.root: _stylesheet(part.root) for part in parts}
        self._targets: dict[tuple[str, str], etree._Element] = {}
        for part in parts:
            allowance.check_time()
            self.lists += marked_lists(part.root)
            for element in part.root.iter(etree.Element):
                for name in {element.get("id"), element.get("name")} - {None, ""}:
                    self._targets.setdefault((part.name, str(name)), element)
        allowance.check_time()
        self.links = self._links()
        self.entries = {entry for found in self.lists for entry in found.entries}
        self.headings = {found.heading for found in self.lists if found.heading is not None}
        self.cited = self._cited()
        to_notes = {link: target for link, target in self.links.items() if link not in self.cited and link not in self._in_lists}
        self.notes = referred_notes(to_notes)

    def sheet(self, element: etree._Element) -> Stylesheet:
        """The styles of the part that an element is in."""
        return self._sheets[element.getroottree().getroot()]

    def is_left_out(self, element: etree._Element, *, hidden: bool) -> bool:
        """Whether the element is no part of the text; ``hidden`` is what the styles say.

        What holds a marked list or a note is read wherever it stands, and even if it is only shown on demand.
        """
        if element in self._holding:
            return False
        tag = tag_of(element)
        if hidden or tag in _NEVER_TEXT or element.get("hidden") is not None or element in self._comments:
            return True
        if tag in _FURNITURE and self._is_furniture(element, tag):
            return True
        return is_marked(element, "left_out")

    def is_back_link(self, link: etree._Element) -> bool:
        """Whether a link leads from a note or an entry back to the place that refers to it."""
        if is_marked(link, "back_links"):
            return True
        target = self.links.get(link)
        return target is not None and any(one in self._leading for one in (target, *target.iterdescendants("a")))

    @cached_property
    def _leading(self) -> set[etree._Element]:
        """The links to notes and entries, and the elements around them that only raise or mark them."""
        around = set()
        for link in (*self.notes, *self.cited):
            around.add(link)
            parent = link.getparent()
            while parent is not None and tag_of(parent) in ("sup", "span"):
                around.add(parent)
                parent = parent.getparent()
        return around

    def _links(self) -> dict[etree._Element, etree._Element]:
        """The target of every link to a place in the parts."""
        found = {}
        for part in self.parts:
            here = {"", *_addresses(part.root)}
            for link in part.root.iter("a"):
                address, fragment = _parted(link.get("href", ""))
                if not fragment:
                    continue
                name = part.name if address in here else normpath(join(dirname(part.name), unquote(address)))
                for spelt in (fragment, unquote(fragment)):
                    if (target := self._targets.get((name, spelt))) is not None:
                        found[link] = target
                        break
        return found

    def _cited(self) -> dict[etree._Element, tuple[etree._Element, ...]]:
        """The entry that a link leads into, or the entries that stand in what it leads to, for the links outside of the lists."""
        found = {}
        for link, target in self.links.items():
            if link not in self._in_lists and (entries := self._entries_at(target)):
                found[link] = entries
        return found

    def _entries_at(self, target: etree._Element) -> tuple[etree._Element, ...]:
        if target not in self._holding_entries:
            entry = next((one for one in (target, *target.iterancestors()) if one in self.entries), None)
            return () if entry is None else (entry,)
        # Works that share a number: "12a" and "12b". A link to the whole list cites nothing.
        return () if target in self._whole_lists else tuple(one for one in target.iterdescendants() if one in self.entries)

    @cached_property
    def _holding_entries(self) -> set[etree._Element]:
        return {one for entry in self.entries for one in entry.iterancestors()}

    @cached_property
    def _whole_lists(self) -> set[etree._Element]:
        return {one for found in self.lists for one in (found.element, *found.element.iterancestors())}

    @cached_property
    def _in_lists(self) -> set[etree._Element]:
        return {link for found in self.lists for link in found.element.iter("a")}

    @cached_property
    def _holding(self) -> set[etree._Element]:
        """The elements around marked lists and notes: no part of the furniture, wherever they stand."""
        held = [found.element for found in self.lists] + list(self.notes.values())
        return {one for element in held for one in (element, *element.iterancestors())}

    @cached_property
    def _comments(self) -> set[etree._Element]:
        """The paragraphs of reviewers' comments."""
        marks = (link for part in self.parts for link in part.root.iter("a") if is_marked(link, "comments"))
        return {next((one for one in mark.iterancestors() if tag_of(one) in _BLOCKS), mark) for mark in marks}

    def _is_furniture(self, element: etree._Element, tag: str) -> bool:
        if is_marked(element, "notes") or any(tag_of(one) in _PROPER for one in element.iterancestors()):
            return False
        if tag == "header" and not self._has_proper:
            return not any(tag_of(inside) in HEADINGS for inside in element.iter())
        return True

    @cached_property
    def _has_proper(self) -> bool:
        return any(True for part in self.parts for _ in part.root.iter("main", "article"))


def _stylesheet(root: etree._Element) -> Stylesheet:
    return Stylesheet("".join(map(str, style.itertext())) for style in root.iter("style"))


def _addresses(root: etree._Element) -> set[str]:
    """The page's own addresses: browsers save links within a page with its whole address."""
    told = [(link.get("href", "")) for link in root.iter("link") if "canonical" in link.get("rel", "").lower().split()]
    told += [base.get("href", "") for base in root.iter("base")]
    return {urldefrag(address).url.strip() for address in told if address}


def _parted(href: str) -> tuple[str, str]:
    address, _, fragment = href.strip().partition("#")
    return address, fragment
