"""A reviewer's decision on a finding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

#: ``accepted``: the finding is right and something is to be done. ``dismissed``: it is not, or it does not matter here.
Decision = Literal["accepted", "dismissed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a person decided about the finding with this fingerprint; the last decision counts."""

    fingerprint: str
    decision: Decision
    note: str
    who: str
    decided_at: datetime
