"""Seeing to it that what was written survives a loss of power."""

from __future__ import annotations

import os
from pathlib import Path


def write_through(path: Path) -> None:
    """Wait until a file, or the names in a directory, are on the disk. Windows does so on its own when a file is closed."""
    if os.name != "posix":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
