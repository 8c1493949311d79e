"""A JATS article as a page: its elements become those of HTML that say the same, so that it is read as web pages are.

Of what stands before the body the title and the abstracts are taken; peer reviews and replies (``sub-article``, ``response``),
descriptions of figures and the TeX of formulas are left out. Source: JATS 1.3, Archiving and Interchange.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from litcheck.documents.html.trees import tag_of, text_in
from litcheck.limits import Allowance

CITATIONS = ("mixed-citation", "element-citation", "nlm-citation", "citation")

_DROPPED = frozenset(
    (
        *(
            "object-id",
            "alt-text",
            "long-desc",
            "graphic",
            "inline-graphic",
            "media",
            "tex-math",
            "related-article",
            "permissions",
        ),
        *("related-object", "index-term", "self-uri", "processing-meta", "private-char", "sub-article", "response", "kwd-group"),
    )
)
_FRONT = frozenset({"article-title", "subtitle", "abstract", "trans-abstract"})
_NAMES = {
    "article-title": "h1",
    "break": "br",
    "preformat": "pre",
    "disp-quote": "blockquote",
    "def-list": "dl",
    "term": "dt",
    "def": "dd",
    "list-item": "li",
    "array": "table",
    **dict.fromkeys(("sec", "abstract", "trans-abstract", "ack", "app", "glossary", "notes"), "section"),
    **dict.fromkeys(
        (
            *(
                "front",
                "back",
                "floats-group",
                "app-group",
                "fn-group",
                "fig",
                "fig-group",
                "table-wrap",
                "table-wrap-group",
                "caption",
            ),
            *("table-wrap-foot", "boxed-text", "disp-formula", "supplementary-material", "def-item", "verse-group", "verse-line"),
            *("speech", "statement", "question", "answer", "chem-struct-wrap", "attrib"),
        ),
        "div",
    ),
    "subtitle": "p",
}
_HEADED = frozenset(
    {"sec", "abstract", "trans-abstract", "ack", "app", "glossary", "notes", "ref-list", "fn-group", "app-group", "boxed-text"}
)
#: Elements whose label stands in the same line as their first words.
_LABELLED = frozenset({*_HEADED, "fn", "list-item", "ref"})
_PARTS_OF_NAMES = frozenset({"surname", "given-names", "suffix", "prefix", "name", "string-name", "collab"})
#: More works under one link than any group has.
_MOST_TARGETS = 100
_WAYS = {"order": "1", "alpha-lower": "a", "alpha-upper": "A", "roman-lower": "i", "roman-upper": "I"}
#: Footnotes within these are told where they stand.
_APART = frozenset({"table-wrap", "table-wrap-foot", "fn-group", "back"})
_STEPS = 1000


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation element of a ``ref``, before it becomes an entry of the page. ``label`` is the printed one, of the first."""

    element: etree._Element
    ref_id: str
    number: int
    label: str


def citations_of(article: etree._Element) -> Iterator[Cited]:
    """Every citation of the article's reference lists, in order; of alternative forms of one, that which is printed."""
    for ref in article.iter(etree.Element):
        if tag_of(ref) != "ref":
            continue
        label = next((text_in(child) for child in ref if tag_of(child) == "label"), "")
        for number, element in enumerate([*_forms(ref)] or [ref], start=1):
            yield Cited(element, ref.get("id", ""), number, label if number == 1 else "")


def _forms(ref: etree._Element) -> Iterator[etree._Element]:
    for child in ref:
        if tag_of(child) in CITATIONS:
            yield child
        elif tag_of(child) == "citation-alternatives":
            yield from _forms_of(child)


def _forms_of(alternatives: etree._Element) -> list[etree._Element]:
    """The form that is printed: the one with its marks."""
    forms = [form for form in alternatives if tag_of(form) in CITATIONS]
    return sorted(forms, key=lambda form: CITATIONS.index(tag_of(form)))[:1]


def prune(article: etree._Element) -> None:
    """Takes out of an article what is not read."""
    for element in [*article.iter(etree.Entity), *(one for one in article.iter(etree.Element) if tag_of(one) in _DROPPED)]:
        _drop(element)


def page_of(article: etree._Element, printed: Mapping[etree._Element, str], allowance: Allowance) -> etree._Element:
    """The article, pruned, as the root of a page, and used up by it. ``printed`` has the words of citations that lack them."""
    elements = {element: tag_of(element) for element in article.iter(etree.Element)}
    targets = {element.get("id", ""): tag for element, tag in elements.items()}
    front = [element for element, tag in elements.items() if tag in _FRONT and _is_of_front(element, elements)]
    notes = 0
    for step, (element, tag) in enumerate(elements.items()):
        if step % _STEPS == 0:
            allowance.check_time()
        parent = element.getparent()
        around = elements.get(parent, "") if parent is not None else ""
        if tag in _LABELLED:
            _join_label(element)
        if tag == "title":
            element.tag = "h2" if around in _HEADED else "p"
        elif tag == "label":
            element.tag = "p"
        elif tag == "list":
            _list(element)
        elif tag == "xref":
            _link(element, targets)
        elif tag == "fn":
            notes += 1
            _note(element, notes, elements)
        elif tag == "ref-list":
            element.tag = "section"
            element.set("role", "doc-bibliography")
        elif tag == "ref":
            _entries(element, printed)
        elif tag in _NAMES and (tag not in _FRONT or element in front):
            element.tag = _NAMES[tag]
    page = etree.Element("html")
    body = etree.SubElement(page, "body")
    body.extend(front)
    for child in [*article]:
        if elements.get(child) != "front":
            child.tag = "div"
            body.append(child)
    return page


def _is_of_front(element: etree._Element, tags: Mapping[etree._Element, str]) -> bool:
    parent = element.getparent()
    return parent is not None and tags.get(parent) in ("title-group", "article-meta", "front")


def _drop(element: etree._Element) -> None:
    """Takes out an element; what stands after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
        element.tail = None
    parent.remove(element)


def _join_label(element: etree._Element) -> None:
    """Writes the label of an element before its first words."""
    label = next((child for child in element if tag_of(child) == "label"), None)
    first = label.getnext() if label is not None else None
    if label is None or first is None:
        return
    if tag_of(first) == "citation-alternatives":
        first = next(iter(_forms_of(first)), first)
    words = text_in(label)
    # The number of an entry that is tagged as its label is printed with a full stop, as most lists have it.
    stop = "." if words.isdecimal() and tag_of(element) == "ref" else ""
    first.text = f"{words}{stop} {first.text or ''}"
    _drop(label)


def _list(element: etree._Element) -> None:
    way = _WAYS.get(element.get("list-type", ""))
    element.tag = "ol" if way else "ul"
    if way:
        element.set("type", way)


def _link(xref: etree._Element, targets: Mapping[str, str]) -> None:
    """A reference to entries or notes becomes a link to each of them, one within the other where they are several."""
    rids = [rid for rid in xref.get("rid", "").split() if targets.get(rid) in ("ref", "fn", *CITATIONS)]
    inmost = xref
    for number, rid in enumerate(rids[:_MOST_TARGETS]):
        if number:
            inner = etree.Element("a")
            inner.text, inmost.text = inmost.text, None
            inner.extend([*inmost])
            inmost.append(inner)
            inmost = inner
        inmost.tag = "a"
        inmost.set("href", f"#{rid}")


def _note(note: etree._Element, number: int, tags: Mapping[etree._Element, str]) -> None:
    """A footnote; one that stands in the text itself gets a mark there."""
    around = {tags.get(one) for one in note.iterancestors()}
    if "table-wrap" in around:
        note.tag = "div"
        return
    note.tag = "aside"
    note.set("role", "doc-footnote")
    if around.isdisjoint(_APART):
        if not note.get("id"):
            note.set("id", f"litcheck-note-{number}")
        link = etree.Element("a", href=f"#{note.get('id')}")
        raised = etree.SubElement(link, "sup")
        raised.text = note.get("symbol") or str(number)
        note.addprevious(link)


def _entries(ref: etree._Element, printed: Mapping[etree._Element, str]) -> None:
    """The citations of a reference become entries; other forms of them, and their tags, are no text."""
    ref.tag = "div"
    for alternatives in [child for child in ref if tag_of(child) == "citation-alternatives"]:
        kept = [*_forms_of(alternatives)]
        for form in [one for one in alternatives if one not in kept]:
            _drop(form)
    for citation in [*_forms(ref)] or [ref]:
        if citation in printed:
            label = (citation.text or "").strip()
            for child in [*citation]:
                citation.remove(child)
            citation.text = f"{label} {printed[citation]}".strip()
        for name in citation.iter(etree.Element):
            if tag_of(name) in _PARTS_OF_NAMES and not name.tail and name.getnext() is not None:
                name.tail = " "
        citation.tag = "p"
        citation.set("role", "doc-biblioentry")
