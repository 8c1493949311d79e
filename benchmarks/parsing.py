"""How well and how fast reference lists are split and reference strings parsed: one table, by the shared scoring scripts.

usage: python benchmarks/parsing.py [--shared DIRECTORY] [--model FILE]

The data and the scripts lie beside the project (``../shared``), not in it. Figures count only on strings that the model was not
trained on. ``jats-dev`` was never trained on, and the works behind it were not printed for training; the rows "other articles"
have only its strings from articles none of whose references were. Of ``grobid-dev`` the shipped model has seen everything, so
its rows need one that has not,

    python -m bib.strings.training --hold-out --out held-out.npz

named with ``--model``: then a fifth of its files is scored.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bib.strings.training.aligning import flat
from bib.strings.training.corpora import EASIER, articles_of, is_held_out, raw_of, rows_of

HERE = Path(__file__).resolve().parent
#: Strings whose parsing is timed.
STRINGS = 3000
COMMAND = [sys.executable, "-m", "litcheck"]

#: What is wanted of jats-dev: the figure, where the scoring script has it, AnyStyle's and the goal.
DEPOSITED = (
    ("every field right", ("all", "every_field_right"), 0.529, 0.88),
    ("all fields", ("all", "field_recall"), 0.873, 0.975),
    ("families, the whole list", ("families", "recall"), 0.729, 0.95),
    ("title", ("title", "recall"), 0.836, 0.96),
    ("container", ("container", "recall"), 0.931, None),
    ("volume", ("volume", "recall"), 0.907, None),
    ("first page", ("first_page", "recall"), 0.851, None),
    ("DOI", ("doi", "recall"), 0.894, 0.995),
)
#: And of grobid-dev. AnyStyle's figure is for all of it.
LABELLED = (
    ("segments F1, all fields", ("all", "field_f1"), 0.768, 0.88),
    ("every field right", ("all", "every_field_right"), None, None),
)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parents[1] / "shared")
    parser.add_argument("--model", type=Path)
    arguments = parser.parse_args()
    data, measure = arguments.shared / "data", arguments.shared / "measure"
    if not data.is_dir():
        sys.exit(f"there is no data in {data}; name the directory that holds data/ and measure/ with --shared")
    environment = os.environ | {"LITCHECK": " ".join(COMMAND), "PYTHONPATH": str(HERE.parent)}

    print(f"{'':44s}{'strings':>9s}{'AnyStyle':>10s}{'goal':>8s}{'litcheck':>10s}")
    deposited = list(rows_of(data / "references" / "jats-dev.jsonl"))
    seen = {article["id"] for article in articles_of(data / "manuscripts")}
    others = [row for row in deposited if row["article"] not in seen]
    for name, rows in (("jats-dev", deposited), ("jats-dev, other articles", others)):
        _print_figures(name, DEPOSITED, rows, _score(measure, rows, environment))
    if arguments.model:
        held_out = environment | {"LITCHECK_TAGGER": str(arguments.model.resolve())}
        labelled = [row for row in rows_of(data / "references" / "grobid-dev.jsonl") if is_held_out(row)]
        for name, rows in (
            ("grobid-dev, files held out", [row for row in labelled if row["file"] != EASIER]),
            (f"grobid-dev, {EASIER} held out", [row for row in labelled if row["file"] == EASIER]),
        ):
            _print_figures(name, LABELLED, rows, _score(measure, rows, held_out))
    entries = json.loads(_output([sys.executable, str(measure / "intext.py"), "--json"], environment))["all"]["entries_found"]
    _print_row("entries found in manuscripts", "", None, 0.997, entries)
    _print_speed(data, environment)
    _print_calibration(others, environment)


def _print_figures(
    name: str,
    figures: Sequence[tuple[str, tuple[str, str], float | None, float | None]],
    rows: Sequence[Mapping[str, Any]],
    scores: Mapping[str, Any],
) -> None:
    for figure, (group, key), peer, goal in figures:
        _print_row(f"{name}: {figure}", str(len(rows)), peer, goal, scores[group][key])


def _print_row(name: str, count: str, peer: float | None, goal: float | None, value: float) -> None:
    shown = [f"{number:.3f}" if number is not None else "" for number in (peer, goal, value)]
    print(f"{name:54s}"[:54] + f"{count:>6s}{shown[0]:>10s}{shown[1]:>8s}{shown[2]:>10s}", flush=True)


def _score(measure: Path, rows: Sequence[Mapping[str, Any]], environment: Mapping[str, str]) -> dict[str, Any]:
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as gold:
        gold.write("".join(json.dumps(row) + "\n" for row in rows))
        gold.flush()
        figures: dict[str, Any] = json.loads(
            _output([sys.executable, str(measure / "references.py"), gold.name, "--json"], environment)
        )
    return figures


def _output(command: Sequence[str], environment: Mapping[str, str]) -> str:
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True, encoding="utf-8").stdout


def _print_speed(data: Path, environment: Mapping[str, str]) -> None:
    """Strings a second on one core with start-up, as a ratio to starting Python alone too, and the most memory taken."""
    rows = [*rows_of(data / "references" / "jats-dev.jsonl"), *rows_of(data / "references" / "grobid-dev.jsonl")][:STRINGS]
    one = dict(environment) | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("".join(f"{raw_of(row)}\n" for row in rows))
        file.flush()
        seconds, memory = _timed([*COMMAND, "parse", "--lines", "--quiet", file.name], one)
    bare, _ = _timed([sys.executable, "-c", ""], one)
    print(f"\n{len(rows)} strings on one core, start-up included (AnyStyle 450 to 630 a second, goal 1,500):")
    print(f"{len(rows) / seconds:.0f} a second, {seconds / bare:.0f} times what an empty Python takes, {memory:.0f} MB at most")


def _timed(command: Sequence[str], environment: Mapping[str, str]) -> tuple[float, float]:
    """Seconds, and megabytes at the most, of a command whose output is thrown away."""
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        sys.exit(f"{' '.join(command)} failed")
    return time.perf_counter() - began, usage.ru_maxrss / 1024


def _print_calibration(rows: Sequence[Mapping[str, Any]], environment: Mapping[str, str]) -> None:
    """Of titles and containers said with so much confidence, the share that is right."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("".join(f"{raw_of(row)}\n" for row in rows))
        file.flush()
        said = _output([*COMMAND, "parse", "--lines", "--quiet", file.name], environment).splitlines()
    parsed = [json.loads(line) for line in said]
    print(f"\n{'said with confidence':24s}{'titles':>8s}{'right':>8s}{'containers':>12s}{'right':>8s}")
    for low, high in ((0.99, 1.01), (0.9, 0.99), (0.5, 0.9), (0.0, 0.5)):
        cells = ""
        for label, variable, width in (("title", "title", 8), ("container", "container-title", 12)):
            right = [
                flat(row["fields"][label]) == flat(str(found["reference"].get(variable, "")))
                for row, found in zip(rows, parsed, strict=True)
                if row["fields"][label] and low <= found["confidences"].get(label, -1) < high
            ]
            cells += f"{len(right):{width}d}{sum(right) / max(1, len(right)):8.3f}"
        print(f"{low:.2f} to {min(high, 1):.2f}{'':12s}{cells}")


if __name__ == "__main__":
    main()
