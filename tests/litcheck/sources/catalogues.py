"""Asking a catalogue in a test."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from bib.model import Date, Name, Reference
from litcheck.evidence import Lookup
from litcheck.sources.catalogue import Catalogue


def by_doi(catalogue: Catalogue, *dois: str) -> Mapping[str, Lookup]:
    """What the catalogue says of some DOIs."""

    async def ask() -> Mapping[str, Lookup]:
        async with catalogue:
            return await catalogue.works_by_doi(dois)

    return asyncio.run(ask())


def by_identifier(catalogue: Catalogue, *ids: str) -> Mapping[str, Lookup]:
    """What the catalogue says of some identifiers of its kind."""

    async def ask() -> Mapping[str, Lookup]:
        async with catalogue:
            return await catalogue.works_by_identifier(ids)

    return asyncio.run(ask())


def like(catalogue: Catalogue, *references: Reference) -> Sequence[Lookup]:
    """What the catalogue finds for some references."""

    async def ask() -> Sequence[Lookup]:
        async with catalogue:
            return await catalogue.works_like(references)

    return asyncio.run(ask())


def crabs(**fields: object) -> Reference:
    """A made-up article on crabs, with ``fields`` instead of its own."""
    values: dict[str, object] = {
        "id": "1",
        "raw": "Okafor, A., & Lindqvist, J. (2019). Tidal rhythms of mudflat crabs. Journal of Coasts, 12, 223-228.",
        "type": "article-journal",
        "authors": (Name(family="Okafor", given="A."), Name(family="Lindqvist", given="J.")),
        "title": "Tidal rhythms of mudflat crabs",
        "container_title": "Journal of Coasts",
        "issued": Date(year=2019),
        "volume": "12",
        "page": "223-228",
    } | fields
    return Reference(**values)  # type: ignore[arg-type]  # the fields of a table of cases
