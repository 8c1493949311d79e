"""``litcheck report``: a stored run again."""

from __future__ import annotations

from pathlib import Path

import click

from litcheck.cli.check import FORMATS
from litcheck.cli.options import output_option, settings_from
from litcheck.cli.output import check_writable, print_data, print_report, report_format, say, write_file


@click.command("report")
@click.option("--run", "run_id", metavar="ID", help="The run. Default: the latest one.")
@click.option("--list", "list_runs", is_flag=True, help="List the stored runs instead.")
@click.option("--format", "format_", type=click.Choice(FORMATS), help="Default: text, or by FILE's ending.")
@output_option
@click.option("--db", type=click.Path(path_type=Path), metavar="FILE", help="The DuckDB file. Default: litcheck.duckdb.")
def command(run_id: str | None, list_runs: bool, format_: str | None, output: Path | None, db: Path | None) -> None:
    """Render a stored run again."""
    from litcheck.errors import UnusableDatabase
    from litcheck.store import Store
    from reports import render
    from reports.escaping import printable

    database = settings_from(db=db).db
    if database is None or not database.exists():
        raise UnusableDatabase(f"there is no database {database}; `litcheck check FILE` makes one, or name yours with --db")
    format_ = report_format(format_, output)
    if output:
        check_writable(output)
    with Store(database, read_only=True) as store:
        if list_runs:
            for row in store.runs():
                when = f"{row.started_at:%Y-%m-%d %H:%M} UTC"
                found = f"{row.errors} errors, {row.warnings} warnings, {row.infos} notes"
                more = f" and {row.documents - 1} more" if row.documents > 1 else ""
                print_data(f"{row.id}  {when}  {found}  {printable(row.first_path)}{more}\n")
            return
        run = store.load_run(run_id)
    if output:
        write_file(output, render(run, format_))
        say(f"litcheck: report written to {output}")
    else:
        print_report(run, format_)
