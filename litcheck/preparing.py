"""The first half of the pipeline, which needs one document and no evidence: read, split, parse (``litcheck.reading``), find.

Apart from the second half (``litcheck.checking``), so that commands that need no evidence load neither rules nor sources.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from bib.model import Entry, ParseFailure, Reference
from bib.sections import ReferenceSection
from litcheck.citations import detect_style, find_citations
from litcheck.citations.model import Citation
from litcheck.documents.model import Document
from litcheck.errors import UnreadableDocument, UnusableError
from litcheck.limits import DEFAULT_LIMITS, Limits
from litcheck.reading import Listing, entries_of, listed_in, read, sections_of

#: Tells how far a step is: done, total, and what it is doing.
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """One document after everything that needs no evidence: read, split, parsed, its citations found and linked."""

    document: Document
    sections: tuple[ReferenceSection, ...]
    entries: tuple[Entry, ...]
    citations: tuple[Citation, ...]
    style: str

    @property
    def references(self) -> tuple[Reference, ...]:
        """The entries that could be parsed, in list order."""
        return tuple(entry for entry in self.entries if isinstance(entry, Reference))

    @property
    def failures(self) -> tuple[ParseFailure, ...]:
        """The entries that could not."""
        return tuple(entry for entry in self.entries if isinstance(entry, ParseFailure))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A file that could not be read as what it claims to be, and why. Becomes LC001."""

    path: str
    reason: str

    def as_document(self) -> Prepared:
        """The file as a document without text, so that it is judged and kept like any other."""
        document = Document(path=self.path, sha256="", format="unreadable", text="", failure=self.reason)
        return Prepared(document=document, sections=(), entries=(), citations=(), style="")


def prepare(document: Document, *, style: str = "") -> Prepared:
    """Splits, parses, finds and links. ``style`` overrides the one that would be detected."""
    sections = sections_of(document)
    entries = entries_of(document, sections)
    references = tuple(entry for entry in entries if isinstance(entry, Reference))
    citations = () if document.is_bibliography else find_citations(document, sections, entries)
    return Prepared(
        document=document,
        sections=sections,
        entries=entries,
        citations=citations,
        style=style or detect_style(document, citations, references),
    )


def read_and_prepare(
    path: Path, limits: Limits = DEFAULT_LIMITS, *, lines: bool = False, listed: Listing | None = None, style: str = ""
) -> Prepared | Unreadable:
    """``read`` and ``prepare`` with a bad file as a value, for work on many files."""
    try:
        document = read(path, limits, lines=lines, listed=listed)
    except UnreadableDocument as error:
        return Unreadable(path=str(path), reason=str(error))
    return prepare(document, style=style)


def prepare_all(
    paths: Sequence[Path],
    limits: Limits = DEFAULT_LIMITS,
    *,
    lines: bool = False,
    bibliographies: Sequence[Path] = (),
    style: str = "",
    jobs: int = 1,
    progress: Progress | None = None,
) -> tuple[Prepared | Unreadable, ...]:
    """Every file read and prepared, in order, on ``jobs`` processes.

    Raises ``UnreadableDocument`` for a bibliography that cannot be read, and ``UnusableError`` if a process was ended from
    outside.
    """
    work = partial(read_and_prepare, limits=limits, lines=lines, listed=listed_in(bibliographies, limits), style=style)
    done: list[Prepared | Unreadable] = []

    def collect(results: Iterable[Prepared | Unreadable]) -> None:
        for result in results:
            done.append(result)
            if progress:
                progress(len(done), len(paths), "reading")

    if jobs > 1 and len(paths) > 1:
        try:
            # Not forked: an open index has threads in this process, and a lock that one of them holds would stay locked.
            with ProcessPoolExecutor(min(jobs, len(paths)), mp_context=get_context("spawn")) as pool:
                collect(pool.map(work, paths, chunksize=max(1, len(paths) // (4 * jobs))))
        except BrokenProcessPool as error:
            raise UnusableError(
                "a process that read documents was ended from outside (for want of memory?); try again with --jobs 1"
            ) from error
    else:
        collect(map(work, paths))
    return tuple(done)
