"""Bringing an index up to date: newer records into a generation that shares the files of the former one.

The work grows with what is new. Tantivy never changes a file that it has written, so the former generation lends its files to the
new one (as links where the file system can) and stays whole until the manifest names its successor.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import litcheck
from litcheck.errors import UnusableError
from litcheck.sources.local_index.building import Progress, fill, table_info
from litcheck.sources.local_index.generation import adopt, new_generation, seal, workplace
from litcheck.sources.local_index.manifest import read_info, read_manifest, write_manifest
from litcheck.sources.local_index.model import IndexInfo
from litcheck.sources.local_index.preparing import NAMED
from litcheck.sources.local_index.reading import find_source_files
from litcheck.sources.local_index.retraction_watch import read_retractions
from litcheck.sources.local_index.writing import Writing


def update_index(
    directory: Path,
    paths: Iterable[Path],
    *,
    retractions: Path | None = None,
    complete: bool = False,
    as_of: date | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> IndexInfo:
    """Add the works of ``paths`` to the index in ``directory``, or a newer table of retractions in place of the one that it has.

    Of the records of one DOI the newer one stays, by the registry's own times, or the one of ``paths`` unless both tell a time.
    ``complete`` declares that ``paths`` hold all that was registered or changed since the day that the index spoke for; it then
    speaks for ``as_of`` (today, unless given). Without it a complete index stays complete as of its own day.

    Whoever has the index open goes on reading what it held; until the very end it is as it was, whatever happens. Raises like
    ``build_index``, and ``UnusableError`` for a declaration that the index cannot bear.
    """
    files = find_source_files(paths)
    noticed = read_retractions(retractions) if retractions else None
    if not files and not noticed:
        raise UnusableError("There is nothing to update the index with: name files of newer works, or a table of retractions.")
    read_info(directory)
    with workplace(directory):
        former, generation = read_manifest(directory)
        day = _speaks_for(former, complete=complete, as_of=as_of, any_files=bool(files))
        folder = new_generation(directory)
        adopt(generation, folder)
        with Writing(folder, compact=former.compact, former=former.records) as writing:
            fill(writing, files, noticed, complete=complete, jobs=jobs, progress=progress)
            works, stand_ins = writing.finish()
        seal(folder)
        table = former.retractions and replace(former.retractions, stand_ins=stand_ins)
        info = replace(
            former,
            works=works,
            as_of=day,
            built_at=datetime.now(UTC).replace(microsecond=0),
            litcheck=litcheck.__version__,
            sources=(*former.sources, *writing.sources(files)),
            duplicates=former.records + writing.records - works,
            bad=former.bad + writing.bad,
            bad_records=(*former.bad_records, *writing.bad_records)[:NAMED],
            retractions=table_info(retractions, noticed, stand_ins) if retractions and noticed else table,
        )
        write_manifest(info, folder)
    return read_info(directory)


def _speaks_for(former: IndexInfo, *, complete: bool, as_of: date | None, any_files: bool) -> date | None:
    """The day that the updated index speaks for. Raises ``UnusableError`` where the declaration does not fit the index."""
    if complete and not former.complete:
        raise UnusableError(
            f"{former.directory} was not declared complete, and an update cannot fill what it may lack. "
            "Build it anew with --complete."
        )
    if complete and not any_files:
        raise UnusableError("--complete speaks of files of works, and none was named.")
    if as_of and former.complete and not complete:
        raise UnusableError(
            f"{former.directory} is complete as of {former.as_of}. If the files hold all that was registered or changed "
            f"until {as_of}, say --complete too; if not, leave --as-of out, and the index stays complete as of its own day."
        )
    day = as_of or (date.today() if complete else former.as_of)
    if day and former.as_of and day < former.as_of:
        raise UnusableError(f"--as-of {day} lies before {former.as_of}, the day that {former.directory} speaks for already.")
    return day
