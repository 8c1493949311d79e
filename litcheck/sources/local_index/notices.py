"""Notices about works in the index: kept beside the works, so that neither a newer record nor a newer table loses the other.

A document with the notices about a work is found by that work's DOI alone. Of a work that the index lacks there is a
stand-in too, with what the table tells of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

import tantivy

from litcheck.evidence import Update
from litcheck.sources.local_index.preparing import prepare_work
from litcheck.sources.local_index.reduction import STAND_IN
from litcheck.sources.local_index.retraction_watch import NoticedWorks
from litcheck.sources.local_index.schema import document, stored_json, stored_work
from litcheck.sources.record_json import update_from_json, update_to_json

#: What documents are that are no records of a registry, in the field ``origin``.
NOTICES, STAND_INS = "notices", "stand-in"


def notice_documents(noticed: NoticedWorks, holds: Callable[[str], bool]) -> Iterator[tantivy.Document]:
    """The documents of a table: the notices of each work, and a stand-in for each work that ``holds`` does not know."""
    for doi, work in noticed.works.items():
        notices = tantivy.Document()
        notices.add_text("noticed", doi)
        notices.add_text("origin", NOTICES)
        notices.add_bytes("work", json.dumps([update_to_json(notice) for notice in work.notices]).encode())
        yield notices
        if not holds(doi):
            # Any record that comes later takes its place: it is numbered as if it had come first.
            stand_in = document(prepare_work({**work.work, STAND_IN: True}), serial=0)
            stand_in.add_text("origin", STAND_INS)
            yield stand_in


def holds_record(doi: str, schema: tantivy.Schema, searcher: tantivy.Searcher) -> bool:
    """Whether the index holds a registry's record of the DOI, or of the work that it is an alias of."""
    for field in ("doi", "alias"):
        hits = searcher.search(tantivy.Query.term_query(schema, field, doi, "basic"), 2, count=False).hits
        if any(STAND_IN not in stored_work(searcher.doc(address)) for _, address in hits):
            return True
    return False


def count_of(origin: str, schema: tantivy.Schema, searcher: tantivy.Searcher) -> int:
    """How many documents of this origin the index holds."""
    return searcher.search(tantivy.Query.term_query(schema, "origin", origin, "basic"), 1).count  # type: ignore[attr-defined,no-any-return]  # not in tantivy's stub


def notices_about(dois: Iterable[str], schema: tantivy.Schema, searcher: tantivy.Searcher) -> tuple[Update, ...]:
    """The notices about a work, which may have several DOIs. Raises ``ValueError`` or ``TypeError`` when the index is damaged."""
    notices: list[Update] = []
    for doi in dois:
        query = tantivy.Query.term_query(schema, "noticed", doi, "basic")
        for _, address in searcher.search(query, 1, count=False).hits:
            notices += map(update_from_json, stored_json(searcher.doc(address)))
    return tuple(notices)
