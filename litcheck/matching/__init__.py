"""How alike a reference and a record are, field by field, and which record of several is the one."""

from __future__ import annotations

from litcheck.matching.authors import AuthorAlignment, align_authors
from litcheck.matching.choosing import accepts, choose, choose_record, describes_another_work, describes_same_work
from litcheck.matching.comparing import Match, compare
from litcheck.matching.model import FIELDS, Agreement, FieldMatch
from litcheck.matching.outcome import Accepted, Ambiguous, Outcome, Refused

__all__ = [
    "FIELDS",
    "Accepted",
    "Agreement",
    "Ambiguous",
    "AuthorAlignment",
    "FieldMatch",
    "Match",
    "Outcome",
    "Refused",
    "accepts",
    "align_authors",
    "choose",
    "choose_record",
    "compare",
    "describes_another_work",
    "describes_same_work",
]
