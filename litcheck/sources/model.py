"""The one protocol behind which every source of records stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Protocol, Self

from bib.model import Reference
from litcheck.evidence import Lookup
from litcheck.run import SourceUse


class Source(Protocol):
    """A place where records come from. Never raises for what the network or a registry does: that is ``Unavailable``."""

    @property
    def name(self) -> str:
        """Short name as in reports and ``LITCHECK_SOURCES``: ``crossref``, ``doi.org``, ``index:works``."""

    @property
    def searches(self) -> bool:
        """Whether ``works_like`` can answer at all."""

    def covers(self, reference: Reference) -> bool:
        """Whether a work of this kind could be expected here, so that not finding it says something."""

    def use(self) -> SourceUse:
        """What a report says about the source."""

    async def works_by_doi(self, dois: Sequence[str]) -> Mapping[str, Lookup]:
        """An answer for each DOI (lower case, distinct)."""

    async def works_like(self, references: Sequence[Reference]) -> Sequence[Lookup]:
        """For each reference, in order, the records most like its description."""

    async def __aenter__(self) -> Self:
        """Opens connections."""

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Closes them."""
