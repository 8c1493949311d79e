"""Opening what the settings name: local indexes, Crossref, doi.org and the cache, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from bib.model import Reference
from litcheck.errors import UnusableSettings
from litcheck.evidence import Evidence, Record
from litcheck.run import SourceUse
from litcheck.settings import KNOWN_SOURCES, Settings
from litcheck.sources.address import divide_address
from litcheck.sources.cache import RecordCache, default_path
from litcheck.sources.crossref import NAME as CROSSREF
from litcheck.sources.crossref import Crossref
from litcheck.sources.doi_org import NAME as DOI_ORG
from litcheck.sources.doi_org import DoiOrg
from litcheck.sources.model import Source
from litcheck.sources.resolver import resolve


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSources:
    """All that a run asks. A context manager, so that the cache's file is let go of; connections are opened when needed."""

    sources: tuple[Source, ...]
    cache: RecordCache
    doi_org: DoiOrg | None = None

    def resolve(
        self,
        references: Sequence[Reference],
        *,
        accepts: Callable[[Reference, Record], bool],
        progress: Callable[[int, int, str], None] | None = None,
    ) -> tuple[Evidence, ...]:
        """What these sources say about each reference, in order."""
        return resolve(references, self.sources, accepts=accepts, cache=self.cache, doi_org=self.doi_org, progress=progress)

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
    addresses = {name: divide_address(settings.urls[url])[0] for name, url in ((CROSSREF, "crossref"), (DOI_ORG, "doi"))}
    cache = RecordCache(settings.cache or default_path(), addresses=addresses)
    sources: list[Source] = []
    if settings.indexes:
        from litcheck.sources.local_index import LocalIndex

        sources += [LocalIndex(directory) for directory in settings.indexes]
    if settings.offline:
        return OpenSources(sources=tuple(sources), cache=cache)
    if CROSSREF in settings.sources:
        sources.append(Crossref(settings.urls["crossref"], mailto=settings.mailto, token=settings.crossref_token, cache=cache))
    doi_org = DoiOrg(settings.urls["doi"], mailto=settings.mailto, cache=cache) if DOI_ORG in settings.sources else None
    return OpenSources(sources=tuple(sources), cache=cache, doi_org=doi_org)
