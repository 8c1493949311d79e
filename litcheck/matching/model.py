"""How alike a reference and a record are, field by field, and which record of several is the one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from litcheck.evidence import Record


class Agreement(Enum):
    """What a field says about reference and record."""

    SAME = "same"
    VARIANT = "variant"
    """Different as printed, and style explains it: abbreviation, initials, "et al.", capitals, short end pages, online year."""
    DIFFERS = "differs"
    UNKNOWN = "unknown"
    """One of the two does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldMatch:
    """One field of the reference beside the record's. ``field`` is a name of ``FIELDS``; ``score`` is 0 to 1 (1 when unknown)."""

    field: str
    agreement: Agreement
    score: float
    manuscript: str
    record: str
    note: str = ""
    """What explains a variant, or what exactly differs ("'Smith' is not among the record's authors")."""


#: The fields compared, in the order of reports.
FIELDS = ("title", "authors", "year", "container", "volume", "issue", "page", "doi")


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A reference beside one record. ``score`` is how likely both are the same work, 0 to 1."""

    record: Record
    score: float
    fields: tuple[FieldMatch, ...]

    def field(self, name: str) -> FieldMatch:
        """The comparison of one field by its name."""
        return next(f for f in self.fields if f.field == name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """Exactly one record is the work described."""

    match: Match


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguous:
    """Several records fit equally well; none is picked. Best first."""

    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """No record is the work described. ``nearest`` is the most alike, to be named as a neighbour and never as the work."""

    nearest: Match | None


#: Which record a reference was matched with.
Outcome = Accepted | Ambiguous | Refused
