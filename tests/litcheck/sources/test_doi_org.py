"""doi.org: existence and agency, and nothing else taken for either."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import respx

from litcheck.evidence import NotFound, Registration, Unavailable
from litcheck.sources.answers import Patience
from litcheck.sources.cache import RecordCache
from litcheck.sources.doi_org import DoiOrg
from tests.crossref_server import HTML, CrossrefServer, Fault, Request

AWKWARD = "10.1000/a#b?c=1,2 %25<3>"


def registrations(doi_org: DoiOrg, dois: Sequence[str]) -> dict[str, Registration | NotFound | Unavailable]:
    async def ask() -> dict[str, Registration | NotFound | Unavailable]:
        async with doi_org:
            return dict(await doi_org.registrations(dois))

    return asyncio.run(ask())


def test_who_registered_what(patience: Patience, tmp_path: Path) -> None:
    with (
        CrossrefServer(elsewhere={"10.5281/zenodo.1": "DataCite", AWKWARD: "mEDRA"}) as server,
        RecordCache(tmp_path / "c") as cache,
    ):
        found = registrations(DoiOrg(server.url, cache=cache, patience=patience), ["10.5281/zenodo.1", AWKWARD, "10.5555/none"])
        kept = cache.registrations("doi.org", found)
    assert found == {
        "10.5281/zenodo.1": Registration(source="doi.org", agency="DataCite"),
        AWKWARD: Registration(source="doi.org", agency="mEDRA"),
        "10.5555/none": NotFound(source="doi.org", complete=True, address=f"{server.url}/api/handles/10.5555%2Fnone"),
    }
    assert kept == found
    assert len(server.requests) == 5


@pytest.mark.parametrize(
    "fault", [HTML, Fault(status=500), Fault(status=404, body="<html>"), Fault(drop=True), Fault(cut=True)], ids=str
)
def test_a_failure_is_not_an_absence(fault: Fault, patience: Patience, tmp_path: Path) -> None:
    with CrossrefServer(faults=lambda n, request: fault) as server, RecordCache(tmp_path / "c") as cache:
        found = registrations(DoiOrg(server.url, cache=cache, patience=patience), ["10.5555/none"])
        assert cache.registrations("doi.org", found) == {}
    assert isinstance(found["10.5555/none"], Unavailable)


def test_without_the_agency_the_doi_still_exists(patience: Patience) -> None:
    def faults(number: int, request: Request) -> Fault | None:
        return Fault(status=500) if request.path.startswith("/ra/") else None

    with CrossrefServer(elsewhere={"10.5281/zenodo.1": "DataCite"}, faults=faults) as server:
        found = registrations(DoiOrg(server.url, patience=patience), ["10.5281/zenodo.1"])
    assert found == {"10.5281/zenodo.1": Registration(source="doi.org", agency="")}


@pytest.mark.parametrize(
    ("status", "answer", "expected"),
    [
        (200, {"responseCode": 1, "handle": "10.1/X"}, Registration),
        (200, {"responseCode": 200, "handle": "10.1/x"}, Registration),
        (404, {"responseCode": 100, "handle": "10.1/x"}, NotFound),
        (200, {"responseCode": 2}, Unavailable),
        (200, {"responseCode": "1"}, Unavailable),
        (404, {"error": "no such page"}, Unavailable),
        (404, {"responseCode": 100, "handle": "10.1/other"}, Unavailable),
        (200, [], Unavailable),
    ],
)
def test_what_the_handle_system_says(status: int, answer: Any, expected: type[object], patience: Patience) -> None:
    with respx.mock(base_url="https://doi.example", assert_all_called=False) as mock:
        mock.get(path__startswith="/api/handles/").respond(status, json=answer)
        mock.get(path__startswith="/ra/").respond(200, json=[{"DOI": "10.1/x", "RA": "mEDRA"}])
        found = registrations(DoiOrg("https://doi.example/", patience=patience), ["10.1/x"])
    assert isinstance(found["10.1/x"], expected)
