"""OpenDocument's own citations: ``text:bibliography-mark`` with the work in its attributes (part 3, 19.764 and on)."""

from __future__ import annotations

import re

from lxml import etree

from bib.formats.csl_types import csl_type_of
from bib.identifiers import find_doi
from bib.model import Date, Reference
from bib.names import parse_names
from litcheck.documents.odt.names import TEXT

_TYPES = "odf_types"
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_CONTAINERS = ("journal", "booktitle", "series")


def marked_work(mark: etree._Element) -> Reference:
    """The work that a mark cites, its identifier as id."""

    def said(name: str) -> str:
        return " ".join((mark.get(TEXT + name) or "").split())

    year = _YEAR.search(said("year"))
    authors, truncated = parse_names(said("author"))
    editors, _ = parse_names(said("editor"))
    doi = find_doi(" ".join(map(said, ("url", "note", "custom1", "custom2", "custom3", "custom4", "custom5"))))
    return Reference(
        id=said("identifier").replace('"', ""),
        raw="",
        type=csl_type_of(_TYPES, said("bibliography-type")),
        authors=authors,
        authors_truncated=truncated,
        editors=editors,
        issued=Date(year=int(year[0])) if year else None,
        title=said("title"),
        container_title=next(filter(None, map(said, _CONTAINERS)), ""),
        volume=said("volume"),
        issue=said("number"),
        page=said("pages"),
        publisher=said("publisher"),
        isbn=said("isbn"),
        doi=doi[0] if doi else "",
        doi_printed=doi[0] if doi else "",
        url=said("url"),
    )
