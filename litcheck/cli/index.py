"""``litcheck index``: build a local index of Crossref works, bring one up to date, or tell what one holds."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from litcheck.cli.options import progress_options
from litcheck.cli.output import print_data, say

if TYPE_CHECKING:
    from litcheck.sources.local_index import BadRecord, BuildProgress, IndexInfo, IndexRetractions

#: Where standard error is no terminal, one line says how far a build is in so many seconds.
SECONDS_BETWEEN_LINES = 30.0
#: Bad records that a build names on standard error; `info` names more.
NAMED = 5
#: More processes than this are not kept busy by the one that writes.
MOST_JOBS = 8

_PATH = click.Path(path_type=Path)


_retractions_option = click.option(
    "--retractions",
    type=_PATH,
    metavar="FILE",
    help="Retraction Watch's CSV: retractions, corrections and concerns, for checks without the network.",
)
_jobs_option = click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="Processes that read along. Default: one a processor."
)


@click.group("index", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Build a local index of Crossref works, bring one up to date, or tell what one holds."""


@command.command("build")
@click.argument("sources", nargs=-1, required=True, type=_PATH, metavar="SOURCE…")
@click.option(
    "--out", required=True, type=_PATH, metavar="DIR", help="Where the index goes: a new directory, or an index to replace."
)
@click.option(
    "--complete",
    is_flag=True,
    help="Declare that the sources are all that the registry held on the date of --as-of, so that a miss says something.",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day the sources speak for. With --complete: today.",
)
@click.option("--compact", is_flag=True, help="Keep of each record only what checks read: a quarter less disk for the records.")
@_retractions_option
@_jobs_option
@progress_options
def build(
    sources: tuple[Path, ...],
    out: Path,
    complete: bool,
    as_of: datetime | None,
    compact: bool,
    retractions: Path | None,
    jobs: int | None,
    quiet: bool,
    no_progress: bool,
) -> None:
    """Build an index from Crossref works.

    SOURCE is a file of one work a line (.jsonl, .jsonl.gz), a JSON file with "items" (.json, .json.gz), or a tar or directory of
    such files, for example Crossref's Public Data File. Whatever happens, DIR keeps its former index until the new one is whole.
    A build that was interrupted goes on when it is started again with the same arguments.
    """
    from litcheck.sources.local_index import build_index

    day = _day(as_of)
    began = time.monotonic()
    with _showing(not (quiet or no_progress)) as show:
        info = build_index(
            sources,
            out,
            retractions=retractions,
            complete=complete,
            as_of=day,
            compact=compact,
            jobs=jobs or _processors(),
            progress=show,
        )
    if not quiet:
        read = f"{info.records:,} records read"
        _tell_bad("left out", info.bad_records, info.bad)
        _tell_table(info.retractions)
        _tell(info, seconds=time.monotonic() - began, dated_today=complete and day is None, read=read)


@command.command("update")
@click.argument("directory", type=_PATH, metavar="DIR")
@click.argument("sources", nargs=-1, type=_PATH, metavar="[SOURCE…]")
@_retractions_option
@click.option(
    "--complete",
    is_flag=True,
    help="Declare that the sources hold all that was registered or changed since the day that the index speaks for.",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day the index speaks for from now on. With --complete: today. Otherwise: its own.",
)
@_jobs_option
@progress_options
def update(
    directory: Path,
    sources: tuple[Path, ...],
    retractions: Path | None,
    complete: bool,
    as_of: datetime | None,
    jobs: int | None,
    quiet: bool,
    no_progress: bool,
) -> None:
    """Take newer works, or a newer table of retractions, into an index.

    SOURCE is as for build. Of two records of a work the newer one stays. A complete index stays complete as of its own day unless
    --complete is said again. Whatever happens, DIR keeps what it held until the update is whole.
    """
    from litcheck.sources.local_index import read_info, update_index

    day = _day(as_of)
    before = read_info(directory)
    began = time.monotonic()
    with _showing(not (quiet or no_progress)) as show:
        info = update_index(
            directory,
            sources,
            retractions=retractions,
            complete=complete,
            as_of=day,
            jobs=jobs or _processors(),
            progress=show,
        )
    if not quiet:
        read = f"{info.records - before.records:,} records read, {info.works - before.works:,} works more than before"
        _tell_bad("left out", info.bad_records[len(before.bad_records) :], info.bad - before.bad)
        _tell_table(info.retractions if retractions else None)
        _tell(info, seconds=time.monotonic() - began, dated_today=complete and day is None, read=read)


@command.command("info")
@click.argument("directory", type=_PATH, metavar="DIR")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def info(directory: Path, format_: str) -> None:
    """Tell what an index holds: how many works, of which day, from which sources."""
    from litcheck.sources.local_index import read_info

    found = read_info(directory)
    print_data(json.dumps(_values(found), ensure_ascii=False, indent=1) + "\n" if format_ == "json" else _text(found))


def _day(as_of: datetime | None) -> date | None:
    from litcheck.errors import UnusableError

    day = as_of.date() if as_of else None
    if day and day > date.today():
        raise UnusableError(f"--as-of {day} has not come yet; name the day on which the registry was copied.")
    return day


def _processors() -> int:
    import os

    return min(os.cpu_count() or 1, MOST_JOBS)


def _tell(info: IndexInfo, *, seconds: float, dated_today: bool, read: str) -> None:
    if dated_today:
        say(f"--as-of was not given: the index speaks for today, {info.as_of}")
    say(f"{info.directory}: {info.summary}; {_megabytes(info.size)} in {seconds:,.1f} s ({read})")


def _tell_bad(what: str, bad: Sequence[BadRecord], number: int) -> None:
    for one in bad[:NAMED]:
        say(f"{what}: {one.place}: {one.reason}")
    if number > len(bad[:NAMED]):
        say(f"{what}: {number - len(bad[:NAMED]):,} more; `litcheck index info` names the first of them")


def _tell_table(table: IndexRetractions | None) -> None:
    if table:
        _tell_bad("row", table.bad_rows, table.bad)
        say(f"retractions: {_notices(table)}")


def _notices(table: IndexRetractions) -> str:
    return (
        f"{table.path}: {table.rows:,} notices about {table.works:,} works, "
        f"of which {table.stand_ins:,} are known from this table alone; {table.bad:,} bad rows"
    )


def _text(info: IndexInfo) -> str:
    from reports.escaping import printable

    rows = [
        ("index", str(info.directory)),
        ("works", f"{info.works:,}"),
        (
            "complete",
            "yes: what is missing was not registered" if info.complete else "not declared: a miss means nothing",
        ),
        ("as of", str(info.as_of or "not stated")),
        ("built", f"{info.built_at:%Y-%m-%d %H:%M} UTC, litcheck {info.litcheck}"),
        ("size", _megabytes(info.size) + (", records compact" if info.compact else "")),
        ("duplicates", f"{info.duplicates:,} older or poorer records left out"),
        ("bad", f"{info.bad:,} that are no works left out"),
        *(("", f"{bad.place}: {bad.reason}") for bad in info.bad_records),
        *((("retractions", _notices(info.retractions)),) if info.retractions else ()),
        *(("", f"{bad.place}: {bad.reason}") for bad in (info.retractions.bad_rows if info.retractions else ())),
        *(("source", f"{source.path}: {source.records:,} records, {_files(source.files)}") for source in info.sources),
    ]
    return "".join(f"{label:12}{printable(value)}\n" for label, value in rows)


def _values(info: IndexInfo) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(info) | {
        "directory": str(info.directory),
        "as_of": info.as_of.isoformat() if info.as_of else None,
        "built_at": info.built_at.isoformat(),
    }


def _files(count: int) -> str:
    return f"{count:,} {'file' if count == 1 else 'files'}"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


@contextmanager
def _showing(wanted: bool) -> Iterator[Callable[[BuildProgress], None] | None]:
    """A callback that shows how far a build is: a bar on a terminal, a line now and then elsewhere."""
    if not wanted:
        yield None
    elif sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[state]}"), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("indexing", total=None, state="")

            def show(progress: BuildProgress) -> None:
                bar.update(task, completed=progress.bytes_done, total=progress.size, state=_state(progress))

            yield show
    else:
        last = time.monotonic()

        def tell(progress: BuildProgress) -> None:
            nonlocal last
            if time.monotonic() - last >= SECONDS_BETWEEN_LINES:
                last = time.monotonic()
                say(f"indexing: {_state(progress)}")

        yield tell


def _state(progress: BuildProgress) -> str:
    return (
        f"{progress.files_done:,} of {_files(progress.files)}, {progress.records:,} records, {progress.rate:,.0f}/s"
        + (f", {progress.resumed:,} of them read before the interruption" if progress.resumed else "")
        + (f", {progress.bad:,} bad" if progress.bad else "")
    )
