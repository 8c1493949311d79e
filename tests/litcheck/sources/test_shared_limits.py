"""Limits that all processes with one cache file keep together."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from litcheck.sources.cache import RecordCache
from litcheck.sources.cache_file import CacheFile
from litcheck.sources.pacing import Pacer, Rate
from litcheck.sources.shared_limits import FURTHEST, LEASE, SharedLimits


class Clock:
    """Stands still until told otherwise."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def limits(path: Path, clock: Clock, name: str = "crossref polite") -> SharedLimits:
    """As another process has them: with a connection of its own."""
    return SharedLimits(CacheFile(path), name, clock=clock)


def test_turns_are_handed_out_one_after_the_other_whoever_asks(tmp_path: Path, clock: Clock) -> None:
    one, two = limits(tmp_path / "cache", clock), limits(tmp_path / "cache", clock)
    assert one.take_turn("list", 0.5) == 0
    assert two.take_turn("list", 0.5) == one.take_turn("list", 0.5) == pytest.approx(0.5, abs=0.02)
    assert one.take_turn("single", 0.5) == 0
    assert limits(tmp_path / "cache", clock, "crossref plus").take_turn("list", 0.5) == 0
    clock.now += 0.5
    assert two.take_turn("list", 0.5) == 0
    assert one.take_turn("list", 0.5) == pytest.approx(0.5, abs=0.02)
    clock.now += 10
    assert two.take_turn("list", 0.5) == 0
    two.put_off("list", 3)
    assert one.take_turn("list", 0.5) == pytest.approx(3)


def test_a_faster_rate_brings_the_next_turn_forward_unless_another_has_taken_it(tmp_path: Path, clock: Clock) -> None:
    one, two = limits(tmp_path / "cache", clock), limits(tmp_path / "cache", clock)
    one.hasten("list", 0.1)
    one.take_turn("list", 10)
    one.hasten("list", 0.5)
    assert two.take_turn("list", 0.5) == pytest.approx(0.5)
    clock.now += 0.6
    assert two.take_turn("list", 0.5) == 0
    one.hasten("list", 0.1)
    assert one.take_turn("list", 0.5) == pytest.approx(0.485)


def test_a_pause_is_for_all(tmp_path: Path, clock: Clock) -> None:
    one, two = limits(tmp_path / "cache", clock), limits(tmp_path / "cache", clock)
    one.pause("list", 7)
    two.pause("list", 3)
    assert two.take_turn("list", 1) == pytest.approx(7)


def test_a_turn_that_a_wrong_clock_wrote_does_not_hold_anybody_up(tmp_path: Path, clock: Clock) -> None:
    one = limits(tmp_path / "cache", clock)
    clock.now += FURTHEST * 10
    one.take_turn("list", 1)
    clock.now -= FURTHEST * 10
    assert one.take_turn("list", 1) == 0


def test_places_are_counted_over_all_and_a_holder_that_died_loses_its_own(tmp_path: Path, clock: Clock) -> None:
    one, two = limits(tmp_path / "cache", clock), limits(tmp_path / "cache", clock)

    async def hold_and_look() -> tuple[bool, bool]:
        async with one.place(1):
            while_held = two._enter("b", 1)
        return while_held, two._enter("b", 1)

    assert asyncio.run(hold_and_look()) == (False, True)
    # "b" never says that it is done.
    assert not one._enter("c", 1)
    clock.now += LEASE + 0.1
    assert one._enter("c", 1)


def test_a_place_that_is_held_for_long_is_renewed(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("litcheck.sources.shared_limits.LEASE", 0.06)
    one, two = limits(tmp_path / "cache", clock), limits(tmp_path / "cache", clock)

    async def hold() -> bool:
        async with one.place(1):
            clock.now += 0.05
            await asyncio.sleep(0.1)
            clock.now += 0.05
            return two._enter("b", 1)

    assert asyncio.run(hold()) is False


def test_without_a_usable_file_each_keeps_to_the_limits_by_itself(
    tmp_path: Path, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "cache").write_text("no database at all, but somebody's notes" * 100)
    with caplog.at_level(logging.WARNING):
        shared = limits(tmp_path / "cache", clock)
        assert shared.take_turn("list", 1) is None
        assert shared._enter("a", 1)
        assert shared._enter("b", 1)
    assert len(caplog.records) == 1
    pacer = Pacer(Rate(1, 10), kind="list", shared=shared)
    asyncio.run(pacer.turn())
    assert pacer.wait() == pytest.approx(11, abs=1)


def test_a_cache_of_before_gets_the_tables(tmp_path: Path, clock: Clock) -> None:
    import sqlite3

    with RecordCache(tmp_path / "cache") as cache:
        cache.works("crossref", ["10.1/a"])
    with sqlite3.connect(tmp_path / "cache") as connection:
        connection.execute("DROP TABLE turn")
        connection.execute("DROP TABLE lease")
    connection.close()
    assert limits(tmp_path / "cache", clock).take_turn("list", 1) == 0


PROGRAM = """
import asyncio, sys, time
from pathlib import Path
from litcheck.sources.cache_file import CacheFile
from litcheck.sources.pacing import Pacer, Rate
from litcheck.sources.shared_limits import SharedLimits

async def main():
    shared = SharedLimits(CacheFile(Path(sys.argv[1])), "service")
    pacer = Pacer(Rate(40, 1), kind="any", shared=shared)
    for _ in range(8):
        async with shared.place(1):
            await pacer.turn()
            print("in", time.time())
            await asyncio.sleep(0.01)
            print("out", time.time())

asyncio.run(main())
"""


def test_two_processes_together_keep_one_rate_and_one_place(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", PROGRAM, str(tmp_path / "cache")]
    started = time.time()
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) for _ in range(2)]
    told = [process.communicate(timeout=60)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0]
    moments = sorted((float(time_), what) for out in told for what, time_ in (line.split() for line in out.splitlines()))
    assert len(moments) == 32
    assert moments[0][0] >= started
    # One at a time: whoever goes in comes out before the next.
    assert [what for _, what in moments] == ["in", "out"] * 16
    # Sixteen turns at forty a second, over both.
    entries = [moment for moment, what in moments if what == "in"]
    assert entries[-1] - entries[0] >= 15 / 40
