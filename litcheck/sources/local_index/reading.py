"""Source files: finding them, and reading them piece by piece so that a file of any size needs little memory."""

from __future__ import annotations

import gzip
import hashlib
import os
import tarfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from litcheck.errors import UnusableError
from litcheck.sources.local_index.archive import ARCHIVES, read_members
from litcheck.sources.local_index.manifest import MANIFEST
from litcheck.sources.local_index.preparing import Batch

#: Files of one work a line.
LINES = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")
#: Files that are one JSON value with ``items``.
WHOLE = (".json", ".json.gz")
#: Every kind of file that can be read.
READ = LINES + WHOLE + ARCHIVES
#: Lines are read in blocks of about this many bytes; enough to make the hand-over to another process cheap.
BLOCK = 1 << 20
#: A single line, and a whole file, may not be longer: it has to fit into memory.
LONGEST_LINE = 64 << 20
LONGEST_FILE = 1 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file to read, and the SOURCE that it was named by or lies in."""

    source: str
    path: Path
    size: int
    modified: int


def find_source_files(sources: Iterable[Path]) -> tuple[SourceFile, ...]:
    """The files of all sources in order, each once, those of a directory sorted by name.

    A directory that is an index is passed over, links are followed. Raises ``UnusableError`` for a source that does not exist
    or holds no file of a known kind, and for a directory that cannot be listed: what is missing unseen from an index declared
    complete would count as not registered.
    """
    files: dict[Path, SourceFile] = {}
    for source in sources:
        paths = _in_directory(source) if source.is_dir() else [source]
        if not paths:
            raise UnusableError(f"{source} holds no file that ends in {', '.join(READ)}.")
        for path in paths:
            if not path.name.lower().endswith(READ):
                raise UnusableError(f"{path} is of no kind that can be indexed: its name ends in none of {', '.join(READ)}.")
            files.setdefault(path.resolve(), source_file(path, source=source))
    return tuple(files.values())


def source_file(path: Path, *, source: Path) -> SourceFile:
    """A file as it lies on disk. Raises ``UnusableError`` for one that is not there."""
    try:
        status = path.stat()
    except OSError as error:
        raise UnusableError(f"{path} cannot be read ({error.strerror}).") from error
    return SourceFile(source=str(source), path=path, size=status.st_size, modified=status.st_mtime_ns)


def digest(files: Sequence[SourceFile]) -> str:
    """A SHA-256 over each file's name, size and time of change."""
    return hashlib.sha256("".join(f"{file.path.name}\0{file.size}\0{file.modified}\n" for file in files).encode()).hexdigest()


def read_batches(file: SourceFile, *, skip: int = 0) -> Iterator[Batch]:
    """The pieces of a file in order, at least one; of an archive without those of the first ``skip`` members.

    Raises ``UnusableError`` for a file that cannot be read to its end.
    """
    name = str(file.path)
    with _told_of(name), file.path.open("rb") as raw:
        if name.lower().endswith(ARCHIVES):
            yield from _archive(name, raw, skip)
        else:
            for batch in _pieces(name, raw, raw):
                yield replace(batch, ends_source=batch.last)


def _archive(name: str, raw: BinaryIO, skip: int) -> Iterator[Batch]:
    members = 0
    for member, content in read_members(name, raw, LINES + WHOLE):
        members += 1
        if members > skip:
            with _told_of(member):
                yield from _pieces(member, content, raw)
    if not members:
        raise UnusableError(f"{name} holds no file that ends in {', '.join(LINES + WHOLE)}.")
    yield Batch(file=name, first_line=1, data=b"", last=True, bytes_done=raw.tell(), ends_source=True)


@contextmanager
def _told_of(name: str) -> Iterator[None]:
    """Says of which file it is that something in the block could not be read."""
    try:
        yield
    except (EOFError, tarfile.ReadError) as error:
        raise UnusableError(f"{name} is cut short: the data ends too early. Fetch it again.") from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise UnusableError(f"{name} is not a gzip file, or is damaged ({error}). Fetch it again.") from error
    except OSError as error:
        raise UnusableError(f"{name} cannot be read ({error.strerror or error}).") from error


def _pieces(name: str, content: BinaryIO, raw: BinaryIO) -> Iterator[Batch]:
    """The pieces of one file or member; ``raw`` is what lies on the disk and tells how far it is read."""
    stream: BinaryIO = gzip.GzipFile(fileobj=content) if name.lower().endswith(".gz") else content  # type: ignore[assignment]  # reads like one
    yield from _whole(name, stream, raw) if name.lower().endswith(WHOLE) else _lines(name, stream, raw)


def _whole(name: str, stream: BinaryIO, raw: BinaryIO) -> Iterator[Batch]:
    data = stream.read(LONGEST_FILE + 1)
    if len(data) > LONGEST_FILE:
        raise UnusableError(f"{name} is one JSON value of over {LONGEST_FILE >> 30} GB; write one work a line (.jsonl) instead.")
    yield Batch(file=name, first_line=0, data=data, last=True, bytes_done=raw.tell())


def _lines(name: str, stream: BinaryIO, raw: BinaryIO) -> Iterator[Batch]:
    line, rest = 1, b""
    while block := stream.read(BLOCK):
        end = block.rfind(b"\n")
        if end < 0:
            rest += block
            if len(rest) > LONGEST_LINE:
                raise UnusableError(f"{name}, line {line}: longer than {LONGEST_LINE >> 20} MB; is it one work a line?")
            continue
        data = rest + block[: end + 1]
        yield Batch(file=name, first_line=line, data=data, last=False, bytes_done=raw.tell())
        line += data.count(b"\n")
        rest = block[end + 1 :]
    yield Batch(file=name, first_line=line, data=rest, last=True, bytes_done=raw.tell())


def _in_directory(directory: Path) -> list[Path]:
    found: list[Path] = []
    seen: set[Path] = set()
    for folder, folders, names in os.walk(directory, onerror=_refuse, followlinks=True):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        resolved = Path(folder).resolve()
        if MANIFEST in names or resolved in seen:
            folders.clear()
            continue
        seen.add(resolved)
        found += [Path(folder, name) for name in sorted(names) if name.lower().endswith(READ) and not name.startswith(".")]
    return found


def _refuse(error: OSError) -> None:
    raise UnusableError(f"{error.filename} cannot be listed ({error.strerror or error}).") from error
