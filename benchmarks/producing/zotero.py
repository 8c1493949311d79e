"""What Zotero's plugin writes around citations and the list in a Word document: fields with the works as CSL-JSON.

After the fields that Zotero documents: https://www.zotero.org/support/dev/citation_fields
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape
from zlib import crc32

_BEGINS = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {} </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_ENDS = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
_SCHEMA = "https://github.com/citation-style-language/schema/raw/master/csl-citation.json"


def around_citation(works: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """What stands before and after a citation of the works, entries as the shared data describes them."""
    items = [{"id": number, "uris": [_uri(work)], "itemData": _item(number, work)} for number, work in enumerate(works, start=1)]
    field = {"citationID": "c1", "properties": {"noteIndex": 0}, "citationItems": items, "schema": _SCHEMA}
    return _BEGINS.format(escape(f"ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps(field)}")), _ENDS


def around_list() -> tuple[str, str]:
    """What stands before and after the list."""
    return _BEGINS.format('ADDIN ZOTERO_BIBL {"uncited":[],"omitted":[],"custom":[]} CSL_BIBLIOGRAPHY'), _ENDS


def _uri(work: Mapping[str, Any]) -> str:
    return f"http://zotero.org/users/1/items/{crc32(work['rid'].encode()):08X}"


def _item(number: int, work: Mapping[str, Any]) -> dict[str, Any]:
    printed = {"title": "title", "container-title": "container", "volume": "volume", "page": "fpage", "DOI": "doi"}
    item: dict[str, Any] = {"id": number, "type": "article-journal"}
    item |= {field: work[name] for field, name in printed.items() if work.get(name)}
    item["author"] = [{"family": family} for family in work["authors"]]
    if work["year"][:4].isdecimal():
        item["issued"] = {"date-parts": [[work["year"][:4]]]}
    return item
