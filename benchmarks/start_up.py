"""How long ``litcheck --help`` takes beside ``python -c pass`` and the import of the command-line library.

usage: python benchmarks/start_up.py [--runs N]

Prints the medians of N runs each, taken in turns, and the ratio. The goal is at most 3.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import time

#: `litcheck --help` may take this many times an empty interpreter with click imported.
GOAL = 3.0


def seconds(command: list[str]) -> float:
    """The wall time of one run."""
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20)
    runs: int = parser.parse_args().runs
    litcheck = shutil.which("litcheck") or sys.exit("litcheck is not installed in this environment")
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "python, click imported": [sys.executable, "-c", "import click"],
        "litcheck --help": [litcheck, "--help"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            times[name].append(seconds(command))
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, value in medians.items():
        print(f"{name:26} {1000 * value:7.1f} ms")
    ratio = medians["litcheck --help"] / medians["python, click imported"]
    print(f"ratio of the last two     {ratio:7.2f} (goal: at most {GOAL:g})")


if __name__ == "__main__":
    main()
