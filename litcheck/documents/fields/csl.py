"""Fields of Zotero and Mendeley: an object of citeproc-js with ``citationItems``, each with the work as CSL-JSON.

Sources: Zotero's integration plug-ins (``ZOTERO_ITEM CSL_CITATION {…}``), Mendeley Desktop (``CSL_CITATION {…}``), Mendeley Cite
(a content control tagged ``MENDELEY_CITATION_v3_`` and base64).
"""

from __future__ import annotations

from collections.abc import Iterator

from bib.formats.csl_json import reference_from_csl
from bib.model import Reference
from litcheck.documents.fields.content import Cited, Listed, json_object, objects, words

_MARK = "CSL_CITATION"


def cited_in_csl(text: str) -> Cited:
    """The works of a citation. What stands before the mark of CSL, if there is one, may hold braces too."""
    before, mark, holds = text.partition(_MARK)
    return Cited(tuple(_references(holds if mark and "[" not in before else text)))


def listed_in_csl(text: str) -> Listed:
    """A bibliography of Zotero's, which says which works were added to it or left out of it by hand."""
    holds = json_object(text)
    return Listed(all_cited=not holds.get("omitted"), only_cited=not holds.get("uncited"))


def _references(text: str) -> Iterator[Reference]:
    for item in objects(json_object(text).get("citationItems")):
        data = item.get("itemData")
        if not isinstance(data, dict):
            continue
        uris = item.get("uris") or item.get("uri")
        own = next((uri for uri in uris if isinstance(uri, str)), "") if isinstance(uris, list) else ""
        # Mendeley Desktop numbers the works of each citation anew ("ITEM-1"), but gives each an address.
        id_ = own or f"{words(data.get('id'))} {words(data.get('title'))}"
        reference = reference_from_csl(data, id=id_)
        if reference.title or reference.authors or reference.editors:
            yield reference
