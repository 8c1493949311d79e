"""Limits as services state them, and the waiting that keeps to them."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcheck.sources.breaker import BAD_ANSWER, NO_ANSWER, NO_CONNECTION, Breaker
from litcheck.sources.pacing import Gate, Pacer, Rate, next_turn, retry_after, stated_number, stated_rate


@pytest.mark.parametrize(
    ("limit", "interval", "rate"),
    [
        ("50", "1s", Rate(50, 1.0)),
        ("3", "500ms", Rate(3, 0.5)),
        ("3000", "1m", Rate(3000, 60.0)),
        ("10", "1h", Rate(10, 3600.0)),
        ("10", "2", Rate(10, 2.0)),
        ("10", " 1.5 S ", Rate(10, 1.5)),
        ("0", "1s", None),
        ("-5", "1s", None),
        ("ten", "1s", None),
        ("10", "0s", None),
        ("10", "1 day", None),
        ("10", "", None),
        ("", "1s", None),
        ("9" * 400, "1s", None),
        ("٣", "1s", None),
    ],
)
def test_stated_rates(limit: str, interval: str, rate: Rate | None) -> None:
    assert stated_rate({"x-rate-limit-limit": limit, "x-rate-limit-interval": interval}) == rate


@given(st.dictionaries(st.sampled_from(["x-rate-limit-limit", "x-rate-limit-interval", "retry-after"]), st.text()))
def test_no_header_raises(headers: dict[str, str]) -> None:
    rate = stated_rate(headers)
    assert rate is None or (rate.requests > 0 and rate.seconds > 0)
    wait = retry_after(headers)
    assert wait is None or wait >= 0
    number = stated_number(headers.get("retry-after"))
    assert number is None or number > 0


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("5", 5.0), ("0", 0.0), ("-1", None), ("soon", None), ("", None), ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0), ("Wed, 99", None)],
)
def test_retry_after(header: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": header}) == seconds


def test_retry_after_a_date_to_come() -> None:
    header = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert retry_after({"retry-after": header}) == pytest.approx(89, abs=2)


def turns(pacer: Pacer, count: int) -> float:
    async def take() -> float:
        started = time.perf_counter()
        await asyncio.gather(*(pacer.turn() for _ in range(count)))
        return time.perf_counter() - started

    return asyncio.run(take())


def test_turns_come_at_the_stated_distance() -> None:
    assert 0.09 <= turns(Pacer(Rate(100, 1)), 10) < 2


def test_a_slower_rate_holds_for_what_comes_and_a_guess_never_beats_a_statement() -> None:
    pacer = Pacer(Rate(1000, 1))
    pacer.keep_to(Rate(100, 1))
    pacer.assume(Rate(1, 10))
    assert 0.09 <= turns(pacer, 10) < 2


def test_a_faster_rate_ends_the_wait_of_the_slower() -> None:
    pacer = Pacer(Rate(1, 60))
    turns(pacer, 1)
    pacer.keep_to(Rate(1000, 1))
    assert turns(pacer, 2) < 2


def test_a_pause_is_for_everyone() -> None:
    pacer = Pacer(Rate(1000, 1))
    pacer.pause(0.1)
    assert 0.09 <= turns(pacer, 3) < 2


def test_too_fast_slows_down_and_good_answers_speed_up() -> None:
    def distance(pacer: Pacer) -> float:
        turns(pacer, 1)
        return pacer.wait()

    usual, slow, recovered = Pacer(Rate(1, 10)), Pacer(Rate(1, 10)), Pacer(Rate(1, 10))
    for pacer in (slow, recovered):
        pacer.too_fast()
        pacer.too_fast()
    for _ in range(30):
        recovered.answered()
    assert distance(slow) == pytest.approx(4 * distance(usual), rel=0.05)
    assert distance(recovered) == pytest.approx(10.8, rel=0.05)


def test_the_gate_lets_so_many_in_and_can_be_widened() -> None:
    async def crowd() -> tuple[int, int]:
        gate = Gate(2)
        inside = most = 0

        async def enter() -> None:
            nonlocal inside, most
            async with gate:
                inside += 1
                most = max(most, inside)
                await asyncio.sleep(0.001)
                inside -= 1

        await asyncio.gather(*(enter() for _ in range(20)))
        narrow, most = most, 0
        await gate.resize(5)
        await asyncio.gather(*(enter() for _ in range(20)))
        return narrow, most

    assert asyncio.run(crowd()) == (2, 5)


@pytest.mark.parametrize("answers", [0, 1])
@pytest.mark.parametrize(("weight", "times"), [(NO_CONNECTION, (2, 3)), (NO_ANSWER, (3, 5)), (BAD_ANSWER, (6, 9))])
def test_failures_in_a_row_open_the_breaker(weight: int, times: tuple[int, int], answers: int) -> None:
    breaker = Breaker()
    for _ in range(answers):
        breaker.answered()
    for _ in range(times[answers] - 1):
        breaker.failed("down", weight)
    assert not breaker.is_open
    breaker.failed("down", weight)
    assert "down" in breaker.reason


@pytest.mark.parametrize(("every", "shaky", "opens"), [(2, True, True), (3, True, False), (9, True, False), (12, False, False)])
def test_half_of_errors_open_the_breaker_and_a_tenth_slow_down(every: int, shaky: bool, opens: bool) -> None:
    breaker = Breaker()
    for number in range(1, 400):
        if number % every == 0:
            breaker.failed("error", BAD_ANSWER)
        else:
            breaker.answered()
    assert breaker.is_open is opens
    assert breaker.is_shaky is shaky


def test_a_shaky_service_is_asked_at_half_the_pace() -> None:
    pacer, usual = Pacer(Rate(1, 10)), Pacer(Rate(1, 10))
    pacer.ease()
    pacer.ease()
    turns(pacer, 1)
    turns(usual, 1)
    assert pacer.wait() == pytest.approx(2 * usual.wait(), rel=0.05)


@pytest.mark.parametrize(("late", "next_"), [(0, 11), (0.01, 11), (0.5, 11.47), (100, 110.97)])
def test_small_delays_do_not_add_up_and_large_ones_bunch_nothing(late: float, next_: float) -> None:
    assert next_turn(10, 10 + late, 1) == pytest.approx(next_)
