"""``litcheck cache``."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from litcheck.evidence import NotFound
from litcheck.sources import RecordCache
from tests.litcheck.cli.conftest import Litcheck
from tests.made_up_works import made_up_work


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """The cache of the test's settings, with answers of today and of three days ago."""
    path = tmp_path / "cache.sqlite"
    with RecordCache(path) as cache:
        cache.keep_works("crossref", "https://a.test", {"10.5555/work.1": made_up_work(1), "10.5555/none": None})
        cache.keep_lookups("pmid", "pubmed", "https://p.test", {"7": NotFound(source="pubmed")})
    with RecordCache(path, clock=lambda: time.time() - 3 * 86400) as cache:
        cache.keep_works("crossref", "https://a.test", {"10.5555/work.2": made_up_work(2)})
    return path


def test_info_tells_what_is_kept_of_whom(litcheck: Litcheck, filled: Path) -> None:
    ended = litcheck("cache", "info")
    assert ended.status == 0
    assert str(filled) in ended.out
    (crossref,) = (line for line in ended.out.splitlines() if line.startswith("crossref"))
    assert "3 works by DOI, 1 of them that there is nothing" in crossref
    assert "0 h to 3 days old" in crossref
    assert "1 works by PMID" in ended.out
    values = json.loads(litcheck("cache", "info", "--format", "json").out)
    assert values["path"] == str(filled)
    assert values["size"] > 0
    assert [(kept["source"], kept["count"], kept["empty"]) for kept in values["answers"]] == [
        ("crossref", 3, 1),
        ("pubmed", 1, 1),
    ]


def test_a_cache_that_is_not_there_yet_is_empty(litcheck: Litcheck, tmp_path: Path) -> None:
    assert json.loads(litcheck("cache", "info", "--format", "json").out)["answers"] == []
    assert litcheck("cache", "clear").status == 0
    assert not (tmp_path / "cache.sqlite").exists()


@pytest.mark.parametrize(
    ("options", "dropped", "left"),
    [
        ((), 4, {}),
        (("--source", "pubmed"), 1, {"crossref": 3}),
        (("--older-than", "2"), 1, {"crossref": 2, "pubmed": 1}),
        (("--older-than", "2", "--source", "pubmed"), 0, {"crossref": 3, "pubmed": 1}),
    ],
)
def test_clear_drops_what_is_named(
    options: tuple[str, ...], dropped: int, left: dict[str, int], litcheck: Litcheck, filled: Path
) -> None:
    ended = litcheck("cache", "clear", *options)
    assert ended.status == 0
    assert f"{filled}: {dropped} answer" in ended.err
    values = json.loads(litcheck("cache", "info", "--format", "json").out)
    assert {kept["source"]: kept["count"] for kept in values["answers"]} == left


def test_a_source_that_nobody_knows_is_refused(litcheck: Litcheck, filled: Path) -> None:
    ended = litcheck("cache", "clear", "--source", "crosref")
    assert ended.status == 2
    assert "crossref" in ended.err
    assert len(json.loads(litcheck("cache", "info", "--format", "json").out)["answers"]) == 2
    assert filled.exists()


@pytest.mark.parametrize("command", ["info", "clear"])
def test_what_is_no_cache_is_refused_and_left_alone(command: str, litcheck: Litcheck, tmp_path: Path) -> None:
    content = b"somebody's notes, no database at all" * 100
    (tmp_path / "cache.sqlite").write_bytes(content)
    ended = litcheck("cache", command)
    assert ended.status == 2
    assert "LITCHECK_CACHE" in ended.err
    assert "Traceback" not in ended.err
    assert (tmp_path / "cache.sqlite").read_bytes() == content
