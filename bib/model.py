"""The model of a reference: names, dates, identifiers and fields, and the entries that could not be parsed.

All values are immutable. Offsets are code points into the document's text and half-open: ``text[span.start:span.end]``.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points in a text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two ranges share at least one character."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """The characters of ``text`` that the span covers."""
        return text[self.start : self.end]

    def trimmed(self, text: str) -> Span:
        """The part without white space at its ends, an empty one where nothing else is in it."""
        inside = self.of(text)
        end = self.start + len(inside.rstrip())
        return Span(min(self.start + len(inside) - len(inside.lstrip()), end), end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One person or organisation, in the parts that CSL-JSON knows.

    A person has ``family`` (or, with a single name, only that); an organisation has ``literal`` and nothing else.
    Initials stay as printed in ``given`` ("J. D.", "JD").
    """

    family: str = ""
    given: str = ""
    non_dropping_particle: str = ""
    dropping_particle: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def full_family(self) -> str:
        """The family name with its particles, or the organisation's name: what a citation in the text spells."""
        if self.literal:
            return self.literal
        return " ".join(part for part in (self.dropping_particle, self.non_dropping_particle, self.family) if part)

    @property
    def is_organisation(self) -> bool:
        """Whether this is an organisation (or any name that is not split into parts)."""
        return bool(self.literal)


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """A date as precise as it is known: a year alone, a year with a month, or a full day."""

    year: int
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A literal piece of a reference string and what it is, with its place in that string.

    ``label`` is one of ``SEGMENT_LABELS``. ``confidence`` is the probability that its least certain word bears it; 1 for what
    rules found.
    """

    label: str
    start: int
    end: int
    text: str
    confidence: float = 1.0


#: The labels of segments, as ``litcheck parse`` prints them.
SEGMENT_LABELS = (
    "author",
    "title",
    "container",
    "date",
    "volume",
    "issue",
    "pages",
    "publisher",
    "location",
    "edition",
    "editor",
    "series",
    "doi",
    "url",
    "label",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something in an entry that could not be read as it was meant, while the rest of it could: what, and where.

    ``field`` names the field of ``Reference`` that may be empty because of it.
    """

    reason: str
    span: Span | None = None
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One entry of a reference list, in fields.

    ``type`` is a CSL type (``article-journal``, ``book``, ``chapter``, ``paper-conference``, ``thesis``, ``report``,
    ``webpage``, ``dataset``, ``software``, ``standard``, ``legislation``, ``article`` for a preprint, ``document`` when unknown).
    ``raw`` is the entry as the document holds it, ``span`` its place there (``None`` when it did not come from a text).
    Text fields are empty strings when absent. ``doi`` is normalised (lower case, no resolver address) and need not be valid;
    ``doi_printed`` is what stood in the entry.
    ``authors_truncated`` says that the entry ended its authors with "et al." or an ellipsis.
    """

    id: str
    raw: str
    span: Span | None = None
    type: str = "document"
    authors: tuple[Name, ...] = ()
    authors_truncated: bool = False
    editors: tuple[Name, ...] = ()
    issued: Date | None = None
    year_suffix: str = ""
    original_year: int | None = None
    status: str = ""
    """Publication status in words when there is no year, or beside it: "in press", "n.d.", "forthcoming"."""
    title: str = ""
    container_title: str = ""
    collection_title: str = ""
    volume: str = ""
    issue: str = ""
    page: str = ""
    """A page range or an article number, as printed."""
    edition: str = ""
    publisher: str = ""
    publisher_place: str = ""
    doi: str = ""
    doi_printed: str = ""
    arxiv: str = ""
    pmid: str = ""
    pmcid: str = ""
    isbn: str = ""
    url: str = ""
    accessed: Date | None = None
    language: str = ""
    label: str = ""
    """The number or key printed before the entry ("12", "Lee20"), without brackets."""
    confidence: float = 1.0
    """How sure the parser is of the fields, 0 to 1. Structured formats give 1."""
    segments: tuple[Segment, ...] = field(default=(), repr=False)
    problems: tuple[Problem, ...] = field(default=(), repr=False)

    @property
    def year(self) -> int | None:
        """The year of ``issued``."""
        return self.issued.year if self.issued else None

    def confidence_in(self, *labels: str) -> float:
        """How sure the parser is of the segments with these labels, 0 to 1; 1 where there are none to doubt."""
        return min((segment.confidence for segment in self.segments if segment.label in labels), default=1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParseFailure:
    """An entry that could not be parsed into at least an author or title and a year. Kept beside the good ones."""

    id: str
    raw: str
    reason: str
    span: Span | None = None
    line: int | None = None
    """Line of the source file, counted from 1, where the format knows it."""
    partial: Reference | None = field(default=None, repr=False)
    """What could be told all the same. For display; nothing is checked about it."""


#: One entry of a reference list: parsed, or not.
Entry = Reference | ParseFailure
