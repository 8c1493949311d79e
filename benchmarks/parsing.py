"""How well and how fast reference strings are parsed: one table, by the shared scoring scripts, with memory.

usage: python benchmarks/parsing.py [--shared DIRECTORY] [--model FILE]

The data and the scripts lie beside the project (``../shared``), not in it. Figures count only on strings that the model was not
trained on: the shipped one was trained on all of ``grobid-dev``, so for that corpus train one that was not,

    python -m bib.strings.training --hold-out --out held-out.npz

and name it with ``--model``: then the rows of held-out files are scored. ``jats-dev`` was never trained on; the row "other
articles" has only its strings from articles none of whose references were.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
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
OTHER_ARTICLES = "jats-dev, other articles"
#: Strings whose parsing is timed.
STRINGS = 3000


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parents[1] / "shared")
    parser.add_argument("--model", type=Path)
    arguments = parser.parse_args()
    data = arguments.shared / "data"
    if not data.is_dir():
        sys.exit(f"there is no data in {data}; name the directory that holds data/ and measure/ with --shared")
    command = [sys.executable, "-m", "litcheck"]
    environment = os.environ | {"LITCHECK": " ".join(command)}
    if arguments.model:
        environment["LITCHECK_TAGGER"] = str(arguments.model.resolve())
    script = arguments.shared / "measure" / "references.py"
    print(f"{'strings':34s}{'n':>6s}{'every field':>12s}{'all fields':>11s}{'F1':>7s}  by field (recall)")
    sets = _sets(data, held_out=arguments.model is not None)
    for name, rows in sets.items():
        figures = _score(script, rows, environment)
        whole = figures.pop("all")
        fields = "  ".join(f"{field} {figure['recall']:.3f}" for field, figure in figures.items())
        every, recall, f1 = (whole[key] for key in ("every_field_right", "field_recall", "field_f1"))
        print(f"{name:34s}{len(rows):6d}{every:12.3f}{recall:11.3f}{f1:7.3f}  {fields}")
    _print_calibration(sets[OTHER_ARTICLES], command, environment)
    _print_speed(data, command, environment)


def _sets(data: Path, *, held_out: bool) -> dict[str, list[dict[str, Any]]]:
    """The sets of strings that the model was not trained on."""
    deposited = list(rows_of(data / "references" / "jats-dev.jsonl"))
    seen = {article["id"] for article in articles_of(data / "manuscripts")}
    sets = {"jats-dev": deposited, OTHER_ARTICLES: [row for row in deposited if row["article"] not in seen]}
    if held_out:
        labelled = [row for row in rows_of(data / "references" / "grobid-dev.jsonl") if is_held_out(row)]
        sets["grobid-dev, files held out"] = [row for row in labelled if row["file"] != EASIER]
        sets[f"grobid-dev, {EASIER} held out"] = [row for row in labelled if row["file"] == EASIER]
    return sets


def _score(script: Path, rows: Sequence[Mapping[str, Any]], environment: Mapping[str, str]) -> dict[str, Any]:
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as gold:
        gold.write("".join(json.dumps(row) + "\n" for row in rows))
        gold.flush()
        run = subprocess.run(
            [sys.executable, script, gold.name, "--json"], env=environment, check=True, capture_output=True, text=True
        )
    figures: dict[str, Any] = json.loads(run.stdout)
    return figures


def _print_calibration(rows: Sequence[Mapping[str, Any]], command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Of titles and containers said with so much confidence, the share that is right."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("".join(f"{raw_of(row)}\n" for row in rows))
        file.flush()
        run = [*command, "parse", "--lines", "--quiet", file.name]
        said = subprocess.run(run, env=environment, check=True, capture_output=True, text=True).stdout.splitlines()
    print(f"\n{'said with confidence':24s}{'titles':>8s}{'right':>8s}{'containers':>12s}{'right':>8s}")
    parsed = [json.loads(line) for line in said]
    for low, high in ((0.99, 1.01), (0.9, 0.99), (0.5, 0.9), (0.0, 0.5)):
        cells = ""
        for label, variable in (("title", "title"), ("container", "container-title")):
            right = [
                flat(row["fields"][label]) == flat(str(found["reference"].get(variable, "")))
                for row, found in zip(rows, parsed, strict=True)
                if row["fields"][label] and low <= found["confidences"].get(label, -1) < high
            ]
            cells += f"{len(right):{8 if label == 'title' else 12}d}{sum(right) / max(1, len(right)):8.3f}"
        print(f"{low:.2f} to {min(high, 1):.2f}{'':12s}{cells}")


def _print_speed(data: Path, command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Strings a second on one core with start-up, as a ratio to starting Python alone, and the most memory taken."""
    rows = [*rows_of(data / "references" / "jats-dev.jsonl"), *rows_of(data / "references" / "grobid-dev.jsonl")]
    raws = [raw_of(row) for row in rows[:STRINGS]]
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("".join(f"{raw}\n" for raw in raws))
        file.flush()
        one = dict(environment) | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        began = time.perf_counter()
        subprocess.run([*command, "parse", "--lines", "--quiet", file.name], env=one, check=True, stdout=subprocess.DEVNULL)
        seconds = time.perf_counter() - began
    began = time.perf_counter()
    subprocess.run([command[0], "-c", ""], check=True)
    bare = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"\n{STRINGS} strings on one core, start-up included: {STRINGS / seconds:.0f} a second,")
    print(f"{seconds / bare:.0f} times what an empty Python takes, {memory:.0f} MB at most")


if __name__ == "__main__":
    main()
