"""XML parts of documents as trees: what is well formed is read, and nothing that a file declares is expanded or fetched."""

from __future__ import annotations

from lxml import etree

from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance

_PIECE = 1 << 20


def parse_xml(data: bytes, allowance: Allowance, *, part: str = "") -> etree._Element:
    """The root of an XML file or part; entities that it declares stay unread, comments and instructions are left out.

    lxml's own bounds hold: 256 elements deep, 10 MB of text in one piece. Raises ``UnreadableDocument``, with the line, for XML
    that is broken or passes them. ``part`` is the name that the file has within another one.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for start in range(0, len(data), _PIECE):
            parser.feed(data[start : start + _PIECE])
            allowance.check_time()
        return parser.close()
    except (etree.XMLSyntaxError, ValueError) as error:
        name = f"{allowance.name} ({part})" if part else allowance.name
        raise UnreadableDocument(f"{name} holds broken XML ({error}). Save or download it anew.") from error
