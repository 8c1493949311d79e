"""Bringing an index up to date: which record stays, what the index then speaks for, and what an interrupted update leaves."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bib.model import Reference
from litcheck.cli.index import command
from litcheck.errors import UnusableError, UnusableIndex
from litcheck.evidence import Found
from litcheck.sources.local_index import IndexInfo, LocalIndex, build_index, read_info, update_index
from litcheck.sources.local_index.lock import locked
from tests.litcheck.sources.test_local_index_retractions import row, table


def work(number: int, title: str = "Old", time: int | None = None, **fields: Any) -> dict[str, Any]:
    stamp = {"indexed": {"timestamp": time}} if time is not None else {}
    return (
        {"DOI": f"10.5555/work.{number}", "title": [f"{title} swifts"], "author": [{"family": f"Author{number}"}]}
        | stamp
        | fields
    )


def write(path: Path, *works: Any) -> Path:
    path.write_text("".join(f"{w if isinstance(w, str) else json.dumps(w)}\n" for w in works), encoding="utf-8")
    return path


def built(tmp_path: Path, *works: Any, **declared: Any) -> IndexInfo:
    return build_index([write(tmp_path / "old.jsonl", *works)], tmp_path / "index", **declared)


def updated(tmp_path: Path, *works: Any, **declared: Any) -> IndexInfo:
    return update_index(tmp_path / "index", [write(tmp_path / "new.jsonl", *works)], **declared)


def title_of(index: LocalIndex, number: int) -> str:
    doi = f"10.5555/work.{number}"
    answer = asyncio.run(index.works_by_doi([doi]))[doi]
    return answer.records[0].title if isinstance(answer, Found) else ""


def content(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.suffix != ".lock"}


def test_new_works_are_added_and_the_others_stay(tmp_path: Path) -> None:
    before = built(tmp_path, work(1), work(2))

    info = updated(tmp_path, work(3, "New"), work(2, "New"))

    index = LocalIndex(tmp_path / "index")
    assert (info.works, info.duplicates, info.records) == (3, 1, 4)
    assert [title_of(index, number) for number in (1, 2, 3)] == ["Old swifts", "New swifts", "New swifts"]
    assert [source.path for source in info.sources] == [before.sources[0].path, str(tmp_path / "new.jsonl")]
    assert info == read_info(tmp_path / "index")


def test_descriptions_find_new_works_and_no_replaced_ones(tmp_path: Path) -> None:
    built(tmp_path, work(1, title="Towers of"), work(2))
    updated(tmp_path, work(1, title="Nests of"))

    index = LocalIndex(tmp_path / "index")
    answers = asyncio.run(index.works_like([Reference(id="1", raw="", title=title) for title in ("Towers", "Nests")]))

    assert not isinstance(answers[0], Found)
    assert isinstance(answers[1], Found)


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        pytest.param([1000], [2000], "new 0", id="the newer one"),
        pytest.param([2000], [1000], "old 0", id="an older record in a later file"),
        pytest.param([1000], [1000], "new 0", id="of the same time the later file's"),
        pytest.param([None], [None], "new 0", id="without times the later file's"),
        pytest.param([1000], [None], "new 0", id="unless both tell a time the later file's"),
        pytest.param([None], [1000], "new 0", id="the one that tells a time"),
        pytest.param([1000], [3000, 2000], "new 0", id="the newest of several"),
        pytest.param([2500], [2000, 3000], "new 1", id="the newest of several, in whatever order"),
        pytest.param([1000, 4000], [2000, 3000], "old 1", id="the newest of all"),
    ],
)
def test_the_newer_record_stays(tmp_path: Path, old: list[int | None], new: list[int | None], kept: str) -> None:
    built(tmp_path, *(work(1, f"old {place}", time) for place, time in enumerate(old)))

    info = updated(tmp_path, *(work(1, f"new {place}", time) for place, time in enumerate(new)))

    assert title_of(LocalIndex(tmp_path / "index"), 1) == f"{kept} swifts"
    assert (info.works, info.records) == (1, len(old) + len(new))


def test_updates_follow_one_another(tmp_path: Path) -> None:
    built(tmp_path, work(1), work(2))
    for name in ("second", "third", "fourth"):
        info = updated(tmp_path, work(1, name), work(3, name))

    index = LocalIndex(tmp_path / "index")
    assert (info.works, info.duplicates) == (3, 5)
    assert [title_of(index, number) for number in (1, 2, 3)] == ["fourth swifts", "Old swifts", "fourth swifts"]
    assert len(list((tmp_path / "index").glob("generation-*"))) == 1


def test_an_update_leaves_the_files_of_the_former_generation_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(tmp_path, *(work(number) for number in range(50)))
    (former,) = (tmp_path / "index").glob("generation-*")
    before = content(former)
    monkeypatch.setattr("litcheck.sources.local_index.generation._clear", lambda _: None)

    updated(tmp_path, *(work(number, "New") for number in range(25, 75)))

    assert content(former) == before


def test_files_are_copied_where_there_are_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise OSError(38, "Function not implemented", str(target))

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    built(tmp_path, work(1))

    assert updated(tmp_path, work(2)).works == 2


def test_who_has_the_index_open_goes_on_reading_what_it_held(tmp_path: Path) -> None:
    built(tmp_path, work(1), work(2))
    reader = LocalIndex(tmp_path / "index")

    updated(tmp_path, work(1, "New"), work(3, "New"))

    assert [title_of(reader, number) for number in (1, 2, 3)] == ["Old swifts", "Old swifts", ""]


MARCH, MAY = date(2026, 3, 1), date(2026, 5, 1)


@pytest.mark.parametrize(
    ("built_as", "updated_as", "expected"),
    [
        ({"as_of": MARCH}, {}, (False, MARCH)),
        ({"as_of": MARCH}, {"as_of": MAY}, (False, MAY)),
        ({}, {}, (False, None)),
        ({"complete": True, "as_of": MARCH}, {}, (True, MARCH)),
        ({"complete": True, "as_of": MARCH}, {"complete": True, "as_of": MAY}, (True, MAY)),
        ({"complete": True, "as_of": MARCH}, {"complete": True}, (True, date.today())),
    ],
)
def test_what_the_index_speaks_for(
    tmp_path: Path, built_as: dict[str, Any], updated_as: dict[str, Any], expected: tuple[bool, date | None]
) -> None:
    built(tmp_path, work(1), **built_as)

    info = updated(tmp_path, work(2), **updated_as)

    assert (info.complete, info.as_of) == expected


@pytest.mark.parametrize(
    ("built_as", "updated_as", "message"),
    [
        ({}, {"complete": True}, "was not declared complete.* Build it anew"),
        ({"complete": True, "as_of": MARCH}, {"as_of": MAY}, "complete as of 2026-03-01.*say --complete too"),
        ({"as_of": MAY}, {"as_of": MARCH}, "2026-03-01 lies before 2026-05-01"),
        ({"complete": True, "as_of": MAY}, {"complete": True, "as_of": MARCH}, "2026-03-01 lies before 2026-05-01"),
    ],
)
def test_declarations_that_the_index_cannot_bear_are_refused(
    tmp_path: Path, built_as: dict[str, Any], updated_as: dict[str, Any], message: str
) -> None:
    before = built(tmp_path, work(1), **built_as)

    with pytest.raises(UnusableError, match=message):
        updated(tmp_path, work(2), **updated_as)

    assert read_info(tmp_path / "index") == before


def test_what_has_holes_completes_nothing(tmp_path: Path) -> None:
    before = built(tmp_path, work(1), complete=True, as_of=MARCH)

    with pytest.raises(UnusableError, match=r"new\.jsonl:2: not JSON.*do without --complete"):
        updated(tmp_path, work(2), "no JSON", complete=True)

    assert read_info(tmp_path / "index") == before
    info = updated(tmp_path, work(2), "no JSON")
    assert (info.complete, info.as_of, info.bad) == (True, MARCH, 1)


def test_unusable_updates_are_refused_and_change_nothing(tmp_path: Path) -> None:
    before = built(tmp_path, work(1))
    empty = write(tmp_path / "empty.jsonl")

    with pytest.raises(UnusableError, match="nothing to update the index with"):
        update_index(tmp_path / "index", [])
    with pytest.raises(UnusableError, match="hold no works at all"):
        update_index(tmp_path / "index", [empty])
    with pytest.raises(UnusableError, match="holds no Crossref works"):
        updated(tmp_path, "no JSON")
    with pytest.raises(UnusableIndex, match="does not exist"):
        update_index(tmp_path / "elsewhere", [tmp_path / "old.jsonl"])
    with locked(tmp_path / "index" / "build.lock"), pytest.raises(UnusableIndex, match="is writing to"):
        updated(tmp_path, work(2))

    assert not (tmp_path / "elsewhere").exists()
    assert read_info(tmp_path / "index") == before
    assert len(list((tmp_path / "index").glob("generation-*"))) == 1


def notices_of(index: Path, number: int) -> list[str]:
    doi = f"10.5555/work.{number}"
    answer = asyncio.run(LocalIndex(index).works_by_doi([doi]))[doi]
    return [f"{notice.kind} {notice.doi}" for notice in answer.records[0].updates] if isinstance(answer, Found) else []


def test_notices_outlive_newer_records_and_give_way_to_a_newer_table(tmp_path: Path) -> None:
    index = tmp_path / "index"
    built(tmp_path, work(1), retractions=table(tmp_path / "rw.csv", row(1), row(2), row(3)))

    info = updated(tmp_path, work(1, "New"), work(2, "New"))
    assert info.retractions
    assert (info.works, info.retractions.works, info.retractions.stand_ins) == (2, 3, 1)
    assert title_of(LocalIndex(index), 2) == "New swifts"
    assert [notices_of(index, number) for number in (1, 2, 3)] == [[f"retraction 10.5555/notice.{n}"] for n in (1, 2, 3)]

    newer = table(tmp_path / "newer.csv", row(1), row(1, RetractionNature="Reinstatement"), row(4))
    info = update_index(index, [], retractions=newer)
    assert info.retractions
    assert (info.works, info.retractions.rows, info.retractions.stand_ins) == (2, 3, 1)
    assert info.retractions.path == str(newer)
    kinds = ["retraction 10.5555/notice.1", "reinstatement 10.5555/notice.1"]
    assert [notices_of(index, number) for number in (1, 2, 3, 4)] == [kinds, [], [], ["retraction 10.5555/notice.4"]]


#: Updates an index, stops where ``moment`` says and waits to be killed.
_STOPPING = """
import sys, time
from pathlib import Path
from litcheck.sources.local_index import updating

moment, source, index = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])

def stop(*_):
    print("stopped", flush=True)
    time.sleep(60)

def publish_and_stop(*arguments):
    write_manifest(*arguments)
    stop()

def settle_and_stop(self):
    settle(self)
    self._commit()
    stop()

if __name__ == "__main__":
    write_manifest, settle = updating.write_manifest, updating.Writing.settle
    if moment == "settled":
        updating.Writing.settle = settle_and_stop
    if moment == "sealed":
        updating.write_manifest = stop
    if moment == "published":
        updating.write_manifest = publish_and_stop
    updating.update_index(index, [source], progress=stop if moment == "reading" else None)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed with a signal here")
@pytest.mark.parametrize(("moment", "after"), [("reading", "Old"), ("settled", "Old"), ("sealed", "Old"), ("published", "New")])
def test_a_killed_update_leaves_one_whole_index(tmp_path: Path, moment: str, after: str) -> None:
    script = tmp_path / "stopping.py"
    script.write_text(_STOPPING, encoding="utf-8")
    built(tmp_path, work(1), work(2))
    new = write(tmp_path / "new.jsonl", work(1, "New"), work(3, "New"))

    with subprocess.Popen([sys.executable, script, moment, new, tmp_path / "index"], stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"stopped\n"
        process.send_signal(signal.SIGKILL)

    assert title_of(LocalIndex(tmp_path / "index"), 1) == f"{after} swifts"
    assert updated(tmp_path, work(1, "Third")).works == (3 if after == "New" else 2)
    assert title_of(LocalIndex(tmp_path / "index"), 1) == "Third swifts"
    assert len(list((tmp_path / "index").glob("generation-*"))) == 1


def test_the_command_says_what_it_did(tmp_path: Path) -> None:
    built(tmp_path, work(1), complete=True, as_of=MARCH)
    new = write(tmp_path / "new.jsonl", work(1, "New"), work(2, "New"))

    arguments = ["update", tmp_path / "index", new, "--retractions", table(tmp_path / "rw.csv", row(2)), "--complete"]
    result = CliRunner().invoke(command, list(map(str, arguments)), catch_exceptions=False)

    assert result.stdout == ""
    assert "2 records read, 1 works more than before" in result.stderr
    assert f"the index speaks for today, {date.today()}" in result.stderr
    assert "1 notices about 1 works, of which 0 are known from this table alone" in result.stderr


def test_the_command_tells_of_what_is_new_alone(tmp_path: Path) -> None:
    bad = row(8, OriginalPaperDOI="")
    built(tmp_path, work(1), "bad before", retractions=table(tmp_path / "rw.csv", row(1), bad))
    new = write(tmp_path / "new.jsonl", work(2), "bad now")

    result = CliRunner().invoke(command, ["update", str(tmp_path / "index"), str(new)], catch_exceptions=False)

    assert f"left out: {new}:2: not JSON" in result.stderr
    assert "old.jsonl" not in result.stderr
    assert "rw.csv" not in result.stderr
    assert "more;" not in result.stderr
