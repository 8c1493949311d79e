"""Where evidence comes from: registries, local indexes, the cache, and the resolver that asks them in order."""

from litcheck.sources.cache import RecordCache
from litcheck.sources.crossref_records import record_from_crossref
from litcheck.sources.opening import OpenSources, open_sources
from litcheck.sources.resolver import resolve

__all__ = ["open_sources", "OpenSources", "resolve", "RecordCache", "record_from_crossref"]
