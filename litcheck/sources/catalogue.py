"""A catalogue: a service that holds works of some kinds only, and the etiquette and the keeping of answers that all share.

Not finding a work in a catalogue proves nothing; what it finds may settle a reference that Crossref does not hold. Each is a
file with a class that says where to ask, how fast, for which references, and how to read the answers.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import ClassVar, TypeVar
from urllib.parse import urlencode

from bib.model import Reference
from litcheck.evidence import Found, Lookup, NotFound, Record, Unavailable
from litcheck.run import SourceUse
from litcheck.sources.answers import Answer, CouldNotAsk, Patience, Rejected, Terms
from litcheck.sources.cache import RecordCache
from litcheck.sources.client import ServiceClient
from litcheck.sources.description import search_key
from litcheck.sources.network import Network

T = TypeVar("T")

#: Records taken from a search; matching ranks them again.
ROWS = 5
#: The one kind of request that catalogues count.
ANY = "any"


class Catalogue(ServiceClient, ABC):
    """A source of part of all works at ``url``. ``key`` is for services that give one to their users."""

    #: As in reports and ``LITCHECK_SOURCES``.
    name: ClassVar[str]
    #: What the service allows.
    terms: ClassVar[Terms]
    #: The kind of identifier that it is the registry of, a word of ``evidence.IDENTIFIERS``; empty for none.
    identifies: ClassVar[str] = ""
    #: Whether it copies the registries' records, to be asked by DOI where these cannot be.
    copies: ClassVar[bool] = False
    #: Identifiers in one request.
    batch: ClassVar[int] = 50
    #: The form of its answers.
    form: ClassVar[str] = "application/json"

    def __init__(
        self,
        url: str,
        *,
        mailto: str = "",
        key: str = "",
        cache: RecordCache | None = None,
        patience: Patience | None = None,
        network: Network | None = None,
    ) -> None:
        self._key = key
        super().__init__(
            url,
            limits=self.name,
            terms=self.terms,
            headers={"Accept": self.form},
            mailto=mailto,
            cache=cache,
            patience=patience,
            network=network,
        )

    @property
    def searches(self) -> bool:
        """Whether ``works_like`` can answer at all."""
        return True

    def covers(self, reference: Reference) -> bool:
        """Never: a catalogue that lacks a work says nothing about it."""
        return False

    @abstractmethod
    def may_hold(self, reference: Reference) -> bool:
        """Whether a search for this work is worth its request."""

    def identifier_of(self, reference: Reference) -> str:
        """The identifier by which this catalogue knows the work, empty if the reference has none."""
        return ""

    def registers(self, doi: str, agency: str) -> bool:
        """Whether it is the catalogue of this agency (in lower case); where that is not known ("") whether the DOI says so."""
        return False

    def use(self) -> SourceUse:
        """What a report says about the source."""
        return SourceUse(name=self.name, address=self._url)

    async def works_by_doi(self, dois: Sequence[str]) -> Mapping[str, Lookup]:
        """An answer for each DOI (lower case, distinct)."""
        return await self._lookups("doi", dois)

    async def works_by_identifier(self, ids: Sequence[str]) -> Mapping[str, Lookup]:
        """An answer for each identifier of the kind that it is the registry of (distinct)."""
        return await self._lookups(self.identifies, ids)

    async def works_like(self, references: Sequence[Reference]) -> Sequence[Lookup]:
        """For each reference, in order, the records most like its description."""
        return await asyncio.gather(*map(self._search, references))

    @abstractmethod
    async def held(self, ids: Sequence[str]) -> Mapping[str, Record]:
        """The records of one batch of identifiers by which it knows its works; those that it lacks are left out.

        Raises ``CouldNotAsk``.
        """

    @abstractmethod
    async def found(self, reference: Reference) -> Sequence[Record]:
        """The records like one description, best first. Raises ``CouldNotAsk``."""

    async def _lookups(self, kind: str, ids: Sequence[str]) -> Mapping[str, Lookup]:
        answers: dict[str, Lookup] = {}
        for answered in await asyncio.gather(*(self._batch(kind, batch) for batch in self._batches(ids))):
            answers |= answered
        return answers

    def _batches(self, ids: Sequence[str]) -> Iterator[Sequence[str]]:
        for start in range(0, len(ids), self.batch):
            yield ids[start : start + self.batch]

    async def _batch(self, kind: str, ids: Sequence[str]) -> Mapping[str, Lookup]:
        try:
            records = await self.held(ids)
        except Rejected as error:
            if len(ids) == 1:
                return {ids[0]: Unavailable(source=self.name, reason=str(error))}
            # One identifier that the service finds invalid spoils the whole batch.
            middle = len(ids) // 2
            halves = await asyncio.gather(self._batch(kind, ids[:middle]), self._batch(kind, ids[middle:]))
            return {**halves[0], **halves[1]}
        except CouldNotAsk as error:
            return {id_: Unavailable(source=self.name, reason=str(error)) for id_ in ids}
        answers: dict[str, Lookup] = {
            id_: Found(source=self.name, records=(records[id_],))
            if id_ in records
            else NotFound(source=self.name, address=self._url)
            for id_ in ids
        }
        if self._cache is not None:
            self._cache.keep_lookups(kind, self.name, self._url, answers)
        return answers

    async def _search(self, reference: Reference) -> Lookup:
        try:
            records = tuple(await self.found(reference))[:ROWS]
        except CouldNotAsk as error:
            return Unavailable(source=self.name, reason=str(error))
        return self._kept_search(reference, records)

    def _kept_search(self, reference: Reference, records: tuple[Record, ...]) -> Lookup:
        answer: Lookup = Found(source=self.name, records=records) if records else NotFound(source=self.name, address=self._url)
        if self._cache is not None:
            self._cache.keep_lookups("like", self.name, self._url, {search_key(reference): answer})
        return answer

    async def ask(self, path: str, values: Mapping[str, str], read: Callable[[Answer], T]) -> T:
        """What ``read`` makes of the answer to a question under the service's address. Raises ``CouldNotAsk``."""
        given = {name: value for name, value in values.items() if value}
        return await self._ask_service(f"{path}?{urlencode(given)}", kind=ANY, read=read)
