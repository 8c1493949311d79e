"""Building over an index, and builds that are killed, interrupted or out of room: there is always one whole index, or none."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from litcheck.errors import UnusableError, UnusableIndex
from litcheck.evidence import Found
from litcheck.sources.local_index import BuildProgress, LocalIndex, build_index, read_info
from litcheck.sources.local_index.lock import locked
from litcheck.sources.local_index.schema import open_searcher
from tests.litcheck.sources.test_local_index_building import title_of, work, write


def test_a_failed_build_keeps_the_former_index(tmp_path: Path) -> None:
    index = tmp_path / "index"
    before = build_index([write(tmp_path / "good.jsonl", work("10.1000/a"))], index)

    with pytest.raises(UnusableError):
        build_index([tmp_path / "good.jsonl", write(tmp_path / "bad.jsonl", "no JSON")], index)

    assert read_info(index) == before
    assert title_of(index, "10.1000/a")
    assert len(list(index.glob("generation-*"))) == 1


def test_an_index_is_replaced_while_someone_reads_it(tmp_path: Path) -> None:
    index = tmp_path / "index"
    build_index([write(tmp_path / "old.jsonl", work("10.1000/old"))], index)
    reader = LocalIndex(index)

    build_index([write(tmp_path / "new.jsonl", work("10.1000/new"))], index)

    assert isinstance(asyncio.run(reader.works_by_doi(["10.1000/old"]))["10.1000/old"], Found)
    assert title_of(index, "10.1000/new")
    assert not title_of(index, "10.1000/old")


def test_an_index_is_replaced_while_someone_opens_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = tmp_path / "index"
    build_index([write(tmp_path / "old.jsonl", work("10.1000/a", "old"))], index)

    def replace_first(generation: Path) -> object:
        monkeypatch.setattr("litcheck.sources.local_index.source.open_searcher", open_searcher)
        build_index([write(tmp_path / "new.jsonl", work("10.1000/a", "new"))], index)
        return open_searcher(generation)

    monkeypatch.setattr("litcheck.sources.local_index.source.open_searcher", replace_first)

    assert title_of(index, "10.1000/a") == "new"


def test_a_foreign_directory_is_left_alone(tmp_path: Path) -> None:
    source = write(tmp_path / "works.jsonl", work("10.1000/a"))
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "thesis.tex").write_text("years of work", encoding="utf-8")

    with pytest.raises(UnusableIndex, match=r"holds thesis\.tex and is no litcheck index"):
        build_index([source], foreign)
    with pytest.raises(UnusableIndex, match="is not a directory"):
        build_index([source], source)

    assert [path.name for path in foreign.iterdir()] == ["thesis.tex"]


def test_an_index_of_another_format_or_with_a_damaged_manifest_may_be_replaced(tmp_path: Path) -> None:
    source, index = write(tmp_path / "works.jsonl", work("10.1000/a")), tmp_path / "index"
    for content in ("{", '{"format": 99}'):
        index.mkdir(exist_ok=True)
        (index / "litcheck-index.json").write_text(content, encoding="utf-8")

        assert build_index([source], index).works == 1
        assert len(list(index.glob("generation-*"))) == 1


def test_two_builds_of_one_index_do_not_meet(tmp_path: Path) -> None:
    source, index = write(tmp_path / "works.jsonl", work("10.1000/a")), tmp_path / "index"
    build_index([source], index)

    with locked(index / "build.lock"), pytest.raises(UnusableIndex, match="Another build is writing"):
        build_index([source], index)

    assert build_index([source], index).works == 1


#: Builds the second source over the index, stops where ``moment`` says and waits to be killed.
_STOPPING = """
import multiprocessing, sys, time
from pathlib import Path
from litcheck.sources.local_index import building, workers

moment, source, index = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])

def stop(*_):
    print(*(process.pid for process in multiprocessing.active_children()), flush=True)
    time.sleep(60)

def publish_and_stop(*arguments):
    write_manifest(*arguments)
    stop()

if __name__ == "__main__":
    write_manifest, workers.WORTH_PROCESSES = building.write_manifest, 0
    if moment == "sealed":
        building.write_manifest = stop
    if moment == "published":
        building.write_manifest = publish_and_stop
    building.build_index([source], index, jobs=2, progress=stop if moment == "reading" else None)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed with a signal here")
@pytest.mark.parametrize(("moment", "after"), [("reading", "old"), ("sealed", "old"), ("published", "new")])
def test_a_killed_build_leaves_one_whole_index(tmp_path: Path, moment: str, after: str) -> None:
    index, script = tmp_path / "index", tmp_path / "stopping.py"
    script.write_text(_STOPPING, encoding="utf-8")
    build_index([write(tmp_path / "old.jsonl", work("10.1000/a", "old"))], index)
    new = write(tmp_path / "new.jsonl", work("10.1000/a", "new"))

    with subprocess.Popen([sys.executable, script, moment, new, index], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        workers = [int(pid) for pid in process.stdout.readline().split()]
        process.send_signal(signal.SIGKILL)

    assert bool(workers) == (moment == "reading")
    assert title_of(index, "10.1000/a") == after
    assert len(list(index.glob("generation-*"))) == 2
    assert _all_end(workers)

    assert build_index([write(tmp_path / "third.jsonl", work("10.1000/a", "third"))], index).works == 1
    assert title_of(index, "10.1000/a") == "third"
    assert len(list(index.glob("generation-*"))) == 1


def _all_end(pids: list[int]) -> bool:
    for _ in range(100):
        if not any(Path(f"/proc/{pid}/cmdline").exists() for pid in pids):
            return True
        time.sleep(0.1)
    return False


#: Builds where no file may grow beyond 20,000 bytes, as on a disk that is full.
_FULL_DISK = """
import resource, sys
from pathlib import Path
from litcheck.errors import UnusableIndex
from litcheck.sources.local_index import build_index

resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    build_index([Path(sys.argv[1])], Path(sys.argv[2]))
except UnusableIndex as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the size of files is limited with a resource limit here")
def test_a_full_disk_keeps_the_former_index(tmp_path: Path) -> None:
    index = tmp_path / "index"
    build_index([write(tmp_path / "old.jsonl", work("10.1000/a"))], index)
    big = write(tmp_path / "big.jsonl", *(work(f"10.1000/{n}", os.urandom(40).hex()) for n in range(2000)))

    run = subprocess.run([sys.executable, "-c", _FULL_DISK, big, index], capture_output=True, text=True, timeout=60, check=False)

    assert "cannot be written" in run.stdout
    assert "is the disk full?" in run.stdout
    assert "The former index is as it was." in run.stdout
    assert "Traceback" not in run.stderr
    assert title_of(index, "10.1000/a")
    assert len(list(index.glob("generation-*"))) == 1


def test_an_interrupt_leaves_no_trace(tmp_path: Path) -> None:
    def interrupt(_: BuildProgress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_index([write(tmp_path / "works.jsonl", work("10.1000/a"))], tmp_path / "index", progress=interrupt)

    assert not (tmp_path / "index").exists()
