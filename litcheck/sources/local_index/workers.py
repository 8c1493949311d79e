"""Preparing batches, here or in other processes. Results come in the order of the files either way."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from multiprocessing.connection import Connection

from litcheck.errors import UnusableError
from litcheck.sources.local_index.preparing import Batch, PreparedBatch, prepare
from litcheck.sources.local_index.reading import SourceFile, read_batches

#: Below this many bytes of sources, starting other processes costs more than they give.
WORTH_PROCESSES = 4 << 20

DIED = "A process that read the sources was ended from outside (for want of memory?). Try again with --jobs 1."


def prepare_files(
    files: Sequence[SourceFile], jobs: int, *, compact: bool, skip: int = 0
) -> Iterator[tuple[SourceFile, Batch, PreparedBatch]]:
    """Every batch of every file in order, with what it holds; of the first, an archive, without ``skip`` members."""
    batches = ((file, batch) for place, file in enumerate(files) for batch in read_batches(file, skip=0 if place else skip))
    if jobs <= 1 or sum(file.size for file in files) < WORTH_PROCESSES:
        for file, batch in batches:
            yield file, batch, prepare(batch, compact=compact)
        return
    with ExitStack() as stack:
        yield from _deal(batches, [_start(stack, compact) for _ in range(jobs)])


def _deal(
    batches: Iterator[tuple[SourceFile, Batch]], workers: Sequence[Connection]
) -> Iterator[tuple[SourceFile, Batch, PreparedBatch]]:
    """Deals batches round. A worker has one at a time, so neither side ever waits for the other to take what it sends."""
    idle = deque(workers)
    busy: deque[tuple[Connection, SourceFile, Batch]] = deque()
    for file, batch in batches:
        finished: tuple[SourceFile, Batch, PreparedBatch] | None = None
        if not idle:
            worker, earlier_file, earlier_batch = busy.popleft()
            finished = earlier_file, earlier_batch, _receive(worker)
            idle.append(worker)
        worker = idle.popleft()
        _send(worker, batch)
        busy.append((worker, file, batch))
        if finished:
            yield finished
    for worker, file, batch in busy:
        yield file, batch, _receive(worker)


def _send(worker: Connection, batch: Batch) -> None:
    try:
        worker.send(batch)
    except OSError as error:
        raise UnusableError(DIED) from error


def _receive(worker: Connection) -> PreparedBatch:
    try:
        prepared: PreparedBatch = worker.recv()
    except (EOFError, OSError) as error:
        raise UnusableError(DIED) from error
    return prepared


def _start(stack: ExitStack, compact: bool) -> Connection:
    # Not forked: tantivy's threads run in this process, and a lock that one of them holds would stay locked in the copy.
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_work, args=(there, compact), daemon=True)
    process.start()
    there.close()
    stack.callback(process.join)
    stack.callback(here.close)
    return here


def _work(connection: Connection, compact: bool) -> None:
    """Prepare batches until the other end is closed, which happens too when that process is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            connection.send(prepare(connection.recv(), compact=compact))
        except (EOFError, OSError):
            return
