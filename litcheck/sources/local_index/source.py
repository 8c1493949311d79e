"""The local index as a source of records."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from types import TracebackType
from typing import Self

import tantivy

from bib.model import Reference
from litcheck.errors import UnusableIndex
from litcheck.evidence import Found, Lookup, NotFound, Record, Unavailable, Update
from litcheck.run import SourceUse
from litcheck.sources.coverage import is_registered_kind, may_be_elsewhere
from litcheck.sources.crossref_records import record_from_crossref
from litcheck.sources.local_index.manifest import read_manifest, valid_generation
from litcheck.sources.local_index.model import IndexInfo
from litcheck.sources.local_index.notices import holds_record, notices_about
from litcheck.sources.local_index.preparing import clean_doi
from litcheck.sources.local_index.reduction import STAND_IN
from litcheck.sources.local_index.retraction_watch import RETRACTION_WATCH
from litcheck.sources.local_index.schema import TantivyError, TantivyFailures, open_searcher, stored_work
from litcheck.sources.local_index.search import candidate_query

#: Candidates given for a description, at most. Among so many the right work was always (of 108,341 works: for 1,500 strings of
#: `match-dev`, 779 of `verdict-dev` with a field altered or a title replaced, 779 entries of `citetracer-dev`).
CANDIDATES = 10
#: A candidate that scores below this part of the best one's score is left out; the right work's was 0.45 at the least. Making
#: records of the others costs more than the search.
WORTH = 0.35
#: Look-ups between which other work of the program gets its turn.
TURN = 64


class LocalIndex:
    """An index made by ``build_index``, as a ``Source``.

    Opening raises ``UnusableIndex``. Damage that shows only later is ``Unavailable``, as for any other source. ``stand_ins`` says
    whether a work of which only a table of retractions tells counts as found; where the registry can be asked, it knows better.
    """

    def __init__(self, directory: Path, *, stand_ins: bool = True) -> None:
        self._stand_ins = stand_ins
        self._others: tuple[LocalIndex, ...] = ()
        self._info, self._schema, self._searcher = _open(directory)
        self._name = f"index:{directory.resolve().name}"
        as_of = self._info.as_of
        self._fetched_at = datetime.combine(as_of, time(), UTC) if as_of else self._info.built_at

    def accompany(self, others: Sequence[LocalIndex]) -> None:
        """Lets the index tell the notices of ``others`` about its works too, and give way to their records of works of which it
        has only notices: which index is asked first must not decide whether a work is said to be retracted.
        """
        self._others = tuple(other for other in others if other is not self)

    @property
    def name(self) -> str:
        """``index:`` and the name of the directory."""
        return self._name

    @property
    def info(self) -> IndexInfo:
        """What the index holds."""
        return self._info

    @property
    def complete(self) -> bool:
        """Whether the index was declared to hold all that its registry held."""
        return self._info.complete

    @property
    def searches(self) -> bool:
        """An index answers searches."""
        return True

    def covers(self, reference: Reference) -> bool:
        """Whether not finding the work says something: only in a complete index, and for kinds of work that are registered."""
        return self.complete and is_registered_kind(reference)

    def use(self) -> SourceUse:
        """What a report says about the index."""
        completeness = "complete" if self.complete else "not declared complete"
        told = self._info.retractions
        notices = f"; notices about {told.works:,} works" if told else ""
        return SourceUse(
            name=self._name,
            address=str(self._info.directory),
            as_of=self._info.as_of.isoformat() if self._info.as_of else "",
            note=f"{self._info.works:,} works, {completeness}{notices}",
        )

    async def works_by_doi(self, dois: Sequence[str]) -> Mapping[str, Lookup]:
        """The work of each DOI, or of which it is an alias. A miss is ``NotFound`` only in a complete index.

        Even there it is not where other agencies register DOIs under the same prefix.
        """
        lookups: dict[str, Lookup] = {}
        for number, doi in enumerate(dois, 1):
            lookups[doi] = self._answer_doi(doi)
            if number % TURN == 0:
                await asyncio.sleep(0)
        return lookups

    async def works_like(self, references: Sequence[Reference]) -> Sequence[Lookup]:
        """For each reference the works most like it, the most alike first; whether one is the work is for others to say."""
        lookups: list[Lookup] = []
        for number, reference in enumerate(references, 1):
            lookups.append(self._answer_description(reference))
            if number % TURN == 0:
                await asyncio.sleep(0)
        return lookups

    async def __aenter__(self) -> Self:
        """Nothing to open: the files were mapped when the index was made."""
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Nothing to close: the files are let go with the object."""

    def _answer_doi(self, doi: str) -> Lookup:
        try:
            with TantivyFailures():
                for field in ("doi", "alias") if (known := clean_doi(doi)) else ():
                    query = tantivy.Query.term_query(self._schema, field, known, "basic")
                    for _, address in self._searcher.search(query, 1, count=False).hits:
                        if record := self._record(address):
                            return self._found((record,))
        except TantivyError as failure:
            return self._damaged(failure)
        if not self.complete:
            return Unavailable(source=self._name, reason="the index is not declared complete; what it lacks may still exist")
        if may_be_elsewhere(known):
            prefix = known.partition("/")[0]
            return Unavailable(
                source=self._name, reason=f"DOIs under {prefix} are registered with other agencies too, and it need not hold them"
            )
        return self._missing()

    def _answer_description(self, reference: Reference) -> Lookup:
        try:
            with TantivyFailures():
                query = candidate_query(reference, self._schema, self._searcher)
                hits = self._searcher.search(query, CANDIDATES, count=False).hits if query else []
                worth = (self._record(address) for score, address in hits if score >= WORTH * hits[0][0])
                records = tuple([record for record in worth if record is not None])
        except TantivyError as failure:
            return self._damaged(failure)
        return self._found(records) if records else self._missing()

    def _record(self, address: tantivy.DocAddress) -> Record | None:
        """The record of a document with the notices about its work, ``None`` for a stand-in where these do not count.

        A stand-in names the table that it is from as its source, since the index's own registry never said so.
        """
        work = stored_work(self._searcher.doc(address))
        stands_in = STAND_IN in work
        if stands_in and not self._stand_ins:
            return None
        source = RETRACTION_WATCH if stands_in else self._name
        record = record_from_crossref(work, source=source, url="", fetched_at=self._fetched_at)
        if stands_in and any(other._holds(record.doi) for other in self._others):
            return None
        notices = [notice for index in (self, *self._others) for notice in index._notices_about((record.doi, *record.aliases))]
        if not notices and not stands_in:
            return record
        return replace(record, updates=tuple(dict.fromkeys((*record.updates, *notices))), curated=not stands_in)

    def _holds(self, doi: str) -> bool:
        return holds_record(doi, self._schema, self._searcher)

    def _notices_about(self, dois: Sequence[str]) -> tuple[Update, ...]:
        return () if self._info.retractions is None else notices_about(dois, self._schema, self._searcher)

    def _found(self, records: tuple[Record, ...]) -> Found:
        return Found(source=self._name, records=records, as_of=self._info.as_of)

    def _missing(self) -> NotFound:
        return NotFound(source=self._name, complete=self.complete, as_of=self._info.as_of)

    def _damaged(self, failure: TantivyError) -> Unavailable:
        return Unavailable(source=self._name, reason=f"{self._info.directory} is damaged ({failure}); build the index again")


def _open(directory: Path) -> tuple[IndexInfo, tantivy.Schema, tantivy.Searcher]:
    valid = valid_generation(directory)
    try:
        info, generation = read_manifest(directory)
        return info, *open_searcher(generation)
    except UnusableIndex:
        if valid_generation(directory) in ("", valid):
            raise
    # A build replaced the files while they were being opened; the new ones are as good.
    return _open(directory)
