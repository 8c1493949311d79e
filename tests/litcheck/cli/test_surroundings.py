"""Surroundings that a command does not choose: closed or full standard streams, a directory that is gone, files that wait."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from litcheck.documents.load import load_bytes
from litcheck.errors import UnreadableDocument, UnusableDatabase, UnusableError
from litcheck.run import Run
from litcheck.store import Store
from tests.litcheck.cli.conftest import Litcheck
from tests.litcheck.cli.manuscripts import MANUSCRIPT

LITCHECK = f"{sys.executable} -m litcheck"


def shell(command: str, where: Path) -> subprocess.CompletedProcess[str]:
    """Ends with the status of ``command``; its standard error can be looked at where it is not redirected."""
    return subprocess.run(["/bin/sh", "-c", command], cwd=where, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "paper.txt"
    path.write_text(MANUSCRIPT, encoding="utf-8")
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
def test_a_closed_stream_changes_nothing_else(paper: Path, closed: str) -> None:
    ended = shell(f"{LITCHECK} check --offline --db runs.duckdb paper.txt {closed}", paper.parent)
    assert ended.returncode == 3
    assert "Traceback" not in ended.stderr
    stored = shell(f"{LITCHECK} report --list --db runs.duckdb", paper.parent)
    assert stored.stdout.count("\n") == 1, "what is printed must not reach a file that got the number of a closed stream"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
def test_a_closed_standard_input_is_an_empty_one(tmp_path: Path) -> None:
    ended = shell(f"{LITCHECK} check --offline --no-db - <&-", tmp_path)
    assert ended.returncode == 2
    assert "Standard input is empty" in ended.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full, a device that is always full")
@pytest.mark.parametrize(("arguments", "status"), [("paper.txt", 3), ("nowhere.txt", 2), ("--nonsense", 2)])
def test_messages_that_cannot_be_written_do_not_change_the_status(paper: Path, arguments: str, status: int) -> None:
    assert shell(f"{LITCHECK} check --offline {arguments} 2>/dev/full", paper.parent).returncode == status


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep a directory that a process is in")
@pytest.mark.parametrize("command", ["check --offline ../paper.txt", "report", "text nowhere.txt"])
def test_a_working_directory_that_is_gone_is_said(paper: Path, command: str) -> None:
    (paper.parent / "gone").mkdir()
    ended = shell(f"cd gone && rmdir ../gone && PYTHONPATH={Path.cwd()} {LITCHECK} {command}", paper.parent)
    assert ended.returncode == 2
    assert "gone" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.skipif(not Path("/proc/kmsg").is_file(), reason="this system has no /proc/kmsg, a file that waits for messages")
def test_a_file_that_waits_for_events_is_not_waited_for() -> None:
    with pytest.raises(UnreadableDocument):
        load_bytes(Path("/proc/kmsg"), largest=1000)


def test_what_can_be_kept_nowhere_is_printed_and_ends_with_2(
    litcheck: Litcheck, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse_run(self: Store, run: Run) -> None:
        raise UnusableDatabase("litcheck.duckdb: no room")

    def refuse_file(path: Path, text: str) -> None:
        raise UnusableError(f"{path.name} cannot be written: no room")

    monkeypatch.setattr(Store, "save_run", refuse_run)
    monkeypatch.setattr("litcheck.cli.check.write_file", refuse_file)
    ended = litcheck("check", paper, "--offline")
    assert ended.status == 2
    assert "LC004" in ended.out
    assert "not stored: litcheck.duckdb: no room" in ended.err
    assert ".json cannot be written: no room" in ended.err


def test_a_place_where_nothing_can_be_stored_is_said_before_the_work(
    litcheck: Litcheck, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: False)
    ended = litcheck("check", paper, "--offline", "--db", "runs.duckdb")
    assert (ended.status, ended.out) == (2, "")
    assert "--no-db" in ended.err


def test_where_nobody_named_a_database_only_the_storing_is_lost(
    litcheck: Litcheck, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: False)
    ended = litcheck("check", paper, "--offline")
    assert ended.status == 3
    assert "2 references" in ended.out
    assert "will not be stored" in ended.err
    assert not Path("litcheck.duckdb").exists()


def test_a_file_that_cannot_be_read_is_left_to_its_reader(
    litcheck: Litcheck, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One unreadable file of several is a finding, not a mistake of the command."""
    monkeypatch.setattr("os.access", lambda path, mode: False)
    ended = litcheck("check", paper, "--offline", "--no-db")
    assert ended.status == 3
