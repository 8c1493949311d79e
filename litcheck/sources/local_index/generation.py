"""Generations of an index: each made beside the valid one, and gone without a trace unless the manifest comes to name it.

Only a build that wrote a checkpoint leaves its generation behind when it fails, for the same build to go on with.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from litcheck.errors import UnusableIndex
from litcheck.sources.local_index.durability import write_through
from litcheck.sources.local_index.ledger import LEDGER_SUFFIX
from litcheck.sources.local_index.lock import LockHeldError, locked
from litcheck.sources.local_index.manifest import (
    GENERATION,
    MANIFEST,
    UNFINISHED,
    is_index,
    unfinished_generation,
    valid_generation,
)
from litcheck.sources.local_index.schema import LOCK_SUFFIX, TantivyError

LOCK = "build.lock"
#: How the names of files begin that tantivy writes before it gives them their own names.
HALF_WRITTEN = ".tmp"
#: What may lie in a directory in which the first build was interrupted.
_OURS = (LOCK, f"{MANIFEST}.new", UNFINISHED, f"{UNFINISHED}.new")


@contextmanager
def workplace(directory: Path) -> Iterator[None]:
    """The directory of an index for one build or update alone; it is created if need be.

    When the block ends, every generation is removed but the valid one and an unfinished one that has a checkpoint. Raises
    ``UnusableIndex`` when the directory holds something else, another build is at work in it, or it cannot be written (a full
    disk, for one).
    """
    _refuse_foreign(directory)
    created = not directory.exists()
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with locked(directory / LOCK):
            _clear(directory)
            try:
                yield
            finally:
                _clear(directory)
                if created and not is_index(directory) and not unfinished_generation(directory):
                    shutil.rmtree(directory, ignore_errors=True)
    except LockHeldError as error:
        raise UnusableIndex(f"Another build is writing to {directory}. Wait for it, or build elsewhere.") from error
    except (OSError, TantivyError) as error:
        kept = "" if created else " The former index is as it was." if is_index(directory) else ""
        # Tantivy says of a full disk only that one of its threads ended.
        why = f"{error} (is the disk full?)" if isinstance(error, TantivyError) else str(error)
        raise UnusableIndex(f"{directory} cannot be written: {why}.{kept}") from error


def new_generation(directory: Path) -> Path:
    """A new, empty folder for the files of an index."""
    folder = directory / f"{GENERATION}{secrets.token_hex(6)}"
    folder.mkdir()
    return folder


def drop_unfinished(directory: Path) -> None:
    """Remove what an unfinished build left, if anything."""
    (directory / UNFINISHED).unlink(missing_ok=True)
    _clear(directory)


def adopt(former: Path, folder: Path) -> None:
    """Give the files of one generation to another, as links where the file system has them and as copies elsewhere."""
    for path in former.iterdir():
        if path.suffix != LOCK_SUFFIX:
            try:
                (folder / path.name).hardlink_to(path)
            except OSError:
                shutil.copy2(path, folder / path.name)


def seal(folder: Path) -> None:
    """See to it that the files are on the disk, and that whoever may read the directory may read them (tantivy's are private).

    Locks, and files that were being written when a build was killed, go.
    """
    readable = folder.stat().st_mode & 0o444
    for path in folder.iterdir():
        if path.suffix == LOCK_SUFFIX or path.name.startswith(HALF_WRITTEN):
            path.unlink()
        else:
            path.chmod(path.stat().st_mode | readable)
            write_through(path)
    write_through(folder)


def _refuse_foreign(directory: Path) -> None:
    if directory.is_dir():
        if is_index(directory):
            return
        others = [path.name for path in directory.iterdir() if path.name not in _OURS and not path.name.startswith(GENERATION)]
        if others:
            raise UnusableIndex(
                f"{directory} holds {min(others)} and is no litcheck index, so it was left alone. Name a new directory."
            )
    elif directory.exists() or directory.is_symlink():
        raise UnusableIndex(f"{directory} is not a directory; name one that does not exist yet, or an index to replace.")


def _clear(directory: Path) -> None:
    valid, unfinished = valid_generation(directory), unfinished_generation(directory)
    if unfinished and unfinished == valid:
        # The build was ended between naming its generation and this.
        (directory / UNFINISHED).unlink(missing_ok=True)
        unfinished = ""
    if is_index(directory) and not valid:
        # A manifest that cannot be read names no generation; which one it meant is unknown, and a build will replace all.
        return
    kept = {valid, unfinished, f"{unfinished}{LEDGER_SUFFIX}"}
    for path in directory.glob(f"{GENERATION}*"):
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)
