"""HTML as a tree.

lxml's own parser, libxml2's, because it comes with lxml, reads megabytes a second, and has read broken pages for two decades. It
tokenises as HTML 5 does; where an end is missing it builds other trees than HTML 5, which changes no text. html5lib builds the
same trees as browsers and is written in Python, many times slower.
"""

from __future__ import annotations

import re

from lxml import etree

from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance

_PIECE = 1 << 20
#: libxml2 drops what is nested deeper than 2,048 elements; a tree that comes near has lost something.
_DEEPEST = 2040
#: More attributes than any element has. libxml2 takes time that grows with their square: a minute for 200,000.
_MOST_ATTRIBUTES = 2000
_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?>\s*+=\s*+(?>"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
#: A tag; the group is there if it has more attributes. Each tag is taken whole, so that the search goes once over the page.
_TAG = re.compile(rf"<[A-Za-z][^\s/>]*+(?>{_ATTRIBUTE}){{0,{_MOST_ATTRIBUTES}}}+({_ATTRIBUTE})?+")


def parse_html(text: str, allowance: Allowance) -> etree._Element:
    """The root of a page. Nothing is fetched or run; comments and instructions are left out.

    Raises ``UnreadableDocument`` for a page without elements, and for one that is nested too deep to be read whole.
    """
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8")
    if any(tag[1] for tag in _TAG.finditer(text)):
        raise UnreadableDocument(
            f"{allowance.name} has an element with more than {_MOST_ATTRIBUTES:,} attributes, which no page has."
        )
    data = text.encode("utf-8", "replace")
    try:
        for start in range(0, len(data), _PIECE):
            parser.feed(data[start : start + _PIECE])
            allowance.check_time()
        root = parser.close()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableDocument(f"{allowance.name} cannot be read as a web page ({error}). Save it anew.") from error
    if not isinstance(root, etree._Element):
        raise UnreadableDocument(f"{allowance.name} holds no text. Give a page that holds the manuscript.")
    _check_depth(root, allowance)
    return root


def _check_depth(root: etree._Element, allowance: Allowance) -> None:
    depth = 0
    for number, (event, _) in enumerate(etree.iterwalk(root, events=("start", "end"))):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            raise UnreadableDocument(
                f"{allowance.name} is nested more than {_DEEPEST:,} elements deep, which no manuscript is. Save it anew from"
                " the program that made it."
            )
        if number % 100_000 == 0:
            allowance.check_time()


def tag_of(element: etree._Element) -> str:
    """The element's name in small letters without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def text_in(element: etree._Element) -> str:
    """All text of an element and what is in it, in one line."""
    return " ".join("".join(map(str, element.itertext())).split())
