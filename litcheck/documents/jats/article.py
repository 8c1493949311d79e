"""``read_jats_document``: an article with its body, or its reference lists where there is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from bib.formats.jats import read_jats
from bib.formats.xml_elements import element_text, opening_tag, with_known_characters
from bib.model import Entry, ParseFailure, Span
from litcheck.documents.html.page import Part
from litcheck.documents.html.reader import lay_out
from litcheck.documents.html.trees import tag_of, text_in
from litcheck.documents.jats.as_page import Cited, citations_of, page_of, prune
from litcheck.documents.jats.lists import mark_jats
from litcheck.documents.jats.printing import printed
from litcheck.documents.model import Document
from litcheck.documents.xml_trees import parse_xml
from litcheck.limits import Allowance

_BODY = re.compile(r"<(?:[A-Za-z][\w.-]{0,40}:)?body[\s>]")
_DECLARATION = re.compile(r"\s{0,100}<\?xml\b[^<>]{0,500}\?>")


def read_jats_document(document: Document, allowance: Allowance) -> Document:
    """The article in a text of JATS XML: title, abstracts, body, back matter and floats in reading order, as ``as_page`` says.

    The references are those that the tags hold, in their place in the text; citations are linked by ``<xref>``, and what the text
    says is compared with it. Footnotes come after the paragraph that refers to them. A list by itself, a set of articles, and an
    article without a body are bibliographies. Nothing that the file declares has any effect; the named characters of HTML and
    JATS are known. Raises ``UnreadableDocument`` for an article that is broken XML and where there is neither text nor reference.
    """
    if not _BODY.search(document.text):
        return mark_jats(document)
    source = with_known_characters(_DECLARATION.sub("", document.text, count=1))
    root = parse_xml(source.encode("utf-8", "replace"), allowance)
    articles = [element for element in root.iter(etree.Element) if tag_of(element) == "article"]
    if len(articles) != 1 or not any(tag_of(child) == "body" and text_in(child) for child in articles[0]):
        return mark_jats(document)
    (article,) = articles
    prune(article)
    cited = [*citations_of(article)]
    entries = _references(cited)
    words = {one.element: text for one, entry in zip(cited, entries, strict=True) if (text := _words(one, entry))}
    by_element = dict(zip((one.element for one in cited), entries, strict=True))
    laid = lay_out([Part(name="", root=page_of(article, words, allowance))], allowance)
    spans = [span for section in laid.sections for span in section.entries]
    found = tuple(_placed(by_element[element], span, laid.text) for element, span in zip(laid.entries, spans, strict=True))
    return replace(
        document,
        format="jats",
        text=laid.text,
        superscripts=laid.superscripts,
        entries=found or None,
        sections=laid.sections or None,
        links=laid.links([entry.id for entry in found]),
    )


def _references(cited: Sequence[Cited]) -> tuple[Entry, ...]:
    """What the tags of each citation hold: every one is read as a reference with one citation."""
    pieces = []
    for place, one in enumerate(cited, start=1):
        number = f" ({one.number})" if one.number > 1 else ""
        opening = opening_tag("ref", {"id": f"{one.ref_id or f'reference {place}'}{number}"})
        citation = etree.tostring(one.element, encoding="unicode", with_tail=False)
        pieces.append(f"{opening}{element_text('label', one.label)}{citation}</ref>")
    return read_jats("\n".join(pieces))


def _words(one: Cited, entry: Entry) -> str:
    """The words of a citation that has tags and nothing between them, empty where it has its own."""
    element = one.element
    own = [element.text, *(child.tail for child in element)]
    if not len(element) or any(text and not text.isspace() for text in own):
        return ""
    return printed(entry, text_in(element))


def _placed(entry: Entry, span: Span, text: str) -> Entry:
    """The entry with its place in the text instead of that in the file."""
    if isinstance(entry, ParseFailure):
        return replace(entry, raw=span.of(text), span=span, line=None)
    return replace(entry, raw=span.of(text), span=span, problems=tuple(replace(one, span=None) for one in entry.problems))
