"""What a corpus flow gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from litcheck.findings import Severity
from litcheck.run import Run
from litcheck.store.checked import CheckedBefore


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A document whose check broke off, and with which error. It is not stored, so the next run tries it again."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusOutcome:
    """One run over a corpus.

    ``run`` holds the documents that were new or changed, ``None`` if there were none; ``unchanged`` those that were
    checked before and are as they were; ``passed_over`` counts the files that are no documents by the end of their name.
    """

    directory: str
    run: Run | None
    unchanged: tuple[CheckedBefore, ...]
    failures: tuple[Failure, ...]
    passed_over: Mapping[str, int]

    def worst(self) -> Severity | None:
        """The highest severity among all findings, those of unchanged documents included."""
        worst = [before.worst() for before in self.unchanged]
        if self.run is not None:
            worst.append(self.run.worst())
        return max((severity for severity in worst if severity is not None), default=None)

    def has_unavailable(self) -> bool:
        """Whether a source could not be asked for at least one reference, those of unchanged documents included."""
        return any(before.unavailable for before in self.unchanged) or (self.run is not None and self.run.has_unavailable())
