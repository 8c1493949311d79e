"""Building an index: read, prepare, write, settle which record of a DOI stays, and only then make it the valid one."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import tantivy

import litcheck
from litcheck.errors import UnusableError
from litcheck.sources.local_index.generation import new_generation, seal
from litcheck.sources.local_index.ledger import DoiLedger
from litcheck.sources.local_index.manifest import read_info, write_manifest
from litcheck.sources.local_index.model import BadRecord, BuildProgress, IndexInfo, IndexRetractions, IndexSource
from litcheck.sources.local_index.notices import NOTICES, STAND_INS, count_of, holds_record, notice_documents
from litcheck.sources.local_index.preparing import NAMED, Batch, PreparedBatch, prepare_work
from litcheck.sources.local_index.reading import SourceFile, digest, find_source_files, source_file
from litcheck.sources.local_index.reduction import rank
from litcheck.sources.local_index.retraction_watch import NoticedWorks, read_retractions
from litcheck.sources.local_index.schema import TantivyError, TantivyFailures, document, schema, stored_serial, stored_work
from litcheck.sources.local_index.workers import prepare_files

#: Memory that tantivy may fill before it writes a segment, for all its threads together.
HEAP = 200_000_000
#: Threads of tantivy's own. One writes 90,000 records/s, more than is read; each further one leaves more segments to search.
THREADS = 1
#: A file whose first so many pieces are all no works is not what it claims to be.
GIVE_UP_AFTER = 1000
#: Records of one DOI compared with each other; beyond that the rest is left out.
COMPARED = 1000


def build_index(
    paths: Iterable[Path],
    out: Path,
    *,
    retractions: Path | None = None,
    complete: bool = False,
    as_of: date | None = None,
    jobs: int = 1,
    progress: Callable[[BuildProgress], None] | None = None,
) -> IndexInfo:
    """Build an index of Crossref works in the directory ``out``, in place of the index that is there.

    ``paths`` are files of one work a line (``.jsonl``), JSON files with ``items``, each also as ``.gz``, tars and directories of
    them; ``retractions`` is Retraction Watch's table. ``complete`` declares that ``paths`` are all that the registry held on
    ``as_of`` (today, unless given). Of several records of one DOI the newer one stays, by the registry's own time, or the fuller
    one where there is none. With ``jobs`` above 1 other processes read along; like everything that uses ``multiprocessing``, a
    script then needs its ``if __name__ == "__main__"``. Pieces that are no works are counted and named in the result.

    Until the very end ``out`` keeps the former index, whatever happens. Raises ``UnusableError`` for a source that cannot be
    read to its end or holds no work at all, or one with bad pieces that is declared complete, and ``UnusableIndex`` when
    ``out`` cannot be written or holds something else.
    """
    files = find_source_files(paths)
    noticed = read_retractions(retractions) if retractions else None
    if complete and as_of is None:
        as_of = date.today()
    with new_generation(out) as folder:
        with _Build(folder, files, progress) as build:
            build.read(jobs)
            if complete:
                build.refuse_holes()
            build.settle()
            if noticed:
                build.add_notices(noticed)
            build.finish()
        seal(folder)
        info = IndexInfo(
            directory=out,
            works=build.works,
            complete=complete,
            as_of=as_of,
            built_at=datetime.now(UTC).replace(microsecond=0),
            litcheck=litcheck.__version__,
            size=0,
            sources=build.sources(),
            duplicates=build.records - build.works,
            retractions=_retractions(retractions, noticed, build.stand_ins) if retractions and noticed else None,
            bad=build.bad,
            bad_records=tuple(build.bad_records),
        )
        write_manifest(info, folder)
    return read_info(out)


class _Build:
    """One build under way: the writer, and what was counted so far."""

    def __init__(self, folder: Path, files: Sequence[SourceFile], progress: Callable[[BuildProgress], None] | None) -> None:
        self.records = self.works = self.stand_ins = self.bad = 0
        self.bad_records: list[BadRecord] = []
        self._began = time.monotonic()
        self._files = files
        self._size = sum(file.size for file in files)
        self._progress = progress
        self._works_in: Counter[Path] = Counter()
        self._part_works = self._part_bad = 0
        self._part_first_bad: BadRecord | None = None
        self._scratch = folder.with_name(f"{folder.name}dois")
        self._ledger = DoiLedger(self._scratch)
        with TantivyFailures():
            self._index = tantivy.Index(schema(), path=str(folder))
            self._writer = self._index.writer(HEAP, THREADS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is not None:
            # Its threads must have ended before the folder is removed under them; a failure of theirs is the one under way.
            with suppress(TantivyError), TantivyFailures():
                self._writer.rollback()
                self._writer.wait_merging_threads()

    def read(self, jobs: int) -> None:
        """Write every work of every file to the index."""
        size_done = done = 0
        for file, batch, prepared in prepare_files(self._files, jobs):
            self._take(file, prepared)
            self._refuse_hopeless(batch, prepared)
            if batch.ends_source:
                done += 1
                size_done += file.size
            if self._progress:
                self._progress(
                    BuildProgress(
                        file=str(file.path),
                        files_done=done,
                        files=len(self._files),
                        bytes_done=size_done if batch.ends_source else size_done + batch.bytes_done,
                        size=self._size,
                        records=self.records,
                        bad=self.bad,
                        seconds=time.monotonic() - self._began,
                    )
                )
        if not self.records:
            raise UnusableError("The sources hold no works at all.")

    def refuse_holes(self) -> None:
        """Refuse to call sources complete of which pieces could not be read: what these held would be "not registered"."""
        if self.bad:
            first = self.bad_records[0]
            raise UnusableError(
                f"{self.bad:,} piece(s) of the sources are no works, the first at {first.place}: {first.reason}. "
                "What has holes cannot be declared complete. Mend the sources, or build without --complete."
            )

    def settle(self) -> None:
        """Of several records of one DOI, leave the best."""
        with TantivyFailures():
            self._writer.commit()
            self._index.reload()
            searcher = self._index.searcher()
            for doi in self._ledger.repeated():
                query = tantivy.Query.term_query(self._index.schema, "doi", doi, "basic")
                stored = [searcher.doc(address) for _, address in searcher.search(query, COMPARED, count=False).hits]
                best = max(stored, key=_rank_of)
                self._writer.delete_documents_by_term("doi", doi)
                self._writer.add_document(document(prepare_work(stored_work(best)), stored_serial(best)))
        shutil.rmtree(self._scratch, ignore_errors=True)

    def add_notices(self, noticed: NoticedWorks) -> None:
        """Write what a table of retractions tells."""
        with TantivyFailures():
            searcher = self._index.searcher()
            for added in notice_documents(noticed, lambda doi: holds_record(doi, self._index.schema, searcher), self.records):
                self._writer.add_document(added)

    def finish(self) -> None:
        """Write what is still in memory, merge what is to be merged, and count."""
        with TantivyFailures():
            self._writer.commit()
            self._writer.wait_merging_threads()
            self._index.reload()
            searcher = self._index.searcher()
            notices, self.stand_ins = (count_of(origin, self._index.schema, searcher) for origin in (NOTICES, STAND_INS))
            self.works = searcher.num_docs - notices - self.stand_ins

    def sources(self) -> tuple[IndexSource, ...]:
        """What was read, a line for each SOURCE as it was named."""
        named: dict[str, list[SourceFile]] = {}
        for file in self._files:
            named.setdefault(file.source, []).append(file)
        return tuple(
            IndexSource(
                path=source,
                files=len(files),
                size=sum(file.size for file in files),
                records=sum(self._works_in[file.path] for file in files),
                digest=digest(files),
            )
            for source, files in named.items()
        )

    def _take(self, file: SourceFile, prepared: PreparedBatch) -> None:
        for work in prepared.works:
            self._ledger.add(work.doi)
        with TantivyFailures():
            for serial, work in enumerate(prepared.works, self.records):
                self._writer.add_document(document(work, serial))
        self.records += len(prepared.works)
        self._works_in[file.path] += len(prepared.works)
        self.bad += prepared.bad
        self.bad_records += prepared.bad_records[: max(0, NAMED - len(self.bad_records))]

    def _refuse_hopeless(self, batch: Batch, prepared: PreparedBatch) -> None:
        """Refuse a file, or a member of an archive, that begins with nothing but pieces that are no works, or has no others."""
        self._part_works += len(prepared.works)
        self._part_bad += prepared.bad
        self._part_first_bad = self._part_first_bad or next(iter(prepared.bad_records), None)
        first = self._part_first_bad
        if first and not self._part_works and (batch.last or self._part_bad >= GIVE_UP_AFTER):
            raise UnusableError(f"{batch.file} holds no Crossref works: {first.reason} ({first.place}).")
        if batch.last:
            self._part_works = self._part_bad = 0
            self._part_first_bad = None


def _retractions(path: Path, noticed: NoticedWorks, stand_ins: int) -> IndexRetractions:
    return IndexRetractions(
        path=str(path),
        digest=digest([source_file(path, source=path)]),
        rows=noticed.rows,
        works=len(noticed.works),
        stand_ins=stand_ins,
        bad=noticed.bad,
        bad_rows=noticed.bad_rows,
    )


def _rank_of(stored: tantivy.Document) -> tuple[int, int, int, int]:
    return (*rank(stored_work(stored)), stored_serial(stored))
