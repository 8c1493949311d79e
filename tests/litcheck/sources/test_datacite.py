"""DataCite: DOIs in batches and titles, its records, and what may go wrong. Its answers are made by hand."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import respx
from hypothesis import given
from hypothesis import strategies as st

from bib.model import Name
from litcheck.evidence import Found, NotFound, PublicationYear, Relation, Unavailable
from litcheck.sources.answers import Patience
from litcheck.sources.datacite import DataCite, _record
from tests.litcheck.sources.catalogues import by_doi, crabs, like

URL = "https://datacite.test"


def work(doi: str, **attributes: Any) -> dict[str, Any]:
    return {
        "id": doi,
        "type": "dois",
        "attributes": {
            "doi": doi.upper(),
            "creators": [
                {"name": "Okafor, Ada", "nameType": "Personal", "givenName": "Ada", "familyName": "Okafor", "affiliation": []},
                {"name": "Lindqvist, Jon", "affiliation": []},
                {"name": "Coastal Survey, The", "nameType": "Organizational"},
            ],
            "titles": [{"title": "Counts of mudflat crabs"}, {"title": "2015 to 2019", "titleType": "Subtitle"}],
            "publisher": "Zenodo",
            "container": {},
            "publicationYear": 2020,
            "types": {"resourceTypeGeneral": "Dataset", "citeproc": "dataset"},
            "dates": [{"date": "2019-12-20", "dateType": "Issued"}, {"date": "2015/2019", "dateType": "Collected"}],
            "contributors": [{"name": "Perez, Maria", "familyName": "Perez", "givenName": "Maria", "contributorType": "Editor"}],
            "relatedIdentifiers": [
                {"relationType": "IsVersionOf", "relatedIdentifier": "10.5281/zenodo.1", "relatedIdentifierType": "DOI"},
                {"relationType": "IsSupplementTo", "relatedIdentifier": "https://a.test", "relatedIdentifierType": "URL"},
            ],
            "url": "https://zenodo.test/2",
            "state": "findable",
        }
        | attributes,
    }


def listed(*works: dict[str, Any]) -> httpx.Response:
    return httpx.Response(200, json={"data": list(works), "meta": {"total": len(works)}})


@respx.mock
def test_dois_go_in_one_request_and_what_is_not_listed_is_not_there(patience: Patience) -> None:
    route = respx.get(f"{URL}/dois").mock(return_value=listed(work("10.5281/zenodo.2")))
    found = by_doi(DataCite(URL, mailto="a@example.org", patience=patience), "10.5281/zenodo.2", '10.5281/a"b\\c')
    assert route.call_count == 1
    asked = route.calls[0].request
    assert asked.url.params["query"] == r'doi:("10.5281/zenodo.2" OR "10.5281/a\"b\\c")'
    assert asked.url.params["page[size]"] == "2"
    assert asked.url.params["mailto"] == "a@example.org"
    assert asked.headers["Accept"] == "application/vnd.api+json"
    assert found['10.5281/a"b\\c'] == NotFound(source="datacite", address=URL)
    lookup = found["10.5281/zenodo.2"]
    assert isinstance(lookup, Found)
    (record,) = lookup.records
    assert (record.doi, record.url) == ("10.5281/zenodo.2", "https://doi.org/10.5281/zenodo.2")
    assert (record.titles, record.subtitles) == (("Counts of mudflat crabs",), ("2015 to 2019",))
    assert record.authors == (
        Name(family="Okafor", given="Ada"),
        Name(family="Lindqvist", given="Jon"),
        Name(literal="Coastal Survey, The"),
    )
    assert record.editors == (Name(family="Perez", given="Maria"),)
    assert record.years == (PublicationYear(kind="published", year=2020), PublicationYear(kind="issued", year=2019))
    assert (record.type, record.publisher, record.containers) == ("dataset", "Zenodo", ())
    assert record.relations == (Relation(kind="is-version-of", id_type="doi", id="10.5281/zenodo.1"),)
    assert record.curated


@respx.mock
def test_fifty_dois_a_request(patience: Patience) -> None:
    route = respx.get(f"{URL}/dois").mock(return_value=listed())
    assert len(by_doi(DataCite(URL, patience=patience), *(f"10.5281/z.{n}" for n in range(60)))) == 60
    assert route.call_count == 2


def test_an_article_in_a_journal_and_a_preprint_that_was_published() -> None:
    place = {"title": "Journal of Coasts", "volume": "12", "issue": "3", "firstPage": "223", "lastPage": "228"}
    article = _record(work("10.1/a", container=place, types={"resourceTypeGeneral": "JournalArticle"})["attributes"])
    assert (article.type, article.containers, article.page) == ("journal-article", ("Journal of Coasts",), "223-228")
    related = [{"relationType": "IsVersionOf", "relatedIdentifier": "10.1000/x", "relatedIdentifierType": "DOI"}]
    preprint = work("10.48550/arxiv.1901.00001", types={"resourceTypeGeneral": "Preprint"}, relatedIdentifiers=related)
    record = _record(preprint["attributes"])
    assert (record.type, record.relations) == (
        "posted-content",
        (Relation(kind="is-preprint-of", id_type="doi", id="10.1000/x"),),
    )


@respx.mock
def test_a_search_is_for_the_words_of_the_title(patience: Patience) -> None:
    route = respx.get(f"{URL}/dois").mock(return_value=listed(work("10.5281/zenodo.2")))
    (lookup,) = like(DataCite(URL, patience=patience), crabs(type="dataset", title='Counts: "mudflat" crabs?'))
    assert isinstance(lookup, Found)
    assert route.calls[0].request.url.params["query"] == 'titles.title:"Counts mudflat crabs"'


@pytest.mark.parametrize(
    ("doi", "agency", "theirs"),
    [
        ("10.48550/arxiv.1706.03762", "", True),
        ("10.5281/zenodo.3", "", True),
        ("10.1000/a", "", False),
        ("10.1000/a", "datacite", True),
        ("10.1000/a", "crossref", False),
    ],
)
def test_whose_dois_it_holds(doi: str, agency: str, theirs: bool) -> None:
    assert DataCite(URL).registers(doi, agency) is theirs


@pytest.mark.parametrize(("kind", "held"), [("dataset", True), ("article", True), ("thesis", True), ("article-journal", False)])
def test_what_it_may_hold(kind: str, held: bool) -> None:
    assert DataCite(URL).may_hold(crabs(type=kind)) is held
    assert not DataCite(URL).may_hold(crabs(type=kind, title=""))
    assert not DataCite(URL).covers(crabs(type=kind))


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, html="<html>Sign in</html>"),
        httpx.Response(200, json=[]),
        httpx.Response(200, json={"data": None}),
        httpx.Response(404, json={"errors": []}),
        httpx.Response(500),
        httpx.Response(403),
    ],
)
@respx.mock
def test_what_is_no_list_is_unavailable(answer: httpx.Response, patience: Patience) -> None:
    respx.get(f"{URL}/dois").mock(return_value=answer)
    assert isinstance(by_doi(DataCite(URL, patience=patience), "10.5281/z")["10.5281/z"], Unavailable)


JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=9),
    lambda x: st.lists(x, max_size=3) | st.dictionaries(st.text(max_size=9), x, max_size=3),
    max_leaves=5,
)
ATTRIBUTES = ["doi", "creators", "contributors", "titles", "container", "publicationYear", "types", "dates", "relatedIdentifiers"]


@given(st.dictionaries(st.sampled_from([*ATTRIBUTES, "publisher"]), JSON))
def test_no_attributes_raise(attributes: dict[str, Any]) -> None:
    record = _record(attributes)
    assert record.source == "datacite"
    assert all(name.family or name.literal for name in record.authors)
