"""Writing one generation of an index: works into it, then settling which record of a DOI stays, then the notices about works."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import tantivy

from litcheck.errors import UnusableError
from litcheck.sources.local_index.checkpoint import Checkpoints, Stage
from litcheck.sources.local_index.ledger import DoiLedger, ledger_folder
from litcheck.sources.local_index.model import BadRecord, IndexSource
from litcheck.sources.local_index.notices import NOTICES, STAND_INS, count_of, holds_record, notice_documents
from litcheck.sources.local_index.preparing import NAMED, Batch, PreparedBatch, prepare_work
from litcheck.sources.local_index.reading import SourceFile, digest
from litcheck.sources.local_index.reduction import rank
from litcheck.sources.local_index.retraction_watch import NoticedWorks
from litcheck.sources.local_index.schema import TantivyError, TantivyFailures, document, schema, stored_serial, stored_work

#: Memory that tantivy may fill before it writes a segment, for all its threads together.
HEAP = 200_000_000
#: Threads of tantivy's own. One writes 90,000 records/s, more than is read; each further one leaves more segments to search.
THREADS = 1
#: A file whose first so many pieces are all no works is not what it claims to be.
GIVE_UP_AFTER = 1000
#: Records of one DOI compared with each other; beyond that the rest is left out.
COMPARED = 1000


class Writing:
    """A generation under way: the writer, and what was counted so far.

    ``folder`` is empty, or holds the files of an index of ``former`` records, to which others are added, or what a build had
    written when it ``reached`` a stage. ``files`` are read to their end and ``parts`` of the next; a ``settled`` build lacks only
    its end.
    """

    def __init__(
        self,
        folder: Path,
        *,
        compact: bool,
        former: int = 0,
        reached: Stage | None = None,
        checkpoints: Checkpoints | None = None,
    ) -> None:
        self.compact = compact
        stage = reached or Stage()
        self.files, self.parts, self.settled = stage.files, stage.parts, stage.settled
        self.records, self.bad = stage.records, stage.bad
        self.bad_records = list(stage.bad_records)
        self._records_of = Counter(stage.records_of)
        self._documents = stage.documents
        self._former = former
        self._checkpoints = checkpoints
        self._part_works = self._part_bad = 0
        self._part_first_bad: BadRecord | None = None
        self._scratch = ledger_folder(folder)
        self._ledger = DoiLedger(self._scratch, lengths=() if stage.settled else stage.ledger)
        with TantivyFailures():
            self._index = tantivy.Index.open(str(folder)) if former or stage.begun else tantivy.Index(schema(), path=str(folder))
            self._writer = self._index.writer(HEAP, THREADS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is not None:
            # Its threads must have ended before the folder is removed under them; a failure of theirs is the one under way.
            with suppress(TantivyError), TantivyFailures():
                self._writer.rollback()
                self._writer.wait_merging_threads()

    def add(self, file: SourceFile, batch: Batch, prepared: PreparedBatch) -> None:
        """Write the works of one piece of a file. Raises ``UnusableError`` for a file that holds nothing but bad pieces."""
        for work in prepared.works:
            self._ledger.add(work.doi)
        with TantivyFailures():
            for serial, work in enumerate(prepared.works, self._former + self.records):
                self._writer.add_document(document(work, serial))
        self.records += len(prepared.works)
        self._records_of[file.source] += len(prepared.works)
        self.bad += prepared.bad
        self.bad_records += prepared.bad_records[: max(0, NAMED - len(self.bad_records))]
        self._documents += len(prepared.works)
        self._refuse_hopeless(batch, prepared)
        if batch.last:
            self.files, self.parts = (self.files + 1, 0) if batch.ends_source else (self.files, self.parts + 1)
            if self._checkpoints and self._checkpoints.due:
                self._commit()

    def refuse_holes(self) -> None:
        """Refuse to call sources complete of which pieces could not be read: what these held would be "not registered"."""
        if self.bad:
            first = self.bad_records[0]
            raise UnusableError(
                f"{self.bad:,} piece(s) of the sources are no works, the first at {first.place}: {first.reason}. "
                "What has holes cannot be declared complete. Mend the sources, or do without --complete."
            )

    def settle(self) -> None:
        """Of several records of one DOI, leave the best."""
        with TantivyFailures():
            searcher = self._commit()
            for doi in self._ledger.dois(repeated=not self._former):
                # How often the word occurs costs a tenth of a search, and most works of an update are new.
                if searcher.doc_freq("doi", doi) > 1:
                    query = tantivy.Query.term_query(self._index.schema, "doi", doi, "basic")
                    found = searcher.search(query, COMPARED)
                    best = self._best([searcher.doc(address) for _, address in found.hits])
                    self._documents -= found.count - 1  # type: ignore[attr-defined]  # not in tantivy's stub
                    self._writer.delete_documents_by_term("doi", doi)
                    self._writer.add_document(
                        document(prepare_work(stored_work(best), compact=self.compact), stored_serial(best))
                    )

    def add_notices(self, noticed: NoticedWorks) -> None:
        """Write what a table of retractions tells, in place of what the index holds of another. The works are settled by then."""
        with TantivyFailures():
            searcher = self._index.searcher()
            if self._former:
                for origin in (NOTICES, STAND_INS):
                    self._writer.delete_documents_by_term("origin", origin)
                searcher = self._commit()
            for added in notice_documents(noticed, lambda doi: holds_record(doi, self._index.schema, searcher)):
                self._writer.add_document(added)
                self._documents += 1

    def finish(self) -> tuple[int, int]:
        """Write what is still in memory, merge what is to be merged, and count works and stand-ins."""
        with TantivyFailures():
            if not self.settled:
                self.settled = True
                self._commit()
            shutil.rmtree(self._scratch, ignore_errors=True)
            self._writer.wait_merging_threads()
            self._index.reload()
            searcher = self._index.searcher()
            notices, stand_ins = (count_of(origin, self._index.schema, searcher) for origin in (NOTICES, STAND_INS))
            return searcher.num_docs - notices - stand_ins, stand_ins

    def sources(self, files: Sequence[SourceFile]) -> Iterator[IndexSource]:
        """What was read, a line for each SOURCE as it was named."""
        named: dict[str, list[SourceFile]] = {}
        for file in files:
            named.setdefault(file.source, []).append(file)
        for source, theirs in named.items():
            yield IndexSource(
                path=source,
                files=len(theirs),
                size=sum(file.size for file in theirs),
                records=self._records_of[source],
                digest=digest(theirs),
            )

    def _commit(self) -> tantivy.Searcher:
        if self._checkpoints and self._checkpoints.wanted:
            self._checkpoints.write(self._stage(self._checkpoints))
        self._writer.commit()
        self._index.reload()
        return self._index.searcher()

    def _stage(self, checkpoints: Checkpoints) -> Stage:
        return Stage(
            files=self.files,
            parts=self.parts,
            begun=checkpoints.begun_files(self.files, self.parts),
            records=self.records,
            records_of=dict(self._records_of),
            bad=self.bad,
            bad_records=tuple(self.bad_records),
            documents=self._documents,
            ledger=self._ledger.write(),
            settled=self.settled,
        )

    def _best(self, stored: Sequence[tantivy.Document]) -> tantivy.Document:
        """The best of the new records, unless the registry's own times say that the index holds a newer one."""
        new = [found for found in stored if stored_serial(found) >= self._former]
        old = [found for found in stored if stored_serial(found) < self._former]
        if not new or not old:
            return max(stored, key=_rank_of)
        best, former = max(new, key=_rank_of), max(old, key=_rank_of)
        told, told_before = _rank_of(best)[0], _rank_of(former)[0]
        return former if told and told_before > told else best

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


def _rank_of(stored: tantivy.Document) -> tuple[int, int, int, int]:
    return (*rank(stored_work(stored)), stored_serial(stored))
