"""A work of this project's own invention, and makers of references and records that vary it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from bib.model import Date, Name, Reference
from litcheck.evidence import PublicationYear, Record

AUTHORS = (Name(family="Okafor", given="Ada"), Name(family="Lindqvist", given="Jon"), Name(family="Pérez", given="María"))
TITLE = "Tidal rhythms in the feeding of mudflat crabs"

MakeReference = Callable[..., Reference]
MakeRecord = Callable[..., Record]


def _reference(**fields: Any) -> Reference:
    given: dict[str, Any] = {
        "authors": AUTHORS,
        "issued": Date(year=2019),
        "title": TITLE,
        "container_title": "Journal of Coastal Ecology",
        "volume": "12",
        "issue": "3",
        "page": "223–228",
        **fields,
    }
    raw = given.pop("raw", "; ".join(str(value) for value in (given["title"], given["container_title"], given["volume"])))
    return Reference(id="1", raw=raw, type="article-journal", **given)


def _record(**fields: Any) -> Record:
    given: dict[str, Any] = {
        "doi": "10.1000/tides.2019.7",
        "titles": (TITLE,),
        "authors": AUTHORS,
        "years": (PublicationYear(kind="issued", year=2019),),
        "containers": ("Journal of Coastal Ecology",),
        "volume": "12",
        "issue": "3",
        "page": "223-228",
        **fields,
    }
    return Record(source="registry", url="", fetched_at=datetime(2026, 11, 1, tzinfo=UTC), **given)


@pytest.fixture
def reference() -> MakeReference:
    """Makes the reference, with some fields otherwise."""
    return _reference


@pytest.fixture
def record() -> MakeRecord:
    """Makes the record, with some fields otherwise."""
    return _record
