"""``litcheck corpus``: the Prefect flow over a tree of documents."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from litcheck.cli import EXIT_FINDINGS, EXIT_UNAVAILABLE, EXIT_UNUSABLE
from litcheck.cli.check import FORMATS, check_database
from litcheck.cli.options import output_option, progress_options, rule_options, settings_from, source_options, style_option
from litcheck.cli.output import check_writable, print_data, report_format, say, write_file
from litcheck.errors import UnreadableDocument

if TYPE_CHECKING:
    from flows.outcome import CorpusOutcome
    from litcheck.settings import Settings


@click.command("corpus")
@click.argument("directory", type=click.Path(path_type=Path, readable=False), metavar="DIR")
@click.option("--again", is_flag=True, help="Check every document, not only what is new or changed.")
@click.option("--format", "format_", type=click.Choice(FORMATS), help="Of the report. Default: by FILE's ending.")
@output_option
@source_options
@click.option("--db", type=click.Path(path_type=Path), metavar="FILE", help="The DuckDB file. Default: litcheck.duckdb.")
@style_option
@rule_options
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Read and judge on N processes.")
@progress_options
def command(
    directory: Path,
    again: bool,
    format_: str | None,
    output: Path | None,
    quiet: bool,
    no_progress: bool,
    **options: Any,
) -> None:
    """Check a tree of documents as a Prefect flow; only what is new or changed is done again.

    Prints a summary of the whole tree and stores what was checked as one run in DuckDB; --output writes the report on that
    run. Runs without a Prefect server; with PREFECT_API_URL set, the run is seen there.

    Exit status as for `check`, over all documents, the unchanged ones included; 2 also if the check of a document broke off.
    """
    settings = settings_from(**options)
    if not directory.is_dir():
        raise UnreadableDocument(f"{directory} is not a directory. Name the directory that holds the documents.")
    format_ = report_format(format_, output)
    if output:
        check_writable(output)
    if settings.db:
        check_database(settings.db)
    from flows.changes import digest_of

    digest_of(settings)  # says what is wrong with an index now, rather than after the seconds that Prefect needs to start
    # What breaks off is in the outcome and printed below; Prefect would add a traceback of its own.
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")
    from flows.check import check_corpus, progress
    from flows.summary import summarise
    from litcheck.cli.progress import showing_progress

    with showing_progress(not (quiet or no_progress)) as show:
        token = progress.set(show)
        try:
            outcome = check_corpus(directory, options=_as_json(settings), again=again)
        finally:
            progress.reset(token)
    print_data(summarise(outcome))
    if output and outcome.run:
        from reports import render

        write_file(output, render(outcome.run, format_))
        if not quiet:
            say(f"litcheck: report written to {output}")
    for failure in outcome.failures:
        say(f"litcheck: {failure.path} was not checked: {failure.reason}")
    if outcome.run and not quiet:
        say(f"litcheck: stored as run {outcome.run.id} in {settings.db}")
    sys.exit(exit_status(outcome, settings))


def exit_status(outcome: CorpusOutcome, settings: Settings) -> int:
    """The exit status that ``interfaces.md`` gives, over the whole corpus."""
    if outcome.failures:
        return EXIT_UNUSABLE
    worst = outcome.worst()
    if settings.fail_on is not None and worst is not None and worst >= settings.fail_on:
        return EXIT_FINDINGS
    return EXIT_UNAVAILABLE if outcome.has_unavailable() else 0


def _as_json(settings: Settings) -> dict[str, Any]:
    """The settings that an option may have changed, as a flow's parameters have to be. The rest it loads itself."""
    values = {
        "offline": settings.offline,
        "indexes": [str(directory) for directory in settings.indexes],
        "mailto": settings.mailto,
        "db": str(settings.db) if settings.db else None,
        "style": settings.style,
        "select": sorted(settings.select),
        "ignore": sorted(settings.ignore),
        "jobs": settings.jobs,
    }
    return {name: value for name, value in values.items() if value}
