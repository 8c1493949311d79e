"""The bytes of one file, or of standard input."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import Literal

from litcheck.errors import UnreadableDocument

#: How standard input is named on the command line and in reports.
STANDARD_INPUT: Literal["-"] = "-"


def name_in_messages(path: str) -> str:
    """How messages call what was read from ``path`` when they begin with it."""
    return "Standard input" if path == STANDARD_INPUT else path


def load_bytes(path: Path | Literal["-"], *, largest: int) -> bytes:
    """All that the file holds, up to ``largest`` bytes. Raises ``UnreadableDocument`` for what is no readable, non-empty file."""
    name = name_in_messages(str(path))
    data = sys.stdin.buffer.read(largest + 1) if str(path) == STANDARD_INPUT else _file_bytes(Path(path), largest)
    if len(data) > largest:
        raise UnreadableDocument(_too_large(name, largest))
    if not data:
        raise UnreadableDocument(f"{name} is empty. Give a file that holds a manuscript or references.")
    return data


def _file_bytes(path: Path, largest: int) -> bytes:
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise UnreadableDocument(
                f"{path} is a directory. Name its files, or check the whole tree with `litcheck corpus {path}`."
            )
        if not stat.S_ISREG(found.st_mode):
            raise UnreadableDocument(
                f"{path} is a pipe or a device, not a file. Give its content on standard input and `-` as the name."
            )
        if found.st_size > largest:
            raise UnreadableDocument(_too_large(str(path), largest))
        # Some of what the kernel shows as ordinary files waits for events, such as /proc/kmsg: nothing here may wait.
        with os.fdopen(_open_without_waiting(path), "rb") as file:
            return file.read(largest + 1) or b""
    except FileNotFoundError as error:
        raise no_such_file(path) from error
    except PermissionError as error:
        raise UnreadableDocument(f"{path} cannot be read: permission denied. Change its permissions or copy it.") from error
    except OSError as error:
        raise UnreadableDocument(f"{path} cannot be read: {error.strerror or error}.") from error
    except ValueError as error:
        raise UnreadableDocument(f"{str(path)!r} is not the name of a file: {error}.") from error


def no_such_file(path: Path) -> UnreadableDocument:
    """The error for a name that no file has."""
    return UnreadableDocument(f"There is no file {path}. Check the name and the working directory, {_working_directory()}.")


def _open_without_waiting(path: Path) -> int:
    return os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))


def _working_directory() -> str:
    try:
        return str(Path.cwd())
    except FileNotFoundError:
        return "which is gone"


def _too_large(name: str, largest: int) -> str:
    return (
        f"{name} is too large: more than {largest // 1_000_000} MB. Give the manuscript alone, split the"
        " file, or allow more with the setting `max-file-mb`."
    )
