"""arXiv: ids in batches and titles, its feeds, and what may go wrong. The answers are made by hand after its documentation."""

from __future__ import annotations

import httpx
import pytest
import respx
from hypothesis import given
from hypothesis import strategies as st

from bib.model import Name
from litcheck.evidence import Found, NotFound, PublicationYear, Relation, Unavailable, Update
from litcheck.sources.answers import Answer, Patience, UnusableAnswer
from litcheck.sources.arxiv import Arxiv, _records
from tests.litcheck.sources.catalogues import by_identifier, crabs, like

URL = "https://arxiv.test"


def entry(id_: str, *, extra: str = "", title: str = "Tidal rhythms of\n  mudflat crabs") -> str:
    return f"""
  <entry>
    <id>http://arxiv.org/abs/{id_}</id>
    <updated>2019-03-01T10:00:00Z</updated>
    <published>2018-11-05T09:00:00Z</published>
    <title>{title}</title>
    <summary>We count crabs &amp; tides.</summary>
    <author><name>Ada B. Okafor</name></author>
    <author><name>Jon Lindqvist</name><arxiv:affiliation>Coast</arxiv:affiliation></author>
    <author><name>Crab Count Collaboration</name></author>
    {extra}
    <link href="http://arxiv.org/abs/{id_}" rel="alternate" type="text/html"/>
    <arxiv:primary_category term="q-bio.PE" scheme="http://arxiv.org/schemas/atom"/>
  </entry>"""


def feed(*entries: str, before: str = "") -> bytes:
    head = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{before}{head}\n<title>Query</title>{"".join(entries)}\n</feed>\n'.encode()


@respx.mock
def test_ids_go_in_one_request(patience: Patience) -> None:
    published = """<arxiv:doi>10.1000/Tides.7</arxiv:doi><arxiv:journal_ref>J. Coasts 12 (2020) 223</arxiv:journal_ref>
      <arxiv:comment>Accepted in 2019, 12 pages</arxiv:comment>"""
    body = feed(
        entry("1811.00001v3", extra=published),
        entry("hep-th/9901001v1", extra="<comment>This paper has been withdrawn</comment>"),
    )
    route = respx.get(f"{URL}/api/query").mock(return_value=httpx.Response(200, content=body))
    found = by_identifier(Arxiv(URL, patience=patience), "1811.00001", "hep-th/9901001", "1811.99999")
    assert route.call_count == 1
    assert dict(route.calls[0].request.url.params) == {"id_list": "1811.00001,hep-th/9901001,1811.99999", "max_results": "3"}
    assert isinstance(found["1811.99999"], NotFound)
    lookup = found["1811.00001"]
    assert isinstance(lookup, Found)
    (record,) = lookup.records
    assert (record.doi, record.url, record.type) == (
        "10.48550/arxiv.1811.00001",
        "https://arxiv.org/abs/1811.00001",
        "posted-content",
    )
    assert record.title == "Tidal rhythms of mudflat crabs"
    assert record.authors == (
        Name(family="Okafor", given="Ada B."),
        Name(family="Lindqvist", given="Jon"),
        Name(literal="Crab Count Collaboration"),
    )
    assert record.years == (
        PublicationYear(kind="posted", year=2018),
        PublicationYear(kind="posted", year=2019),
        PublicationYear(kind="published", year=2020),
        PublicationYear(kind="published", year=2019),
    )
    assert record.relations == (Relation(kind="is-preprint-of", id_type="doi", id="10.1000/tides.7"),)
    assert record.updates == ()
    withdrawn = found["hep-th/9901001"]
    assert isinstance(withdrawn, Found)
    assert withdrawn.records[0].updates == (Update(kind="withdrawal", source="arxiv"),)


@pytest.mark.parametrize(
    ("fields", "id_"),
    [
        ({"arxiv": "1811.00001v2"}, "1811.00001"),
        ({"arxiv": "Hep-th/9901001"}, "hep-th/9901001"),
        ({"doi": "10.48550/arxiv.1811.00001"}, "1811.00001"),
        ({"doi": "10.1000/a"}, ""),
    ],
)
def test_the_id_of_a_reference(fields: dict[str, str], id_: str) -> None:
    reference = crabs(**fields)
    assert Arxiv(URL).identifier_of(reference) == id_
    assert Arxiv(URL).may_hold(reference) is bool(id_)


@respx.mock
def test_a_search_is_for_the_words_of_the_title(patience: Patience) -> None:
    route = respx.get(f"{URL}/api/query").mock(return_value=httpx.Response(200, content=feed(entry("1811.00001v1"))))
    (lookup,) = like(Arxiv(URL, patience=patience), crabs(title='Tidal "rhythms": of crabs', raw="… arXiv preprint"))
    assert isinstance(lookup, Found)
    assert route.calls[0].request.url.params["search_query"] == 'ti:"Tidal rhythms of crabs"'


def test_what_a_document_type_declares_has_no_effect() -> None:
    before = '<!DOCTYPE feed [<!ENTITY a "crab"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY file SYSTEM "file:///etc/passwd">]>'
    for title in ("&b;", "&file;"):
        with pytest.raises(UnusableAnswer, match="broken"):
            _records(Answer(status=200, body=feed(entry("1811.00001", title=title), before=before)))


def test_the_entry_that_tells_an_error_is_no_paper() -> None:
    error = "<entry><id>http://arxiv.org/api/errors#incorrect_id_format_for_x</id><title>Error</title></entry>"
    assert _records(Answer(status=200, body=feed(error))) == []


@pytest.mark.parametrize(
    "body", [b"", b"<html>Sign in</html>", feed(entry("1811.00001"))[:-60], feed("<entry><id></entry>"), b"{}", b"\xff\xfe<feed"]
)
@respx.mock
def test_what_is_no_whole_feed_is_unavailable(body: bytes, patience: Patience) -> None:
    respx.get(f"{URL}/api/query").mock(return_value=httpx.Response(200, content=body))
    assert isinstance(by_identifier(Arxiv(URL, patience=patience), "1811.00001")["1811.00001"], Unavailable)


@respx.mock
def test_one_bad_id_does_not_spoil_the_others(patience: Patience) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        ids = request.url.params["id_list"].split(",")
        if "bad" in ids:
            return httpx.Response(400, content=b"incorrect id format for bad")
        return httpx.Response(200, content=feed(*(entry(f"{id_}v1") for id_ in ids)))

    respx.get(f"{URL}/api/query").mock(side_effect=answer)
    arxiv = Arxiv(URL, patience=patience)
    found = by_identifier(arxiv, "1811.00001", "bad", "1811.00002")
    assert [type(found[id_]) for id_ in ("1811.00001", "bad", "1811.00002")] == [Found, Unavailable, Found]


@given(st.text())
def test_no_entry_raises_anything_else(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    try:
        records = _records(
            Answer(status=200, body=feed(entry("1811.00001v1", title=escaped, extra=f"<comment>{escaped}</comment>")))
        )
    except UnusableAnswer:
        return
    assert [record.doi for record in records] == ["10.48550/arxiv.1811.00001"]
