r"""``read_latex``: from the main file of a LaTeX manuscript to a document.

The text is what LaTeX would print, as plain text: paragraphs without the source's line ends, a blank line between them; accents,
symbols, dashes, quotation marks and ``~`` as characters; the other spaces as blanks. Comments, the preamble (but for the
title), programs, pictures and displayed formulas are left out; formulas in the text are put in plain characters. Commands that
cite stay as they stand in the source. A note's number is raised where it stands, and its text is a paragraph after the one that
refers to it, beginning with the number; floats follow their paragraph too. A finding's line is that of the source.

Syntax: the LaTeX2e unofficial reference manual (October 2023); the manuals of the packages import 6.2 and subfiles 2.2.
"""

from __future__ import annotations

from dataclasses import replace

from bib.model import Entry
from bib.newlines import unix_newlines
from litcheck.documents.latex.bbl import read_bbl
from litcheck.documents.latex.printer import Printer
from litcheck.documents.latex.streams import SourceFiles, Stream
from litcheck.documents.listed import place_of
from litcheck.documents.model import Document, EntryPlace
from litcheck.documents.pieces import assemble
from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance


def read_latex(document: Document, allowance: Allowance) -> Document:
    """The manuscript whose main file's source is the text of ``document``; a chapter may be read by itself.

    Files that it names are read in its folder only. Raises ``UnreadableDocument`` where nothing is printed.
    """
    source = unix_newlines(document.text)
    files = SourceFiles(document.path, source, allowance)
    printer = Printer(files, allowance)
    printer.print(source)
    printed = assemble(printer.page.pieces, files.known)
    if not printed.text.strip():
        raise UnreadableDocument(
            f"{allowance.name} prints nothing: it holds commands and no text. Give the main file, the one with"
            " `\\begin{document}`."
        )
    read = replace(
        document,
        format="latex",
        text=printed.text,
        superscripts=printed.superscripts,
        keys=printed.keys,
        sections=printed.sections or None,
        entry_ids=printed.entry_ids,
        origins=printed.origins,
        cites_all=printer.cites_all,
        bibliographies=tuple(printer.bibliographies),
        unread=tuple(printer.unread),
    )
    return read if printer.made_list is None or read.bibliographies else _with_list(read, printer.made_list, files)


def _with_list(document: Document, made: Stream, files: SourceFiles) -> Document:
    """The document with the entries of the list that biber made of its bibliography."""
    entries: list[Entry] = []
    places: dict[str, EntryPlace] = {}
    file = files.known[made.file]
    for entry, span in read_bbl(made.text):
        entries.append(entry)
        places[entry.id] = place_of(file.path, span, file.starts)
    if not entries:
        return document
    unread = tuple(part for part in document.unread if not part.is_bibliography)
    return replace(document, entries=tuple(entries), places=places, unread=unread)
