"""Crossref's REST API as a source: dozens of DOIs a request, searches by description, and the etiquette of its pools.

https://www.crossref.org/documentation/retrieve-metadata/rest-api/
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar
from urllib.parse import quote

from bib.model import Reference
from litcheck.evidence import Found, Lookup, NotFound, Record, Unavailable
from litcheck.run import SourceUse
from litcheck.sources.answers import Answer, CouldNotAsk, Patience, Rejected, Terms
from litcheck.sources.cache import RecordCache
from litcheck.sources.client import ServiceClient
from litcheck.sources.coverage import is_registered_kind
from litcheck.sources.crossref_answers import doi_of, items_of, work_of
from litcheck.sources.crossref_records import record_as_asked
from litcheck.sources.description import description, search_key
from litcheck.sources.network import Network
from litcheck.sources.pacing import Rate

NAME = "crossref"

T = TypeVar("T")

#: Fields asked of lists: those that a record is made of and that ``select`` knows. ``aliases``, ``institution`` and
#: ``journal-issue`` cannot be selected. The names that are accepted stand in Crossref's answer to an unknown one, as recorded
#: in October 2026 ("Valid selects for this route are: …").
SELECT = (
    "DOI,type,title,subtitle,original-title,author,editor,container-title,short-container-title,volume,issue,page,article-number,"
    "publisher,ISBN,issued,published,published-print,published-online,posted,accepted,approved,content-created,relation,"
    "update-to,updated-by"
)

#: DOIs in one request, and the longest address that servers and proxies are sure to take.
BATCH = 40
LONGEST_ADDRESS = 6000
#: Records asked for a description; matching ranks them again.
ROWS = 5
#: A prime DOI may itself have become an alias.
REDIRECTS = 3

#: Limits of the pools since December 2025: requests a second for single records and for lists, and how many at once.
#: https://www.crossref.org/blog/announcing-changes-to-rest-api-rate-limits/
POOLS: dict[str, tuple[int, int, int]] = {"public": (5, 1, 1), "polite": (10, 3, 3), "plus": (150, 150, 10)}


class Crossref(ServiceClient):
    """Crossref at ``url``. With ``mailto`` in its polite pool, with ``token`` in the pool of Metadata Plus.

    Works and searches that it answers are kept in ``cache``; reading them there first is the resolver's business.
    """

    def __init__(
        self,
        url: str,
        *,
        mailto: str = "",
        token: str = "",
        cache: RecordCache | None = None,
        patience: Patience | None = None,
        network: Network | None = None,
    ) -> None:
        self._pool = "plus" if token else "polite" if mailto else "public"
        self._select = f"&select={SELECT}"
        super().__init__(
            url,
            limits=f"{NAME} {self._pool}",
            terms=_terms_of(self._pool),
            terms_of=_terms_of,
            headers={"Crossref-Plus-API-Token": f"Bearer {token}"} if token else {},
            mailto=mailto,
            cache=cache,
            patience=patience,
            network=network,
        )

    @property
    def name(self) -> str:
        """``crossref``."""
        return NAME

    @property
    def searches(self) -> bool:
        """Crossref answers searches."""
        return True

    def covers(self, reference: Reference) -> bool:
        """Whether a work of this kind is among what Crossref's members register."""
        return is_registered_kind(reference)

    def use(self) -> SourceUse:
        """What a report says about the source."""
        return SourceUse(name=NAME, address=self._url, note=f"{self._pool} pool")

    async def works_by_doi(self, dois: Sequence[str]) -> Mapping[str, Lookup]:
        """The work of each DOI: in batches, then singly what no batch returned, since lists know no aliases."""
        lookups: dict[str, Lookup] = {}
        singly = []
        batches = []
        for batch in _batches(dois):
            if len(batch) > 1:
                batches.append(batch)
            else:
                singly += batch
        for answered, left in await asyncio.gather(*map(self._batch, batches)):
            lookups |= answered
            singly += left
        lookups |= zip(singly, await asyncio.gather(*map(self._single, singly)), strict=True)
        return lookups

    async def works_like(self, references: Sequence[Reference]) -> Sequence[Lookup]:
        """For each reference up to five records, in Crossref's order. Whether one is the work is for others to say."""
        return await asyncio.gather(*map(self._search, references))

    async def _batch(self, dois: Sequence[str]) -> tuple[dict[str, Lookup], list[str]]:
        """Answers for the DOIs that one list request returns, and the DOIs to be asked for singly."""
        try:
            items = await self._list(f"filter={_filter(dois)}&rows={len(dois)}")
        except Rejected:
            # One DOI that Crossref finds invalid spoils the whole list.
            return {}, list(dois)
        except CouldNotAsk as error:
            return {doi: Unavailable(source=NAME, reason=str(error)) for doi in dois}, []
        wanted = set(dois)
        works = {doi: item for item in items if (doi := doi_of(item)) in wanted}
        return self._kept(works), [doi for doi in dois if doi not in works]

    async def _single(self, doi: str) -> Lookup:
        """The answer for one DOI. Redirects lead from an alias to the prime DOI and never away from this service."""
        asked = doi
        try:
            for _ in range(REDIRECTS + 1):
                target, item = await self._ask(f"works/{quote(asked, safe='')}", "single", partial(work_of, asked))
                if item is not None:
                    return self._kept({doi: item})[doi]
                if target == "":
                    return self._missing(doi)
                asked = target
        except CouldNotAsk as error:
            return Unavailable(source=NAME, reason=str(error))
        return Unavailable(source=NAME, reason=f"{doi} is redirected more than {REDIRECTS} times")

    async def _search(self, reference: Reference) -> Lookup:
        question = f"query.bibliographic={quote(description(reference), safe='')}&rows={ROWS}"
        try:
            items = await self._list(question)
        except CouldNotAsk as error:
            return Unavailable(source=NAME, reason=str(error))
        items = [item for item in items[:ROWS] if doi_of(item)]
        if self._cache is not None:
            self._cache.keep_search(NAME, self._url, search_key(reference), items)
        if not items:
            return NotFound(source=NAME, address=f"{self._url}/works?{question}")
        return Found(source=NAME, records=tuple(map(self._record, items)))

    async def _list(self, question: str) -> list[dict[str, Any]]:
        """The items of a list answer. Asks for whole records where Crossref has come to reject the selected fields."""
        selection = self._select
        try:
            return await self._ask(f"works?{question}{selection}", "list", items_of)
        except Rejected as error:
            if not selection or "select" not in str(error).lower():
                raise
            self._select = ""
            return await self._ask(f"works?{question}", "list", items_of)

    def _kept(self, works: Mapping[str, dict[str, Any]]) -> dict[str, Lookup]:
        if self._cache is not None:
            self._cache.keep_works(NAME, self._url, works)
        return {doi: Found(source=NAME, records=(self._record(item, doi),)) for doi, item in works.items()}

    def _record(self, item: dict[str, Any], doi: str = "") -> Record:
        return record_as_asked(item, doi=doi, source=NAME, address=self._url, fetched_at=datetime.now(UTC))

    def _missing(self, doi: str) -> NotFound:
        if self._cache is not None:
            self._cache.keep_works(NAME, self._url, {doi: None})
        return NotFound(source=NAME, address=f"{self._url}/works/{quote(doi, safe='')}")

    async def _ask(self, question: str, kind: str, read: Callable[[Answer], T]) -> T:
        mailto = f"{'&' if '?' in question else '?'}mailto={quote(self._mailto, safe='')}" if self._mailto else ""
        return await self._ask_service(f"{question}{mailto}", kind=kind, read=read)


def _terms_of(pool: str) -> Terms:
    """The published limits of a pool, by the beginning of its name ("polite-array"); the least for one that is not known."""
    single, listed, at_once = POOLS.get(pool.lower().partition("-")[0], POOLS["public"])
    return Terms(rates={"single": Rate(single, 1), "list": Rate(listed, 1)}, at_once=at_once)


def _batches(dois: Sequence[str]) -> Iterator[list[str]]:
    """The DOIs in lists that fit one request. One with a comma stands alone: the filter would take it for two."""
    batch: list[str] = []
    length = 0
    for doi in dois:
        if "," in doi:
            yield [doi]
            continue
        more = len(_filter([doi])) + 1
        if len(batch) == BATCH or length + more > LONGEST_ADDRESS:
            yield batch
            batch, length = [], 0
        batch.append(doi)
        length += more
    if batch:
        yield batch


def _filter(dois: Sequence[str]) -> str:
    return ",".join(f"doi:{quote(doi, safe='')}" for doi in dois)
