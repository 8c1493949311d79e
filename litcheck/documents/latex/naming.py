r"""The commands that name other files: ``\input{chapter}``, ``\import{parts/}{chapter}``, ``\bibliography{refs}``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from bib.newlines import line_and_column
from litcheck.documents.latex.bbl import holds_biber_list
from litcheck.documents.latex.streams import Command
from litcheck.documents.model import UnreadPart
from litcheck.errors import ForbiddenFile, UnreadableDocument

if TYPE_CHECKING:
    from litcheck.documents.latex.printer import Printer

_NAME = re.compile(r"\s{0,20}\{(?P<name>[^{}]{1,2000})\}")
_BARE_NAME = re.compile(r"[ \t]{1,20}(?P<name>[^\s\\{}%]{1,500})")


def name_input(printer: Printer, command: Command) -> None:
    r"""Reads the file that is named here: ``\input{chapter}``, ``\input chapter``, ``\include``, ``\subfile``."""
    stream = command.stream
    found = stream.match(_NAME, stream.at) or stream.match(_BARE_NAME, stream.at)
    if found:
        stream.at = found.end()
        _read_here(printer, command, found["name"].strip(), stream.folder)


def name_folder_and_file(printer: Printer, command: Command) -> None:
    r"""Reads a file in another folder, from which what it names is read too: ``\import{parts/}{chapter}``."""
    stream = command.stream
    folder = stream.match(_NAME, stream.at)
    name = folder and stream.match(_NAME, folder.end())
    if folder and name:
        stream.at = name.end()
        inside = stream.folder if command.name.startswith("sub") else ""
        _read_here(printer, command, name["name"].strip(), f"{inside}/{folder['name'].strip()}" if inside else folder["name"])


def _read_here(printer: Printer, command: Command, name: str, folder: str) -> None:
    try:
        opened = printer.files.open(name, folder, _around(printer))
    except ForbiddenFile as error:
        raise ForbiddenFile(_not_read(printer, command, str(error))) from error
    if isinstance(opened, str):
        printer.unread.append(UnreadPart(reason=_not_read(printer, command, opened)))
    else:
        printer.push(opened)


def name_bibliographies(printer: Printer, command: Command) -> None:
    r"""Keeps the files of references: ``\bibliography{refs,more}``, ``\addbibresource{refs.bib}``."""
    stream = command.stream
    stream.skip_arguments("o")
    found = stream.match(_NAME, stream.at)
    if not found:
        return
    stream.at = found.end()
    endings = (".bib", "") if command.name == "bibliography" else ("", ".bib")
    missing = []
    for name in (name.strip() for name in found["name"].split(",")):
        try:
            path = printer.files.shown(printer.files.find(name, endings=endings))
        except UnreadableDocument as error:
            reason = _not_read(printer, command, f"{name}: {error}")
            missing.append(UnreadPart(reason=reason, is_bibliography=True, is_forbidden=isinstance(error, ForbiddenFile)))
            continue
        if path not in printer.bibliographies:
            printer.bibliographies.append(path)
    # Publishers and arXiv are sent the list that was made of the bibliography, and not the bibliography.
    if missing and not printer.bibliographies and (made := printer.files.open_list(_around(printer))):
        if command.name == "bibliography" and not holds_biber_list(made.text):
            printer.push(made)
            return
        printer.made_list = made
    printer.unread += missing


def _around(printer: Printer) -> list[Path]:
    return [stream.path for stream in printer.streams if stream.path is not None]


def _not_read(printer: Printer, command: Command, reason: str) -> str:
    file = printer.files.known[command.stream.file]
    line, _ = line_and_column(command.place[0], file.starts)
    named = " ".join(command.stream.text[command.start : command.stream.at].split())
    return f"{named} ({file.path}, line {line}) was not read: {reason}"
