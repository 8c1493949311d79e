"""``litcheck parse``: references as structured data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from litcheck.cli.options import bib_option, file_argument, lines_option, output_option
from litcheck.cli.output import print_data, refuse_to_overwrite, say, write_file

if TYPE_CHECKING:
    from bib.model import Entry


@click.command("parse")
@file_argument
@lines_option
@bib_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(["jsonl", "json", "csl"]),
    default="jsonl",
    show_default=True,
    help="jsonl: a line a reference; json: the same as one array; csl: a bare CSL-JSON array.",
)
@output_option
@click.option("--quiet", is_flag=True, help="Nothing on standard error but errors.")
def command(file: Path, lines: bool, bibliographies: tuple[Path, ...], format_: str, output: Path | None, quiet: bool) -> None:
    """Print the references of a document or list as structured data."""
    from litcheck.checking import entries_of, listed_in, read

    refuse_to_overwrite(output, (file, *bibliographies))
    entries = entries_of(read(file, lines=lines, listed=listed_in(bibliographies)))
    if not entries and not quiet:
        say(f"litcheck: no reference list was found in {file}")
    rows = [_row(entry) for entry in entries]
    if format_ == "jsonl":
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    elif format_ == "json":
        text = json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
    else:
        text = json.dumps([row["reference"] for row in rows if row["reference"]], ensure_ascii=False, indent=1) + "\n"
    if output:
        write_file(output, text)
    else:
        print_data(text)


def _row(entry: Entry) -> dict[str, Any]:
    from bib.formats.csl_json import reference_to_csl
    from bib.model import ParseFailure

    span = entry.span
    row: dict[str, Any] = {
        "id": entry.id,
        "raw": entry.raw,
        "start": span.start if span else None,
        "end": span.end if span else None,
    }
    segments: dict[str, str] = {}
    for segment in entry.segments:
        # A label that occurs twice (two editors, a second page range) keeps both pieces.
        segments[segment.label] = f"{segments[segment.label]} {segment.text}" if segment.label in segments else segment.text
    if isinstance(entry, ParseFailure):
        return row | {"reference": {}, "segments": segments, "error": entry.reason}
    return row | {"reference": reference_to_csl(entry), "segments": segments, "confidence": round(entry.confidence, 3)}
