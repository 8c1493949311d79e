"""Every accuracy figure in one go: builds an index of the shared works and runs the shared scoring scripts over it.

usage: python benchmarks/accuracy.py [--shared DIRECTORY] [--only NAME …]

The data and the scripts lie beside the project (``../shared``), not in it. Prints what the scripts print.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Runs what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parents[1] / "shared")
    parser.add_argument("--only", nargs="*", metavar="NAME")
    arguments = parser.parse_args()
    data, measure = arguments.shared / "data", arguments.shared / "measure"
    if not data.is_dir():
        sys.exit(f"there is no data in {data}; name the directory that holds data/ and measure/ with --shared")
    litcheck = shutil.which("litcheck") or sys.exit("litcheck is not installed in this environment")
    with tempfile.TemporaryDirectory() as scratch:
        index = Path(scratch) / "works"
        commands = {
            "references-jats": [measure / "references.py", data / "references" / "jats-dev.jsonl"],
            "references-grobid": [measure / "references.py", data / "references" / "grobid-dev.jsonl"],
            "intext": [measure / "intext.py"],
            "match": [measure / "match.py", data / "match" / "match-dev.jsonl", "--index", index],
            "verdict": [measure / "verdict.py", data / "verdict" / "verdict-dev.jsonl", "--index", index],
            "citetracer": [measure / "citetracer.py", data / "verdict" / "citetracer-dev", "--index", index],
        }
        chosen = arguments.only or list(commands)
        unknown = [name for name in chosen if name not in commands]
        if unknown:
            sys.exit(f"there is no {', '.join(unknown)}; choose among {', '.join(commands)}")
        works = sorted((data / "works").glob("*.jsonl.gz"))
        environment = os.environ | {"LITCHECK": litcheck, "LITCHECK_CACHE": str(Path(scratch) / "cache.sqlite")}
        subprocess.run([litcheck, "index", "build", *works, "--complete", "--out", index, "--no-progress"], check=True)
        for name in chosen:
            print(f"\n== {name}", flush=True)
            subprocess.run([sys.executable, *commands[name]], check=True, env=environment, cwd=scratch)


if __name__ == "__main__":
    main()
