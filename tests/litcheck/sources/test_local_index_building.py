"""Building an index: what goes in, and what is left out."""

from __future__ import annotations

import asyncio
import gzip
import json
import multiprocessing
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from litcheck.errors import UnusableError
from litcheck.evidence import Found
from litcheck.sources.local_index import BuildProgress, IndexInfo, LocalIndex, build_index, read_info
from litcheck.sources.local_index.ledger import DoiLedger


def work(doi: str, title: str = "On the flight of swifts", **fields: Any) -> dict[str, Any]:
    return {
        "DOI": doi,
        "title": [title],
        "author": [{"family": "Lund", "given": "Ada"}],
        "issued": {"date-parts": [[2019]]},
        **fields,
    }


def write(path: Path, *items: Any) -> Path:
    """One item a line, gzipped where the name says so. A ``str`` is written as it is."""
    data = "".join(f"{item if isinstance(item, str) else json.dumps(item)}\n" for item in items).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def title_of(directory: Path, doi: str) -> str:
    lookup = asyncio.run(LocalIndex(directory).works_by_doi([doi]))[doi]
    return lookup.records[0].title if isinstance(lookup, Found) else ""


@pytest.mark.parametrize("name", ["works.jsonl", "works.jsonl.gz", "works.ndjson", "WORKS.JSONL"])
def test_lines_are_read(tmp_path: Path, name: str) -> None:
    info = build_index([write(tmp_path / name, work("10.1000/a"), "", work("10.1000/b"))], tmp_path / "index")

    assert (info.works, info.bad) == (2, 0)


@pytest.mark.parametrize(
    "value",
    [
        {"items": [work("10.1000/a"), work("10.1000/b")]},
        {"status": "ok", "message": {"items": [work("10.1000/a"), work("10.1000/b")]}},
        [work("10.1000/a"), work("10.1000/b")],
    ],
)
@pytest.mark.parametrize("name", ["0.json", "0.json.gz"])
def test_files_of_items_are_read(tmp_path: Path, name: str, value: object) -> None:
    assert build_index([write(tmp_path / name, value)], tmp_path / "index").works == 2


def test_a_directory_gives_its_files_and_no_index_that_lies_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    (folder / "deep").mkdir(parents=True)
    write(folder / "0.json.gz", {"items": [work("10.1000/a")]})
    write(folder / "deep" / "1.jsonl", work("10.1000/b"))
    (folder / "README.txt").write_text("not a source", encoding="utf-8")
    build_index([folder], folder / "index")

    info = build_index([folder], folder / "index")

    assert info.works == 2
    assert [(source.files, source.records) for source in info.sources] == [(2, 2)]


def test_links_to_directories_are_followed_and_loops_are_not(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    (folder / "sub").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    write(folder / "sub" / "0.jsonl", work("10.1000/a"))
    write(tmp_path / "elsewhere" / "1.jsonl", work("10.1000/b"))
    (folder / "linked").symlink_to(tmp_path / "elsewhere")
    (folder / "sub" / "loop").symlink_to(folder)

    assert build_index([folder], tmp_path / "index", complete=True).works == 2


def test_a_directory_that_cannot_be_listed_ends_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "data"
    (folder / "closed").mkdir(parents=True)
    write(folder / "0.jsonl", work("10.1000/a"))
    list_directory = os.scandir

    def refuse(path: str) -> Iterator[os.DirEntry[str]]:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", path)
        return list_directory(path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(UnusableError, match="closed cannot be listed"):
        build_index([folder], tmp_path / "index", complete=True)


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    source = write(tmp_path / "works.jsonl", work("10.1000/a"))

    assert build_index([source, tmp_path / "." / "works.jsonl"], tmp_path / "index").duplicates == 0


def test_the_manifest_tells_what_was_built(tmp_path: Path) -> None:
    source = write(tmp_path / "works.jsonl", work("10.1000/a"))

    built = build_index([source], tmp_path / "index", complete=True, as_of=date(2026, 3, 1))

    assert built == read_info(tmp_path / "index")
    assert (built.complete, built.as_of, built.summary) == (True, date(2026, 3, 1), "1 work, complete as of 2026-03-01")
    assert built.size > 0


def test_a_complete_index_speaks_for_today_unless_told_otherwise(tmp_path: Path) -> None:
    source = write(tmp_path / "works.jsonl", work("10.1000/a"))

    assert build_index([source], tmp_path / "index", complete=True).as_of == date.today()
    assert build_index([source], tmp_path / "index").as_of is None


@pytest.mark.parametrize(
    ("records", "kept"),
    [
        pytest.param([work("10.1000/a", "Old"), work("10.1000/a", "New")], "New", id="the later one"),
        pytest.param([work("10.1000/a", "Full", volume="3"), work("10.1000/a", "Poor")], "Full", id="the fuller one"),
        pytest.param(
            [work("10.1000/a", "Whole", author=[{"family": "Lund"}, {"family": "Roy"}]), work("10.1000/a", "Cut")],
            "Whole",
            id="more authors",
        ),
        pytest.param(
            [
                work("10.1000/a", "New", indexed={"timestamp": 2000}),
                work("10.1000/a", "Old", volume="1", indexed={"timestamp": 1000}),
            ],
            "New",
            id="the newer by the registry's time",
        ),
        pytest.param(
            [work("10.1000/a", "Registry", deposited={"timestamp": 5}), work("10.1000/a", "Copy", volume="1", issue="2")],
            "Registry",
            id="the one from the registry itself",
        ),
        pytest.param([work("10.1000/A", "Old"), work("10.1000/a", "New")], "New", id="DOIs know no case"),
    ],
)
def test_one_record_of_a_doi_stays(tmp_path: Path, records: list[dict[str, Any]], kept: str) -> None:
    info = build_index([write(tmp_path / "works.jsonl", *records, work("10.1000/other"))], tmp_path / "index")

    assert (info.works, info.duplicates) == (2, 1)
    assert title_of(tmp_path / "index", "10.1000/a") == kept


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"DOI": "10.1000/x", "title": [', "not JSON"),
        ('{"title": ["Without"]}', "without a DOI"),
        ('{"DOI": 12}', "a DOI that is none"),
        ('{"DOI": "http://example.org"}', "a DOI that is none"),
        ('{"DOI": "10.1000/\\ud800"}', "a DOI that is none"),
        ("[1, 2]", "not a work but a list"),
        ("null", "not a work but null"),
        ("[" * 100_000, "not"),
        ('{"DOI": "10.1000/x", "volume": ' + "9" * 10_000 + "}", "not JSON"),
        ("\x00\x01", "not JSON"),
    ],
)
def test_bad_lines_are_named_and_left_out(tmp_path: Path, line: str, reason: str) -> None:
    info = build_index([write(tmp_path / "works.jsonl", work("10.1000/a"), line, work("10.1000/b"))], tmp_path / "index")

    assert (info.works, info.bad) == (2, 1)
    assert info.bad_records[0].place == f"{tmp_path / 'works.jsonl'}:2"
    assert reason in info.bad_records[0].reason


def test_sources_with_bad_lines_are_not_complete(tmp_path: Path) -> None:
    source = tmp_path / "works.jsonl"
    source.write_text('{"DOI": "10.5555/a", "title": ["A work"]}\nno JSON\n', encoding="utf-8")
    with pytest.raises(UnusableError, match=r"works\.jsonl:2: .*do without --complete"):
        build_index([source], tmp_path / "index", complete=True)
    assert build_index([source], tmp_path / "index").bad == 1


def test_lines_that_are_no_utf8_are_bad_lines(tmp_path: Path) -> None:
    source = write(tmp_path / "works.jsonl", work("10.1000/a"))
    source.write_bytes(source.read_bytes() + b'{"DOI": "10.1000/\xff"}\n')

    assert build_index([source], tmp_path / "index").bad == 1


def test_bad_items_are_named_by_their_position(tmp_path: Path) -> None:
    info = build_index([write(tmp_path / "0.json", {"items": [work("10.1000/a"), 7]})], tmp_path / "index")

    assert info.bad_records[0].place.endswith("0.json:item 2")


def test_fields_of_odd_types_harm_nothing(tmp_path: Path) -> None:
    odd = {
        "DOI": "10.1000/odd", "title": 3, "author": [1, {"family": ["x"]}, None], "issued": {"date-parts": [[None]]}, "volume": 4,
        "page": {}, "published-print": {"date-parts": []}, "journal-issue": "x", "aliases": [None, "10.1000/alias"],
        "indexed": [], "subtitle": [None, "a \ud800 b"],
    }  # fmt: skip
    build_index([write(tmp_path / "works.jsonl", odd)], tmp_path / "index")

    assert isinstance(asyncio.run(LocalIndex(tmp_path / "index").works_by_doi(["10.1000/odd"]))["10.1000/odd"], Found)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("works.jsonl.gz", b"plain text", "is not a gzip file"),
        ("works.jsonl.gz", gzip.compress(b'{"DOI": "10.1000/a"}\n' * 9000)[:-40], "is cut short"),
        ("works.jsonl", b"a\nb\n", "holds no Crossref works: not JSON"),
        ("works.jsonl", b"", "hold no works at all"),
        ("works.json", b'{"name": "package"}', "a work without a DOI"),
        ("works.json", b"{", "not JSON"),
        ("works.csv", b"doi\n", "no kind that can be indexed"),
    ],
    ids=["not-packed", "cut-short", "no-json", "empty", "another-kind", "broken-json", "unknown-kind"],
)
def test_unusable_sources_are_refused_and_leave_nothing(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(UnusableError, match=message):
        build_index([tmp_path / name], tmp_path / "index")

    assert not (tmp_path / "index").exists()


def test_damage_in_the_middle_of_a_gzip_file_is_refused(tmp_path: Path) -> None:
    source = write(tmp_path / "works.jsonl.gz", *(work(f"10.1000/{os.urandom(8).hex()}") for _ in range(500)))
    data = bytearray(source.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 64] = bytes(64)
    source.write_bytes(data)

    with pytest.raises(UnusableError, match=r"works\.jsonl\.gz (is not a gzip file, or is damaged|is cut short)|not JSON"):
        build_index([source], tmp_path / "index")


def test_a_missing_source_and_an_empty_directory_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    with pytest.raises(UnusableError, match=r"cannot be read \(No such file"):
        build_index([tmp_path / "missing.jsonl"], tmp_path / "index")
    with pytest.raises(UnusableError, match="holds no file that ends in"):
        build_index([tmp_path / "empty"], tmp_path / "index")


def test_progress_tells_files_records_and_rate(tmp_path: Path) -> None:
    sources = [write(tmp_path / f"{n}.jsonl", work(f"10.1000/{n}"), "bad") for n in range(3)]
    told: list[BuildProgress] = []

    build_index(sources, tmp_path / "index", progress=told.append)

    assert (told[-1].files_done, told[-1].files, told[-1].records, told[-1].bad) == (3, 3, 3, 3)
    assert told[-1].bytes_done == told[-1].size
    assert told[-1].rate > 0
    assert [one.bytes_done for one in told] == sorted(one.bytes_done for one in told)


def test_other_processes_give_the_same_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("litcheck.sources.local_index.workers.WORTH_PROCESSES", 0)
    monkeypatch.setattr("litcheck.sources.local_index.reading.BLOCK", 4096)
    lines = [work(f"10.1000/{n % 900}", f"Title {n}") for n in range(1000)]
    source = write(tmp_path / "works.jsonl.gz", *lines[:500], "bad", *lines[500:])

    alone, together = (_content(build_index([source], tmp_path / f"index{jobs}", jobs=jobs)) for jobs in (1, 3))

    assert alone == together
    assert alone[:3] == (900, 100, 1)
    assert title_of(tmp_path / "index3", "10.1000/50") == "Title 950"


def test_a_process_that_dies_ends_the_build_with_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("litcheck.sources.local_index.workers.WORTH_PROCESSES", 0)
    monkeypatch.setattr("litcheck.sources.local_index.reading.BLOCK", 4096)

    def kill(_: BuildProgress) -> None:
        for process in multiprocessing.active_children():
            process.kill()

    with pytest.raises(UnusableError, match="was ended from outside"):
        build_index(
            [write(tmp_path / "works.jsonl", *(work(f"10.1000/{n}") for n in range(1000)))],
            tmp_path / "index",
            jobs=2,
            progress=kill,
        )

    assert not (tmp_path / "index").exists()


def _content(info: IndexInfo) -> tuple[int, int, int, tuple[str, ...]]:
    return info.works, info.duplicates, info.bad, tuple(bad.place for bad in info.bad_records)


def test_the_ledger_of_dois_may_spill_to_the_disk(tmp_path: Path) -> None:
    ledger = DoiLedger(tmp_path / "ledger", held=10)
    for n in range(100):
        ledger.add(f"10.1000/{n}\u2028é")
    for n in (3, 97, 3):
        ledger.add(f"10.1000/{n}\u2028é")

    assert sorted(ledger.dois(repeated=True)) == ["10.1000/3\u2028é", "10.1000/97\u2028é"]
    assert any((tmp_path / "ledger").iterdir())
