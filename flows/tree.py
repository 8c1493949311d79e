"""Which files of a tree are documents."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from litcheck.documents.formats import FORMAT_BY_SUFFIX
from litcheck.errors import UnreadableDocument
from litcheck.preparing import Unreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """What a directory holds: documents in the order of their paths, and what is not read.

    ``unlisted`` are directories that could not be opened; ``passed_over`` counts the other files by the end of their name.
    """

    documents: tuple[Path, ...]
    unlisted: tuple[Unreadable, ...]
    passed_over: Mapping[str, int]


def walk(directory: Path) -> Tree:
    """Every file below ``directory`` whose name ends like a manuscript or bibliography.

    Hidden files and directories are skipped; links are followed, a directory that was seen before is not entered again.
    Raises ``UnreadableDocument`` if ``directory`` is none.
    """
    if not directory.is_dir():
        raise UnreadableDocument(f"{directory} is not a directory. Name the directory that holds the documents.")
    documents: list[Path] = []
    unlisted: list[Unreadable] = []
    passed_over: Counter[str] = Counter()
    seen: set[tuple[int, int]] = set()
    waiting = [directory]
    while waiting:
        current = waiting.pop()
        try:
            status = current.stat()
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            with os.scandir(current) as listing:
                entries = [entry for entry in listing if not entry.name.startswith(".")]
        except OSError as error:
            unlisted.append(Unreadable(path=str(current), reason=f"{current} cannot be listed: {error.strerror or error}."))
            continue
        for entry in entries:
            path = Path(entry.path)
            if _is_directory(entry):
                waiting.append(path)
            elif path.suffix.lower() in FORMAT_BY_SUFFIX:
                documents.append(path)
            else:
                passed_over[path.suffix.lower() or path.name] += 1
    return Tree(
        documents=tuple(sorted(documents)),
        unlisted=tuple(sorted(unlisted, key=lambda one: one.path)),
        passed_over=dict(sorted(passed_over.items())),
    )


def _is_directory(entry: os.DirEntry[str]) -> bool:
    """False for what cannot be told, such as a link to itself: reading it as a file will say why."""
    try:
        return entry.is_dir()
    except OSError:
        return False
