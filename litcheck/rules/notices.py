"""The notices that a record carries about its work."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from litcheck.evidence import Record, Update

#: A retraction of parts of a work; the rest stands.
PARTLY = "partial-retraction"
RETRACTIONS = frozenset({"retraction", PARTLY})
WITHDRAWALS = frozenset({"withdrawal", "removal"})
CONCERNS = frozenset({"expression-of-concern"})
CORRECTIONS = frozenset({"correction", "corrigendum", "erratum", "addendum", "clarification", "correction-notice"})
REINSTATEMENTS = frozenset({"reinstatement"})


def notices(record: Record, kinds: Collection[str]) -> tuple[Update, ...]:
    """The record's notices of these kinds, each notice once: in the publisher's words where several recorded it, for any
    reason that one of them gives.

    A notice that points to itself says nothing about the work.
    """
    found: dict[str, Update] = {}
    for update in record.updates:
        if update.kind in kinds and (not update.doi or update.doi != record.doi):
            known = found.get(update.doi, update)
            told = update if known.source != "publisher" and update.source == "publisher" else known
            found[update.doi] = replace(told, reason=known.reason or update.reason)
    return tuple(found.values())


def tell(notice: Update) -> str:
    """A notice in words: when, by whom recorded, why, and where to read it."""
    kind = notice.kind.replace("-", " ")
    when = f" of {notice.date.isoformat()}" if notice.date else ""
    source = f", recorded by {notice.source}" if notice.source else ""
    label = f" ({notice.label})" if notice.label and notice.label.lower() != kind else ""
    where = f", notice https://doi.org/{notice.doi}" if notice.doi else ""
    why = f", reason: {notice.reason}" if notice.reason else ""
    return f"{kind}{label}{when}{source}{why}{where}"
