"""Building an index anew: read, write, settle which record of a DOI stays, and only then make it the valid one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import litcheck
from litcheck.errors import UnusableError
from litcheck.sources.local_index.checkpoint import Checkpoints, Stage, Unfinished, find_unfinished
from litcheck.sources.local_index.generation import drop_unfinished, new_generation, seal, workplace
from litcheck.sources.local_index.manifest import read_info, write_manifest
from litcheck.sources.local_index.model import BuildProgress, IndexInfo, IndexRetractions
from litcheck.sources.local_index.reading import SourceFile, digest, find_source_files, source_file
from litcheck.sources.local_index.retraction_watch import NoticedWorks, read_retractions
from litcheck.sources.local_index.workers import prepare_files
from litcheck.sources.local_index.writing import Writing

Progress = Callable[[BuildProgress], None]


def build_index(
    paths: Iterable[Path],
    out: Path,
    *,
    retractions: Path | None = None,
    complete: bool = False,
    as_of: date | None = None,
    compact: bool = False,
    jobs: int = 1,
    progress: Progress | None = None,
) -> IndexInfo:
    """Build an index of Crossref works in the directory ``out``, in place of the index that is there.

    ``paths`` are files of one work a line (``.jsonl``), JSON files with ``items``, each also as ``.gz``, tars and directories of
    them; ``retractions`` is Retraction Watch's table. ``complete`` declares that ``paths`` are all that the registry held on
    ``as_of`` (today, unless given). Of several records of one DOI the newer one stays, by the registry's own time, or the fuller
    one where there is none. ``compact`` leaves out what no check reads, and takes less disk. With ``jobs`` above 1 other
    processes read along; like everything that uses ``multiprocessing``, a script then needs its ``if __name__ == "__main__"``.
    Pieces that are no works are counted and named in the result.

    A build that was interrupted goes on when it is started again with the same arguments; further files may follow the others.
    Until the very end ``out`` keeps the former index, whatever happens. Raises ``UnusableError`` for a source that cannot be
    read to its end or holds no work at all, or one with bad pieces that is declared complete, and ``UnusableIndex`` when
    ``out`` cannot be written or holds something else.
    """
    files = find_source_files(paths)
    if not files:
        raise UnusableError("There is nothing to build an index from: name files of works.")
    noticed = read_retractions(retractions) if retractions else None
    with workplace(out):
        options = {
            "litcheck": litcheck.__version__,
            "compact": compact,
            "complete": complete,
            "as_of": str(as_of),
            "retractions": digest([source_file(retractions, source=retractions)]) if retractions else "",
        }
        build = find_unfinished(out, options, files)
        if build is None:
            drop_unfinished(out)
            build = Unfinished(folder=new_generation(out), began=date.today(), reached=Stage())
        folder = build.folder
        if complete and as_of is None:
            as_of = build.began
        with Writing(folder, compact=compact, reached=build.reached, checkpoints=Checkpoints(build, options, files)) as writing:
            if not writing.settled:
                fill(writing, files, noticed, complete=complete, jobs=jobs, progress=progress)
            works, stand_ins = writing.finish()
        seal(folder)
        info = IndexInfo(
            directory=out,
            works=works,
            complete=complete,
            as_of=as_of,
            compact=compact,
            built_at=datetime.now(UTC).replace(microsecond=0),
            litcheck=litcheck.__version__,
            size=0,
            sources=tuple(writing.sources(files)),
            duplicates=writing.records - works,
            bad=writing.bad,
            bad_records=tuple(writing.bad_records),
            retractions=table_info(retractions, noticed, stand_ins) if retractions and noticed else None,
        )
        write_manifest(info, folder)
    return read_info(out)


def fill(
    writing: Writing,
    files: Sequence[SourceFile],
    noticed: NoticedWorks | None,
    *,
    complete: bool,
    jobs: int,
    progress: Progress | None,
) -> None:
    """Write what sources and a table of retractions hold into a generation, and settle which record of a DOI stays.

    Raises ``UnusableError`` for a file that cannot be read, for files without any work, and for holes in what is ``complete``.
    """
    _read_files(files, writing, jobs=jobs, progress=progress)
    if files and not writing.records:
        raise UnusableError("The sources hold no works at all.")
    if complete:
        writing.refuse_holes()
    writing.settle()
    if noticed:
        writing.add_notices(noticed)


def _read_files(files: Sequence[SourceFile], writing: Writing, *, jobs: int, progress: Progress | None) -> None:
    """Write every work of every file that is not written yet, and tell how far that is.

    Raises ``UnusableError`` for a file that cannot be read.
    """
    began, resumed = time.monotonic(), writing.records
    size = sum(file.size for file in files)
    size_done = sum(file.size for file in files[: writing.files])
    for file, batch, prepared in prepare_files(files[writing.files :], jobs, compact=writing.compact, skip=writing.parts):
        writing.add(file, batch, prepared)
        if batch.ends_source:
            size_done += file.size
        if progress:
            progress(
                BuildProgress(
                    file=str(file.path),
                    files_done=writing.files,
                    files=len(files),
                    bytes_done=size_done if batch.ends_source else size_done + batch.bytes_done,
                    size=size,
                    records=writing.records,
                    bad=writing.bad,
                    seconds=time.monotonic() - began,
                    resumed=resumed,
                )
            )


def table_info(path: Path, noticed: NoticedWorks, stand_ins: int) -> IndexRetractions:
    """What the manifest says of a table of retractions."""
    return IndexRetractions(
        path=str(path),
        digest=digest([source_file(path, source=path)]),
        rows=noticed.rows,
        works=len(noticed.works),
        stand_ins=stand_ins,
        bad=noticed.bad,
        bad_rows=noticed.bad_rows,
    )
