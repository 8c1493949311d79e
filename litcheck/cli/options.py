"""Options that several commands share, and how they become settings."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from litcheck.errors import UnusableSettings

if TYPE_CHECKING:
    from litcheck.settings import Settings

F = TypeVar("F", bound=Callable[..., Any])

# Whether a file can be read is for its reader to say: one of many that cannot is a finding, and a report may be write-only.
_PATH = click.Path(path_type=Path, readable=False)


def _there(context: click.Context, parameter: click.Parameter, given: Any) -> Any:
    """Refuses names of files that are not there before any work: a slip of the keyboard is no finding about a document."""
    for path in given if isinstance(given, tuple) else (given,):
        if str(path) != "-" and not os.path.lexists(path):
            from litcheck.documents.load import no_such_file

            raise no_such_file(path)
    return given


def files_argument(function: F) -> F:
    """``FILE…``, at least one; ``-`` is standard input."""
    return click.argument("files", nargs=-1, required=True, type=_PATH, metavar="FILE…", callback=_there)(function)


def file_argument(function: F) -> F:
    """``FILE``; ``-`` is standard input."""
    return click.argument("file", type=_PATH, metavar="FILE", callback=_there)(function)


def lines_option(function: F) -> F:
    """``--lines``."""
    return click.option("--lines", is_flag=True, help="FILE holds one reference a line and nothing else.")(function)


def bib_option(function: F) -> F:
    """``--bib``."""
    return click.option(
        "--bib",
        "bibliographies",
        multiple=True,
        type=_PATH,
        metavar="FILE",
        help="Entries for a manuscript that keeps them elsewhere. Repeatable.",
    )(function)


def output_option(function: F) -> F:
    """``--output``."""
    return click.option("--output", type=_PATH, metavar="FILE", help="Write the data or report to FILE.")(function)


def progress_options(function: F) -> F:
    """``--no-progress`` and ``--quiet``."""
    function = click.option("--no-progress", is_flag=True, help="Show no progress.")(function)
    return click.option("--quiet", is_flag=True, help="Nothing on standard error but errors.")(function)


def style_option(function: F) -> F:
    """``--style``."""
    return click.option("--style", metavar="NAME", help="The citation style, for example apa. Default: detected.")(function)


def source_options(function: F) -> F:
    """Where evidence comes from: ``--offline``, ``--index``, ``--mailto``."""
    function = click.option("--mailto", metavar="ADDRESS", help="Your address, for Crossref's polite pool.")(function)
    function = click.option(
        "--index",
        "indexes",
        multiple=True,
        type=_PATH,
        metavar="DIR",
        help="A local index made by `litcheck index build`. Repeatable.",
    )(function)
    return click.option(
        "--offline", is_flag=True, default=None, help="Ask nothing of the network: only the cache and local indexes."
    )(function)


def rule_options(function: F) -> F:
    """Which findings are said, and which make the command fail."""
    function = click.option(
        "--fail-on",
        type=click.Choice(["error", "warning", "info", "never"]),
        help="Exit with 1 from this severity on. Default: error.",
    )(function)
    function = click.option("--ignore", multiple=True, metavar="CODES", help="Leave these findings out (LC502,LC4).")(function)
    return click.option("--select", multiple=True, metavar="CODES", help="Only these findings (LC5,LC202).")(function)


def store_options(function: F) -> F:
    """Where runs are kept: ``--db`` or ``--no-db``."""
    function = click.option("--no-db", is_flag=True, help="Store nothing.")(function)
    return click.option(
        "--db", type=_PATH, metavar="FILE", help="The DuckDB file. Default: litcheck.duckdb in the working directory."
    )(function)


def settings_from(**options: Any) -> Settings:
    """The settings of this working directory with the options given on top."""
    from litcheck.settings import load_settings

    for name in ("select", "ignore"):
        if name in options:
            codes = [code.strip() for value in options[name] for code in value.split(",") if code.strip()]
            options[name] = codes or None
    if "indexes" in options:
        options["indexes"] = options["indexes"] or None
    no_db = options.pop("no_db", False)
    settings = load_settings(_working_directory(), **options)
    if no_db:
        from dataclasses import replace

        settings = replace(settings, db=None)
    _refuse_unknown(settings)
    return settings


def _refuse_unknown(settings: Settings) -> None:
    """Raises ``UnusableSettings`` for a style or a code that nothing answers to: a slip there would let everything pass."""
    if settings.style:
        refuse_unknown_style(settings.style)
    if settings.select or settings.ignore:
        from litcheck.rules import RULES

        for code in sorted(settings.select | settings.ignore):
            if not any(rule.code.startswith(code) for rule in RULES):
                raise UnusableSettings(f"no rule begins with {code}; `litcheck rules` lists them all")


def refuse_unknown_style(style: str) -> None:
    """Raises ``UnusableSettings`` for a style that is none of those that are detected."""
    from litcheck.citations.style import STYLES

    if style not in STYLES:
        raise UnusableSettings(f"there is no style {style}; choose among {', '.join(sorted(STYLES))}")


def _working_directory() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError as error:
        raise UnusableSettings("the working directory is gone; change to one that is there") from error
