"""``litcheck parse``: references as structured data."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from litcheck.cli.options import bib_option, file_argument, lines_option, output_option, settings_from
from litcheck.cli.output import no_list_in, print_data, refuse_to_overwrite, say, say_how_it_was_read, write_file

if TYPE_CHECKING:
    from bib.model import Entry, Reference


@click.command("parse")
@file_argument
@lines_option
@bib_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(["jsonl", "json", "csl", "bibtex", "ris", "endnote", "jats"]),
    default="jsonl",
    show_default=True,
    help="jsonl: a line a reference; json: the same as one array. For other programs, without what could not be parsed: csl: a"
    " bare CSL-JSON array; bibtex; ris; endnote: EndNote's XML; jats: a <ref-list>.",
)
@output_option
@click.option("--quiet", is_flag=True, help="Nothing on standard error but errors.")
def command(file: Path, lines: bool, bibliographies: tuple[Path, ...], format_: str, output: Path | None, quiet: bool) -> None:
    """Print the references of a document or list as structured data."""
    from bib.model import ParseFailure
    from litcheck.reading import entries_of, listed_in, read

    refuse_to_overwrite(output, (file, *bibliographies))
    limits = settings_from().limits
    document = read(file, limits, lines=lines, listed=listed_in(bibliographies, limits))
    entries = entries_of(document)
    failures = [entry for entry in entries if isinstance(entry, ParseFailure)]
    if not quiet:
        say_how_it_was_read(document)
    if not entries and not quiet:
        say(no_list_in(file))
    if format_ in ("jsonl", "json"):
        text = _rows_text([_row(entry) for entry in entries], as_array=format_ == "json")
    else:
        has_keys = bool(bibliographies) or (document.entries is not None and not lines)
        text = _bibliography(entries, format_, has_keys=has_keys)
        if failures and not quiet:
            of = f"of {len(entries)} entries could not be parsed"
            say(f"litcheck: {len(failures)} {of} and were left out; `--format jsonl` shows why")
    if output:
        write_file(output, text)
    else:
        print_data(text)


def _bibliography(entries: Sequence[Entry], format_: str, *, has_keys: bool) -> str:
    """The references in a format of other programs. ``has_keys``: their ids are keys, not only places in a list."""
    from bib.model import Reference

    references = [entry for entry in entries if isinstance(entry, Reference)]
    match format_:
        case "csl":
            from bib.formats.csl_json import write_csl_json

            return write_csl_json(references)
        case "ris":
            from bib.formats.ris import write_ris

            return write_ris(references)
        case "endnote":
            from bib.formats.endnote_xml import write_endnote_xml

            return write_endnote_xml(references)
        case "jats":
            from bib.formats.jats import write_jats

            return write_jats(references)
        case _:
            return _bibtex(references, has_keys=has_keys)


def _bibtex(references: Sequence[Reference], *, has_keys: bool) -> str:
    from bib.formats.bibtex import with_author_year_keys, write_bibtex

    return write_bibtex(references if has_keys else with_author_year_keys(references))


def _rows_text(rows: Sequence[dict[str, Any]], *, as_array: bool) -> str:
    if as_array:
        return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


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
    reference = entry.partial if isinstance(entry, ParseFailure) else entry
    segments: dict[str, str] = {}
    for segment in reference.segments if reference else ():
        # A label that occurs twice (two editors, a second page range) keeps both pieces.
        segments[segment.label] = f"{segments[segment.label]} {segment.text}" if segment.label in segments else segment.text
    sure = {label: reference.confidence_in(label) for label in segments} if reference else {}
    row |= {"reference": reference_to_csl(reference) if reference else {}, "segments": segments, "confidences": sure}
    if isinstance(entry, ParseFailure):
        return row | {"error": entry.reason}
    return row | {"confidence": round(entry.confidence, 3)}
