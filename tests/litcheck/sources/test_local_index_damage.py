"""Directories that are no index, and indexes that are damaged: always an error that says what to do, never a crash."""

from __future__ import annotations

import asyncio
import json
import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from bib.model import Reference
from litcheck.errors import UnusableIndex
from litcheck.evidence import Found, Lookup, NotFound, Unavailable
from litcheck.sources.local_index import LocalIndex, build_index, read_info

#: The files of an index by their endings; there is one segment, so one of each.
ENDINGS = ("meta.json", ".managed.json", ".store", ".term", ".idx", ".fieldnorm", ".fast", ".pos")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    works = [
        {
            "DOI": f"10.1000/{n}",
            "title": [f"Study {n} of swifts on tower {n % 17} in summer"],
            "author": [{"family": f"Lund{n % 11}"}],
            "issued": {"date-parts": [[1990 + n % 30]]},
        }
        for n in range(500)
    ]
    (folder / "works.jsonl").write_text("\n".join(map(json.dumps, works)), encoding="utf-8")
    build_index([folder / "works.jsonl"], folder / "index", complete=True)
    return folder / "index"


@pytest.fixture
def index(whole: Path, tmp_path: Path) -> Path:
    return shutil.copytree(whole, tmp_path / "index")


def file_of(index: Path, ending: str) -> Path:
    return next(path for path in index.glob("generation-*/*") if path.name.endswith(ending))


def ask(index: Path) -> list[Lookup]:
    source = LocalIndex(index)
    by_doi = asyncio.run(source.works_by_doi(["10.1000/3", "10.1000/499", "10.1000/none"]))
    like = asyncio.run(source.works_like([Reference(id="1", raw="Lund3 (1993). Study 3 of swifts on tower 3 in summer.")]))
    return [*by_doi.values(), *like]


def change_manifest(index: Path, **changes: Any) -> None:
    path = index / "litcheck-index.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | changes), encoding="utf-8")


def test_a_whole_index_answers(index: Path) -> None:
    assert [type(lookup) for lookup in ask(index)] == [Found, Found, NotFound, Found]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("kept", [0.0, 0.5, 0.99])
def test_a_file_cut_short_is_named(index: Path, ending: str, kept: float) -> None:
    path = file_of(index, ending)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * kept)])

    for open_ in (read_info, LocalIndex):
        with pytest.raises(UnusableIndex, match=rf"generation-\w+/{path.name} has \d+ bytes .* Build the index again"):
            open_(index)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_missing_file_is_named(index: Path, ending: str) -> None:
    path = file_of(index, ending)
    path.unlink()

    with pytest.raises(UnusableIndex, match=f"{path.name} is missing. Build the index again"):
        LocalIndex(index)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("seed", range(3))
def test_damaged_bytes_are_an_error_or_an_unavailable_answer(
    index: Path, ending: str, seed: int, capfd: pytest.CaptureFixture[str]
) -> None:
    """Sizes are right, so that tantivy itself meets the damage; some of it makes its Rust code panic."""
    path, chance = file_of(index, ending), random.Random(seed)
    data = bytearray(path.read_bytes())
    for _ in range(max(3, len(data) // 50)):
        data[chance.randrange(len(data))] ^= 0xFF
    path.write_bytes(data)

    try:
        answers = ask(index)
    except UnusableIndex as error:
        assert "Build the index again" in str(error)  # noqa: PT017 -- either this or an answer is right
    else:
        assert all(isinstance(answer, Found | NotFound | Unavailable) for answer in answers)


@pytest.mark.parametrize("size", [0, 100])
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_truncated_file_that_the_manifest_vouches_for_is_an_error(index: Path, ending: str, size: int) -> None:
    path = file_of(index, ending)
    path.write_bytes(path.read_bytes()[:size])
    files = json.loads((index / "litcheck-index.json").read_text(encoding="utf-8"))["files"]
    change_manifest(index, files=files | {path.name: size})

    with pytest.raises(UnusableIndex, match=r"is damaged .* Build the index again"):
        LocalIndex(index)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"format": 1}, r"has format 1; this litcheck reads format \d+. Build the index again"),
        ({"format": None}, "has format None"),
        ({"generation": "../elsewhere"}, "is damaged"),
        ({"generation": "generation-../.."}, "is damaged"),
        ({"generation": 7}, "is damaged"),
        ({"works": "many"}, "is damaged"),
        ({"as_of": "yesterday"}, "is damaged"),
        ({"files": None}, "is damaged"),
        ({"sources": [{"path": "x"}]}, "is damaged"),
        ({"bad_records": 3}, "is damaged"),
        ({"retractions": {"path": "x"}}, "is damaged"),
    ],
)
def test_a_manifest_that_means_nothing_is_an_error(index: Path, changes: dict[str, Any], message: str) -> None:
    change_manifest(index, **changes)

    with pytest.raises(UnusableIndex, match=message):
        read_info(index)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"null", b"[" * 100_000])
def test_a_manifest_that_is_no_object_is_an_error(index: Path, content: bytes) -> None:
    (index / "litcheck-index.json").write_bytes(content)

    with pytest.raises(UnusableIndex, match=r"litcheck-index\.json is damaged .* Build the index again"):
        read_info(index)


def test_what_is_no_index_is_told_apart(tmp_path: Path) -> None:
    file, empty, unfinished = tmp_path / "file", tmp_path / "empty", tmp_path / "unfinished"
    file.write_text("x", encoding="utf-8")
    empty.mkdir()
    (unfinished / "generation-00ff").mkdir(parents=True)

    for directory, message in (
        (tmp_path / "missing", "does not exist. Make an index with `litcheck index build"),
        (file, "is a file"),
        (empty, r"is not a litcheck index: it has no litcheck-index\.json"),
        (unfinished, "a build was interrupted or is still running"),
    ):
        with pytest.raises(UnusableIndex, match=message):
            LocalIndex(directory)


def test_an_index_that_may_only_be_read_can_be_read(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_, **__: False)
    before = sorted(path.name for path in index.rglob("*"))

    assert [type(lookup) for lookup in ask(index)] == [Found, Found, NotFound, Found]
    assert sorted(path.name for path in index.rglob("*")) == before
