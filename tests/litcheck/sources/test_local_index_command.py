"""``litcheck index``: what it prints, where, and how it ends."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from litcheck.cli.index import command
from litcheck.errors import UnusableError, UnusableIndex


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "works.jsonl"
    works = [json.dumps({"DOI": f"10.1000/{n}", "title": ["Swifts"]}) for n in range(3)]
    path.write_text("\n".join([*works, "no JSON"]), encoding="utf-8")
    return path


@pytest.fixture
def whole(source: Path) -> Path:
    """The same source without its bad line."""
    source.write_text(source.read_text(encoding="utf-8").removesuffix("\nno JSON"), encoding="utf-8")
    return source


def run(*arguments: object) -> tuple[str, str]:
    """Standard output and standard error. What the command raises is left to the caller."""
    result = CliRunner().invoke(command, [str(argument) for argument in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout, result.stderr


def test_build_says_on_standard_error_what_it_did(source: Path, tmp_path: Path) -> None:
    out, err = run("build", source, "--out", tmp_path / "index", "--as-of", "2026-03-01")

    assert out == ""
    assert f"left out: {source}:4: not JSON" in err
    assert "3 works" in err
    assert "3 records read" in err


def test_what_has_holes_is_not_declared_complete(source: Path, tmp_path: Path) -> None:
    with pytest.raises(UnusableError, match="do without --complete"):
        run("build", source, "--out", tmp_path / "index", "--complete")


def test_complete_without_a_date_says_that_it_is_today(whole: Path, tmp_path: Path) -> None:
    _, err = run("build", whole, "--out", tmp_path / "index", "--complete")

    assert f"--as-of was not given: the index speaks for today, {date.today()}" in err


def test_quiet_says_nothing(source: Path, tmp_path: Path) -> None:
    assert run("build", source, "--out", tmp_path / "index", "--quiet") == ("", "")


def test_progress_is_lines_where_there_is_no_terminal(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("litcheck.cli.index.SECONDS_BETWEEN_LINES", 0.0)

    _, shown = run("build", source, "--out", tmp_path / "index")
    _, hidden = run("build", source, "--out", tmp_path / "index", "--no-progress")

    assert "indexing: 1 of 1 file, 3 records" in shown
    assert "indexing:" not in hidden


def test_info_as_text_and_as_json(source: Path, tmp_path: Path) -> None:
    run("build", source, "--out", tmp_path / "index", "--as-of", "2026-03-01")

    text, _ = run("info", tmp_path / "index")
    values = json.loads(run("info", tmp_path / "index", "--format", "json")[0])

    for line in (
        "works       3",
        "complete    not declared",
        "as of       2026-03-01",
        f"{source}:4: not JSON",
        f"{source}: 3 records, 1 file",
    ):
        assert line in text
    assert (values["works"], values["complete"], values["as_of"], values["bad"]) == (3, False, "2026-03-01", 1)
    assert values["sources"][0]["records"] == 3


def test_what_cannot_be_used_is_an_error_with_a_message(source: Path, tmp_path: Path) -> None:
    with pytest.raises(UnusableError, match="has not come yet"):
        run("build", source, "--out", tmp_path / "index", "--as-of", "2999-01-01")
    with pytest.raises(UnusableError, match="cannot be read"):
        run("build", tmp_path / "missing.jsonl", "--out", tmp_path / "index")
    with pytest.raises(UnusableIndex, match="does not exist"):
        run("info", tmp_path / "index")
