"""The DOIs of a build or an update, to find those that came more than once, in bounded memory."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from litcheck.sources.local_index.durability import write_through

#: DOIs are dealt into so many files; of 200 million each then holds under a million.
BUCKETS = 256
#: DOIs are kept in memory up to this number, about 60 MB, and then written out.
HELD = 500_000


#: What the name of the folder of a ledger has behind that of the generation that it belongs to.
LEDGER_SUFFIX = "dois"


def ledger_folder(generation: Path) -> Path:
    """Where the ledger of a generation writes to."""
    return generation.with_name(f"{generation.name}{LEDGER_SUFFIX}")


class DoiLedger:
    """Takes every DOI of a build and then tells which there were, and which came more than once.

    A small build never touches the disk; a large one writes files to ``folder``, a bucket of DOIs in each. ``lengths`` are what
    ``write`` gave to the build that this one goes on with; what was written later is cut off.
    """

    def __init__(self, folder: Path, *, held: int = HELD, lengths: Sequence[int] = ()) -> None:
        self._folder = folder
        self._limit = held
        self._count = 0
        self._buckets: list[list[str]] = [[] for _ in range(BUCKETS)]
        for number, length in enumerate(lengths):
            if length or self._path(number).exists():
                os.truncate(self._path(number), length)

    def add(self, doi: str) -> None:
        """Take down one DOI. It holds no line end."""
        self._buckets[zlib.crc32(doi.encode()) % BUCKETS].append(doi)
        self._count += 1
        if self._count >= self._limit:
            self._spill()

    def dois(self, *, repeated: bool) -> Iterator[str]:
        """Each DOI that was added, once; with ``repeated`` only those that were added more than once."""
        for number, held in enumerate(self._buckets):
            seen: set[str] = set()
            again: set[str] = set()
            for doi in self._written(number):
                (again if doi in seen else seen).add(doi)
            for doi in held:
                (again if doi in seen else seen).add(doi)
            yield from sorted(again if repeated else seen)

    @staticmethod
    def has_written(folder: Path, lengths: Sequence[int]) -> bool:
        """Whether all that ``write`` gave these lengths for is still there."""
        paths = (folder / f"{number:03d}" for number in range(BUCKETS))
        return len(lengths) == BUCKETS and all(
            not length or (path.exists() and path.stat().st_size >= length) for path, length in zip(paths, lengths, strict=True)
        )

    def write(self) -> tuple[int, ...]:
        """See to it that all DOIs are on the disk; the lengths of the files that they are in."""
        self._spill()
        paths = [self._path(number) for number in range(BUCKETS)]
        for path in paths:
            if path.exists():
                write_through(path)
        return tuple(path.stat().st_size if path.exists() else 0 for path in paths)

    def _spill(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        for number, held in enumerate(self._buckets):
            if held:
                with self._path(number).open("a", encoding="utf-8", newline="\n") as file:
                    file.writelines(f"{doi}\n" for doi in held)
                held.clear()
        self._count = 0

    def _written(self, number: int) -> Iterator[str]:
        path = self._path(number)
        if path.exists():
            with path.open(encoding="utf-8", newline="\n") as file:
                for line in file:
                    yield line.removesuffix("\n")

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:03d}"
