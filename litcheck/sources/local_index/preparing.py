"""Pieces of source files → works ready for the index. Values in, values out, so that other processes can do it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from litcheck.sources.local_index.compacting import compact_work
from litcheck.sources.local_index.model import BadRecord
from litcheck.sources.local_index.reduction import encode_work, reduce_work
from litcheck.sources.local_index.terms import Terms, work_terms

#: Bad records of one batch named beyond these are only counted.
NAMED = 20
#: Longer ones are no DOIs; the registry's own limit is 2,048 characters.
DOI_LENGTH = 2048

_RESOLVER = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s?)", re.IGNORECASE)
#: Line ends would break the ledger of DOIs, and UTF-8 has no lone surrogates.
_UNFIT = re.compile(r"[\r\n\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A piece of a file: some lines of JSON, or a whole file that is one JSON value.

    ``first_line`` counts from 1 and is 0 for a whole file. ``last`` marks the last piece of ``file``, which may be a member of an
    archive; ``ends_source`` the last one of the file on disk, ``bytes_done`` how much of that has been read so far.
    """

    file: str
    first_line: int
    data: bytes
    last: bool
    bytes_done: int
    ends_source: bool = False


class PreparedWork(NamedTuple):
    """A work as it goes into the index. A plain tuple, because millions cross from process to process."""

    doi: str
    aliases: tuple[str, ...]
    terms: Terms
    stored: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedBatch:
    """What a batch held. ``bad`` counts all that was no work, ``bad_records`` names the first of them."""

    works: tuple[PreparedWork, ...]
    bad: int
    bad_records: tuple[BadRecord, ...]


class NotAWorkError(ValueError):
    """Says why a piece of a source is no work."""


def prepare(batch: Batch, *, compact: bool) -> PreparedBatch:
    """The works of a batch, in either form.

    What is no work is counted and named with its file and line (or position among the items).
    """
    works: list[PreparedWork] = []
    bad: list[BadRecord] = []
    count = 0
    for place, result in _lines(batch, compact) if batch.first_line else _whole(batch, compact):
        if isinstance(result, PreparedWork):
            works.append(result)
            continue
        count += 1
        if len(bad) < NAMED:
            bad.append(BadRecord(place=f"{batch.file}:{place}", reason=str(result)))
    return PreparedBatch(works=tuple(works), bad=count, bad_records=tuple(bad))


def prepare_work(item: object, *, compact: bool = False) -> PreparedWork:
    """A work in the form of Crossref's REST API, reduced, with its terms. Raises ``NotAWorkError`` for what is none."""
    if not isinstance(item, dict):
        raise NotAWorkError(f"not a work but {_kind(item)}")
    doi = clean_doi(item.get("DOI"))
    if not doi:
        raise NotAWorkError("a work without a DOI" if not item.get("DOI") else "a DOI that is none")
    work = reduce_work(item)
    aliases = item.get("aliases")
    return PreparedWork(
        doi=doi,
        aliases=tuple(alias for value in aliases if (alias := clean_doi(value))) if isinstance(aliases, list) else (),
        terms=work_terms(work),
        stored=encode_work(compact_work(work) if compact else work),
    )


def _lines(batch: Batch, compact: bool) -> Iterator[tuple[str, PreparedWork | NotAWorkError]]:
    for number, line in enumerate(batch.data.split(b"\n"), batch.first_line):
        if line and not line.isspace():
            try:
                yield str(number), prepare_work(_parse(line), compact=compact)
            except NotAWorkError as reason:
                yield str(number), reason


def _whole(batch: Batch, compact: bool) -> Iterator[tuple[str, PreparedWork | NotAWorkError]]:
    try:
        items = _listed(_parse(batch.data))
    except NotAWorkError as reason:
        yield "1", reason
        return
    for number, item in enumerate(items, 1):
        try:
            yield f"item {number}", prepare_work(item, compact=compact)
        except NotAWorkError as reason:
            yield f"item {number}", reason


def _listed(value: object) -> list[Any]:
    """The works of a whole file: a list, the items of a Public Data File, or an answer of the REST API."""
    match value:
        case list():
            return value
        case {"items": list(items)} | {"message": {"items": list(items)}}:
            return items
        case {"message": dict(work)} | dict(work):
            return [work]
    return [value]


def _parse(data: bytes) -> object:
    try:
        return json.loads(data)
    except UnicodeDecodeError:
        raise NotAWorkError("not UTF-8") from None
    except json.JSONDecodeError as error:
        raise NotAWorkError(f"not JSON ({error.msg} at column {error.colno})") from None
    except ValueError as error:
        raise NotAWorkError(f"not JSON ({error})") from None
    except RecursionError:
        raise NotAWorkError("not a work but JSON nested too deep") from None


def clean_doi(value: object) -> str:
    """A DOI in lower case, or an empty string for what no index holds. Odd characters, spaces among them, are left alone."""
    if not isinstance(value, str) or len(value) > DOI_LENGTH:
        return ""
    doi = _RESOLVER.sub("", value.strip()).lower()
    return doi if doi.startswith("10.") and "/" in doi and not _UNFIT.search(doi) else ""


def _kind(item: object) -> str:
    return {list: "a list", str: "a string", int: "a number", float: "a number", bool: "a truth value"}.get(type(item), "null")
