"""``read_with_pandoc``: a document in a format without a reader of our own, read by pandoc where that is installed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bib.model import Span
from litcheck.documents.flow import Flow, Flowed
from litcheck.documents.formats import FORMATS
from litcheck.documents.front_matter import named_files, names_in
from litcheck.documents.model import CitationKey, Document
from litcheck.documents.pandoc.metadata import meta_references, meta_value
from litcheck.documents.pandoc.program import find_pandoc, run_pandoc
from litcheck.documents.pandoc.syntax import Cited, Layouter, NotPandocError
from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance


def read_with_pandoc(document: Document, format_name: str, allowance: Allowance) -> Document:
    """The document whose source is in a format that pandoc reads: its text as ``syntax`` lays it out, its keys, its entries.

    Raises ``UnreadableDocument``, saying what to do, where pandoc is missing or fails, and for documents without text.
    """
    name = allowance.name
    known = FORMATS[format_name]
    program = find_pandoc()
    if program is None:
        raise UnreadableDocument(
            f"{name} is {known.phrase}, which litcheck reads with pandoc's help, and there is no pandoc on the PATH. Install it"
            " (https://pandoc.org/installing.html), or convert the document to plain text or Markdown."
        )
    syntax = run_pandoc(program, document.text.encode("utf-8", "replace"), known.pandoc, allowance)
    flow = Flow(allowance)
    layouter = Layouter(flow)
    try:
        match syntax:
            case {"meta": dict(meta), "blocks": [*blocks]}:
                for part in ("title", "abstract"):
                    _write_meta(layouter, meta.get(part))
                layouter.blocks(blocks)
            case _:
                raise NotPandocError("it has neither metadata nor blocks")
    except NotPandocError as error:
        raise UnreadableDocument(
            f"{name} was given to pandoc, and what came back cannot be read: {error}. Convert the document to plain text."
        ) from error
    flowed = flow.finish()
    if not flowed.text.strip():
        raise UnreadableDocument(f"{name} holds no text that pandoc can find. Save it anew, or as plain text.")
    names = dict.fromkeys((*names_in(meta_value(meta.get("bibliography"))), *layouter.bibliographies))
    paths, unread = named_files(names, document.path)
    return replace(
        document,
        format=format_name,
        text=flowed.text,
        superscripts=flowed.superscripts,
        keys=tuple(_keys(layouter.cited, flowed)),
        entries=meta_references(meta_value(meta.get("references"))) or None,
        bibliographies=paths,
        unread=unread,
    )


def _write_meta(layouter: Layouter, value: object) -> None:
    match value:
        case {"t": "MetaInlines", "c": inlines}:
            layouter.paragraph(inlines)
        case {"t": "MetaBlocks", "c": blocks}:
            layouter.blocks(blocks)


def _keys(cited: Iterable[Cited], flowed: Flowed) -> Iterator[CitationKey]:
    """The keys with their places: the spans of a citation's keys follow each other and together cover all of it."""
    for citation in sorted(cited, key=lambda one: flowed.places[one.begin]):
        begin, end = flowed.places[citation.begin], flowed.places[citation.end]
        for number, key in enumerate(citation.keys):
            last = number == len(citation.keys) - 1
            at = flowed.text.find(key, begin, end)
            stop = end if last or at < 0 else at + len(key)
            if begin < stop:
                yield CitationKey(span=Span(begin, stop), key=key)
            begin = stop
