"""Which documents have to be checked: all that are new, were changed, or were checked in another way."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from litcheck.documents.load import load_bytes
from litcheck.errors import UnreadableDocument
from litcheck.limits import DEFAULT_LIMITS, Limits
from litcheck.settings import Settings
from litcheck.sources.local_index import IndexInfo, read_info
from litcheck.store.checked import CheckedBefore


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The documents to check with the digest of each (empty for one that cannot be opened), and those to leave alone."""

    changed: Mapping[Path, str]
    unchanged: tuple[CheckedBefore, ...]


def digest_of(settings: Settings) -> str:
    """A digest of all that bears on findings beside the documents and the version: style, rules, sources, what an index holds.

    Raises ``UnusableIndex``.
    """
    bearing = {
        "offline": settings.offline,
        "style": settings.style,
        "select": sorted(settings.select),
        "ignore": sorted(settings.ignore),
        "sources": list(settings.sources),
        "urls": dict(settings.urls),
        "limits": asdict(settings.limits),
        "indexes": [_content(read_info(directory)) for directory in settings.indexes],
    }
    return sha256(json.dumps(bearing, sort_keys=True).encode()).hexdigest()[:16]


def _content(index: IndexInfo) -> list[str]:
    """What an index was built from, and what it claims: the same again gives the same findings."""
    notices = [index.retractions.digest] if index.retractions else []
    return [str(index.complete), str(index.as_of), *(source.digest for source in index.sources), *notices]


def find_changes(documents: Sequence[Path], before: Mapping[str, CheckedBefore], limits: Limits = DEFAULT_LIMITS) -> Changes:
    """Compares what the files hold now with what they held when they were checked last."""
    changed: dict[Path, str] = {}
    unchanged: list[CheckedBefore] = []
    for path in documents:
        digest = file_digest(path, limits)
        earlier = before.get(str(path))
        if earlier is not None and digest and earlier.sha256 == digest:
            unchanged.append(earlier)
        else:
            changed[path] = digest
    return Changes(changed=changed, unchanged=tuple(unchanged))


def file_digest(path: Path, limits: Limits = DEFAULT_LIMITS) -> str:
    """The SHA-256 of what the file holds, an empty string if that cannot be read (and so is tried again every time)."""
    try:
        return sha256(load_bytes(path, largest=limits.max_file_bytes)).hexdigest()
    except UnreadableDocument:
        return ""
