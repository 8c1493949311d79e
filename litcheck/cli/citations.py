"""``litcheck citations``: in-text citations and the entries that they name."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from litcheck.cli import EXIT_UNUSABLE
from litcheck.cli.options import (
    bib_option,
    files_argument,
    output_option,
    progress_options,
    refuse_unknown_style,
    settings_from,
    style_option,
)
from litcheck.cli.output import no_list_in, print_data, refuse_to_overwrite, say, say_how_it_was_read, write_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bib.model import Span
    from litcheck.documents.model import Document
    from litcheck.preparing import Prepared


@click.command("citations")
@files_argument
@bib_option
@style_option
@click.option("--format", "format_", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
@click.option("--jobs", type=click.IntRange(1), metavar="N", default=1, help="Read documents on N processes.")
@output_option
@progress_options
def command(
    files: tuple[Path, ...],
    bibliographies: tuple[Path, ...],
    style: str | None,
    format_: str,
    jobs: int,
    output: Path | None,
    quiet: bool,
    no_progress: bool,
) -> None:
    """Print in-text citations and the entries that they name."""
    if style:
        refuse_unknown_style(style)
    from litcheck.preparing import Unreadable, prepare_all

    refuse_to_overwrite(output, (*files, *bibliographies))
    from litcheck.cli.progress import showing_progress

    limits = settings_from().limits
    with showing_progress(not (quiet or no_progress)) as show:
        prepared = prepare_all(files, limits, bibliographies=bibliographies, style=style or "", jobs=jobs, progress=show)
    pieces = []
    for one in prepared:
        if isinstance(one, Unreadable):
            say(f"litcheck: {one.reason}")
            continue
        if not quiet:
            say_how_it_was_read(one.document)
            _say_what_is_not_there(one)
        if format_ == "jsonl":
            pieces.append(json.dumps(_row(one), ensure_ascii=False) + "\n")
        else:
            pieces.append(_text(one))
    if output:
        write_file(output, "".join(pieces))
    else:
        print_data("".join(pieces))
    if any(isinstance(one, Unreadable) for one in prepared):
        sys.exit(EXIT_UNUSABLE)


def _say_what_is_not_there(prepared: Prepared) -> None:
    document = prepared.document
    name = "standard input" if document.path == "-" else document.path
    if document.is_bibliography:
        say(f"litcheck: {name} is a bare list of references ({document.format}), which cites nothing")
    elif not prepared.citations and not prepared.entries:
        say(f"litcheck: neither citations nor a reference list were found in {name}")
    elif not prepared.citations:
        say(f"litcheck: no citations were found in {name}")
    elif not prepared.entries:
        say(no_list_in(document.path))


def _row(prepared: Prepared) -> dict[str, Any]:
    return {
        "document": prepared.document.path,
        "style": prepared.style,
        "citations": [
            {
                "start": c.span.start,
                "end": c.span.end,
                "text": c.text,
                "form": c.form,
                "references": list(c.references),
                "candidates": list(c.candidates),
            }
            for c in prepared.citations
        ],
        "personal_communications": [
            {"start": span.start, "end": span.end, "text": span.of(prepared.document.text)} for span in _told(prepared)
        ],
        "references": [
            {
                "id": entry.id,
                "start": entry.span.start if entry.span else None,
                "end": entry.span.end if entry.span else None,
                "raw": entry.raw,
            }
            for entry in prepared.entries
        ],
    }


def _told(prepared: Prepared) -> tuple[Span, ...]:
    """Personal communications, which cite somebody and belong in no list."""
    from litcheck.citations.personal import find_personal_communications

    return find_personal_communications(prepared.document.text, [section.span for section in prepared.sections])


def _text(prepared: Prepared) -> str:
    from bib.newlines import line_starts
    from reports.escaping import printable

    document = prepared.document
    raws = {entry.id: " ".join(entry.raw.split()) for entry in prepared.entries}
    lines = [f"{document.path}: {len(prepared.citations)} citations, {len(raws)} references, style {prepared.style}"]
    starts = line_starts(document.text)
    for citation in prepared.citations:
        where = _where(document, citation.span.start, starts)
        fitting = "; ".join(f"[{id_}] {raws[id_][:70]}" for id_ in (*citation.references, *citation.candidates))
        named = f"{len(citation.candidates)} entries fit: {fitting}" if citation.candidates else fitting
        named = named or f"no entry ({citation.link.value})"
        lines.append(f"{where}: {' '.join(citation.text.split())}  →  {named}")
    lines += (
        f"{_where(document, span.start, starts)}: {' '.join(span.of(document.text).split())}  →  personal communication, which no"
        " list holds"
        for span in _told(prepared)
    )
    return "".join(f"{printable(line)}\n" for line in lines)


def _where(document: Document, offset: int, starts: Sequence[int]) -> str:
    """The page of an offset or, in files without pages, its line, with the file's name where that is not the document's own."""
    from bib.newlines import line_and_column

    if (page := document.page_of(offset)) is not None:
        return f"p. {page}"
    if document.origins is None:
        return str(line_and_column(offset, starts)[0])
    path, line, _ = document.origins.place_of(offset)
    return str(line) if path == document.path else f"{path}:{line}"
