"""What counts as changed, and which settings make everything be checked anew."""

from __future__ import annotations

import os
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from flows.changes import digest_of, file_digest, find_changes
from litcheck.findings import Severity
from litcheck.settings import Settings
from litcheck.sources.local_index import build_index
from litcheck.store.checked import CheckedBefore

DOI = '{"DOI": "10.1000/1", "title": ["A title"]}\n'


def before(path: Path, digest: str) -> CheckedBefore:
    return CheckedBefore(path=str(path), sha256=digest, errors=0, warnings=0, infos=0)


def test_a_document_is_changed_unless_it_holds_what_it_held(tmp_path: Path) -> None:
    same, other, new, gone = (tmp_path / name for name in ("same.txt", "other.txt", "new.txt", "gone.txt"))
    for path in (same, other, new):
        path.write_text(path.name, encoding="utf-8")
    known = {str(path): before(path, sha256(b"same.txt").hexdigest()) for path in (same, other)}
    changes = find_changes([same, other, new, gone], known)
    assert list(changes.changed) == [other, new, gone]
    assert changes.changed[new] == sha256(b"new.txt").hexdigest()
    assert changes.unchanged == (known[str(same)],)


def test_what_cannot_be_read_has_no_digest_and_blocks_nothing(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    assert file_digest(pipe) == ""
    assert find_changes([pipe], {str(pipe): before(pipe, "")}).changed == {pipe: ""}


@pytest.mark.parametrize(
    ("change", "matters"),
    [
        ({"offline": True}, True),
        ({"style": "apa"}, True),
        ({"ignore": frozenset({"LC105"})}, True),
        ({"select": frozenset({"LC5"})}, True),
        ({"sources": ("crossref",)}, True),
        ({"jobs": 4}, False),
        ({"mailto": "a.lee@example.org"}, False),
        ({"fail_on": Severity.WARNING}, False),
        ({"db": Path("elsewhere.duckdb")}, False),
        ({"crossref_token": "secret"}, False),
    ],
)
def test_only_settings_that_bear_on_findings_matter(change: dict[str, Any], matters: bool) -> None:
    assert (digest_of(Settings()) != digest_of(replace(Settings(), **change))) is matters


def test_an_index_matters_by_what_it_was_built_from(tmp_path: Path) -> None:
    works = tmp_path / "works.jsonl"
    works.write_text(DOI, encoding="utf-8")
    digests = []
    for name in ("first", "second"):
        build_index([works], tmp_path / name, complete=False, as_of=None)
        digests.append(digest_of(Settings(indexes=(tmp_path / name,))))
    works.write_text(DOI + DOI.replace("1000/1", "1000/2"), encoding="utf-8")
    build_index([works], tmp_path / "third", complete=False, as_of=None)
    digests.append(digest_of(Settings(indexes=(tmp_path / "third",))))
    assert digests[0] == digests[1] != digests[2]
