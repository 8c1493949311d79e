"""Time and memory of ``litcheck check --offline`` on large made-up input: a 50 MB text, a long list, a long ``.bib``.

usage: python benchmarks/large.py [NAME …]      (text, list, bib; all unless named)
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROSE = "Trust in what is cited grows with what is read (Lee, 2020; Müller & Roy, 2019), as Lee (2020) found in small studies. "
ENTRIES = (
    "Lee, A. (2020). Counting what is cited. Journal of Small Studies, 4(2), 10–19.\n\n"
    "Müller, B., & Roy, C. (2019). What reviewers read. Journal of Small Studies, 3(1), 1–9.\n\n"
)


def text() -> tuple[str, str]:
    """50 MB of prose, two citations a sentence, and a list of two entries."""
    return "text.txt", (PROSE * 8 + "\n\n") * (50_000_000 // (8 * len(PROSE.encode()))) + "References\n\n" + ENTRIES


def list_() -> tuple[str, str]:
    """A list of 20,000 entries under one sentence."""
    entries = (
        f"Lee, A. ({1900 + n % 120}). Title number {n} of a list. Journal of Lists, {n % 90}(2), {n}–{n + 9}.\n\n"
        for n in range(20_000)
    )
    return "list.txt", f"As Lee (1900) says.\n\nReferences\n\n{''.join(entries)}"


def bib() -> tuple[str, str]:
    """100,000 BibTeX entries."""
    entries = (
        f"@article{{k{n}, author={{Lee, Anna}}, title={{Title {n}}}, journal={{Lists}}, year={{2020}}}}\n" for n in range(100_000)
    )
    return "list.bib", "".join(entries)


INPUTS = {"text": text, "list": list_, "bib": bib}


def main() -> None:
    """Prints a line for each input."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    names = parser.parse_args().names or list(INPUTS)
    if unknown := set(names) - set(INPUTS):
        parser.error(f"there is no {', '.join(sorted(unknown))}; choose among {', '.join(INPUTS)}")
    litcheck = shutil.which("litcheck") or sys.exit("litcheck is not installed in this environment")
    with tempfile.TemporaryDirectory() as scratch:
        for name in names:
            file, content = INPUTS[name]()
            path = Path(scratch, file)
            path.write_text(content, encoding="utf-8")
            began = time.perf_counter()
            with subprocess.Popen(
                [litcheck, "check", path, "--offline", "--no-db", "--format", "json"],
                stdout=subprocess.DEVNULL,
                env=os.environ | {"LITCHECK_CACHE": str(Path(scratch, "cache.sqlite"))},
            ) as process:
                _, status, usage = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
            seconds, size = time.perf_counter() - began, path.stat().st_size / 1e6
            memory = f"{megabytes(usage):6.0f} MB of memory"
            print(f"{name:5} {size:5.1f} MB  {seconds:6.1f} s  {memory}  exit {process.returncode}", flush=True)


def megabytes(usage: resource.struct_rusage) -> float:
    """The most memory that a process had; Linux counts it in KiB, macOS in bytes."""
    return usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


if __name__ == "__main__":
    main()
