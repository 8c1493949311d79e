"""Work on many documents as Prefect tasks, a batch each, so that one document that breaks a task costs no other its result."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar, cast

from prefect import Task
from prefect.futures import PrefectFuture
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner
from prefect.utilities.annotations import quote

from flows.outcome import Failure

T = TypeVar("T")
R = TypeVar("R")

#: Documents in a task. A task costs 2 to 4 ms of Prefect's own (docs/corpus.md says how that was measured), a document about
#: 20 ms: with 25 the orchestration stays below a hundredth, and there are enough tasks to share out.
BATCH_SIZE = 25


def task_runner(jobs: int) -> TaskRunner[Any]:
    """Where tasks run: in this process, or in ``jobs`` others."""
    return ProcessPoolTaskRunner(max_workers=jobs) if jobs > 1 else ThreadPoolTaskRunner(max_workers=1)


def opaque(value: T) -> T:
    """Hides a value from Prefect, which would search it for futures; the task gets it as it is.

    To search whole documents costs more than to check them.
    """
    return cast("T", quote(value))


def run_in_batches(
    task: Task[..., tuple[R, ...]],
    items: Sequence[T],
    runner: TaskRunner[Any],
    *,
    size: int,
    said: Callable[[int, int], None],
    **shared: object,
) -> list[R | Failure]:
    """Runs ``task(batch, **shared)`` over ``items`` and gives a result for each, in order.

    The items of a batch that failed, its retries included, are run once more, each in a task of its own; what fails then is
    a ``Failure``. ``said`` is told how many of how many are done.
    """
    batches = [tuple(items[start : start + size]) for start in range(0, len(items), size)]
    results: list[R | Failure] = []
    for batch, outcome in zip(batches, _run(task, batches, runner, shared), strict=True):
        if not isinstance(outcome, Failure):
            results += outcome
        elif len(batch) == 1:
            results.append(outcome)
        else:
            alone = _run(task, [(item,) for item in batch], runner, shared)
            results += [one if isinstance(one, Failure) else one[0] for one in alone]
        said(len(results), len(items))
    return results


def _run(
    task: Task[..., tuple[R, ...]], batches: Sequence[tuple[T, ...]], runner: TaskRunner[Any], shared: dict[str, object]
) -> Iterator[tuple[R, ...] | Failure]:
    common = {name: opaque(value) for name, value in shared.items()}
    futures = [runner.submit(task, {"batch": opaque(batch), **common}) for batch in batches]
    return map(_result, futures)


def _result(future: PrefectFuture[tuple[R, ...]]) -> tuple[R, ...] | Failure:
    future.wait()
    result: object = future.result(raise_on_failure=False)
    if isinstance(result, BaseException):
        return Failure(path="", reason=f"{type(result).__name__}: {result}")
    return cast("tuple[R, ...]", result)
