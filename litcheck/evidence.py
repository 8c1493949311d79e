"""What the world says about a reference: records, and the three answers that a source can give.

``Found``, ``NotFound`` and ``Unavailable`` are a closed union. A source that could not be asked is ``Unavailable``,
never ``NotFound``; match with ``typing.assert_never``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bib.model import Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """A notice that changes how a work stands: a retraction, a correction, an expression of concern.

    ``kind`` is the registry's type in lower case with hyphens ("retraction", "correction", "expression-of-concern",
    "withdrawal", "removal", "new-version", ...). ``doi`` is the notice's; ``source`` says who recorded it
    ("publisher", "retraction-watch") and ``reason`` why, where that was recorded.
    """

    kind: str
    doi: str = ""
    date: date | None = None
    source: str = ""
    label: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A typed link from one work to another, for example ``is-preprint-of``."""

    kind: str
    id_type: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationYear:
    """One of the years that a record holds and what it is the year of.

    ``kind`` is ``print``, ``online``, ``issued``, ``published``, ``posted``, ``accepted`` or ``other``.
    """

    kind: str
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a registry holds about one work. Parsed once at the edge, then trusted.

    ``titles`` are all titles (the first is the main one) without mark-up; ``subtitles`` stand apart as in Crossref.
    ``containers`` are the full names of the journal, book or proceedings, ``short_containers`` abbreviated ones.
    ``updates`` are notices about this work (Crossref's ``updated-by``); ``updates_to`` what this work is a notice of.
    ``doi`` is in lower case; ``aliases`` are other DOIs of the same work.
    ``type`` is the Crossref type ("journal-article", "posted-content", ...).
    ``curated`` is false for a record that volunteers or machines put together (Open Library, OpenAlex): it is enough to say that
    the work exists, and no entry is corrected by it.
    """

    source: str
    doi: str
    url: str
    fetched_at: datetime
    type: str = ""
    titles: tuple[str, ...] = ()
    subtitles: tuple[str, ...] = ()
    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    years: tuple[PublicationYear, ...] = ()
    containers: tuple[str, ...] = ()
    short_containers: tuple[str, ...] = ()
    volume: str = ""
    issue: str = ""
    page: str = ""
    article_number: str = ""
    publisher: str = ""
    isbns: tuple[str, ...] = ()
    updates: tuple[Update, ...] = ()
    updates_to: tuple[Update, ...] = ()
    relations: tuple[Relation, ...] = ()
    aliases: tuple[str, ...] = ()
    curated: bool = True

    @property
    def identity(self) -> str:
        """What tells this record from others: its DOI, or its address where it has none."""
        return self.doi or self.url

    @property
    def title(self) -> str:
        """The main title, or an empty string."""
        return self.titles[0] if self.titles else ""

    @property
    def year(self) -> int | None:
        """The earliest of the years that the record holds."""
        return min((y.year for y in self.years), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A source holds these records, best first. A look-up by DOI gives exactly one.

    ``as_of`` is the day for which the source speaks, ``None`` for one of today: what it lacks may have come later.
    """

    source: str
    records: tuple[Record, ...]
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFound:
    """A source was asked and holds nothing.

    ``complete`` says that the source holds all that could be there (doi.org for any DOI; a local index that was declared
    complete, as of ``as_of``), so that a miss means "not registered". Without it a miss means only "not in this source".
    ``address`` is where a person can see the same answer, empty for local sources.
    """

    source: str
    complete: bool = False
    as_of: date | None = None
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unavailable:
    """A source could not be asked, or its answer could not be used. Says nothing about the work."""

    source: str
    reason: str


#: The answer of one source to one question.
Lookup = Found | NotFound | Unavailable


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """Another agency than Crossref registered the DOI (doi.org said so); its record was not fetched."""

    source: str
    agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """What the registry of an identifier other than the DOI says of it. ``kind`` is a word of ``IDENTIFIERS``."""

    kind: str
    id: str
    lookup: Lookup


#: The identifiers beside the DOI that have a registry, and their names for a person.
IDENTIFIERS = {"pmid": "PMID", "arxiv": "arXiv id", "isbn": "ISBN"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that was asked about one reference, in the order in which it was asked.

    ``by_doi`` answers "what is the work with this DOI" (empty: the reference has none, or none that is one by syntax);
    ``by_identifier`` the same of its PMID, arXiv id and ISBN; ``by_search`` answers "which works are like this description".
    ``registration`` is set when the DOI exists at an agency whose records were not asked. ``covered`` says that at least one of
    the sources asked could hold a work of this kind, so that not finding it says something.
    """

    by_doi: tuple[Lookup, ...] = ()
    by_identifier: tuple[Identified, ...] = ()
    by_search: tuple[Lookup, ...] = ()
    registration: Registration | None = None
    covered: bool = False

    @property
    def doi_record(self) -> Record | None:
        """The record that the reference's DOI leads to, from the first registry that holds it."""
        for lookup in self.by_doi:
            if isinstance(lookup, Found) and lookup.records and lookup.records[0].curated:
                return lookup.records[0]
        return None

    @property
    def lookups(self) -> tuple[Lookup, ...]:
        """Every answer: by DOI, by other identifiers, by description."""
        return (*self.by_doi, *(identified.lookup for identified in self.by_identifier), *self.by_search)

    @property
    def candidates(self) -> tuple[Record, ...]:
        """Every record found, by DOI first, each work once."""
        seen: dict[str, Record] = {}
        for lookup in self.lookups:
            if isinstance(lookup, Found):
                for record in lookup.records:
                    seen.setdefault(record.identity, record)
        return tuple(seen.values())

    @property
    def unavailable(self) -> tuple[Unavailable, ...]:
        """The sources that could not be asked."""
        return tuple(lookup for lookup in self.lookups if isinstance(lookup, Unavailable))


#: How a reference stands after the check; the words of the JSON report.
Status = Literal["verified", "differs", "wrong-work", "not-found", "unverifiable", "unavailable"]
