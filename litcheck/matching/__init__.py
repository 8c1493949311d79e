"""How alike a reference and a record are, field by field, and which record of several is the one."""

from __future__ import annotations

from litcheck.matching.authors import AuthorAlignment, align_authors
from litcheck.matching.choosing import choose, describes_another_work, describes_same_work
from litcheck.matching.comparing import compare
from litcheck.matching.model import (
    FIELDS,
    Accepted,
    Agreement,
    Ambiguous,
    FieldMatch,
    Match,
    Outcome,
    Refused,
)

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
    "align_authors",
    "choose",
    "compare",
    "describes_another_work",
    "describes_same_work",
]
