"""One document that breaks a task costs no other document its result."""

from __future__ import annotations

import os
from typing import Any

import pytest
from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.batches import LOST, run_in_batches
from flows.outcome import Failure

pytestmark = pytest.mark.usefixtures("prefect_server")


@task(cache_policy=NO_CACHE, persist_result=False)
def halve(batch: tuple[int, ...], less: int) -> tuple[float, ...]:
    """Breaks at the first number that is ``less``."""
    return tuple(1 / (2 * (number - less)) for number in batch)


@task(cache_policy=NO_CACHE, persist_result=False)
def double_or_die(batch: tuple[int, ...]) -> tuple[int, ...]:
    """Ends its process at 13, as running out of memory would."""
    if 13 in batch:
        os._exit(1)
    return tuple(2 * number for number in batch)


@flow(persist_result=False)
def halves(numbers: list[int], size: int) -> tuple[list[Any], list[tuple[int, int]]]:
    said: list[tuple[int, int]] = []
    results = run_in_batches(halve, numbers, jobs=1, size=size, said=lambda *told: said.append(told), less=0)
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


def test_a_process_that_dies_takes_one_item_with_it() -> None:
    @flow(persist_result=False)
    def doubles(numbers: list[int]) -> list[Any]:
        return run_in_batches(double_or_die, numbers, jobs=2, size=2, said=lambda done, total: None)

    assert doubles([1, 2, 3, 13, 5]) == [2, 4, 6, LOST, 10]


def test_no_items_are_no_tasks() -> None:
    assert halves([], 3) == ([], [])
