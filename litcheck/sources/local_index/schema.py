"""The fields of the index, and opening it so that damage is an error with a message and not a crash."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import tantivy

from litcheck.errors import UnusableIndex
from litcheck.sources.local_index.compacting import expand_work
from litcheck.sources.local_index.preparing import PreparedWork

#: How tantivy names the empty files that it locks; they belong to who has the index open and not to the index.
LOCK_SUFFIX = ".lock"


def schema() -> tantivy.Schema:
    """The fields of the index. All words come folded and are split at spaces; DOIs are one term each.

    ``noticed`` is the DOI of a work that a document holds notices about, ``origin`` what it is if no record of the registry.
    """
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("doi", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("alias", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("noticed", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("origin", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("title", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("names", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("keys", tokenizer_name="whitespace", index_option="freq")
    builder.add_bytes_field("work", stored=True)
    builder.add_unsigned_field("serial", stored=True)
    return builder.build()


def document(work: PreparedWork, serial: int) -> tantivy.Document:
    """A work as a document of the index; ``serial`` counts the records in the order in which they were read."""
    terms = work.terms
    made = tantivy.Document()
    made.add_text("doi", work.doi)
    for alias in work.aliases:
        made.add_text("alias", alias)
    made.add_text("title", terms.title)
    made.add_text("names", terms.names)
    made.add_text("keys", terms.keys)
    made.add_bytes("work", work.stored)
    made.add_unsigned("serial", serial)
    return made


def stored_work(found: tantivy.Document) -> dict[str, Any]:
    """The reduced work that a document of the index holds. Raises ``ValueError`` when it is damaged."""
    work = stored_json(found)
    return expand_work(work) if isinstance(work, list) else _as_work(work)


def stored_json(found: tantivy.Document) -> Any:
    """What a document holds, as it was written. Raises ``ValueError`` when it is damaged."""
    stored = found.get_first("work")
    if not isinstance(stored, bytes):
        raise ValueError("a document without its work")
    return json.loads(stored)


def _as_work(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("a document without its work")
    return value


def stored_serial(found: tantivy.Document) -> int:
    """The serial number that a document of the index holds."""
    return int(found.get_first("serial") or 0)


class TantivyError(Exception):
    """Tantivy failed or crashed; the message is its own."""


class TantivyFailures:
    """Turns what tantivy raises inside the block into ``TantivyError``.

    It raises ``ValueError`` or ``OSError`` for what it checks. For what it does not, damaged bytes above all, its Rust code
    panics, and a panic arrives as an exception that is no ``Exception`` and cannot be imported; it is known by its name.
    """

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is not None and (issubclass(kind, ValueError | OSError) or kind.__name__ == "PanicException"):
            raise TantivyError(str(error)) from error


def open_searcher(generation: Path) -> tuple[tantivy.Schema, tantivy.Searcher]:
    """The schema and a searcher of a generation of an index. Raises ``UnusableIndex`` when its files are damaged."""
    try:
        with TantivyFailures(), _writable(generation) as folder:
            index = tantivy.Index.open(str(folder))
            return index.schema, index.searcher()
    except TantivyError as error:
        raise UnusableIndex(f"{generation.parent} is damaged ({error}). Build the index again.") from error


@contextmanager
def _writable(generation: Path) -> Iterator[Path]:
    """A folder with the files of ``generation`` in which tantivy may take its lock; it does so even to read.

    For an index that someone else built, or on a medium that is only read, this is a folder of links, needed until all files
    are open.
    """
    if os.access(generation, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        yield generation
        return
    with tempfile.TemporaryDirectory(prefix="litcheck-index-") as folder:
        for path in generation.iterdir():
            if path.suffix != LOCK_SUFFIX:
                Path(folder, path.name).symlink_to(path.resolve())
        yield Path(folder)
