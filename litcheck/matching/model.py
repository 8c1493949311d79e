"""What a field of a reference says beside the same field of a record."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


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
