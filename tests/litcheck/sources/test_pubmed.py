"""PubMed: PMIDs in batches, citations matched, titles, its summaries. The answers are made by hand after NCBI's documentation."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import respx
from hypothesis import given
from hypothesis import strategies as st

from bib.model import Name
from litcheck.evidence import Found, NotFound, PublicationYear, Unavailable, Update
from litcheck.sources.answers import Answer, Patience
from litcheck.sources.pubmed import PubMed
from litcheck.sources.pubmed_records import records_of
from tests.litcheck.sources.catalogues import by_identifier, crabs, like

URL = "https://eutils.test"
BASE = f"{URL}/entrez/eutils"


def summary(pmid: str, **fields: Any) -> dict[str, Any]:
    return {
        "uid": pmid,
        "pubdate": "2019 Apr 3",
        "epubdate": "2018 Dec 20",
        "source": "J Coasts",
        "fulljournalname": "Journal of coasts",
        "authors": [
            {"name": "Okafor AB", "authtype": "Author", "clusterid": ""},
            {"name": "van der Berg P Jr", "authtype": "Author", "clusterid": ""},
            {"name": "Crab Count Group", "authtype": "CollectiveName", "clusterid": ""},
            {"name": "Helper H", "authtype": "Investigator", "clusterid": ""},
        ],
        "title": "Tidal rhythms of mudflat crabs.",
        "vernaculartitle": "",
        "volume": "12",
        "issue": "3",
        "pages": "223-8",
        "pubtype": ["Journal Article"],
        "articleids": [{"idtype": "pubmed", "value": pmid}, {"idtype": "doi", "value": "10.1000/Tides.7"}],
        "references": [],
        "elocationid": "doi: 10.1000/Tides.7",
    } | fields


def summaries(*items: dict[str, Any]) -> httpx.Response:
    result = {"uids": [item["uid"] for item in items], **{item["uid"]: item for item in items}}
    return httpx.Response(200, json={"header": {"type": "esummary", "version": "0.3"}, "result": result})


def record_of(item: dict[str, Any]) -> Any:
    return records_of(Answer(status=200, body=summaries(item).content))[item["uid"]]


@respx.mock
def test_pmids_go_in_one_request(patience: Patience) -> None:
    route = respx.get(f"{BASE}/esummary.fcgi").mock(
        return_value=summaries(summary("7"), {"uid": "8", "error": "cannot get document summary"})
    )
    found = by_identifier(PubMed(URL, mailto="a@example.org", patience=patience), "7", "8", "9")
    assert route.call_count == 1
    assert dict(route.calls[0].request.url.params) == {
        "db": "pubmed",
        "id": "7,8,9",
        "version": "2.0",
        "retmode": "json",
        "tool": "litcheck",
        "email": "a@example.org",
    }
    assert isinstance(found["8"], NotFound)
    assert isinstance(found["9"], NotFound)
    lookup = found["7"]
    assert isinstance(lookup, Found)
    (record,) = lookup.records
    assert (record.doi, record.url) == ("10.1000/tides.7", "https://pubmed.ncbi.nlm.nih.gov/7/")
    assert record.titles == ("Tidal rhythms of mudflat crabs",)
    assert record.authors == (
        Name(family="Okafor", given="AB"),
        Name(family="Berg", given="P", non_dropping_particle="van der", suffix="Jr"),
        Name(literal="Crab Count Group"),
    )
    assert record.years == (PublicationYear(kind="print", year=2019), PublicationYear(kind="online", year=2018))
    assert (record.containers, record.short_containers) == (("Journal of coasts",), ("J Coasts",))
    assert (record.volume, record.issue, record.page, record.updates) == ("12", "3", "223-8", ())


def test_a_translated_title_and_the_original() -> None:
    record = record_of(summary("7", title="[Tides and crabs].", vernaculartitle="Gezeiten und Krabben."))
    assert record.titles == ("Tides and crabs", "Gezeiten und Krabben")


@pytest.mark.parametrize(
    ("fields", "updates"),
    [
        ({"pubtype": ["Journal Article", "Retracted Publication"]}, (Update(kind="retraction", source="pubmed"),)),
        (
            {
                "pubtype": ["Retracted Publication"],
                "references": [{"refsource": "J Coasts. 2021;14:1", "reftype": "Retraction in", "pmid": 9, "note": ""}],
            },
            (Update(kind="retraction", source="pubmed", label="J Coasts. 2021;14:1"),),
        ),
        (
            {"references": [{"refsource": "J Coasts. 2020;13:9", "reftype": "Erratum in"}, {"reftype": "Comment in"}]},
            (Update(kind="erratum", source="pubmed", label="J Coasts. 2020;13:9"),),
        ),
        ({"pubtype": ["Retraction of Publication"]}, ()),
    ],
)
def test_notices(fields: dict[str, Any], updates: tuple[Update, ...]) -> None:
    assert record_of(summary("7", **fields)).updates == updates


@respx.mock
def test_citations_are_matched_together_and_the_rest_searched_by_title(patience: Patience) -> None:
    matched = respx.get(f"{BASE}/ecitmatch.cgi").mock(
        return_value=httpx.Response(
            200,
            text="journal of coasts|2019|12|223|okafor a|0|7\njournal of coasts|2019|99|1|okafor a|1|NOT_FOUND;INVALID_JOURNAL\n",
        )
    )
    searched = respx.get(f"{BASE}/esearch.fcgi").mock(
        return_value=httpx.Response(200, json={"esearchresult": {"count": "1", "idlist": ["8"]}})
    )
    respx.get(f"{BASE}/esummary.fcgi").mock(
        side_effect=lambda request: summaries(*map(summary, request.url.params["id"].split(",")))
    )
    first, second, third = like(
        PubMed(URL, patience=patience), crabs(), crabs(volume="99", page="1"), crabs(title="Crabs", volume="", page="")
    )
    assert matched.call_count == searched.call_count == 1
    assert matched.calls[0].request.url.params["bdata"] == (
        "journal of coasts|2019|12|223|okafor a|0|\rjournal of coasts|2019|99|1|okafor a|1|"
    )
    assert searched.calls[0].request.url.params["term"] == "tidal[ti] AND rhythms[ti] AND mudflat[ti] AND crabs[ti]"
    assert isinstance(first, Found)
    assert first.records[0].url.endswith("/7/")
    assert isinstance(second, Found)
    assert second.records[0].url.endswith("/8/")
    assert isinstance(third, NotFound)


@pytest.mark.parametrize(("pmid", "asked"), [("0012", "12"), ("12", "12"), ("", ""), ("x", ""), ("٣", "")])
def test_the_pmid_of_a_reference(pmid: str, asked: str) -> None:
    assert PubMed(URL).identifier_of(crabs(pmid=pmid)) == asked


@pytest.mark.parametrize(
    ("fields", "held"), [({}, True), ({"type": "book"}, False), ({"container_title": ""}, False), ({"type": "document"}, True)]
)
def test_what_it_may_hold(fields: dict[str, str], held: bool) -> None:
    assert PubMed(URL).may_hold(crabs(**fields)) is held


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, html="<html>"),
        httpx.Response(200, json={"result": []}),
        httpx.Response(429, json={"error": "API rate limit exceeded", "count": "4"}),
        httpx.Response(200, json={"esearchresult": {"ERROR": "Invalid db name"}}),
    ],
)
@respx.mock
def test_what_is_no_answer_is_unavailable(answer: httpx.Response, patience: Patience) -> None:
    respx.get(url__startswith=BASE).mock(return_value=answer)
    assert isinstance(by_identifier(PubMed(URL, patience=patience), "7")["7"], Unavailable)
    assert [type(lookup) for lookup in like(PubMed(URL, patience=patience), crabs(), crabs(volume=""))] == [Unavailable] * 2


JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=9),
    lambda x: st.lists(x, max_size=3) | st.dictionaries(st.text(max_size=9), x, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([*summary("7")]), JSON))
def test_no_summary_raises(fields: dict[str, Any]) -> None:
    assert record_of(summary("7", **{name: value for name, value in fields.items() if name != "uid"})).source == "pubmed"
