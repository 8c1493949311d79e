"""What comes of comparing a reference with several records."""

from __future__ import annotations

from dataclasses import dataclass

from litcheck.matching.comparing import Match


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
