"""The command line: one file a command, each imported only when it is asked for.

Nothing heavy is imported to answer ``litcheck --help``: the table below holds what it prints.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import TextIO

import click

from litcheck import __version__
from litcheck.errors import LitcheckError

#: Every command: its name, and one line for ``--help``. The module of the same name defines ``command``.
COMMANDS = {
    "check": "Check manuscripts or bare reference lists; the main job.",
    "demo": "Check the shipped example with the shipped records; needs no network.",
    "parse": "Print references as structured data.",
    "citations": "Print in-text citations and the entries that they name.",
    "match": "Print the best record for each reference.",
    "cite": "Print the registry's own citation of DOIs, as BibTeX or in a style.",
    "text": "Print a document's text exactly as it was read.",
    "index": "Build a local index of Crossref works, or tell what one holds.",
    "report": "Render a stored run again.",
    "corpus": "Check a tree of documents as a Prefect flow; only what changed is done again.",
    "cache": "Tell what the cache of the registries' answers holds, or clear it.",
    "rules": "List the rules.",
    "explain": "Explain one rule.",
    "watch": "Look again at the works that stored runs cite (still to come).",
    "serve": "Serve the review page on loopback (still to come).",
}

EXIT_FINDINGS = 1
EXIT_UNUSABLE = 2
EXIT_UNAVAILABLE = 3
EXIT_INTERRUPTED = 130

#: Checking 5 MB of text takes 4.9 s with this and 6.9 s with Python's 700.
OBJECTS_PER_COLLECTION = 50_000


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"litcheck.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="litcheck")
def cli() -> None:
    """Check a manuscript's references against Crossref, and its in-text citations against its list.

    \b
    litcheck check paper.txt        the main job: what to fix, and how
    litcheck check paper.txt --output report.html
    litcheck explain LC202          what a finding means
    """


def main() -> None:
    """Runs the command line and exits with the status of ``interfaces.md``; no traceback for bad input."""
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        _write_utf8(stream)
    # A book's million tokens are no garbage: looking for some as often as Python does took a third of the time.
    gc.set_threshold(OBJECTS_PER_COLLECTION)
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Exit as exit_:
        sys.exit(exit_.exit_code)
    except click.ClickException as error:
        with suppress(OSError):  # a full disk behind standard error does not make it another mistake
            error.show()
        sys.exit(EXIT_UNUSABLE)
    except LitcheckError as error:
        _say(f"litcheck: {error}")
        sys.exit(EXIT_UNUSABLE)
    except (click.Abort, KeyboardInterrupt):
        click.echo("litcheck: interrupted; what was stored before stays stored", err=True)
        sys.exit(EXIT_INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output has gone away (`litcheck … | head`): not an error, but nothing more can be written.
        _let_go_of(sys.stdout)
        sys.exit(0)
    except OSError as error:
        # What no command expects of a system that works: a full disk behind standard output, a directory that may not be entered.
        _let_go_of(sys.stdout)
        _say(f"litcheck: {error.filename or 'standard output'}: {error.strerror or error}")
        sys.exit(EXIT_UNUSABLE)
    finally:
        _let_go_of(sys.stderr)


def _open_closed_streams() -> None:
    """Gives the null device to each standard stream that the caller closed, lest a database gets its number and our output."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            null = os.open(os.devnull, os.O_RDWR)
            if null != number:
                os.dup2(null, number)
                os.close(null)
            setattr(sys, name, os.fdopen(number, "r" if name == "stdin" else "w", encoding="utf-8"))


def _let_go_of(stream: TextIO) -> None:
    """Lets what a stream cannot take go nowhere, so that the interpreter does not fail on it at its end, with a status of 120."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _say(message: str) -> None:
    from litcheck.cli.output import say

    say(message)


def _write_utf8(stream: TextIO) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="backslashreplace")
