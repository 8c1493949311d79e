"""A build that was interrupted: started again it goes on, and gives what it would have given in one go."""

from __future__ import annotations

import asyncio
import gzip
import io
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import tarfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from litcheck.errors import UnusableError
from litcheck.evidence import Found
from litcheck.sources.local_index import BuildProgress, IndexInfo, LocalIndex, build_index, read_info, update_index
from litcheck.sources.local_index.schema import open_searcher
from tests.litcheck.sources.test_local_index_retractions import row, table

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are killed with a signal here")

UNFINISHED = "litcheck-index.unfinished.json"


def lines(*numbers: int, version: str = "first") -> bytes:
    works: list[dict[str, Any]] = [
        {"DOI": f"10.5555/work.{number}", "title": [f"Tower {version} {number}"]} for number in numbers
    ]
    return b"".join(json.dumps(work).encode() + b"\n" for work in works)


@pytest.fixture
def sources(tmp_path: Path) -> list[Path]:
    """Files of several kinds, with works that come again in a later one, and bad pieces."""
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "a.jsonl").write_bytes(lines(*range(10)) + b"bad\n")
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(lines(*range(5, 15), version="second")))
    with tarfile.open(folder / "c.tar", "w") as archive:
        for name, content in (("1.jsonl", lines(20, 21)), ("2.jsonl", lines(22) + b"bad\n"), ("3.jsonl", lines(1, 23))):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    (folder / "d.jsonl").write_bytes(lines(22, 30, version="last"))
    table(folder / "rw.csv", row(3), row(99))
    return sorted(path for path in folder.iterdir() if path.suffix != ".csv")


def content(index: Path) -> dict[str, str]:
    """The title of each work that the index holds, by DOI."""
    source = LocalIndex(index)
    dois = [f"10.5555/work.{number}" for number in range(100)]
    answers = asyncio.run(source.works_by_doi(dois))
    return {doi: answer.records[0].title for doi, answer in answers.items() if isinstance(answer, Found)}


def documents(index: Path) -> int:
    (generation,) = index.glob("generation-*")
    return open_searcher(generation)[1].num_docs


def stray_files(index: Path) -> set[str]:
    """Files that are no part of the index: of segments that it does not name, or half written."""
    (generation,) = index.glob("generation-*")
    segments = json.loads((generation / "meta.json").read_text())["segments"]
    named = {*(segment["segment_id"].replace("-", "") for segment in segments), "meta", "", "managed"}
    return {path.name for path in generation.iterdir() if path.name.partition(".")[0] not in named or ".tmp" in path.name}


def same(info: IndexInfo, other: IndexInfo) -> bool:
    """Whether two indexes hold and tell the same, but for where and when they were built."""
    return info == replace(other, directory=info.directory, built_at=info.built_at, size=info.size)


#: Builds an index with a checkpoint at every chance, stops where ``moment`` says and waits to be killed.
_STOPPING = """
import multiprocessing, sys, time
from pathlib import Path
from litcheck.sources.local_index import building, checkpoint, workers, writing

moment, times, jobs, index, retractions, *sources = sys.argv[1:]
left = int(times)

def stop():
    print(*(process.pid for process in multiprocessing.active_children()), flush=True)
    time.sleep(60)

def stop_in_time(_=None):
    global left
    left -= 1
    if not left:
        stop()

class Checkpoints(building.Checkpoints):
    def write(self, stage):
        super().write(stage)
        stop_in_time()

class Writing(building.Writing):
    def _commit(self):
        searcher = super()._commit()
        if moment == "committed":
            stop_in_time()
        return searcher

    def settle(self):
        super().settle()
        if moment == "settling":
            stop()

def publish(*arguments):
    if moment == "sealed":
        stop()
    write_manifest(*arguments)
    if moment == "published":
        stop()

if __name__ == "__main__":
    write_manifest, building.write_manifest = building.write_manifest, publish
    building.Writing, checkpoint.SECONDS_BETWEEN, workers.WORTH_PROCESSES = Writing, 0.0, 0
    if moment == "written":
        building.Checkpoints = Checkpoints
    building.build_index(
        [Path(source) for source in sources], Path(index), retractions=Path(retractions), jobs=int(jobs),
        progress=stop_in_time if moment == "reading" else None,
    )
"""


def kill(tmp_path: Path, sources: list[Path], moment: str, times: int = 1, *, jobs: int = 1) -> None:
    """Start building ``index`` and kill that at the moment given, the so manieth time that it comes."""
    script = tmp_path / "stopping.py"
    script.write_text(_STOPPING, encoding="utf-8")
    arguments = [moment, times, jobs, tmp_path / "index", sources[0].parent / "rw.csv", *sources]
    with subprocess.Popen([sys.executable, script, *map(str, arguments)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        children = process.stdout.readline()
        assert children
        assert bool(children.split()) == (jobs > 1)
        process.send_signal(signal.SIGKILL)


def build(tmp_path: Path, sources: list[Path], name: str = "index", *, jobs: int = 1) -> tuple[IndexInfo, int]:
    """The index, and how many records the build had not to read again."""
    told: list[BuildProgress] = []
    info = build_index(sources, tmp_path / name, retractions=sources[0].parent / "rw.csv", progress=told.append, jobs=jobs)
    return info, told[0].resumed if told else info.records


@pytest.mark.parametrize(
    ("moment", "times", "resumed"),
    [
        pytest.param("reading", 1, 0, id="in the first file"),
        pytest.param("reading", 3, 10, id="in the second file"),
        pytest.param("written", 1, 0, id="before the first commit"),
        pytest.param("committed", 1, 10, id="after the first commit"),
        pytest.param("written", 2, 10, id="before the second commit"),
        pytest.param("committed", 3, 22, id="between members of an archive"),
        pytest.param("written", 4, 22, id="before a commit between members"),
        pytest.param("committed", 5, 25, id="after the last member of an archive"),
        pytest.param("settling", 1, 27, id="while it settled which records stay"),
        pytest.param("written", 9, 27, id="before the last commit"),
        pytest.param("committed", 9, 27, id="after the last commit"),
        pytest.param("sealed", 1, 27, id="before it was made the valid one"),
        pytest.param("published", 1, 0, id="after it was made the valid one"),
    ],
)
def test_a_killed_build_goes_on_and_counts_nothing_twice(
    tmp_path: Path, sources: list[Path], moment: str, times: int, resumed: int
) -> None:
    kill(tmp_path, sources, moment, times)
    whole, _ = build(tmp_path, sources, "whole")

    info, from_before = build(tmp_path, sources)

    assert from_before == resumed
    assert same(info, whole)
    assert (info.works, info.duplicates, info.bad) == (20, 7, 2)
    assert documents(tmp_path / "index") == documents(tmp_path / "whole") == 20 + 2 + 1
    assert content(tmp_path / "index") == content(tmp_path / "whole")
    assert content(tmp_path / "index")["10.5555/work.22"] == "Tower last 22"
    assert {path.name.partition("-")[0] for path in (tmp_path / "index").iterdir()} == {"build.lock", "generation", "litcheck"}
    assert not (tmp_path / "index" / UNFINISHED).exists()
    assert stray_files(tmp_path / "index") == set()


def test_a_build_may_be_killed_again_and_again(tmp_path: Path, sources: list[Path]) -> None:
    for _ in range(3):
        kill(tmp_path, sources, "committed", 2, jobs=2)

    info, resumed = build(tmp_path, sources, jobs=2)

    assert resumed == 25
    assert same(info, build(tmp_path, sources, "whole")[0])


def test_the_former_index_answers_while_its_successor_is_unfinished(tmp_path: Path, sources: list[Path]) -> None:
    build_index([sources[3]], tmp_path / "index")

    kill(tmp_path, sources, "committed", 2)

    assert read_info(tmp_path / "index").works == 2
    updated = update_index(tmp_path / "index", [sources[0]])
    assert updated.works == 12
    assert build(tmp_path, sources)[1] == 20


@pytest.mark.parametrize("change", ["options", "a file that was read", "the table", "damage", "the ledger", "fewer files"])
def test_what_is_not_the_same_build_begins_anew(tmp_path: Path, sources: list[Path], change: str) -> None:
    kill(tmp_path, sources, "committed", 2)
    index = tmp_path / "index"
    (generation,) = index.glob("generation-????????????")
    match change:
        case "options":
            (index / UNFINISHED).write_text((index / UNFINISHED).read_text().replace('"complete": false', '"complete": true'))
        case "a file that was read":
            os.utime(sources[0], (1, 1))
        case "the table":
            table(sources[0].parent / "rw.csv", row(4))
        case "damage":
            (generation / "meta.json").write_text("{", encoding="utf-8")
        case "the ledger":
            next(path for path in index.glob("generation-*dois/*") if path.stat().st_size).write_text("", encoding="utf-8")
        case "fewer files":
            sources = sources[:1]

    info, resumed = build(tmp_path, sources)

    assert resumed == 0
    assert same(info, build(tmp_path, sources, "whole")[0])
    assert len(list(index.glob("generation-*"))) == 1


@pytest.mark.parametrize("left", ["{", "[]", '{"generation": "../elsewhere"}', '{"generation": 3}', "[" * 100_000])
def test_a_checkpoint_that_means_nothing_is_dropped(tmp_path: Path, sources: list[Path], left: str) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / UNFINISHED).write_text(left, encoding="utf-8")

    assert build(tmp_path, sources)[1] == 0
    assert not (tmp_path / "index" / UNFINISHED).exists()


def test_a_build_goes_on_after_a_damaged_file_was_mended(
    tmp_path: Path, sources: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("litcheck.sources.local_index.checkpoint.SECONDS_BETWEEN", 0.0)
    whole = sources[1].read_bytes()
    sources[1].write_bytes(whole[:-12])
    with pytest.raises(UnusableError, match="cut short"):
        build(tmp_path, sources)

    sources[1].write_bytes(whole)
    info, resumed = build(tmp_path, sources)

    assert resumed == 10
    assert same(info, build(tmp_path, sources, "whole")[0])


def test_further_files_may_follow(tmp_path: Path, sources: list[Path]) -> None:
    kill(tmp_path, sources[:3], "committed", 2)

    info, resumed = build(tmp_path, sources)

    assert resumed == 20
    assert same(info, build(tmp_path, sources, "whole")[0])


def test_no_process_is_left_behind(tmp_path: Path, sources: list[Path]) -> None:
    build(tmp_path, sources, jobs=2)

    assert multiprocessing.active_children() == []
