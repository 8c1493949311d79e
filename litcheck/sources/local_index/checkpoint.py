"""How far an unfinished build is, so that the same build, started again, goes on from there.

A checkpoint is written before the commit that it tells of, with the stage before that commit and the one after. How many
documents the index holds says whether the commit came to pass, so whenever a build is killed, one of the two is true.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from litcheck.errors import UnusableIndex
from litcheck.sources.local_index.durability import write_through
from litcheck.sources.local_index.ledger import DoiLedger, ledger_folder
from litcheck.sources.local_index.manifest import UNFINISHED, VERSION, generation_name
from litcheck.sources.local_index.model import BadRecord
from litcheck.sources.local_index.reading import SourceFile, digest
from litcheck.sources.local_index.schema import open_searcher

#: Seconds of a build that may be lost. A checkpoint ends a segment of the index and takes a second or two.
SECONDS_BETWEEN = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What a build has done when it commits.

    ``files`` are read to their end and ``parts`` (members, of an archive) of the next; ``begun`` is the digest of all of these
    files. ``documents`` is what the index holds then, ``ledger`` how long the files of the ledger are. A ``settled`` build has
    written all that it will.
    """

    files: int = 0
    parts: int = 0
    begun: str = ""
    records: int = 0
    records_of: Mapping[str, int] = field(default_factory=dict)
    bad: int = 0
    bad_records: tuple[BadRecord, ...] = ()
    documents: int = 0
    ledger: tuple[int, ...] = ()
    settled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """A build that has a generation and no manifest yet: on which day it began, and what it has reached."""

    folder: Path
    began: date
    reached: Stage


class Checkpoints:
    """The checkpoints of one build: whether one is due, and writing it.

    ``options`` are what the build was told beside its files, and must be the same for it to go on.
    """

    def __init__(self, unfinished: Unfinished, options: Mapping[str, Any], files: Sequence[SourceFile]) -> None:
        self._folder = unfinished.folder
        self._began = unfinished.began
        self._reached = unfinished.reached
        self._options = options
        self._files = files
        self._written = bool(unfinished.reached.begun)
        self._last = time.monotonic()

    @property
    def due(self) -> bool:
        """Whether so much was done since the last one that it would be a pity to lose."""
        return time.monotonic() - self._last >= SECONDS_BETWEEN

    @property
    def wanted(self) -> bool:
        """Whether a commit needs one: always after the first, since without it that one would no longer hold."""
        return self._written or self.due

    def begun_files(self, files: int, parts: int) -> str:
        """The digest of the files that have been begun."""
        return digest(self._files[: files + (parts > 0)])

    def write(self, stage: Stage) -> None:
        """Write down what the commit that follows will have reached."""
        value = {
            "format": VERSION,
            "generation": self._folder.name,
            "began": self._began.isoformat(),
            "options": self._options,
            "stages": [asdict(self._reached), asdict(stage)],
        }
        new = self._folder.with_name(f"{UNFINISHED}.new")
        new.write_text(json.dumps(value), encoding="utf-8")
        write_through(new)
        new.replace(self._folder.with_name(UNFINISHED))
        write_through(self._folder.parent)
        self._written, self._reached, self._last = True, stage, time.monotonic()


def find_unfinished(directory: Path, options: Mapping[str, Any], files: Sequence[SourceFile]) -> Unfinished | None:
    """The same build of the index in ``directory``, which was interrupted.

    ``None`` where there is none to go on with: another build was interrupted, a file that it read was changed since, or what it
    left is damaged.
    """
    try:
        value = json.loads((directory / UNFINISHED).read_text(encoding="utf-8"))
        folder = directory / generation_name(value["generation"])
        if value["format"] != VERSION or value["options"] != options:
            return None
        stages = [_stage(stage) for stage in value["stages"]]
        began = date.fromisoformat(value["began"])
        documents = open_searcher(folder)[1].num_docs
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, UnusableIndex):
        return None
    for stage in reversed(stages):
        if stage.documents == documents:
            same = digest(files[: stage.files + (stage.parts > 0)]) == stage.begun
            whole = stage.settled or DoiLedger.has_written(ledger_folder(folder), stage.ledger)
            return Unfinished(folder=folder, began=began, reached=stage) if same and whole else None
    return None


def _stage(values: Mapping[str, Any]) -> Stage:
    return Stage(**{**values, "bad_records": tuple(BadRecord(**bad) for bad in values["bad_records"])})
