"""``read_markdown``: from the source of a Markdown manuscript to a document.

The text is what is printed of the source, as plain text: paragraphs on one line, a blank line between them; title and abstract
of the front matter; headings without their attributes; items of lists after their numbers or a bullet, a line each; rows of
tables with tabs between their cells; the words of links and the captions of pictures. Marks of emphasis and code, tags of HTML,
comments, blocks of code, programs in the text, displayed formulas and the marks of divisions are left out; escapes and entities
are the characters that they mean, "--" and "---" dashes; quotation marks, points and all that is not understood stay as they
stand. Lines that are set in by four blanks are kept: to a person they are no code. Keys that cite stay as they stand
(``[@lee2020, p. 3]``).

A note's number is raised where it stands, and its text is a paragraph after the one that refers to it, beginning with the number.
Notes that stand under the heading of a reference list are its entries. Lists of references that are marked (``::: {#refs}``) are
taken as marked, and links to their entries are kept. A finding's line is that of the source.

Syntax: CommonMark 0.31; Pandoc's manual, "Pandoc's Markdown".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bib.model import Span
from bib.newlines import unix_newlines
from litcheck.documents.front_matter import read_front_matter
from litcheck.documents.markdown.blocks import Block, BlockReader, Paragraph
from litcheck.documents.markdown.breaks import with_lines_joined
from litcheck.documents.markdown.hidden import without_hidden
from litcheck.documents.markdown.lines import Line, source_lines
from litcheck.documents.markdown.page import Page
from litcheck.documents.model import CitationLink, Document
from litcheck.documents.origins import SourceFile
from litcheck.documents.pandoc_keys import blanked, key_at
from litcheck.documents.pieces import Printed, assemble
from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?=[\w-]{1,40}:)(?:(?!---|\.\.\.)[^\n]*\n)*+(?:---|\.\.\.)[ \t]*(?:\n|$)")
#: ``nocite`` in the front matter cites without a mention in the text.
_NO_CITE = re.compile(r"^nocite:[^\n]*(?:\n[ \t-][^\n]*)*+", re.MULTILINE)
_EVERYTHING = re.compile(r"@\*")
_AT = re.compile("@")


def read_markdown(document: Document, allowance: Allowance) -> Document:
    """The manuscript whose source is the text of ``document``. Raises ``UnreadableDocument`` where nothing is printed."""
    source = document.text
    text = unix_newlines(source)
    front = _FRONT_MATTER.match(text)
    body = front.end() if front else 0
    said = read_front_matter(document.path, text, body)
    cited = "".join(found.group() for found in _NO_CITE.finditer(text, 0, body))
    printed = without_hidden(blanked(text, [Span(0, body)]))
    reader = BlockReader(allowance)
    blocks = reader.read([line for line in source_lines(printed, source) if line.start >= body])
    above = [block for span in said.printed for block in _part(span, text, reader)]
    page = Page(reader.notes, reader.labels)
    page.print_keys(list(_not_mentioned(text, body)))
    page.print([*above, *blocks])
    laid = assemble(page.finish(), [SourceFile.of(document.path, text)])
    if not laid.text.strip():
        raise UnreadableDocument(
            f"{document.path} prints nothing: it holds front matter, comments or code and no text. Give the manuscript itself."
        )
    return replace(
        document,
        format="markdown",
        text=with_lines_joined(laid.text, laid.breaks, is_marked=bool(laid.sections)),
        superscripts=laid.superscripts,
        keys=laid.keys,
        sections=laid.sections or None,
        links=tuple(_links(laid)),
        cites_all=_EVERYTHING.search(cited) is not None,
        origins=laid.origins,
        entries=said.entries,
        places=said.places,
        bibliographies=said.bibliographies,
        unread=said.unread,
    )


def _part(span: Span, text: str, reader: BlockReader) -> Iterable[Block]:
    """A part of the front matter as blocks: of what is set in there, the outermost is at the margin."""
    lines = [Line(line.text, line.start + span.start) for line in source_lines(span.of(text), span.of(text))]
    margin = min((line.indent for line in lines[1:] if not line.is_blank), default=0)
    blocks = reader.read([line.outdented(margin) for line in lines])
    return blocks if len(blocks) != 1 else [Paragraph([line for line in lines if not line.is_blank])]


def _not_mentioned(text: str, end: int) -> Iterator[tuple[str, int]]:
    """The keys that the front matter cites, and where each stands."""
    for cited in _NO_CITE.finditer(text, 0, end):
        for at in _AT.finditer(text, cited.start(), cited.end()):
            if found := key_at(text, at.start()):
                yield found[0], at.start()


def _links(laid: Printed) -> Iterator[CitationLink]:
    """The links to entries of the marked lists, by the entries' numbers."""
    numbers = {id_: str(number) for number, id_ in enumerate(laid.entry_ids, start=1)}
    for link in laid.links:
        references = tuple(numbers[id_] for id_ in link.references if id_ in numbers)
        if references:
            yield CitationLink(span=link.span, references=references)
