"""The labelled strings of the shared data, each brought to the one guide of labels (``docs/labels.md``)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

from bib.strings.training.aligning import Example, align_fields, align_segments, flat

#: The file of GROBID's corpus whose strings are easier than the others; it is reported apart.
EASIER = "citations.xml"
#: One file in so many is held out of training when figures are wanted (of ``EASIER``, one string).
_HELD_OUT = 5


def is_held_out(row: Mapping[str, Any]) -> bool:
    """Whether a row of ``grobid-dev.jsonl`` is held out."""
    document = row["file"]
    return crc32((raw_of(row) if document == EASIER else document).encode()) % _HELD_OUT == 0


#: What the rows of a source leave out: AnyStyle itself labels the books of chapters and the series of books.
_UNSAID = {"anystyle": ("container", "series")}


def raw_of(row: Mapping[str, Any]) -> str:
    """The string of a row, on one line."""
    return " ".join(str(row["raw"]).split())


def segment_corpora(references: Path, *, without: Iterable[Mapping[str, Any]]) -> Iterator[Example]:
    """The strings labelled by hand: GROBID's and AnyStyle's. One that several sets have comes once, one of ``without`` never."""
    seen = {flat(row["raw"]) for row in without}
    for name in ("grobid-dev", "anystyle-gold", "anystyle-core"):
        for row in rows_of(references / f"{name}.jsonl"):
            key = flat(row["raw"])
            if key not in seen:
                seen.add(key)
                source = name.split("-")[0]
                if example := align_segments(raw_of(row), row["fields"], source=source, unsaid=_UNSAID.get(source, ())):
                    yield example


def articles_of(manuscripts: Path) -> Iterator[dict[str, Any]]:
    """The manuscripts, each with its references."""
    for path in sorted(manuscripts.glob("*/*.json")):
        yield json.loads(path.read_text(encoding="utf-8"))


def manuscript_strings(manuscripts: Path, *, without: Iterable[Mapping[str, Any]]) -> Iterator[Example]:
    """The printed references of the manuscripts with their deposited fields, none that ``without`` has too."""
    seen = {flat(row["raw"]) for row in without}
    for manuscript in articles_of(manuscripts):
        for row in manuscript["references"]:
            key = flat(row["raw"])
            if not row["raw_kind"].startswith("literal") or key in seen:
                continue
            seen.add(key)
            fields = {name: row.get(key) for name, key in _FIELDS.items()}
            if example := align_fields(raw_of(row), row.get("authors") or (), fields, source="manuscripts"):
                yield example


_FIELDS = {"title": "title", "container": "container", "date": "year", "volume": "volume", "issue": "issue", "pages": "fpage"}


def rows_of(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
