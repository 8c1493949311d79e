"""A manuscript as it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bib.model import Entry, Reference, Span
from litcheck.documents.origins import Origins
from litcheck.documents.pages import Pages

if TYPE_CHECKING:  # needless for bibliographies, and slow to load
    from bib.sections import ReferenceSection


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationKey:
    """A citation that the format itself marks (``@lee2020``, ``\\cite{lee2020}``): its place and the key it names.

    ``bare`` is one without brackets or command around it, which may as well be somebody's name on a social network.
    """

    span: Span
    key: str
    bare: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationField:
    """A citation that a reference manager keeps in the document: where its printed result stands, and the works it names.

    ``references`` are what the manager holds of the works, their ids the same in all fields; none where that could not be read.
    """

    span: Span
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationFields:
    """All citations of a document that reference managers keep, in text order.

    ``lists`` are the bibliographies that a manager printed; ``all_cited`` and ``only_cited`` say that these mean to list all that
    fields cite, and nothing else.
    """

    citations: tuple[CitationField, ...]
    lists: tuple[Span, ...]
    all_cited: bool
    only_cited: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationLink:
    """A stretch of the text that the format links to entries of the list (``<xref rid="B3">3</xref>``), whatever it says.

    ``references`` are the ids of the entries.
    """

    span: Span
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPlace:
    """Where an entry stands that the document keeps in another file: offsets into that file's text; line and column from 1.

    ``page`` is that of the file, from 1, ``None`` where it has no pages.
    """

    path: str
    start: int
    end: int
    line: int
    column: int
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadPart:
    """A part that the document keeps in another file and that was not read: where it is named, why, and what to do.

    ``is_bibliography`` says that entries are missing for it, and not text; ``is_forbidden`` that it is never read for this
    document (``ForbiddenFile``), which can be checked with the entries given in another way.
    """

    reason: str
    is_bibliography: bool = False
    is_forbidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One manuscript or bibliography as it was read. All offsets anywhere refer to ``text``.

    ``format`` is ``text``, ``markdown``, ``bibtex``, ``lines``, ... ``superscripts`` are the runs that the format marks as
    raised, without the marks.
    ``entries`` are the references that the format holds as data (a ``.bib`` file, one reference a line); ``None`` when they
    have to be found in the text. ``sections`` are the reference lists that the format marks in the text (``thebibliography``,
    ``<ref-list>``, a bibliography field), ``None`` when they have to be found; ``entry_ids`` are the keys of all entries in
    them, in order, empty where the format has no keys.
    ``fields`` are the citations that reference managers keep in the document, ``links`` those that lead to an entry, in order.
    ``is_bibliography`` says that there is no manuscript around the list, so nothing can cite it.
    ``apart`` are stretches in which nothing is cited, keys aside: code, comments, front matter.
    ``cites_all`` says that it cites its whole bibliography at once (``\\nocite{*}``).
    ``bibliographies`` are the paths of the files that the document itself names as those with its entries.
    ``places`` says where entries that are kept in other files stand, by their ids.
    ``origins`` says where the text stands in its source, ``None`` where it is the source. ``pages`` says on which page it stands,
    ``None`` where the format has no pages. ``unread`` are the parts that were not read.
    ``failure`` says why the file could not be read; the text is empty then, and LC001 reports it.
    """

    path: str
    sha256: str
    format: str
    text: str
    encoding: str = "utf-8"
    superscripts: tuple[Span, ...] = ()
    keys: tuple[CitationKey, ...] = ()
    apart: tuple[Span, ...] = ()
    entries: tuple[Entry, ...] | None = None
    sections: tuple[ReferenceSection, ...] | None = None
    entry_ids: tuple[str, ...] = ()
    fields: CitationFields | None = None
    links: tuple[CitationLink, ...] = ()
    is_bibliography: bool = False
    cites_all: bool = False
    bibliographies: tuple[str, ...] = ()
    places: Mapping[str, EntryPlace] = field(default_factory=dict, repr=False, hash=False)
    origins: Origins | None = field(default=None, repr=False, hash=False)
    pages: Pages | None = field(default=None, repr=False, hash=False)
    unread: tuple[UnreadPart, ...] = ()
    failure: str = ""

    def page_of(self, offset: int) -> int | None:
        """The page of the file on which the character at ``offset`` stands, from 1; ``None`` where the format has no pages."""
        return self.pages.page_of(offset) if self.pages else None
