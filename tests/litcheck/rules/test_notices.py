"""Notices: each once, and told with all that is known of it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from litcheck.evidence import Record, Update
from litcheck.rules.notices import RETRACTIONS, notices, tell

PUBLISHERS = Update(kind="retraction", doi="10.5555/notice", date=date(2015, 3, 2), source="publisher")
WATCHED = Update(
    kind="retraction", doi="10.5555/notice", date=date(2015, 3, 1), source="retraction-watch", reason="Error in Data"
)


def record(*updates: Update) -> Record:
    return Record(source="index", doi="10.5555/work", url="", fetched_at=datetime(2026, 1, 1, tzinfo=UTC), updates=updates)


def test_a_notice_that_several_recorded_is_the_publishers_with_the_reason_that_another_gives() -> None:
    for updates in ((PUBLISHERS, WATCHED), (WATCHED, PUBLISHERS)):
        (notice,) = notices(record(*updates), RETRACTIONS)

        assert (notice.source, notice.date, notice.reason) == ("publisher", date(2015, 3, 2), "Error in Data")


def test_a_notice_is_told_with_its_day_source_reason_and_address() -> None:
    assert tell(WATCHED) == (
        "retraction of 2015-03-01, recorded by retraction-watch, reason: Error in Data, notice https://doi.org/10.5555/notice"
    )
    assert tell(Update(kind="retraction")) == "retraction"
