"""The shipped example: a short review with planted errors, and the records of the works that it cites.

The records are facts written for this example in the form of Crossref's REST API, so that the demo runs the same code as any
check with a local index and needs no network. ``README.md`` beside them lists what is planted.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path

from litcheck.sources.local_index import build_index

#: The day for which the shipped records are declared complete: for the demo alone, a miss among them means "not registered".
RECORDS_AS_OF = date(2026, 11, 1)


def manuscript_path() -> AbstractContextManager[Path]:
    """The example manuscript as a file, for the time of a ``with`` block."""
    return as_file(files(__package__) / "manuscript.txt")


def build_demo_index(directory: Path) -> None:
    """Builds a local index of the shipped records in ``directory``, as ``litcheck index build --complete`` would."""
    with as_file(files(__package__) / "works.jsonl") as works:
        build_index([works], directory, complete=True, as_of=RECORDS_AS_OF)
