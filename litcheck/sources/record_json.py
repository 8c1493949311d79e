"""Records as JSON and back, as the cache keeps those of catalogues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from bib.model import Name
from litcheck.evidence import PublicationYear, Record, Relation, Update

#: The fields whose elements are values of a type of their own.
_PARTS = {"authors": Name, "editors": Name, "years": PublicationYear, "relations": Relation}
_UPDATES = ("updates", "updates_to")


def record_to_json(record: Record) -> dict[str, Any]:
    """What a record holds, without its source and time, as values that JSON knows; empty fields are left out."""
    values = {name: value for name, value in asdict(record).items() if value not in ("", (), None)}
    for name in _UPDATES:
        if name in values:
            values[name] = [update_to_json(update) for update in getattr(record, name)]
    del values["source"], values["fetched_at"]
    return values


def records_from_json(items: Any, *, source: str, fetched_at: datetime) -> tuple[Record, ...]:
    """The records kept as ``items``; none if these are not what was kept, by this version of the program or another."""
    try:
        return tuple(_record(item, source, fetched_at) for item in items)
    except (TypeError, ValueError, AttributeError):
        return ()


def _record(item: Mapping[str, Any], source: str, fetched_at: datetime) -> Record:
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in item.items()}
    for name, part in _PARTS.items():
        values[name] = tuple(part(**element) for element in values.get(name, ()))
    for name in _UPDATES:
        values[name] = tuple(update_from_json(element) for element in values.get(name, ()))
    return Record(**{"doi": "", "url": ""} | values, source=source, fetched_at=fetched_at)


def update_to_json(update: Update) -> dict[str, Any]:
    """A notice as values that JSON knows."""
    return asdict(update) | {"date": update.date.isoformat() if update.date else None}


def update_from_json(element: Mapping[str, Any]) -> Update:
    """The notice that ``update_to_json`` made values of. Raises ``TypeError`` or ``ValueError`` for others."""
    told = element.get("date")
    return Update(**{**element, "date": date.fromisoformat(told) if told else None})
