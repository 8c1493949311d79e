"""One document that breaks a task costs no other document its result."""

from __future__ import annotations

from typing import Any

import pytest
from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.batches import run_in_batches, task_runner
from flows.outcome import Failure

pytestmark = pytest.mark.usefixtures("prefect_server")


@task(cache_policy=NO_CACHE, persist_result=False)
def halve(batch: tuple[int, ...], less: int) -> tuple[float, ...]:
    """Breaks at the first number that is ``less``."""
    return tuple(1 / (2 * (number - less)) for number in batch)


@flow(persist_result=False)
def halves(numbers: list[int], size: int) -> tuple[list[Any], list[tuple[int, int]]]:
    said: list[tuple[int, int]] = []
    with task_runner(1) as runner:
        results = run_in_batches(halve, numbers, runner, size=size, said=lambda *told: said.append(told), less=0)
    return list(results), said


@pytest.fixture(params=[1, 2, 10])
def size(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def test_results_come_in_order(size: int) -> None:
    results, said = halves([1, 2, 4], size)
    assert results == [0.5, 0.25, 0.125]
    assert said[-1] == (3, 3)


def test_only_what_breaks_is_lost(size: int) -> None:
    results, _ = halves([1, 0, 4, 2], size)
    assert results == [0.5, Failure(path="", reason="ZeroDivisionError: division by zero"), 0.125, 0.25]


def test_no_items_are_no_tasks() -> None:
    assert halves([], 3) == ([], [])
