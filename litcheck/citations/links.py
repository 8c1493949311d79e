"""Links from the text to entries of the list: what they add to what the text says, and where the two disagree.

What is printed counts: a citation that was read and linked stands, whatever its link leads to. A link settles which of several
entries is meant, and cites where the text alone says nothing that could be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bib.folding import fold
from bib.model import Entry, Span
from litcheck.citations.covered import overlapping
from litcheck.citations.model import Citation, Link
from litcheck.citations.numbering import LONGEST_RANGE
from litcheck.documents.model import CitationLink, Document

#: Where so great a share of the links leads elsewhere than the text says, the list's numbers were not read as they are meant.
#: A judgement: of the links that publishers set, about one in 500 is wrong.
FEW_DISAGREE = 0.1

_RANGE = re.compile(r"[\s\[\]()]{0,4}[-–—‒−‐‑][\s\[\]()]{0,4}")
_NUMBER = re.compile(r"[\s\[(]{0,4}\d{1,4}[\])\s]{0,4}")


@dataclass(frozen=True, slots=True)
class Astray:
    """A citation that surely names one entry, and the link on it, which leads to others. ``place`` is the citation's."""

    place: int
    link: CitationLink


def links_astray(links: Sequence[CitationLink], citations: Sequence[Citation]) -> tuple[Astray, ...]:
    """The citations whose link leads to other entries; none where this is so of many. ``citations`` are in text order."""
    found: list[Astray] = []
    inside = list(overlapping([citation.span for citation in citations], [link.span for link in links]))
    led: dict[int, set[str]] = {}
    for link, places in zip(links, inside, strict=True):
        for place in places:
            led.setdefault(place, set()).update(link.references)
    for link, places in zip(links, inside, strict=True):
        if any(set(citations[place].references) & set(link.references) for place in places):
            continue
        named = (
            place
            for place in places
            if citations[place].link is Link.EXACT and led[place].isdisjoint(citations[place].references)
        )
        found += [Astray(place, link) for place in named][:1]
    return tuple(found) if len(found) <= FEW_DISAGREE * len(links) else ()


def add_links(document: Document, entries: Sequence[Entry], found: Iterable[Citation]) -> list[Citation]:
    """The citations of a text with what the document's links say of those that could not be linked."""
    citations = sorted(found, key=lambda citation: citation.span)
    if not document.links:
        return citations
    by_id = {entry.id: entry for entry in entries}
    added: list[Citation] = []
    alone: list[CitationLink] = []
    inside = overlapping([citation.span for citation in citations], [link.span for link in document.links])
    for link, places in zip(document.links, inside, strict=True):
        known = {id_ for place in places for id_ in citations[place].references}
        left = [id_ for id_ in link.references if id_ in by_id and id_ not in known]
        for place in places:
            fitting = [id_ for id_ in left if id_ in citations[place].candidates or _is_meant(citations[place], by_id[id_])]
            if not citations[place].references and len(fitting) == 1:
                citations[place] = replace(
                    citations[place], references=(fitting[0],), candidates=(), nearest=None, link=Link.EXACT
                )
                left.remove(fitting[0])
        if left and not places:
            alone.append(link)
            added += [_by_link(link.span, id_, document.text) for id_ in left]
    added += _within_ranges(alone, entries, document.text)
    return [*citations, *added]


def _is_meant(citation: Citation, entry: Entry) -> bool:
    """Whether a citation that names no entry for its readers still agrees with one: its year, and one of its authors' words."""
    if citation.link is not Link.MISSING or citation.number is not None or citation.year not in entry.raw:
        return False
    words = set(fold(entry.raw).split())
    return any(word in words for author in citation.authors for word in fold(author).split() if len(word) > 1)


def _by_link(span: Span, id_: str, text: str) -> Citation:
    return Citation(span=span, text=span.of(text), form="key", key=id_, references=(id_,), link=Link.EXACT)


def _within_ranges(alone: Sequence[CitationLink], entries: Sequence[Entry], text: str) -> Iterator[Citation]:
    """The entries between two links that are the ends of a range: of "[3–5]" often 3 and 5 alone are links."""
    places: Mapping[str, int] = {entry.id: place for place, entry in enumerate(entries)}
    for first, last in pairwise(alone):
        between = text[first.span.end : last.span.start]
        if not _RANGE.fullmatch(between) or len(first.references) != 1 or len(last.references) != 1:
            continue
        if not (_NUMBER.fullmatch(first.span.of(text)) and _NUMBER.fullmatch(last.span.of(text))):
            continue
        start, end = places[first.references[0]], places[last.references[0]]
        if start < end <= start + LONGEST_RANGE:
            span = Span(first.span.start, last.span.end)
            yield from (_by_link(span, entry.id, text) for entry in entries[start + 1 : end])
