"""A reference beside one record, field by field, and the probability that both are one work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from bib.model import Reference
from litcheck.evidence import Record
from litcheck.matching.authors import compare_authors
from litcheck.matching.containers import compare_containers
from litcheck.matching.model import FIELDS, Agreement, FieldMatch
from litcheck.matching.numbers import compare_issues, compare_pages, compare_volumes
from litcheck.matching.probability import log_odds, probability
from litcheck.matching.titles import compare_titles
from litcheck.matching.years import compare_years

#: Characters of each field that are compared, so that a damaged file cannot hold a run up. The longest title among 108,341
#: works has 847, the longest of 10,192 real entries 909.
LONGEST = {"raw": 20_000, "title": 2_000, "container_title": 1_000, "volume": 100, "issue": 100, "page": 200}


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A reference beside one record.

    A field is compared when it is first asked for: one or two refuse most records, and names cost more than all the others.
    """

    reference: Reference
    record: Record
    _compared: dict[str, FieldMatch] = field(default_factory=dict, init=False, repr=False, compare=False)
    _odds: list[float] = field(default_factory=list, init=False, repr=False, compare=False)

    def field(self, name: str) -> FieldMatch:
        """The comparison of one field by its name."""
        found = self._compared.get(name)
        if found is None:
            found = self._compared[name] = _COMPARERS[name](self.reference, self.record)
        return found

    @property
    def fields(self) -> tuple[FieldMatch, ...]:
        """Every field, in the order of ``FIELDS``."""
        return tuple(self.field(name) for name in FIELDS)

    @property
    def log_odds(self) -> float:
        """The logarithm of how much likelier it is that both are the same work than that they are not."""
        if not self._odds:
            self._odds.append(log_odds({name: self.field(name) for name in FIELDS}))
        return self._odds[0]

    @property
    def score(self) -> float:
        """The probability that both are the same work, 0 to 1, as ``probability`` says it."""
        return round(probability(self.log_odds), 4)


def compare(reference: Reference, record: Record) -> Match:
    """``reference`` beside ``record``."""
    return Match(reference=_bounded(reference), record=record)


def _bounded(reference: Reference) -> Reference:
    too_long = {name: getattr(reference, name)[:most] for name, most in LONGEST.items() if len(getattr(reference, name)) > most}
    return replace(reference, **too_long) if too_long else reference


def _compare_dois(reference: Reference, record: Record) -> FieldMatch:
    if not reference.doi or not record.doi:
        return FieldMatch(field="doi", agreement=Agreement.UNKNOWN, score=1.0, manuscript=reference.doi, record=record.doi)
    ours = reference.doi.lower()
    if ours == record.doi:
        return FieldMatch(field="doi", agreement=Agreement.SAME, score=1.0, manuscript=reference.doi, record=record.doi)
    if ours in record.aliases:
        return FieldMatch(
            field="doi", agreement=Agreement.VARIANT, score=1.0, manuscript=reference.doi, record=record.doi, note="an alias"
        )
    return FieldMatch(field="doi", agreement=Agreement.DIFFERS, score=0.0, manuscript=reference.doi, record=record.doi)


_COMPARERS: Mapping[str, Callable[[Reference, Record], FieldMatch]] = {
    "title": compare_titles,
    "authors": compare_authors,
    "year": compare_years,
    "container": compare_containers,
    "volume": compare_volumes,
    "issue": compare_issues,
    "page": compare_pages,
    "doi": _compare_dois,
}
