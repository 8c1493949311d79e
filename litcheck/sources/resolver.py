"""The questions of a run, each asked once and in order: by identifier, then by description, until a record is accepted.

Cache, local indexes, Crossref and doi.org, catalogues: what one answers is not asked of the next. What does not depend on one
another is asked side by side: DOIs and other identifiers, and descriptions in parts, each part on its way from source to source.
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
from litcheck.evidence import Evidence, Found, Identified, Lookup, NotFound, Record, Registration, Unavailable
from litcheck.sources.cache import RecordCache
from litcheck.sources.catalogue import Catalogue
from litcheck.sources.coverage import is_registered_kind
from litcheck.sources.description import search_key
from litcheck.sources.doi_org import DoiOrg
from litcheck.sources.model import Source
from litcheck.versions import is_preprint_of_described

#: Questions put to a source in one go: enough to fill ten batches, few enough to show that something happens.
DOIS_AT_ONCE = 400
SEARCHES_AT_ONCE = 40
#: Parts of so many searches under way at a time, so that one source has work while another thinks.
PARTS_AT_ONCE = 4

#: How the names of local indexes begin.
INDEX = "index:"
#: The registry that a reference needs when nothing else answers for it.
REGISTRY = "crossref"
OFFLINE = "offline: no source was asked that would hold the work, and nothing is known from before"

Accepts = Callable[[Reference, Record], bool]
Progress = Callable[[int, int, str], None]
T = TypeVar("T")
Openable = TypeVar("Openable", Source, DoiOrg, Catalogue)


def resolve(
    references: Sequence[Reference],
    sources: Sequence[Source],
    *,
    accepts: Accepts,
    cache: RecordCache | None = None,
    doi_org: DoiOrg | None = None,
    remembered: Sequence[Catalogue] = (),
    progress: Progress | None = None,
) -> tuple[Evidence, ...]:
    """What the sources say about each reference, in order; the first source whose record ``accepts`` takes ends the search.

    ``remembered`` are catalogues that are not asked, of which the kept answers count. Runs an event loop of its own, in a thread
    of its own where the caller's thread has one running. ``progress`` gets how many of how many questions are answered and what
    is being asked.
    """
    resolution = _Resolution(references, sources, accepts, cache, doi_org, remembered, progress or _silent)
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(resolution.run())
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, resolution.run()).result()


class _Resolution:
    """One call of ``resolve``: the answers so far, by DOI, by other identifiers and by description."""

    def __init__(
        self,
        references: Sequence[Reference],
        sources: Sequence[Source],
        accepts: Accepts,
        cache: RecordCache | None,
        doi_org: DoiOrg | None,
        remembered: Sequence[Catalogue],
        progress: Progress,
    ) -> None:
        self._references = references
        self._sources = sources
        self._indexes = [source for source in sources if source.name.startswith(INDEX)]
        self._registries = [s for s in sources if not s.name.startswith(INDEX) and not isinstance(s, Catalogue)]
        self._catalogues = [source for source in sources if isinstance(source, Catalogue)]
        self._known_catalogues = [*self._catalogues, *remembered]
        self._accepts = accepts
        self._cache = cache
        self._doi_org = doi_org
        self._progress = progress
        self._by_doi: dict[str, list[Lookup]] = {r.doi: [] for r in references if is_doi(r.doi) and r.doi.isprintable()}
        self._by_identifier: dict[tuple[str, str], Lookup] = {}
        self._by_search: dict[str, list[Lookup]] = {}
        self._registrations: dict[str, Registration] = {}
        self._known: set[tuple[str, str]] = set()
        """Sources and what they need not be asked: it is known from before."""

    async def run(self) -> tuple[Evidence, ...]:
        async with AsyncExitStack() as stack:
            opened = _Opened(stack)
            await asyncio.gather(
                self._ask_dois(opened), *(self._ask_identifiers(catalogue, opened) for catalogue in self._known_catalogues)
            )
            wanting = [(reference, search_key(reference)) for reference in self._references if self._wants_search(reference)]
            await self._ask_searches(wanting, opened)
        searched = {id(reference): key for reference, key in wanting}
        return tuple(self._evidence(reference, searched.get(id(reference))) for reference in self._references)

    async def _ask_dois(self, opened: _Opened) -> None:
        total = len(self._by_doi)
        if not total:
            return
        self._recall_dois()
        for index in self._indexes:
            await self._ask_for_dois(index, self._open_dois(), opened)
        # Whose DOIs these are is plain to see: nobody else need be asked first.
        plain = {c.name: [doi for doi in self._open_dois() if c.registers(doi, "")] for c in self._catalogues}
        theirs = {doi for dois in plain.values() for doi in dois}
        await asyncio.gather(
            self._ask_registries([doi for doi in self._open_dois() if doi not in theirs], opened),
            *(self._ask_for_dois(catalogue, plain[catalogue.name], opened) for catalogue in self._catalogues),
        )
        await self._ask_registrations(opened)
        for catalogue in self._catalogues:
            registered = [
                doi
                for doi in self._open_dois()
                if (r := self._registrations.get(doi)) and catalogue.registers(doi, r.agency.lower())
            ]
            await self._ask_for_dois(catalogue, [doi for doi in registered if doi not in theirs], opened)
            if catalogue.copies:
                unasked = [doi for doi in self._open_dois() if _is_unavailable(self._by_doi[doi])]
                await self._ask_for_dois(catalogue, unasked, opened)
        self._progress(total, total, "asking for DOIs")

    def _recall_dois(self) -> None:
        if self._cache is None:
            return
        recalled = {REGISTRY: self._cache.works(REGISTRY, self._by_doi)}
        recalled |= {c.name: self._cache.lookups("doi", c.name, self._open_dois()) for c in self._known_catalogues}
        for name, answers in recalled.items():
            for doi, kept in answers.items():
                self._by_doi[doi].append(kept)
                self._known.add((name, doi))

    def _open_dois(self) -> list[str]:
        """The DOIs that nobody asked so far has a record of."""
        return [doi for doi, lookups in self._by_doi.items() if not _is_found(lookups)]

    async def _ask_registries(self, dois: Sequence[str], opened: _Opened) -> None:
        for registry in self._registries:
            await self._ask_for_dois(registry, [doi for doi in dois if not _is_found(self._by_doi[doi])], opened)

    async def _ask_for_dois(self, source: Source, dois: Sequence[str], opened: _Opened) -> None:
        pending = [doi for doi in dois if (source.name, doi) not in self._known]
        for part in _parts(pending, DOIS_AT_ONCE):
            self._progress(len(self._by_doi) - len(self._open_dois()), len(self._by_doi), f"asking {source.name} for DOIs")
            for doi, lookup in (await (await opened(source)).works_by_doi(part)).items():
                self._by_doi[doi].append(lookup)

    async def _ask_registrations(self, opened: _Opened) -> None:
        """Asks doi.org about DOIs that no source holds. Where the registry was out of reach it is that which is missing."""
        pending = [doi for doi in self._open_dois() if not any(_is_out_of_reach(lookup) for lookup in self._by_doi[doi])]
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

    async def _ask_identifiers(self, catalogue: Catalogue, opened: _Opened) -> None:
        """Asks the registry of an identifier about all of them: a batch is one request, and they should lead to one work."""
        kind = catalogue.identifies
        ids = list(dict.fromkeys(id_ for r in self._references if (id_ := catalogue.identifier_of(r)))) if kind else []
        answers: dict[str, Lookup] = {}
        if self._cache is not None and ids:
            answers |= self._cache.lookups(kind, catalogue.name, ids)
        pending = [id_ for id_ in ids if id_ not in answers]
        if pending and catalogue in self._catalogues:
            answers |= await (await opened(catalogue)).works_by_identifier(pending)
        self._by_identifier |= {(kind, id_): lookup for id_, lookup in answers.items()}

    def _identified(self, reference: Reference) -> tuple[Identified, ...]:
        """What the identifiers of a reference beside its DOI lead to."""
        asked = ((c.identifies, c.identifier_of(reference)) for c in self._known_catalogues if c.identifies)
        return tuple(
            Identified(kind=kind, id=id_, lookup=lookup)
            for kind, id_ in asked
            if (lookup := self._by_identifier.get((kind, id_))) is not None
        )

    def _wants_search(self, reference: Reference) -> bool:
        """Whether no identifier has led to the work described, and it is of a kind that a source may hold."""
        by_doi = self._by_doi.get(reference.doi, ())
        registration = self._registrations.get(reference.doi)
        if registration is not None and registration.agency.lower() != REGISTRY and not _is_found(by_doi):
            return False
        if not is_registered_kind(reference) and not any(_may_hold(c, reference) for c in self._known_catalogues):
            return False
        return not self._is_settled(reference, by_doi) and not self._is_identified(reference)

    def _is_identified(self, reference: Reference) -> bool:
        """Whether an identifier leads to the work in the version described, by a record that an entry may be measured by."""
        return any(
            record.curated and not is_preprint_of_described(reference, record) and self._accepts(reference, record)
            for identified in self._identified(reference)
            if isinstance(identified.lookup, Found)
            for record in identified.lookup.records
        )

    async def _ask_searches(self, wanting: Sequence[tuple[Reference, str]], opened: _Opened) -> None:
        """Puts each description once, and to no further source when every reference that it describes has found its record."""
        alike: dict[str, list[Reference]] = {}
        for reference, key in wanting:
            alike.setdefault(key, []).append(reference)
        self._by_search = {key: [] for key in alike}
        if not alike:
            return
        self._recall_searches()
        under_way = asyncio.Semaphore(PARTS_AT_ONCE)
        done = 0

        async def ask(part: Sequence[str]) -> None:
            nonlocal done
            async with under_way:
                for source in self._sources:
                    if source.searches:
                        self._progress(done, len(alike), f"searching {source.name}")
                        await self._search(source, {key: alike[key] for key in part}, opened)
                done += len(part)

        await asyncio.gather(*map(ask, _parts(alike, SEARCHES_AT_ONCE)))
        self._progress(done, done, "searching")

    def _recall_searches(self) -> None:
        if self._cache is None:
            return
        recalled = {REGISTRY: self._cache.searches(REGISTRY, self._by_search)}
        recalled |= {c.name: self._cache.lookups("like", c.name, self._by_search) for c in self._known_catalogues}
        for name, answers in recalled.items():
            for key, kept in answers.items():
                self._by_search[key].append(kept)
                self._known.add((name, key))

    async def _search(self, source: Source, alike: Mapping[str, Sequence[Reference]], opened: _Opened) -> None:
        """Puts those of the descriptions to a source that may hold their works and that no record found so far answers."""
        pending = [
            key
            for key, references in alike.items()
            if (source.name, key) not in self._known
            and any(_may_hold(source, r) and not self._is_settled(r, self._by_search[key]) for r in references)
        ]
        if pending:
            answers = await (await opened(source)).works_like([alike[key][0] for key in pending])
            for key, answer in zip(pending, answers, strict=True):
                self._by_search[key].append(answer)

    def _is_settled(self, reference: Reference, lookups: Iterable[Lookup]) -> bool:
        return any(
            self._accepts(reference, record) for lookup in lookups if isinstance(lookup, Found) for record in lookup.records
        )

    def _evidence(self, reference: Reference, key: str | None) -> Evidence:
        by_doi = _without_moot(self._by_doi.get(reference.doi, ()))
        by_search = _without_moot(self._by_search.get(key, ())) if key is not None else ()
        by_identifier = self._identified(reference)
        identified = tuple(one.lookup for one in by_identifier)
        registration = self._registrations.get(reference.doi)
        offline = Unavailable(source=REGISTRY, reason=OFFLINE)
        if reference.doi in self._by_doi and not by_doi and registration is None:
            by_doi = (offline,)
        elif key is not None and not _is_found(by_doi) and self._is_open(reference, (*by_doi, *identified, *by_search)):
            by_search = (*by_search, offline)
        # Where the agency's own catalogue was asked, its word counts, or that it could not be asked.
        theirs = {catalogue.name for catalogue in self._known_catalogues}
        if _is_found(by_doi) or any(isinstance(x, Unavailable) and x.source in theirs for x in by_doi):
            registration = None
        covered = any(source.covers(reference) for source in self._sources)
        return Evidence(
            by_doi=by_doi, by_identifier=by_identifier, by_search=by_search, registration=registration, covered=covered
        )

    def _is_open(self, reference: Reference, lookups: Sequence[Lookup]) -> bool:
        """Whether the work was not found, no answer says why, and nothing was asked in which it would be found."""
        # Last what costs most: it compares the reference with every record found.
        return not (
            any(lookup.source == REGISTRY or isinstance(lookup, Unavailable) for lookup in lookups)
            or not is_registered_kind(reference)
            or any(source.searches and source.covers(reference) for source in self._sources)
            or self._is_settled(reference, lookups)
        )


class _Opened:
    """Opens a source when it is first asked, since many runs need not ask it at all."""

    def __init__(self, stack: AsyncExitStack) -> None:
        self._stack = stack
        self._open: set[int] = set()
        self._opening = asyncio.Lock()

    async def __call__(self, source: Openable) -> Openable:
        async with self._opening:
            if id(source) not in self._open:
                await self._stack.enter_async_context(source)
                self._open.add(id(source))
        return source


def _may_hold(source: Source, reference: Reference) -> bool:
    """Whether a search for the work is worth its request."""
    if isinstance(source, Catalogue):
        return source.searches and source.may_hold(reference)
    return is_registered_kind(reference)


def _is_out_of_reach(lookup: Lookup) -> bool:
    return isinstance(lookup, Unavailable) and not lookup.source.startswith(INDEX)


def _without_moot(lookups: Sequence[Lookup]) -> tuple[Lookup, ...]:
    """The answers without those of local indexes that cannot tell, where another source could."""
    if not any(isinstance(x, Found) or (isinstance(x, NotFound) and (x.complete or x.source == REGISTRY)) for x in lookups):
        return tuple(lookups)
    return tuple(x for x in lookups if not (isinstance(x, Unavailable) and x.source.startswith(INDEX)))


def _is_found(lookups: Iterable[Lookup]) -> bool:
    return any(isinstance(lookup, Found) for lookup in lookups)


def _is_unavailable(lookups: Iterable[Lookup]) -> bool:
    return any(isinstance(lookup, Unavailable) for lookup in lookups)


def _parts(questions: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(questions)
    while part := list(islice(iterator, size)):
        yield part


def _silent(done: int, total: int, what: str) -> None:
    """The progress of a run that shows none."""
