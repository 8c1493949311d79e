"""Work on many documents as Prefect tasks, a batch each, so that one document that breaks a task costs no other its result."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar, cast

from prefect import Task
from prefect.futures import PrefectFuture
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner
from prefect.utilities.annotations import quote

from flows.outcome import Failure

T = TypeVar("T")
R = TypeVar("R")

#: Documents in a task. A task costs 2 to 4 ms of Prefect's own; to prepare and judge a document costs 50 ms (the demo's, 28
#: entries and as many records) to a second (a hundred entries, idle core). With ten the orchestration is below a hundredth of
#: the work, there are enough tasks to share out, and a person who waits sees them done.
BATCH_SIZE = 10


#: What becomes of an item whose process dies whenever it is worked on.
LOST = Failure(path="", reason="the process that worked on it died (it may have run out of memory)")


def opaque(value: T) -> T:
    """Hides a value from Prefect, which would search it for futures; the task gets it as it is.

    To search whole documents costs more than to check them.
    """
    return cast("T", quote(value))


def run_in_batches(
    task: Task[..., tuple[R, ...]],
    items: Sequence[T],
    *,
    jobs: int,
    size: int,
    said: Callable[[int, int], None],
    **shared: object,
) -> list[R | Failure]:
    """Runs ``task(batch, **shared)`` over ``items`` on ``jobs`` processes and gives a result for each, in order.

    The items of a batch that failed, its retries included, are run once more, each in a task of its own; what fails then is
    a ``Failure``. A process that dies takes the batches of all processes with it; those are run again, one at a time.
    ``said`` is told how many of how many are done.
    """
    batches = [tuple(items[start : start + size]) for start in range(0, len(items), size)]
    results: list[R | Failure] = []
    for batch, outcome in zip(batches, _run(task, batches, jobs, shared), strict=True):
        match outcome:
            case Failure() if len(batch) > 1:
                alone = _run_alone(task, batch, jobs, shared)
                results.extend(alone)
            case Failure():
                results.append(outcome)
            case None:
                apart = _run_apart(task, batch, jobs, shared)
                results.extend(apart)
            case _:
                results += outcome
        said(len(results), len(items))
    return results


def _run_alone(
    task: Task[..., tuple[R, ...]], batch: tuple[T, ...], jobs: int, shared: dict[str, object]
) -> Iterator[R | Failure]:
    """Each item in a task of its own, so that only what fails itself fails."""
    for outcome in _run(task, [(item,) for item in batch], jobs, shared):
        match outcome:
            case None:
                yield LOST
            case Failure():
                yield outcome
            case _:
                yield outcome[0]


def _run_apart(
    task: Task[..., tuple[R, ...]], batch: tuple[T, ...], jobs: int, shared: dict[str, object]
) -> Iterator[R | Failure]:
    """A batch in processes that nothing else uses; if it is lost again, each of its items so."""
    outcome = _run(task, [batch], jobs, shared)[0]
    match outcome:
        case None if len(batch) > 1:
            for item in batch:
                yield from _run_apart(task, (item,), jobs, shared)
        case None:
            yield LOST
        case Failure() if len(batch) > 1:
            yield from _run_alone(task, batch, jobs, shared)
        case Failure():
            yield outcome
        case _:
            yield from outcome


def _run(
    task: Task[..., tuple[R, ...]], batches: Sequence[tuple[T, ...]], jobs: int, shared: dict[str, object]
) -> list[tuple[R, ...] | Failure | None]:
    """The result of each batch, ``None`` for those whose process died or was to be used after another one had died."""
    common = {name: opaque(value) for name, value in shared.items()}
    with _task_runner(jobs) as runner:
        futures: list[PrefectFuture[tuple[R, ...]] | None] = []
        for batch in batches:
            try:
                futures.append(runner.submit(task, {"batch": opaque(batch), **common}))
            except BrokenProcessPool:
                futures.append(None)
        return [_result(future) if future else None for future in futures]


def _result(future: PrefectFuture[tuple[R, ...]]) -> tuple[R, ...] | Failure | None:
    try:
        future.wait()
        result: object = future.result(raise_on_failure=False)
    except BrokenProcessPool:
        return None
    if isinstance(result, BrokenProcessPool):
        return None
    if isinstance(result, BaseException):
        return Failure(path="", reason=f"{type(result).__name__}: {result}")
    return cast("tuple[R, ...]", result)


def _task_runner(jobs: int) -> TaskRunner[Any]:
    """Where tasks run: in this process, or in ``jobs`` others."""
    return ProcessPoolTaskRunner(max_workers=jobs) if jobs > 1 else ThreadPoolTaskRunner(max_workers=1)
