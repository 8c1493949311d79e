"""Whatever is thrown at it: a right answer, or a message that says what to do and exit status 2; never a traceback."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from litcheck.cli.output import write_file
from litcheck.errors import UnusableError
from tests.litcheck.cli.conftest import Litcheck
from tests.litcheck.cli.manuscripts import MANUSCRIPT


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in names:
            file.writestr(name, "<x/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n\t\n", "empty"),
        ("noise.txt", bytes(range(256)) * 64, "not text"),
        ("paper.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "PDF"),
        ("paper.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "PDF"),
        ("paper.docx", archive("[Content_Types].xml", "word/document.xml"), "Word"),
        ("paper.zip", archive("paper.txt"), "archive"),
    ],
    ids=["empty", "blank", "noise", "pdf", "pdf-named-txt", "docx", "zip"],
)
def test_an_unusable_file_is_named_and_ends_with_2(litcheck: Litcheck, tmp_path: Path, name: str, data: bytes, says: str) -> None:
    ended = litcheck("check", write(tmp_path / name, data), "--offline", "--no-db")
    assert ended.status == 2
    assert says in ended.err
    assert name in ended.err
    assert "Traceback" not in ended.err
    assert ended.out == ""


def test_a_missing_file_and_a_directory_say_what_to_do(litcheck: Litcheck, tmp_path: Path) -> None:
    missing = litcheck("check", tmp_path / "nowhere.txt", "--offline", "--no-db")
    assert (missing.status, missing.out) == (2, "")
    assert "nowhere.txt" in missing.err
    directory = litcheck("check", tmp_path, "--offline", "--no-db")
    assert (directory.status, directory.out) == (2, "")
    assert "litcheck corpus" in directory.err


@pytest.mark.parametrize(
    "encoded",
    [
        MANUSCRIPT.encode("utf-8"),
        MANUSCRIPT.encode("utf-8-sig"),
        MANUSCRIPT.encode("utf-16"),
        MANUSCRIPT.encode("utf-16-le"),
        MANUSCRIPT.replace("–", "-").encode("latin-1"),
        MANUSCRIPT.encode("cp1252"),
        MANUSCRIPT.replace("\n", "\r\n").encode("utf-8"),
        MANUSCRIPT.replace("\n", "\r").encode("utf-8"),
    ],
    ids=["utf-8", "utf-8-bom", "utf-16-bom", "utf-16-le", "latin-1", "windows-1252", "crlf", "cr"],
)
def test_every_usual_encoding_and_newline_gives_the_same_answer(litcheck: Litcheck, tmp_path: Path, encoded: bytes) -> None:
    path = write(tmp_path / "paper.txt", encoded)
    ended = litcheck("check", path, "--offline", "--no-db", "--format", "json")
    assert ended.status == 3, ended.err
    document = ended.json["documents"][0]
    assert [r["reference"]["author"][0]["family"] for r in document["references"]] == ["Lee", "Müller"]
    assert [c["references"] for c in document["citations"]] == [["1"], ["2"], ["1"]]
    text = litcheck("text", path).out
    for reference in document["references"]:
        assert text[reference["start"] : reference["end"]] == reference["raw"]


CITING = "Crabs feed at low tide (Okafor et al., 2019), and they do so in all seasons (Lindqvist, 2021).\n"


@pytest.mark.parametrize(
    ("command", "text", "says"),
    [
        (["parse"], "A note.\n", "no reference list was found in note.txt"),
        (["match", "--offline"], "A note.\n", "no reference list was found in note.txt"),
        (["citations"], "A note.\n", "neither citations nor a reference list were found in note.txt"),
        (
            ["citations"],
            CITING,
            "no reference list was found in note.txt",
        ),
        (["citations"], MANUSCRIPT[MANUSCRIPT.index("References") :], "no citations were found in note.txt"),
        (["citations"], "@misc{a, title = {A}}\n", "note.txt is a bare list of references (bibtex), which cites nothing"),
        (["check", "--offline", "--no-db", "--format", "json"], "A note.\n", "nothing to check in note.txt"),
    ],
)
def test_what_is_not_there_is_said_and_is_no_error(
    litcheck: Litcheck, tmp_path: Path, command: list[str], text: str, says: str
) -> None:
    write(tmp_path / "note.txt", text.encode())
    ended = litcheck(*command, "note.txt")
    assert ended.status == 0
    assert says in ended.err
    assert litcheck(*command, "note.txt", "--quiet").err == ""


def test_one_bad_file_among_good_ones_is_a_finding_and_the_rest_is_checked(litcheck: Litcheck, tmp_path: Path) -> None:
    good = write(tmp_path / "good.txt", MANUSCRIPT.encode())
    bad = write(tmp_path / "bad.txt", b"")
    ended = litcheck("check", bad, good, "--offline", "--no-db", "--format", "json")
    assert ended.status == 1
    first, second = ended.json["documents"]
    assert [f["code"] for f in first["findings"]] == ["LC001"]
    assert len(second["references"]) == 2


def test_what_cannot_be_read_is_said_whatever_is_selected(litcheck: Litcheck, tmp_path: Path) -> None:
    good = write(tmp_path / "good.txt", MANUSCRIPT.encode())
    bad = write(tmp_path / "bad.txt", b"")
    ended = litcheck("check", bad, good, "--offline", "--no-db", "--format", "json", "--select", "LC5")
    assert ended.status == 1
    assert [f["code"] for d in ended.json["documents"] for f in d["findings"]] == ["LC001"]


def test_a_list_of_2000_entries_is_read_whole(litcheck: Litcheck, tmp_path: Path) -> None:
    entries = "\n\n".join(
        f"Author{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}, A. ({1950 + n % 70}). "
        f"Title number {n} of a long list. Journal of Lists, {n % 90 + 1}(2), {n}–{n + 9}."
        for n in range(2000)
    )
    path = write(tmp_path / "long.txt", f"Text (Authoraaa, 1950).\n\nReferences\n\n{entries}\n".encode())
    ended = litcheck("citations", path, "--format", "jsonl")
    assert ended.status == 0
    (row,) = ended.rows
    assert len(row["references"]) == 2000
    assert row["citations"][0]["references"] == ["1"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check"], "FILE"),
        (["check", "paper.txt", "--format", "docx"], "docx"),
        (["explain", "LC999"], "litcheck rules"),
        (["report"], "litcheck check FILE"),
        (["watch"], "still to come"),
        (["serve"], "still to come"),
        (["index", "info", "nowhere"], "nowhere"),
        (["check", "paper.txt", "--offline", "--index", "nowhere"], "nowhere"),
        (["check", "paper.txt", "--output", "nowhere/report.html"], "nowhere"),
        (["check", "paper.txt", "--output", "report.docx"], ".docx"),
        (["check", "paper.txt", "--output", "paper.txt"], "paper.txt"),
        (["check", "paper.txt", "nowhere.txt", "--offline"], "nowhere.txt"),
        (["check", "paper.txt", "--mailto", "nobody"], "nobody"),
        (["check", "paper.txt", "--select", "LC999"], "LC999"),
        (["check", "paper.txt", "--style", "fancy"], "vancouver"),
        (["citations", "paper.txt", "--style", "fancy"], "vancouver"),
        (["nonsense"], "nonsense"),
    ],
)
def test_an_unusable_command_says_so_and_ends_with_2(litcheck: Litcheck, tmp_path: Path, arguments: list[str], says: str) -> None:
    write(tmp_path / "paper.txt", MANUSCRIPT.encode())
    ended = litcheck(*arguments)
    assert ended.status == 2
    assert says in ended.err
    assert "Traceback" not in ended.err


def test_output_that_cannot_be_written_ends_with_2_and_no_traceback(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full, a device that is always full")
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run([sys.executable, "-m", "litcheck", "rules"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert ended.returncode == 2
    assert "No space left" in ended.stderr.decode()
    assert "Traceback" not in ended.stderr.decode()


def test_a_report_for_which_there_is_no_room_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(UnusableError, match="No space left"):
        write_file(tmp_path / "report.html", "all of it")
    assert list(tmp_path.iterdir()) == []


#: A text with many control characters would not count as one.
ESCAPED = MANUSCRIPT.replace("Lee", "L\x1b[31mee").replace("\n\nReferences", " It goes on." * 100 + "\n\nReferences")


@pytest.mark.parametrize("arguments", [["citations"], ["match", "--offline"], ["check", "--offline", "--no-db"]])
def test_nothing_in_a_document_acts_on_a_terminal(litcheck: Litcheck, tmp_path: Path, arguments: list[str]) -> None:
    ended = litcheck(arguments[0], write(tmp_path / "paper\x1b[2J.txt", ESCAPED.encode()), *arguments[1:])
    assert ended.out
    assert "\x1b" not in ended.out + ended.err


def test_an_error_shows_the_name_of_a_file_and_does_not_act_it_out(litcheck: Litcheck, tmp_path: Path) -> None:
    ended = litcheck("check", tmp_path / "no\x1b[2Jwhere.txt", "--offline", "--no-db")
    assert ended.status == 2
    assert "\x1b" not in ended.err
    assert "no␛[2Jwhere.txt" in ended.err


@pytest.mark.parametrize("command", [["check", "--no-db"], ["parse"], ["match"], ["citations"], ["text"]])
def test_no_output_takes_the_place_of_what_is_read(litcheck: Litcheck, tmp_path: Path, command: list[str]) -> None:
    paper = write(tmp_path / "paper.txt", MANUSCRIPT.encode())
    (tmp_path / "link.txt").symlink_to(paper)
    ended = litcheck(*command, paper, "--output", tmp_path / "link.txt")
    assert ended.status == 2
    assert "would be lost" in ended.err
    assert paper.read_text(encoding="utf-8") == MANUSCRIPT
