"""Sources in a tar: read where they lie, and nothing of a damaged one is lost unsaid."""

from __future__ import annotations

import gc
import gzip
import io
import json
import tarfile
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litcheck.errors import UnusableError
from litcheck.sources.local_index import BuildProgress, build_index
from litcheck.sources.local_index.archive import read_members


def works(*numbers: int) -> list[dict[str, Any]]:
    return [{"DOI": f"10.1000/{number}", "title": [f"Tower {number}"]} for number in numbers]


def lines(*numbers: int) -> bytes:
    return b"".join(json.dumps(work).encode() + b"\n" for work in works(*numbers))


def tar(path: Path, **members: bytes) -> Path:
    """An archive of members; two underscores in a name stand for a full stop."""
    with tarfile.open(path, "w") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(f"data/{name.replace('__', '.')}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


def of_each_kind(path: Path) -> Path:
    return tar(
        path,
        a__jsonl__gz=gzip.compress(lines(1, 2)),
        b__json__gz=gzip.compress(json.dumps({"items": works(3)}).encode()),
        README__txt=b"about the rest",
        c__json=json.dumps({"items": works(4)}).encode(),
        d__JSONL=lines(5, 6),
        __hidden__jsonl=b"left by a file system",
    )


def test_members_of_every_kind_are_read_and_others_passed_over(tmp_path: Path) -> None:
    info = build_index([of_each_kind(tmp_path / "works.tar")], tmp_path / "index", complete=True)

    assert (info.works, info.bad) == (6, 0)
    assert [(source.files, source.records) for source in info.sources] == [(1, 6)]


def test_an_archive_may_lie_in_a_directory(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    of_each_kind(tmp_path / "data" / "works.tar")
    (tmp_path / "data" / "more.jsonl").write_bytes(lines(7))

    assert build_index([tmp_path / "data"], tmp_path / "index").works == 7


def test_other_processes_read_archives_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("litcheck.sources.local_index.workers.WORTH_PROCESSES", 0)

    assert build_index([of_each_kind(tmp_path / "works.tar")], tmp_path / "index", jobs=2).works == 6


def test_progress_goes_through_the_archive(tmp_path: Path) -> None:
    told: list[BuildProgress] = []

    build_index([of_each_kind(tmp_path / "works.tar")], tmp_path / "index", progress=told.append)

    assert [one.files_done for one in told] == [0] * (len(told) - 1) + [1]
    assert [one.bytes_done for one in told] == sorted(one.bytes_done for one in told)
    assert told[-1].bytes_done == told[-1].size


def test_bad_pieces_are_named_with_their_member(tmp_path: Path) -> None:
    info = build_index([tar(tmp_path / "works.tar", a__jsonl=lines(1) + b"no JSON\n")], tmp_path / "index")

    assert info.bad_records[0].place == f"{tmp_path}/works.tar/data/a.jsonl:2"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (gzip.compress(lines(*range(900)))[:-20], r"works\.tar/data/b\.jsonl\.gz is cut short"),
        (b"plain text", r"works\.tar/data/b\.jsonl\.gz is not a gzip file"),
        (gzip.compress(b"no JSON\n"), r"works\.tar/data/b\.jsonl\.gz holds no Crossref works"),
    ],
    ids=["cut-short", "not-packed", "no-works"],
)
def test_a_damaged_member_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    archive = tar(tmp_path / "works.tar", a__jsonl=lines(1), b__jsonl__gz=content, c__jsonl=lines(2))

    with pytest.raises(UnusableError, match=message):
        build_index([archive], tmp_path / "index")


def test_an_archive_cut_short_anywhere_is_refused(tmp_path: Path) -> None:
    whole = tar(tmp_path / "whole.tar", a__jsonl=lines(*range(40)), b__jsonl__gz=gzip.compress(lines(40))).read_bytes()
    end = len(whole.rstrip(b"\0")) // 512 * 512 + 512
    for length in (0, 100, 512, 900, 1024, end - 1024, end - 1, end, end + 100):
        (tmp_path / "cut.tar").write_bytes(whole[:length])

        with pytest.raises(UnusableError, match=r"cut\.tar"):
            build_index([tmp_path / "cut.tar"], tmp_path / "index")


def test_a_damaged_header_is_not_taken_for_the_end(tmp_path: Path) -> None:
    archive = tar(tmp_path / "works.tar", a__jsonl=lines(1), b__jsonl=lines(2))
    data = bytearray(archive.read_bytes())
    data[1024 + 148 : 1024 + 156] = b"damaged!"  # the check sum of the second header
    archive.write_bytes(data)

    with pytest.raises(UnusableError, match=r"works\.tar is damaged at byte 1,024"):
        build_index([archive], tmp_path / "index")


def test_joined_archives_are_refused(tmp_path: Path) -> None:
    first, second = tar(tmp_path / "1.tar", a__jsonl=lines(1)), tar(tmp_path / "2.tar", b__jsonl=lines(2))
    (tmp_path / "both.tar").write_bytes(first.read_bytes() + second.read_bytes())

    with pytest.raises(UnusableError, match=r"both\.tar goes on after its end"):
        build_index([tmp_path / "both.tar"], tmp_path / "index")


def test_a_link_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "works.tar", "w") as archive:
        link = tarfile.TarInfo("a.jsonl")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)

    with pytest.raises(UnusableError, match=r"works\.tar/a\.jsonl is a link"):
        build_index([tmp_path / "works.tar"], tmp_path / "index")


@pytest.mark.parametrize("members", [{}, {"README__txt": b"nothing else"}])
def test_an_archive_without_sources_is_refused(tmp_path: Path, members: dict[str, bytes]) -> None:
    with pytest.raises(UnusableError, match="holds no file that ends in"):
        build_index([tar(tmp_path / "works.tar", **members)], tmp_path / "index")


@given(data=st.binary(max_size=3000))
@settings(max_examples=60)
def test_anything_called_a_tar_is_read_or_refused(data: bytes) -> None:
    try:
        found = [content.read() for _, content in read_members("x.tar", io.BytesIO(data), (".jsonl",))]
    except (UnusableError, tarfile.ReadError):
        return
    assert sum(map(len, found)) <= len(data)


def test_memory_does_not_grow_with_the_archive(tmp_path: Path) -> None:
    path = tar(tmp_path / "many.tar", **{f"m{number}__jsonl": lines(number) for number in range(300)})
    gc.collect()
    before = _headers()
    with path.open("rb") as raw:
        held = [_headers() - before for _ in islice(read_members(str(path), raw, (".jsonl",)), 0, None, 60)]

    assert held
    assert max(held) < 5


def _headers() -> int:
    return sum(isinstance(thing, tarfile.TarInfo) for thing in gc.get_objects())
