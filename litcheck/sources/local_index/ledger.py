"""The DOIs of a build or an update, to find those that came more than once, in bounded memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

#: DOIs are dealt into so many files; of 200 million each then holds under a million.
BUCKETS = 256
#: DOIs are kept in memory up to this number, about 60 MB, and then written out.
HELD = 500_000


class DoiLedger:
    """Takes every DOI of a build and then tells which there were, and which came more than once.

    A small build never touches the disk; a large one writes files to ``folder``, a bucket of DOIs in each.
    """

    def __init__(self, folder: Path, *, held: int = HELD) -> None:
        self._folder = folder
        self._limit = held
        self._count = 0
        self._buckets: list[list[str]] = [[] for _ in range(BUCKETS)]

    def add(self, doi: str) -> None:
        """Take down one DOI. It holds no line end."""
        self._buckets[zlib.crc32(doi.encode()) % BUCKETS].append(doi)
        self._count += 1
        if self._count >= self._limit:
            self._write()

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

    def _write(self) -> None:
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
