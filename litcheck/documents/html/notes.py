"""The footnotes and endnotes of a page, and the links that refer to them.

A note is an element that is marked as one, or the paragraph or item of a list of notes that a link leads to. What no link leads
to stays where it is.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from litcheck.documents.html.trees import tag_of, text_in
from litcheck.documents.marks import is_marked

_BLOCKS = frozenset({"p", "li", "div", "aside", "section", "dd", "td"})
#: A mark is a number, a letter or a sign, in brackets or not; what is longer is a sentence that mentions the note.
_LONGEST_MARK = 8


def note_of(target: etree._Element) -> etree._Element | None:
    """The whole note that a link leads into, ``None`` where it leads elsewhere."""
    note: etree._Element | None = None
    around: list[etree._Element] = []
    for element in (target, *target.iterancestors()):
        if tag_of(element) in ("body", "html"):
            break
        if is_marked(element, "note_lists"):
            blocks = [one for one in around if tag_of(one) in _BLOCKS]
            return next((one for one in reversed(blocks) if tag_of(one) in ("li", "aside")), blocks[0] if blocks else note)
        if is_marked(element, "notes"):
            note = element
        around.append(element)
    if note is None or tag_of(note) in _BLOCKS:
        return note
    block = next((one for one in note.iterancestors() if tag_of(one) in _BLOCKS), None)
    return None if block is None else _with_its_paragraphs(block)


def _with_its_paragraphs(block: etree._Element) -> etree._Element:
    """A note whose mark stands in its first paragraph: Google Docs puts each note's paragraphs into an element of their own."""
    parent = block.getparent()
    if parent is None or tag_of(parent) != "div" or parent[0] is not block:
        return block
    marks = sum(1 for one in parent.iter("a") if is_marked(one, "notes"))
    return parent if marks == 1 else block


def referred_notes(links: Mapping[etree._Element, etree._Element]) -> dict[etree._Element, etree._Element]:
    """The note for every link that refers to one from outside of it; ``links`` holds each link's target."""
    found: dict[etree._Element, etree._Element] = {}
    notes: dict[etree._Element, etree._Element | None] = {}
    for link, target in links.items():
        if target not in notes:
            notes[target] = note_of(target)
        note = notes[target]
        if note is not None and len(text_in(link)) <= _LONGEST_MARK and all(one is not note for one in link.iterancestors()):
            found[link] = note
    return found
