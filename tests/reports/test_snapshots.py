"""What a person sees, kept as files: look at the difference before you accept it.

After a change that is meant, write them anew and read the diff: ``UPDATE_SNAPSHOTS=1 pytest tests/reports/test_snapshots.py``.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from litcheck.run import Run
from reports import render

SNAPSHOTS = Path(__file__).parent / "snapshots"

#: The file's ending, the format and its options.
SHOWN: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("80.txt", "text", {"width": 80}),
    ("120.txt", "text", {"width": 120}),
    ("colour.txt", "text", {"width": 80, "colour": True}),
    ("md", "md", {}),
    ("json", "json", {}),
    ("jsonl", "jsonl", {}),
    ("html", "html", {}),
)


@pytest.mark.parametrize(("ending", "format_", "options"), SHOWN, ids=[ending for ending, _, _ in SHOWN])
def test_report_is_as_it_was(named_run: tuple[str, Run], ending: str, format_: str, options: dict[str, Any]) -> None:
    name, run = named_run
    path = SNAPSHOTS / f"{name}.{ending}"
    rendered = render(run, format_, **options)
    if os.environ.get("UPDATE_SNAPSHOTS"):
        SNAPSHOTS.mkdir(exist_ok=True)
        path.write_text(rendered, encoding="utf-8", newline="")
    assert rendered == path.read_bytes().decode()


def test_every_snapshot_belongs_to_a_run(snapshot_names: frozenset[str]) -> None:
    expected = {f"{name}.{ending}" for name in snapshot_names for ending, _, _ in SHOWN}
    assert {path.name for path in SNAPSHOTS.iterdir()} == expected
