"""Pieces of XML files, each parsed by itself: what is well formed is read, and nothing a file declares has any effect.

A bibliography in XML is a long list of small elements. They are found by their tags and parsed one at a time, without the
document around them. So a broken one spoils no other; work grows with the length of the text alone; and since the
document type and its declarations are never parsed, no entity can be declared: there is nothing to expand or to fetch.
The named characters of HTML and JATS ("&nbsp;") are known without declarations.
(A tag quoted in a comment or in CDATA counts as one; no program writes such bibliographies.)
"""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from bib.formats.entries import Lines
from bib.model import Span

#: Deeper than any element of a reference. JATS nests a dozen deep with all its mark-up of formulas.
_DEEPEST = 60
#: What XML itself names; everything else would need a declaration.
_NAMED_BY_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{0,40});")
#: Characters that XML 1.0 does not allow, escaped or not.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_SPECIALS = re.compile('[&<>"]')


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One element of the file: its place, its first line, and the element or, where it is broken, the reason and its line."""

    span: Span
    line: int
    element: Element | None
    reason: str = ""
    reason_line: int = 0


def pieces(text: str, tag: str) -> Iterator[Piece]:
    """Every ``<tag>`` of the text in order, with or without a prefix. One without an end reaches to the next one."""
    lines = Lines(text)
    openings = [mark.start() for mark in re.finditer(rf"<(?:[A-Za-z][\w.-]{{0,40}}:)?{tag}(?=[\s/>])", text)]
    closing = re.compile(rf"</(?:[A-Za-z][\w.-]{{0,40}}:)?{tag}\s{{0,20}}>")
    for start, limit in pairwise([*openings, len(text)]):
        line = lines.of(start)
        closed = closing.search(text, start, limit)
        if closed is None and (empty := re.compile(r"<[^<>]{1,500}/>").match(text, start, limit)):
            closed = empty
        if closed is None:
            end = start + len(text[start:limit].rstrip())
            reason = f"The element <{tag}> is not closed."
            yield Piece(span=Span(start, end), line=line, element=None, reason=reason, reason_line=line)
            continue
        source = text[start : closed.end()]
        try:
            element = _parsed(source)
        except expat.ExpatError as error:
            at = line + error.lineno - 1
            reason = f"The XML is broken in line {at}: {expat.ErrorString(error.code)}."
            yield Piece(span=Span(start, closed.end()), line=line, element=None, reason=reason, reason_line=at)
        except _TooDeepError:
            reason = f"The XML is nested more than {_DEEPEST} elements deep."
            yield Piece(span=Span(start, closed.end()), line=line, element=None, reason=reason, reason_line=line)
        else:
            yield Piece(span=Span(start, closed.end()), line=line, element=element)


class _TooDeepError(Exception):
    pass


def _parsed(source: str) -> Element:
    """The element; its names lose their prefixes. Raises ``expat.ExpatError`` and ``_TooDeepError``."""
    builder = TreeBuilder()
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise _TooDeepError
        builder.start(_local(name), {_local(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_local(name))

    parser = expat.ParserCreate(encoding="utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.Parse(with_known_characters(source).encode("utf-8", "replace"), True)
    return builder.close()


def with_known_characters(source: str) -> str:
    """XML with the named characters of HTML and JATS ("&nbsp;") as numbers, which need no declaration."""
    return _NAMED.sub(_numbered, source)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _numbered(named: re.Match[str]) -> str:
    character = html.entities.html5.get(f"{named[1]};", "") if named[1] not in _NAMED_BY_XML else ""
    return "".join(f"&#{ord(part)};" for part in character) or named[0]


def text_of(element: Element | None) -> str:
    """All text of an element and what is in it, runs of white space as one space; nothing for no element."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def opening_tag(tag: str, attributes: Mapping[str, str] | None = None) -> str:
    """``<tag key="value">``, attributes without a value left out."""
    written = "".join(f' {key}="{xml_text(value)}"' for key, value in (attributes or {}).items() if value)
    return f"<{tag}{written}>"


def element_text(tag: str, text: str, attributes: Mapping[str, str] | None = None) -> str:
    """The element in one line, or nothing if it has no text."""
    return f"{opening_tag(tag, attributes)}{xml_text(text)}</{tag}>" if text else ""


def xml_text(text: str) -> str:
    """``text`` with XML's special characters escaped and without those that XML cannot hold."""
    return _SPECIALS.sub(lambda special: _SPECIAL[special[0]], _NOT_XML.sub("", text))
