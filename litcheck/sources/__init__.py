"""Where evidence comes from: registries, local indexes, the cache, and the resolver that asks them in order."""

from litcheck.sources.crossref_records import record_from_crossref

__all__ = ["record_from_crossref"]
