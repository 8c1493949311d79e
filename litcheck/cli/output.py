"""Where a command's data goes: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from litcheck.errors import UnusableError

if TYPE_CHECKING:
    from litcheck.documents.model import Document
    from litcheck.run import Run

#: The report format that a file's ending asks for.
SUFFIX_FORMATS = {".html": "html", ".htm": "html", ".md": "md", ".json": "json", ".jsonl": "jsonl", ".txt": "text"}


def print_data(text: str) -> None:
    """Writes ``text`` to standard output exactly, in UTF-8, newlines untouched."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))
    sys.stdout.buffer.flush()


def say(message: str) -> None:
    """Writes a message for a person to standard error. What it quotes from files and registries cannot act on a terminal."""
    from reports.escaping import printable

    with suppress(OSError):  # a full disk behind standard error changes nothing about what was found
        click.echo("\n".join(map(printable, message.split("\n"))), err=True)


def no_list_in(path: Path | str) -> str:
    """What to say of a document without a reference list."""
    name = "standard input" if str(path) == "-" else path
    return (
        f"litcheck: no reference list was found in {name}; begin it with a heading such as References on a line of its own, give"
        " the file that holds it with --bib, or --lines for a file with one reference a line"
    )


def say_how_it_was_read(document: Document) -> None:
    """Names the parts of a document that were not read, and what it is if its name says something else."""
    from litcheck.documents.formats import misnamed

    if found := misnamed(document.path, document.format):
        say(f"litcheck: {found}")
    for part in document.unread:
        say(f"litcheck: {part.reason}")


def print_report(run: Run, format_: str) -> None:
    """Prints a report; as text with colour and the terminal's width where standard output is a terminal."""
    if format_ == "text" and sys.stdout.isatty():
        import shutil

        from reports.text import render_text

        print_data(render_text(run, width=shutil.get_terminal_size().columns, colour="NO_COLOR" not in os.environ))
    else:
        from reports import render

        print_data(render(run, format_))


def report_format(format_: str | None, output: Path | None) -> str:
    """The format asked for, or the one that the ending of the file says. Raises ``UnusableError`` for an ending of another."""
    if format_ is not None:
        return format_
    if output is None or not output.suffix:
        return "text"
    if output.suffix.lower() not in SUFFIX_FORMATS:
        endings = ", ".join(SUFFIX_FORMATS)
        raise UnusableError(f"no report is written as {output.suffix} yet: let {output} end in one of {endings}, or add --format")
    return SUFFIX_FORMATS[output.suffix.lower()]


def check_writable(path: Path) -> None:
    """Raises ``UnusableError`` now, rather than after minutes of work, if ``path`` cannot be written."""
    if path.is_dir():
        raise UnusableError(f"{path} is a directory; name a file to write the report to")
    if not path.parent.is_dir():
        raise UnusableError(f"there is no directory {path.parent}; create it, or name another file for --output")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise UnusableError(f"{path} cannot be written: permission denied; name a file elsewhere with --output")


def refuse_to_overwrite(path: Path | None, inputs: Iterable[Path]) -> None:
    """Raises ``UnusableError`` where the output would take the place of a file that is to be read."""
    for given in inputs:
        if path is not None and path.exists() and given.exists() and path.samefile(given):
            raise UnusableError(f"--output {path} is the file to be read, and would be lost; name another")


def write_file(path: Path, text: str) -> None:
    """Writes ``text`` in UTF-8 so that ``path`` holds all of it or what it held before. Raises ``UnusableError``."""
    temporary: Path | None = None
    try:
        if path.exists() and not path.is_file():  # a pipe or /dev/stdout: nothing to replace
            path.write_text(text, encoding="utf-8", errors="surrogateescape", newline="")
            return
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", errors="surrogateescape", newline="", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            temporary = Path(file.name)
            file.write(text)
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()
        raise UnusableError(f"{path} cannot be written: {error.strerror or error}") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
