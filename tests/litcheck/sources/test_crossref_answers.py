"""Crossref's public address with recorded shapes of answers, through respx: nothing leaves the process."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

import httpx
import pytest
import respx

from bib.model import Reference
from litcheck.evidence import Found, Lookup, NotFound, Unavailable
from litcheck.settings import SOURCE_URLS
from litcheck.sources.answers import Patience
from litcheck.sources.crossref import Crossref
from tests.made_up_works import made_up_work, reference_to

URL = SOURCE_URLS["crossref"]
#: As the API answers; the interval is short so that no test waits.
LIMITS = {"x-rate-limit-limit": "50", "x-rate-limit-interval": "50ms", "x-concurrency-limit": "5", "x-api-pool": "public-single"}
NOT_AT_CROSSREF = httpx.Response(404, text="Resource not found.", headers={"content-type": "text/plain;charset=utf-8"} | LIMITS)


def message(kind: str, body: object) -> httpx.Response:
    return httpx.Response(200, json={"status": "ok", "message-type": kind, "message": body}, headers=LIMITS)


def by_doi(dois: Sequence[str], patience: Patience) -> Mapping[str, Lookup]:
    async def ask() -> Mapping[str, Lookup]:
        async with Crossref(URL, mailto="me@example.org", patience=patience) as crossref:
            return await crossref.works_by_doi(dois)

    return asyncio.run(ask())


def like(reference: Reference, patience: Patience) -> Lookup:
    async def ask() -> Lookup:
        async with Crossref(URL, mailto="me@example.org", patience=patience) as crossref:
            return (await crossref.works_like([reference]))[0]

    return asyncio.run(ask())


@respx.mock
def test_several_dois_are_one_filter_and_what_it_lacks_is_asked_singly(patience: Patience) -> None:
    batch = respx.get(f"{URL}/works").mock(return_value=message("work-list", {"items": [made_up_work(1)]}))
    single = respx.get(f"{URL}/works/10.5555%2Fwork.2").mock(return_value=NOT_AT_CROSSREF)
    lookups = by_doi(["10.5555/work.1", "10.5555/work.2"], patience)
    assert batch.calls.last.request.url.params["filter"] == "doi:10.5555/work.1,doi:10.5555/work.2"
    assert batch.calls.last.request.url.params["mailto"] == "me@example.org"
    assert single.call_count == 1
    first, second = lookups["10.5555/work.1"], lookups["10.5555/work.2"]
    assert isinstance(first, Found)
    assert first.records[0].doi == "10.5555/work.1"
    assert isinstance(second, NotFound)
    assert not second.complete


@respx.mock
def test_429_and_503_are_asked_again(patience: Patience) -> None:
    route = respx.get(f"{URL}/works/10.5555%2Fwork.1")
    route.side_effect = [httpx.Response(429), httpx.Response(503), message("work", made_up_work(1))]
    assert isinstance(by_doi(["10.5555/work.1"], patience)["10.5555/work.1"], Found)
    assert route.call_count == 3


@respx.mock
@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500),
        httpx.Response(200, text="<html>maintenance</html>"),
        httpx.Response(200, json={"status": "ok", "message": []}),
        httpx.Response(404, text="<html>nginx</html>"),
        httpx.Response(403),
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("late"),
    ],
    ids=["500", "html", "another-shape", "404-of-a-proxy", "403", "refused", "late"],
)
def test_every_failure_is_a_value_with_a_reason(answer: httpx.Response | Exception, patience: Patience) -> None:
    route = respx.get(f"{URL}/works/10.5555%2Fwork.1")
    if isinstance(answer, Exception):
        route.mock(side_effect=answer)
    else:
        route.mock(return_value=answer)
    lookup = by_doi(["10.5555/work.1"], patience)["10.5555/work.1"]
    assert isinstance(lookup, Unavailable)
    assert lookup.source == "crossref"
    assert lookup.reason


@respx.mock
def test_an_entry_without_doi_is_searched_by_its_description(patience: Patience) -> None:
    route = respx.get(f"{URL}/works").mock(return_value=message("work-list", {"items": [made_up_work(1), made_up_work(2)]}))
    lookup = like(reference_to(1, doi=""), patience)
    parameters = route.calls.last.request.url.params
    assert parameters["query.bibliographic"]
    assert "filter" not in parameters
    assert isinstance(lookup, Found)
    assert [record.doi for record in lookup.records] == ["10.5555/work.1", "10.5555/work.2"]


@respx.mock
@pytest.mark.parametrize("error", [httpx.ConnectError("refused"), httpx.ReadTimeout("late")], ids=["refused", "late"])
def test_a_service_that_is_down_is_asked_a_few_times_whatever_the_number_of_dois(error: Exception, patience: Patience) -> None:
    route = respx.get(url__startswith=URL).mock(side_effect=error)
    lookups = by_doi([f"10.5555/work.{n}" for n in range(2000)], patience)
    assert len(lookups) == 2000
    assert all(isinstance(lookup, Unavailable) for lookup in lookups.values())
    assert route.call_count <= 8
