"""The notices that a record carries about its work."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from bib.model import Reference
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

    Notices without a DOI are told apart by what they are, their day and their label. A notice that points to itself says nothing
    about the work.
    """
    found: dict[object, Update] = {}
    for update in record.updates:
        if update.kind in kinds and (not update.doi or update.doi != record.doi):
            key = update.doi or (update.kind, update.date, update.label)
            known = found.get(key, update)
            told = update if known.source != "publisher" and update.source == "publisher" else known
            found[key] = replace(told, reason=known.reason or update.reason)
    return tuple(found.values())


def retractions(record: Record) -> tuple[Update, ...]:
    """The record's retractions, none of them where the last word is that the work stands again."""
    found = notices(record, RETRACTIONS)
    return () if is_reinstated(record) else found


def is_reinstated(record: Record) -> bool:
    """Whether the work was reinstated, and not retracted since."""
    again = [notice.date or date.min for notice in notices(record, REINSTATEMENTS)]
    gone = [notice.date or date.min for notice in notices(record, RETRACTIONS)]
    return bool(again) and max(again) >= max(gone, default=date.min)


def says_so(reference: Reference, record: Record, said: re.Pattern[str], marked: re.Pattern[str]) -> bool:
    """Whether an entry itself tells of a notice: what is ``said`` stands in it more often than in the title without its mark.

    Titles are about retracted tongues and removed dyes too.
    """
    return len(said.findall(reference.raw)) > len(said.findall(marked.sub("", record.title)))


def tell(notice: Update) -> str:
    """A notice in words: when, by whom recorded, why, and where to read it."""
    kind = notice.kind.replace("-", " ")
    when = f" of {notice.date.isoformat()}" if notice.date else ""
    source = f", recorded by {notice.source}" if notice.source else ""
    label = f" ({notice.label})" if notice.label and notice.label.lower() != kind else ""
    where = f", notice https://doi.org/{notice.doi}" if notice.doi else ""
    why = f", reason: {notice.reason}" if notice.reason else ""
    return f"{kind}{label}{when}{source}{why}{where}"
