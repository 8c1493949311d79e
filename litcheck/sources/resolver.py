"""The questions of a run, each asked once and in order: by DOI, then by description, until a record is accepted.

Cache, local indexes, Crossref, doi.org: what one answers is not asked of the next.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from itertools import islice
from typing import TypeVar

from bib.identifiers import is_doi
from bib.model import Reference
from litcheck.evidence import Evidence, Found, Lookup, NotFound, Record, Registration, Unavailable
from litcheck.sources.cache import RecordCache
from litcheck.sources.coverage import is_registered_kind
from litcheck.sources.description import search_key
from litcheck.sources.doi_org import DoiOrg
from litcheck.sources.model import Source

#: Questions put to a source in one go: enough to fill ten batches, few enough to show that something happens.
DOIS_AT_ONCE = 400
SEARCHES_AT_ONCE = 40

#: The registry that a reference needs when nothing else answers for it.
REGISTRY = "crossref"
OFFLINE = "offline: no source was asked that would hold the work, and nothing is known from before"

Accepts = Callable[[Reference, Record], bool]
Progress = Callable[[int, int, str], None]
T = TypeVar("T")
Openable = TypeVar("Openable", Source, DoiOrg)


def resolve(
    references: Sequence[Reference],
    sources: Sequence[Source],
    *,
    accepts: Accepts,
    cache: RecordCache | None = None,
    doi_org: DoiOrg | None = None,
    progress: Progress | None = None,
) -> tuple[Evidence, ...]:
    """What the sources say about each reference, in order; the first source whose record ``accepts`` takes ends the search.

    Runs an event loop of its own, in a thread of its own where the caller's thread has one running. ``progress`` gets
    how many of how many questions are answered and what is being asked.
    """
    resolution = _Resolution(references, sources, accepts, cache, doi_org, progress or _silent)
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(resolution.run())
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, resolution.run()).result()


class _Resolution:
    """One call of ``resolve``: the answers so far, by DOI and by description."""

    def __init__(
        self,
        references: Sequence[Reference],
        sources: Sequence[Source],
        accepts: Accepts,
        cache: RecordCache | None,
        doi_org: DoiOrg | None,
        progress: Progress,
    ) -> None:
        self._references = references
        self._sources = sources
        self._accepts = accepts
        self._cache = cache
        self._doi_org = doi_org
        self._progress = progress
        self._by_doi: dict[str, list[Lookup]] = {r.doi: [] for r in references if is_doi(r.doi) and r.doi.isprintable()}
        self._by_search: dict[str, list[Lookup]] = {}
        self._registrations: dict[str, Registration] = {}

    async def run(self) -> tuple[Evidence, ...]:
        async with AsyncExitStack() as stack:
            opened = _Opened(stack)
            await self._ask_dois(opened)
            wanting = [(reference, search_key(reference)) for reference in self._references if self._wants_search(reference)]
            await self._ask_searches(wanting, opened)
        searched = {id(reference): key for reference, key in wanting}
        return tuple(self._evidence(reference, searched.get(id(reference))) for reference in self._references)

    async def _ask_dois(self, opened: _Opened) -> None:
        total = len(self._by_doi)
        if not total:
            return
        known: set[str] = set()
        if self._cache is not None:
            for doi, kept in self._cache.works(REGISTRY, self._by_doi).items():
                self._by_doi[doi].append(kept)
                known.add(f"{REGISTRY} {doi}")
        for source in self._sources:
            pending = [
                doi for doi, lookups in self._by_doi.items() if not _is_found(lookups) and f"{source.name} {doi}" not in known
            ]
            done = total - len(pending)
            for part in _parts(pending, DOIS_AT_ONCE):
                self._progress(done, total, f"asking {source.name} for DOIs")
                for doi, lookup in (await (await opened(source)).works_by_doi(part)).items():
                    self._by_doi[doi].append(lookup)
                done += len(part)
        await self._ask_registrations(opened)
        self._progress(total, total, "asking for DOIs")

    async def _ask_registrations(self, opened: _Opened) -> None:
        """Asks doi.org about DOIs that no source holds. Where the registry was out of reach it is that which is missing."""
        pending = [
            doi
            for doi, lookups in self._by_doi.items()
            if not _is_found(lookups) and not any(isinstance(x, Unavailable) and x.source == REGISTRY for x in lookups)
        ]
        if self._cache is not None:
            known = self._cache.registrations("doi.org", pending)
            self._note(known)
            pending = [doi for doi in pending if doi not in known]
        if self._doi_org is None:
            return
        done = 0
        for part in _parts(pending, DOIS_AT_ONCE):
            self._progress(done, len(pending), f"asking {self._doi_org.name} for DOIs")
            self._note(await (await opened(self._doi_org)).registrations(part))
            done += len(part)

    def _note(self, answers: Mapping[str, Registration | NotFound | Unavailable]) -> None:
        for doi, answer in answers.items():
            if isinstance(answer, Registration):
                self._registrations[doi] = answer
            else:
                self._by_doi[doi].append(answer)

    def _wants_search(self, reference: Reference) -> bool:
        """Whether the DOI, if there is one, has not led to the work described, and the work is of a kind that is registered."""
        if reference.doi in self._registrations and self._registrations[reference.doi].agency.lower() != REGISTRY:
            return False
        return is_registered_kind(reference) and not self._is_settled(reference, self._by_doi.get(reference.doi, ()))

    async def _ask_searches(self, wanting: Sequence[tuple[Reference, str]], opened: _Opened) -> None:
        """Puts each description once, and to no further source when every reference that it describes has found its record."""
        total = len({key for _, key in wanting})
        if not total:
            return
        self._by_search = {key: [] for _, key in wanting}
        known: set[str] = set()
        if self._cache is not None:
            for key, kept in self._cache.searches(REGISTRY, self._by_search).items():
                self._by_search[key].append(kept)
                known.add(f"{REGISTRY} {key}")
        for source in self._sources:
            if not source.searches:
                continue
            pending = {
                key: reference
                for reference, key in wanting
                if f"{source.name} {key}" not in known and not self._is_settled(reference, self._by_search[key])
            }
            done = total - len(pending)
            for part in _parts(pending.items(), SEARCHES_AT_ONCE):
                self._progress(done, total, f"searching {source.name}")
                answers = await (await opened(source)).works_like([reference for _, reference in part])
                for (key, _), answer in zip(part, answers, strict=True):
                    self._by_search[key].append(answer)
                done += len(part)
        self._progress(total, total, "searching")

    def _is_settled(self, reference: Reference, lookups: Iterable[Lookup]) -> bool:
        return any(
            self._accepts(reference, record) for lookup in lookups if isinstance(lookup, Found) for record in lookup.records
        )

    def _evidence(self, reference: Reference, key: str | None) -> Evidence:
        by_doi = _without_moot(self._by_doi.get(reference.doi, ()))
        by_search = _without_moot(self._by_search.get(key, ())) if key is not None else ()
        registration = self._registrations.get(reference.doi)
        offline = Unavailable(source=REGISTRY, reason=OFFLINE)
        if reference.doi in self._by_doi and not by_doi and registration is None:
            by_doi = (offline,)
        elif key is not None and not _is_found(by_doi) and self._is_open(reference, (*by_doi, *by_search)):
            by_search = (*by_search, offline)
        covered = any(source.covers(reference) for source in self._sources)
        return Evidence(by_doi=by_doi, by_search=by_search, registration=registration, covered=covered)

    def _is_open(self, reference: Reference, lookups: Sequence[Lookup]) -> bool:
        """Whether the work was not found, no answer says why, and nothing was asked in which it would be found."""
        # Last what costs most: it compares the reference with every record found.
        return not (
            any(lookup.source == REGISTRY or isinstance(lookup, Unavailable) for lookup in lookups)
            or any(source.searches and source.covers(reference) for source in self._sources)
            or self._is_settled(reference, lookups)
        )


class _Opened:
    """Opens a source when it is first asked, since many runs need not ask it at all."""

    def __init__(self, stack: AsyncExitStack) -> None:
        self._stack = stack
        self._open: set[int] = set()

    async def __call__(self, source: Openable) -> Openable:
        if id(source) not in self._open:
            self._open.add(id(source))
            await self._stack.enter_async_context(source)
        return source


def _without_moot(lookups: Sequence[Lookup]) -> tuple[Lookup, ...]:
    """The answers without those of local indexes that cannot tell, where another source could."""
    if not any(isinstance(x, Found) or (isinstance(x, NotFound) and (x.complete or x.source == REGISTRY)) for x in lookups):
        return tuple(lookups)
    return tuple(x for x in lookups if not (isinstance(x, Unavailable) and x.source.startswith("index:")))


def _is_found(lookups: Iterable[Lookup]) -> bool:
    return any(isinstance(lookup, Found) for lookup in lookups)


def _parts(questions: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(questions)
    while part := list(islice(iterator, size)):
        yield part


def _silent(done: int, total: int, what: str) -> None:
    """The progress of a run that shows none."""
