"""What documents that are made to do harm cost: seconds and memory of ``litcheck check`` until it refuses each.

usage: python -m benchmarks.hostile_documents [NAME …]      (all unless named)

They are those of ``tests/litcheck/documents/hostile.py``, which also says what has to be said of each. Memory is the most that
the process held.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path

from tests.litcheck.documents.hostile import HOSTILE


def main() -> None:
    """Prints a line for each document."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    names = parser.parse_args().names or list(HOSTILE)
    if unknown := set(names) - set(HOSTILE):
        parser.error(f"there is no {', '.join(sorted(unknown))}; choose among {', '.join(HOSTILE)}")
    print(f"{'document':28}{'size MB':>9}{'seconds':>9}{'memory MB':>11}  refused with 2")
    with tempfile.TemporaryDirectory() as scratch:
        for name in names:
            path = Path(scratch, name)
            # Written by another process: a child's memory counts from what its parent held.
            writer = get_context("spawn").Process(target=write, args=(name, path))
            writer.start()
            writer.join()
            seconds, memory, status = cost_of(path, HOSTILE[name].seconds)
            refused = "yes" if status == 2 else f"no: {status}"
            print(f"{name:28}{path.stat().st_size / 1e6:9.1f}{seconds:9.1f}{memory:11.0f}  {refused}")


def write(name: str, path: Path) -> None:
    """Makes one of the documents."""
    HOSTILE[name].write(path)


def cost_of(path: Path, allowed: int) -> tuple[float, float, int]:
    """Seconds by the clock, memory in millions of bytes and exit status of a check that may take ``allowed`` seconds to read."""
    command = [sys.executable, "-m", "litcheck", "check", "--offline", "--no-db", str(path)]
    environment = {**os.environ, "LITCHECK_MAX_SECONDS": str(allowed)}
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    _, status, used = os.wait4(process.pid, 0)
    return time.perf_counter() - began, used.ru_maxrss * 1024 / 1e6, os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    main()
