"""A tar of source files, such as the Public Data File comes in, read member by member where it lies."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from litcheck.errors import UnusableError

#: How the names of archives end.
ARCHIVES = (".tar",)


def read_members(name: str, archive: BinaryIO, endings: tuple[str, ...]) -> Iterator[tuple[str, BinaryIO]]:
    """The members whose names end in one of ``endings``, in order, each with its name (``works.tar/0.jsonl.gz``) and content.

    A content is to be read before the next is asked for. Other members and hidden ones are passed over. Raises
    ``UnusableError`` for what is no tar, for a damaged or truncated one, since ``tarfile`` itself takes a damaged header for the
    end, and for members that are links, whose content stands elsewhere.
    """
    try:
        with tarfile.open(fileobj=archive, mode="r:") as tar:
            while member := tar.next():
                inside = PurePosixPath(member.name).name
                if inside.lower().endswith(endings) and not inside.startswith(".") and not member.isdir():
                    content = tar.extractfile(member) if member.isreg() else None
                    if content is None:
                        raise UnusableError(f"{name}/{member.name} is a link, no file; unpack the archive, name the directory.")
                    yield f"{name}/{member.name}", content  # type: ignore[misc]  # reads like one
                # Otherwise every header seen stays in memory.
                tar.members.clear()  # type: ignore[attr-defined]  # there in every version, documented in none
            _refuse_lost_members(name, archive, tar.offset)
    except tarfile.ReadError as error:
        raise UnusableError(f"{name} is no tar, is damaged or is cut short ({error}). Fetch it again.") from error


def _refuse_lost_members(name: str, archive: BinaryIO, end: int) -> None:
    """See to it that the archive ends where the last header was looked for: with a block of zeros and nothing but zeros after."""
    archive.seek(end)
    block = archive.read(tarfile.BLOCKSIZE)
    if len(block) < tarfile.BLOCKSIZE:
        raise UnusableError(f"{name} is cut short: it lacks the mark at its end. Fetch it again.")
    if any(block):
        raise UnusableError(f"{name} is damaged at byte {end:,}: there should be a member or the end. Fetch it again.")
    while block := archive.read(1 << 20):
        if block.strip(b"\0"):
            raise UnusableError(f"{name} goes on after its end; were archives joined? Name each one alone.")
