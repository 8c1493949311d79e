"""``litcheck match``: the best record for each reference."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from litcheck.cli.options import (
    bib_option,
    file_argument,
    lines_option,
    output_option,
    progress_options,
    settings_from,
    source_options,
)
from litcheck.cli.output import no_list_in, print_data, refuse_to_overwrite, say, write_file

if TYPE_CHECKING:
    from bib.model import Entry
    from litcheck.evidence import Evidence


@click.command("match")
@file_argument
@lines_option
@bib_option
@source_options
@click.option("--format", "format_", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
@output_option
@progress_options
def command(
    file: Path,
    lines: bool,
    bibliographies: tuple[Path, ...],
    format_: str,
    output: Path | None,
    quiet: bool,
    no_progress: bool,
    **options: Any,
) -> None:
    """Print the best record for each reference, or that none fits."""
    from bib.model import Reference
    from litcheck.cli.progress import showing_progress
    from litcheck.matching import accepts
    from litcheck.reading import entries_of, listed_in, read
    from litcheck.sources import open_sources

    refuse_to_overwrite(output, (file, *bibliographies))
    settings = settings_from(**options)
    entries = entries_of(read(file, settings.limits, lines=lines, listed=listed_in(bibliographies, settings.limits)))
    if not entries and not quiet:
        say(no_list_in(file))
    references = [entry for entry in entries if isinstance(entry, Reference)]
    with open_sources(settings) as sources, showing_progress(not (quiet or no_progress)) as show:
        found = sources.resolve(references, accepts=accepts, progress=show)
    evidence = {reference.id: one for reference, one in zip(references, found, strict=True)}
    rows = [_row(entry, evidence.get(entry.id)) for entry in entries]
    if format_ == "jsonl":
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    else:
        from reports.escaping import printable

        text = "".join(f"{printable(_name(row)):40} {printable(row['raw']).strip()[:100]}\n" for row in rows)
    if output:
        write_file(output, text)
    else:
        print_data(text)


def _name(row: dict[str, Any]) -> str:
    """The DOI of the record in a row, or its address where it has none."""
    if row["record"] is None:
        return "no record fits"
    return str(row["doi"] or row["record"].get("URL") or "a record without an address")


def _row(entry: Entry, evidence: Evidence | None) -> dict[str, Any]:
    from bib.model import Reference
    from litcheck.matching import Accepted, Ambiguous, choose_record
    from litcheck.run import csl_of_record

    row: dict[str, Any] = {"id": entry.id, "raw": entry.raw, "doi": None, "score": 0.0, "source": None, "record": None}
    if evidence is None or not isinstance(entry, Reference):
        return row | {"candidates": []}
    outcome = choose_record(entry, evidence)
    if isinstance(outcome, Accepted):
        matches = [outcome.match]
        record = outcome.match.record
        row |= {"doi": record.doi or None, "source": record.source, "record": csl_of_record(record)}
    elif isinstance(outcome, Ambiguous):
        matches = list(outcome.matches)
    else:
        matches = [outcome.nearest] if outcome.nearest else []
    candidates = [{"doi": m.record.doi or None, "url": m.record.url, "score": m.score} for m in matches]
    return row | {"score": candidates[0]["score"] if candidates else 0.0, "candidates": candidates}
