"""``litcheck check``: the main job."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from litcheck.cli import EXIT_FINDINGS, EXIT_UNAVAILABLE
from litcheck.cli.options import (
    bib_option,
    files_argument,
    lines_option,
    output_option,
    progress_options,
    rule_options,
    settings_from,
    source_options,
    store_options,
    style_option,
)
from litcheck.cli.output import check_writable, print_report, refuse_to_overwrite, report_format, say, write_file

if TYPE_CHECKING:
    from litcheck.run import Run
    from litcheck.settings import Settings

FORMATS = ("text", "json", "jsonl", "md", "html")


@click.command("check")
@files_argument
@lines_option
@click.option("--format", "format_", type=click.Choice(FORMATS), help="Of the report. Default: text, or by FILE's ending.")
@output_option
@source_options
@store_options
@bib_option
@style_option
@rule_options
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Read documents on N processes.")
@progress_options
def command(
    files: tuple[Path, ...],
    lines: bool,
    format_: str | None,
    output: Path | None,
    bibliographies: tuple[Path, ...],
    quiet: bool,
    no_progress: bool,
    **options: Any,
) -> None:
    """Check manuscripts or bare reference lists.

    Prints a summary and the findings, stores the run in DuckDB, and with --output writes a report (the ending .html, .md,
    .json or .jsonl says which).

    Exit status: 0 nothing at or above --fail-on; 1 findings; 2 unusable command or input; 3 a source could not be asked
    for at least one reference.
    """
    settings = settings_from(**options)
    refuse_to_overwrite(output, (*files, *bibliographies))
    format_ = report_format(format_, output)
    if output:
        check_writable(output)
    settings = with_usable_database(settings)
    from litcheck.checking import check
    from litcheck.cli.progress import showing_progress

    with showing_progress(not (quiet or no_progress)) as show:
        run = check(files, settings, lines=lines, bibliographies=bibliographies, progress=show)
    say_run(run, settings, format_=format_, output=output, quiet=quiet)
    sys.exit(exit_status(run, settings))


def say_run(run: Run, settings: Settings, *, format_: str, output: Path | None, quiet: bool) -> None:
    """Stores the run first, so that nothing that befalls the output loses it, then writes the report and prints.

    Raises ``UnusableDatabase`` at the end if the run could be kept nowhere.
    """
    from litcheck.errors import UnusableDatabase
    from reports import render

    if not quiet and format_ != "text" and output is None:
        say_nothing_to_check(run)
    stored = keep(run, settings.db) if settings.db is not None else None
    if output is None:
        print_report(run, format_)
    else:
        write_file(output, render(run, format_))
        if not quiet:
            print_report(run, "text")
            say(f"litcheck: report written to {output}")
    if stored is not None and stored.where is None:
        raise UnusableDatabase(stored.message)
    if stored is not None and not (quiet and stored.where == settings.db):
        say(f"litcheck: {stored.message}")


def say_nothing_to_check(run: Run) -> None:
    """Names the documents in which there was nothing to check; the report as text says so itself."""
    for document in run.documents:
        if document.nothing_to_check:
            name = "standard input" if document.path == "-" else document.path
            say(f"litcheck: nothing to check in {name}: neither citations nor a reference list were found")


def with_usable_database(settings: Settings) -> Settings:
    """``settings``, without a database where nobody named one and the working directory cannot hold it.

    Raises ``UnusableDatabase`` for one that was named, or is there, and cannot be used.
    """
    from dataclasses import replace

    from litcheck.settings import DEFAULT_DB

    if settings.db == DEFAULT_DB and not DEFAULT_DB.exists() and not os.access(DEFAULT_DB.parent, os.W_OK):
        say("litcheck: the working directory cannot be written, so this run will not be stored; --db FILE stores it elsewhere")
        return replace(settings, db=None)
    if settings.db:
        check_database(settings.db)
    return settings


def check_database(database: Path) -> None:
    """Raises ``UnusableDatabase`` now, rather than after minutes of work, for a file that will never take the run."""
    from litcheck.errors import DatabaseInUse, UnusableDatabase
    from litcheck.store import Store

    if not os.access(database if database.exists() else database.parent, os.W_OK) and database.parent.is_dir():
        raise UnusableDatabase(f"{database} cannot be written: permission denied; name another file with --db, or give --no-db")
    if database.exists() or not database.parent.is_dir():
        try:
            with Store(database, patience=0):
                pass
        except DatabaseInUse:
            pass  # it may be free by the time the run is stored; if not, the run is kept as JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Where a run is kept: in the database, as JSON beside it, or nowhere; ``message`` says so."""

    where: Path | None
    message: str


def keep(run: Run, database: Path) -> Kept:
    """Stores the run in one transaction; if the database cannot be written, writes the run as JSON beside it."""
    from litcheck.errors import UnusableDatabase, UnusableError
    from litcheck.store import Store
    from reports import render

    try:
        with Store(database) as store:
            store.save_run(run)
    except UnusableDatabase as error:
        rescue = database.with_name(f"{database.stem}-{run.id}.json")
        try:
            write_file(rescue, render(run, "json"))
        except UnusableError as failure:
            return Kept(
                where=None, message=f"this run was not stored: {error}\nlitcheck: nor can it be kept beside it: {failure}"
            )
        return Kept(where=rescue, message=f"this run was not stored: {error}\nlitcheck: nothing is lost: it is in {rescue}")
    return Kept(where=database, message=f"stored as run {run.id} in {database}")


def exit_status(run: Run, settings: Settings) -> int:
    """The exit status that ``interfaces.md`` gives a finished run."""
    worst = run.worst()
    if settings.fail_on is not None and worst is not None and worst >= settings.fail_on:
        return EXIT_FINDINGS
    return EXIT_UNAVAILABLE if run.has_unavailable() else 0
