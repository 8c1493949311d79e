"""Opening what the settings name, in the order in which it is asked: the cache, local indexes, Crossref, doi.org, catalogues."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from bib.model import Reference
from litcheck.errors import UnusableSettings
from litcheck.evidence import Evidence, Record
from litcheck.run import SourceUse
from litcheck.settings import KNOWN_SOURCES, Settings
from litcheck.sources.address import divide_address
from litcheck.sources.arxiv import Arxiv
from litcheck.sources.cache import RecordCache
from litcheck.sources.cache_file import default_path
from litcheck.sources.catalogue import Catalogue
from litcheck.sources.crossref import NAME as CROSSREF
from litcheck.sources.crossref import Crossref
from litcheck.sources.datacite import DataCite
from litcheck.sources.doi_org import NAME as DOI_ORG
from litcheck.sources.doi_org import DoiOrg
from litcheck.sources.model import Source
from litcheck.sources.network import Network
from litcheck.sources.open_library import OpenLibrary
from litcheck.sources.openalex import OpenAlex
from litcheck.sources.pubmed import PubMed
from litcheck.sources.resolver import resolve

#: The sources that hold works of some kinds only.
CATALOGUES: Mapping[str, type[Catalogue]] = {c.name: c for c in (DataCite, PubMed, Arxiv, OpenLibrary, OpenAlex)}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSources:
    """All that a run asks. A context manager, so that the cache's file is let go of; connections are opened when needed."""

    sources: tuple[Source, ...]
    cache: RecordCache
    doi_org: DoiOrg | None = None
    remembered: tuple[Catalogue, ...] = ()
    """Catalogues that are not asked, of which the kept answers count."""

    def resolve(
        self,
        references: Sequence[Reference],
        *,
        accepts: Callable[[Reference, Record], bool],
        progress: Callable[[int, int, str], None] | None = None,
    ) -> tuple[Evidence, ...]:
        """What these sources say about each reference, in order."""
        return resolve(
            references,
            self.sources,
            accepts=accepts,
            cache=self.cache,
            doi_org=self.doi_org,
            remembered=self.remembered,
            progress=progress,
        )

    def uses(self) -> tuple[SourceUse, ...]:
        """What a report says about each source."""
        uses = tuple(source.use() for source in self.sources)
        return uses if self.doi_org is None else (*uses, self.doi_org.use())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.cache.close()


def open_sources(settings: Settings) -> OpenSources:
    """The sources that ``settings`` name, local ones first. Offline there are only these, and the cache.

    Raises ``UnusableIndex`` for a directory that is no index, ``UnusableSettings`` for a source that nobody knows.
    """
    if unknown := set(settings.sources) - set(KNOWN_SOURCES):
        raise UnusableSettings(f"unknown source {', '.join(sorted(unknown))}; known are {', '.join(KNOWN_SOURCES)}")
    urls = {name: settings.urls[url] for name, url in KNOWN_SOURCES.items() if url in settings.urls}
    cache = RecordCache(settings.cache or default_path(), addresses={name: divide_address(url)[0] for name, url in urls.items()})
    local: list[Source] = []
    if settings.indexes:
        from litcheck.sources.local_index import LocalIndex

        indexes = [LocalIndex(directory, stand_ins=settings.offline) for directory in settings.indexes]
        for index in indexes:
            index.accompany(indexes)
        local += indexes
    network, mailto = Network(), settings.mailto
    asked: list[Source] = []
    catalogues: list[Catalogue] = []
    for name in (source for source in settings.sources if source in urls):
        if name == CROSSREF:
            asked.append(Crossref(urls[name], mailto=mailto, token=settings.crossref_token, cache=cache, network=network))
        elif name in CATALOGUES:
            key = settings.openalex_key if name == OpenAlex.name else ""
            catalogue = CATALOGUES[name](urls[name], mailto=mailto, key=key, cache=cache, network=network)
            catalogues.append(catalogue)
            asked.append(catalogue)
    if settings.offline:
        return OpenSources(sources=tuple(local), cache=cache, remembered=tuple(catalogues))
    doi_org = (
        DoiOrg(urls[DOI_ORG], mailto=mailto, cache=cache, network=network)
        if DOI_ORG in settings.sources and DOI_ORG in urls
        else None
    )
    return OpenSources(sources=(*local, *asked), cache=cache, doi_org=doi_org)
