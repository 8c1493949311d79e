"""OpenAlex: DOIs in batches, titles with a key, and its records. The answers are made by hand after its documentation."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import respx

from bib.model import Name
from litcheck.evidence import Found, NotFound, PublicationYear, Unavailable
from litcheck.sources.answers import Patience
from litcheck.sources.openalex import OpenAlex
from tests.litcheck.sources.catalogues import by_doi, crabs, like

URL = "https://openalex.test"


def work(**fields: Any) -> dict[str, Any]:
    return {
        "id": "https://openalex.org/W1",
        "doi": "https://doi.org/10.1000/Tides.7",
        "display_name": "Tidal rhythms of mudflat crabs",
        "publication_year": 2019,
        "type": "article",
        "authorships": [{"author_position": "first", "author": {"display_name": "Ada Okafor"}}],
        "primary_location": {"source": {"display_name": "Journal of Coasts"}},
        "biblio": {"volume": "12", "issue": "3", "first_page": "223", "last_page": "228"},
    } | fields


@respx.mock
def test_dois_go_in_one_request(patience: Patience) -> None:
    route = respx.get(f"{URL}/works").mock(return_value=httpx.Response(200, json={"results": [work()], "meta": {"count": 1}}))
    found = by_doi(OpenAlex(URL, mailto="a@example.org", patience=patience), "10.1000/tides.7", "10.1000/none", "10.1000/a,b")
    assert route.call_count == 1
    assert route.calls[0].request.url.params["filter"] == "doi:10.1000/tides.7|10.1000/none"
    assert "api_key" not in route.calls[0].request.url.params
    assert isinstance(found["10.1000/none"], NotFound)
    assert isinstance(found["10.1000/a,b"], NotFound)
    lookup = found["10.1000/tides.7"]
    assert isinstance(lookup, Found)
    (record,) = lookup.records
    assert (record.doi, record.url, record.type) == ("10.1000/tides.7", "https://openalex.org/W1", "journal-article")
    assert record.authors == (Name(family="Okafor", given="Ada"),)
    assert record.years == (PublicationYear(kind="published", year=2019),)
    assert (record.containers, record.volume, record.issue, record.page) == (("Journal of Coasts",), "12", "3", "223-228")
    assert not record.curated


@respx.mock
def test_a_search_needs_a_key_and_sends_it(patience: Patience) -> None:
    route = respx.get(f"{URL}/works").mock(return_value=httpx.Response(200, json={"results": [work(doi=None)]}))
    openalex = OpenAlex(URL, key="k3y", patience=patience)
    assert openalex.searches
    assert not OpenAlex(URL).searches
    (lookup,) = like(openalex, crabs(title="Tidal rhythms, of: mudflat|crabs"))
    assert isinstance(lookup, Found)
    assert lookup.records[0].identity == "https://openalex.org/W1"
    assert route.calls[0].request.url.params["filter"] == "title.search:Tidal rhythms of mudflat crabs"
    assert route.calls[0].request.url.params["api_key"] == "k3y"


@pytest.mark.parametrize("fields", [{"biblio": None}, {"authorships": 3}, {"primary_location": None}, {"publication_year": "x"}])
@respx.mock
def test_odd_fields_count_as_absent(fields: dict[str, Any], patience: Patience) -> None:
    respx.get(f"{URL}/works").mock(return_value=httpx.Response(200, json={"results": [work(**fields), 7]}))
    lookup = by_doi(OpenAlex(URL, patience=patience), "10.1000/tides.7")["10.1000/tides.7"]
    assert isinstance(lookup, Found)
    assert lookup.records[0].title == "Tidal rhythms of mudflat crabs"


@pytest.mark.parametrize("answer", [httpx.Response(200, html="<html>"), httpx.Response(200, json={}), httpx.Response(429)])
@respx.mock
def test_what_is_no_list_is_unavailable(answer: httpx.Response, patience: Patience) -> None:
    respx.get(f"{URL}/works").mock(return_value=answer)
    assert isinstance(by_doi(OpenAlex(URL, patience=patience), "10.1000/a")["10.1000/a"], Unavailable)
