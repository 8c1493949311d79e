"""The local index of Crossref works, on tantivy: building it, reading what it holds, and asking it."""

from __future__ import annotations

from litcheck.sources.local_index.building import build_index
from litcheck.sources.local_index.manifest import read_info
from litcheck.sources.local_index.model import BadRecord, BuildProgress, IndexInfo, IndexRetractions, IndexSource
from litcheck.sources.local_index.source import LocalIndex
from litcheck.sources.local_index.updating import update_index

__all__ = [
    "build_index",
    "update_index",
    "read_info",
    "LocalIndex",
    "IndexInfo",
    "IndexSource",
    "IndexRetractions",
    "BadRecord",
    "BuildProgress",
]
