"""``litcheck check`` from the outside: formats, exit statuses, what is stored, and what happens when things cannot be asked."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from tests.litcheck.cli.conftest import Litcheck
from tests.litcheck.cli.manuscripts import MANUSCRIPT, write_works


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "paper.txt"
    path.write_text(MANUSCRIPT, encoding="utf-8")
    return path


@pytest.fixture
def index(tmp_path: Path, litcheck: Litcheck) -> Path:
    ended = litcheck("index", "build", write_works(tmp_path), "--complete", "--out", tmp_path / "works", "--quiet")
    assert ended.status == 0, ended.err
    return tmp_path / "works"


def test_a_wrong_year_is_found_with_both_values_in_every_format(litcheck: Litcheck, paper: Path, index: Path) -> None:
    for format_ in ("text", "json", "jsonl", "md", "html"):
        ended = litcheck("check", paper, "--offline", "--index", index, "--no-db", "--format", format_)
        assert ended.status == 0, ended.err  # a warning, and --fail-on is error
        for expected in ("LC202", "2019", "2016"):
            assert expected in ended.out, format_
    assert litcheck("check", paper, "--offline", "--index", index, "--no-db", "--fail-on", "warning").status == 1


def test_the_json_says_how_each_reference_stands(litcheck: Litcheck, paper: Path, index: Path) -> None:
    ended = litcheck("check", paper, "--offline", "--index", index, "--no-db", "--format", "json")
    report = ended.json
    assert report["schema"] == "litcheck/1"
    assert report["run"]["offline"] is True
    document = report["documents"][0]
    assert [r["status"] for r in document["references"]] == ["verified", "differs"]
    assert [r["record"]["doi"] for r in document["references"]] == ["10.5555/lee", "10.5555/roy"]
    assert document["style"] == "apa"
    (finding,) = document["findings"]
    assert (finding["code"], finding["references"], finding["severity"]) == ("LC202", ["2"], "warning")
    assert MANUSCRIPT[finding["start"] : finding["end"]].strip()


def test_select_and_ignore_choose_findings(litcheck: Litcheck, paper: Path, index: Path) -> None:
    base = ("check", paper, "--offline", "--index", index, "--no-db", "--format", "json", "--fail-on", "info")
    assert litcheck(*base, "--select", "LC5").status == 0
    assert litcheck(*base, "--ignore", "LC202,LC5").status == 0
    assert litcheck(*base, "--select", "LC2").status == 1


def test_how_a_reference_stands_does_not_depend_on_what_is_shown(litcheck: Litcheck, paper: Path, index: Path) -> None:
    base = ("check", paper, "--offline", "--index", index, "--no-db", "--format", "json")
    for options in (("--select", "LC5"), ("--ignore", "LC2")):
        assert [r["status"] for r in litcheck(*base, *options).json["documents"][0]["references"]] == ["verified", "differs"]


def test_offline_without_an_index_everything_is_unavailable_and_nothing_wrong(litcheck: Litcheck, paper: Path) -> None:
    ended = litcheck("check", paper, "--offline", "--no-db", "--format", "json")
    assert ended.status == 3
    document = ended.json["documents"][0]
    assert {r["status"] for r in document["references"]} == {"unavailable"}
    assert [f["code"] for f in document["findings"]] == ["LC004"]


def test_a_refused_network_is_said_once_with_its_reason(litcheck: Litcheck, paper: Path) -> None:
    ended = litcheck("check", paper, "--no-db", "--format", "json")  # conftest points Crossref at a closed port
    assert ended.status == 3
    document = ended.json["documents"][0]
    assert {r["status"] for r in document["references"]} == {"unavailable"}
    (finding,) = document["findings"]
    assert finding["code"] == "LC004"
    assert "crossref" in finding["message"].lower()


def test_a_text_without_citations_or_list_has_nothing_to_check(litcheck: Litcheck, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("A plain note about a session.\n\nIt cites nothing and lists nothing, in 2024 or ever.\n", encoding="utf-8")
    ended = litcheck("check", note, "--offline", "--no-db")
    assert ended.status == 0
    assert "nothing to check" in ended.out.lower()
    assert "LC002" not in ended.out


def test_standard_input_is_read_like_a_file(paper: Path, index: Path) -> None:
    command = [sys.executable, "-m", "litcheck", "check", "-", "--offline", "--index", str(index), "--no-db", "--format", "json"]
    with paper.open("rb") as file:
        run = subprocess.run(command, stdin=file, capture_output=True, check=True)
    document = json.loads(run.stdout)["documents"][0]
    assert document["path"] == "-"
    assert [f["code"] for f in document["findings"]] == ["LC202"]


def test_a_stored_run_renders_again_as_it_was(litcheck: Litcheck, paper: Path, index: Path, tmp_path: Path) -> None:
    first = litcheck("check", paper, "--offline", "--index", index, "--format", "json")
    assert (tmp_path / "litcheck.duckdb").exists()
    for arguments in ((), ("--run", first.json["run"]["id"])):
        assert litcheck("report", *arguments, "--format", "json").json == first.json
    assert "LC202" in litcheck("report", "--format", "html").out
    assert litcheck("report", "--run", "nonsense").status == 2


def test_a_report_is_written_whole_and_the_summary_printed(litcheck: Litcheck, paper: Path, index: Path, tmp_path: Path) -> None:
    ended = litcheck("check", paper, "--offline", "--index", index, "--no-db", "--output", tmp_path / "report.html")
    assert (tmp_path / "report.html").read_text(encoding="utf-8").lower().startswith("<!doctype html>")
    assert "LC202" in ended.out
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith(".report")) == []


def test_a_run_is_stored_although_nobody_reads_the_output(paper: Path, index: Path, tmp_path: Path) -> None:
    database = tmp_path / "runs.duckdb"
    command = [sys.executable, "-m", "litcheck", "check", str(paper), "--offline", "--index", str(index), "--db", str(database)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.close()
    assert "Traceback" not in process.communicate()[1]
    with duckdb.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM run").fetchone() == (1,)


HOLDER = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


def test_a_database_in_use_loses_nothing(litcheck: Litcheck, paper: Path, index: Path, tmp_path: Path) -> None:
    database = tmp_path / "runs.duckdb"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        ended = litcheck("check", paper, "--offline", "--index", index, "--db", database)
    finally:
        holder.communicate()
    assert "LC202" in ended.out
    assert "another process" in ended.err
    (rescued,) = tmp_path.glob("runs-*.json")
    assert str(rescued) in ended.err
    document = json.loads(rescued.read_text(encoding="utf-8"))["documents"][0]
    assert [f["code"] for f in document["findings"]] == ["LC202"]


def test_a_foreign_database_ends_with_2_before_any_work(litcheck: Litcheck, paper: Path, index: Path, tmp_path: Path) -> None:
    database = tmp_path / "runs.duckdb"
    database.write_bytes(b"certainly no database " * 400)
    ended = litcheck("check", paper, "--offline", "--index", index, "--db", database)
    assert (ended.status, ended.out) == (2, "")
    assert "runs.duckdb" in ended.err
    assert database.read_bytes() == b"certainly no database " * 400


def test_a_killed_check_leaves_what_was_committed(litcheck: Litcheck, paper: Path, index: Path, tmp_path: Path) -> None:
    database = tmp_path / "runs.duckdb"
    assert litcheck("check", paper, "--offline", "--index", index, "--db", database).status == 0
    command = [sys.executable, "-m", "litcheck", "check", str(paper), "--offline", "--index", str(index), "--db", str(database)]
    for delay in (0.15, 0.3, 0.45, 0.6):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ))
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
    with duckdb.connect(database) as connection:
        runs, findings = connection.execute("SELECT (SELECT count(*) FROM run), (SELECT count(*) FROM finding)").fetchall()[0]
    assert runs >= 1
    assert findings == runs  # each run has exactly one finding, so none was stored by halves
    assert litcheck("report", "--db", database, "--format", "json").status == 0
