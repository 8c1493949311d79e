"""Which catalogue is asked about which reference, and when no further one is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from bib.model import Reference
from litcheck.evidence import Evidence, Found, Lookup, NotFound, Record, Registration, Unavailable
from litcheck.sources import RecordCache, resolve
from litcheck.sources.answers import CouldNotAsk, Patience
from litcheck.sources.arxiv import Arxiv
from litcheck.sources.catalogue import Catalogue
from litcheck.sources.crossref import Crossref
from litcheck.sources.datacite import DataCite
from litcheck.sources.doi_org import DoiOrg
from litcheck.sources.model import Source
from litcheck.sources.open_library import OpenLibrary
from litcheck.sources.openalex import OpenAlex
from litcheck.sources.pubmed import PubMed
from tests.crossref_server import CrossrefServer
from tests.made_up_works import made_up_work, reference_to


def record(number: int, source: str, **fields: object) -> Record:
    values: dict[str, object] = {"doi": "", "url": f"https://{source}.test/{number}", "titles": (reference_to(number).title,)}
    return Record(source=source, fetched_at=datetime.now(UTC), **values | fields)  # type: ignore[arg-type]  # a table


class Shelves:
    """What stands in for a catalogue's service: records by identifier and by title, and a list of what was asked."""

    def __init__(
        self, catalogue: type[Catalogue], records: Mapping[str, Record], cache: RecordCache | None = None, down: bool = False
    ) -> None:
        self.asked: list[str] = []
        shelves = self

        class Shelved(catalogue):  # type: ignore[misc, valid-type]  # of whichever catalogue
            searches = True

            async def __aenter__(self) -> Self:
                return self

            async def __aexit__(
                self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
            ) -> None:
                """Nothing to close."""

            async def held(self, ids: Sequence[str]) -> Mapping[str, Record]:
                shelves.asked += ids
                if down:
                    raise CouldNotAsk("closed")
                return {id_: records[id_] for id_ in ids if id_ in records}

            async def found(self, reference: Reference) -> Sequence[Record]:
                shelves.asked.append(reference.title)
                if down:
                    raise CouldNotAsk("closed")
                return [r for r in records.values() if r.title == reference.title]

            async def works_like(self, references: Sequence[Reference]) -> Sequence[Lookup]:
                return await Catalogue.works_like(self, references)

        self.catalogue: Catalogue = Shelved("https://shelves.test", cache=cache)


def accepts(reference: Reference, record: Record) -> bool:
    return reference.title == record.title


def ask(
    server: CrossrefServer,
    references: Sequence[Reference],
    patience: Patience,
    *shelves: Shelves,
    cache: RecordCache | None = None,
) -> tuple[Evidence, ...]:
    crossref = Crossref(server.url, mailto="a@example.org", cache=cache, patience=patience)
    sources: list[Source] = [crossref, *(one.catalogue for one in shelves)]
    return resolve(references, sources, accepts=accepts, cache=cache, doi_org=DoiOrg(server.url, cache=cache, patience=patience))


def test_a_doi_of_arxiv_is_asked_of_datacite_alone(patience: Patience) -> None:
    doi = "10.48550/arxiv.1811.00001"
    datacite = Shelves(DataCite, {doi: record(1, "datacite", doi=doi)})
    with CrossrefServer([made_up_work(2)]) as server:
        (evidence,) = ask(server, [reference_to(1, doi=doi)], patience, datacite)
    assert server.requests == []
    assert datacite.asked == [doi]
    assert evidence.doi_record is not None
    assert evidence.registration is None
    assert evidence.unavailable == ()


def test_a_doi_that_doi_org_says_is_datacites_is_asked_there(patience: Patience) -> None:
    datacite = Shelves(DataCite, {"10.7777/held": record(1, "datacite", doi="10.7777/held")})
    elsewhere = {"10.7777/held": "DataCite", "10.7777/hidden": "DataCite", "10.7777/medra": "mEDRA"}
    with CrossrefServer([made_up_work(2)], elsewhere=elsewhere) as server:
        held, hidden, medra, none = ask(
            server, [reference_to(1, doi=f"10.7777/{name}") for name in ("held", "hidden", "medra", "none")], patience, datacite
        )
    assert sorted(datacite.asked[:2]) == ["10.7777/held", "10.7777/hidden"]
    assert held.doi_record is not None
    assert held.registration is None
    assert hidden.registration == Registration(source="doi.org", agency="DataCite")
    assert medra.registration == Registration(source="doi.org", agency="mEDRA")
    assert any(isinstance(x, NotFound) and x.complete for x in none.by_doi)


def test_a_catalogue_that_is_down_is_said_and_not_taken_for_a_registration(patience: Patience) -> None:
    datacite = Shelves(DataCite, {}, down=True)
    with CrossrefServer([made_up_work(2)], elsewhere={"10.7777/a": "DataCite"}) as server:
        evidence = ask(server, [reference_to(1, doi="10.7777/a"), reference_to(1, doi="10.5281/zenodo.1")], patience, datacite)
    for one in evidence:
        assert one.registration is None
        assert Unavailable(source="datacite", reason="closed") in one.by_doi
        assert not any(isinstance(x, NotFound) and x.complete for x in one.by_doi)


def test_a_work_that_crossref_holds_is_asked_of_nobody_else(patience: Patience) -> None:
    shelves = [Shelves(c, {}) for c in (DataCite, PubMed, Arxiv, OpenLibrary, OpenAlex)]
    with CrossrefServer(made_up_work(n) for n in range(20)) as server:
        evidence = ask(server, [reference_to(1), reference_to(2, doi="", container_title="J")], patience, *shelves)
    assert all(one.candidates for one in evidence)
    assert [one.asked for one in shelves] == [[], [], [], [], []]


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({"container_title": "Journal of Marshes"}, [PubMed]),
        ({"type": "book"}, [OpenLibrary]),
        ({"type": "dataset"}, [DataCite]),
        ({"type": "software"}, [DataCite]),
        ({"type": "article", "arxiv": "1811.00001"}, [DataCite, Arxiv]),
        ({"type": "webpage"}, []),
        ({"type": "chapter", "isbn": "9780000000002"}, []),
    ],
)
def test_a_reference_is_asked_of_those_that_could_hold_its_kind(
    fields: dict[str, str], asked: list[type[Catalogue]], patience: Patience
) -> None:
    shelves = {c: Shelves(c, {}) for c in (DataCite, PubMed, Arxiv, OpenLibrary)}
    with CrossrefServer([made_up_work(500)]) as server:
        (evidence,) = ask(server, [reference_to(1, doi="", **fields)], patience, *shelves.values())
    assert [c for c in shelves if reference_to(1).title in shelves[c].asked] == asked
    assert not any(accepts(reference_to(1), record) for record in evidence.candidates)


def test_the_first_catalogue_that_settles_a_reference_is_the_last_asked(patience: Patience) -> None:
    datacite, arxiv = Shelves(DataCite, {"a": record(1, "datacite")}), Shelves(Arxiv, {"b": record(1, "arxiv")})
    with CrossrefServer([made_up_work(500)]) as server:
        (evidence,) = ask(
            server, [replace(reference_to(1, doi="", type="article"), raw="arXiv preprint")], patience, datacite, arxiv
        )
    assert [r.source for r in evidence.candidates if r.title == reference_to(1).title] == ["datacite"]
    assert arxiv.asked == []


def test_identifiers_settle_what_they_lead_to(patience: Patience) -> None:
    pubmed = Shelves(PubMed, {"7": record(1, "pubmed"), "8": record(3, "pubmed")})
    with CrossrefServer([made_up_work(500), made_up_work(2)]) as server:
        right, wrong = ask(
            server, [reference_to(1, doi="", pmid="7"), reference_to(2, doi="", pmid="8", container_title="J")], patience, pubmed
        )
    assert [(one.kind, one.id, type(one.lookup)) for one in right.by_identifier] == [("pmid", "7", Found)]
    assert right.by_search == ()
    assert [r.source for r in wrong.candidates][:2] == ["pubmed", "crossref"]
    assert pubmed.asked == ["7", "8"]
    assert [request.kind for request in server.requests] == ["list"]


def test_a_preprint_does_not_settle_an_entry_that_describes_the_publication(patience: Patience) -> None:
    arxiv = Shelves(Arxiv, {"1811.00001": record(1, "arxiv", type="posted-content")})
    entry = reference_to(1, doi="", arxiv="1811.00001", type="paper-conference")
    with CrossrefServer([made_up_work(500), made_up_work(1)]) as server:
        published, preprint = ask(
            server,
            [replace(entry, container_title="Proc. Marshes"), replace(entry, container_title="arXiv preprint")],
            patience,
            arxiv,
        )
    assert [r.source for r in published.candidates][:2] == ["arxiv", "crossref"]
    assert preprint.by_search == ()


def test_what_volunteers_record_does_not_keep_the_registry_from_being_asked(patience: Patience) -> None:
    library = Shelves(OpenLibrary, {"9780000000002": record(1, "openlibrary", curated=False)})
    with CrossrefServer([made_up_work(1)]) as server:
        (evidence,) = ask(server, [reference_to(1, doi="", type="book", isbn="9780000000002")], patience, library)
    assert [r.source for r in evidence.candidates] == ["openlibrary", "crossref"]


def test_openalex_stands_in_for_registries_that_cannot_be_asked(patience: Patience) -> None:
    openalex = Shelves(OpenAlex, {"10.5555/work.1": record(1, "openalex", doi="10.5555/work.1", curated=False)})
    crossref = Crossref("http://127.0.0.1:9", patience=patience)
    held, lacking = resolve([reference_to(1), reference_to(2)], [crossref, openalex.catalogue], accepts=accepts)
    assert [r.source for r in held.candidates] == ["openalex"]
    assert held.doi_record is None  # no entry is corrected by a copy
    assert {x.source for x in lacking.unavailable} == {"crossref"}


def test_what_catalogues_answered_is_kept_and_counts_offline(patience: Patience, tmp_path: Path) -> None:
    doi = "10.48550/arxiv.1811.00001"
    references = [
        reference_to(1, doi=doi),
        reference_to(2, doi="", pmid="7", container_title="J"),
        reference_to(3, doi="", type="book"),
        reference_to(4, doi="", type="dataset"),
    ]
    with RecordCache(tmp_path / "cache") as cache, CrossrefServer([made_up_work(500)]) as server:
        first = [
            Shelves(DataCite, {doi: record(1, "datacite", doi=doi)}, cache),
            Shelves(PubMed, {"7": record(2, "pubmed")}, cache),
            Shelves(OpenLibrary, {"x": record(3, "openlibrary", curated=False)}, cache),
        ]
        told = ask(server, references, patience, *first, cache=cache)
        asked = len(server.requests)
        second = [Shelves(c, {}, cache) for c in (DataCite, PubMed, OpenLibrary)]
        again = ask(server, references, patience, *second, cache=cache)
        assert len(server.requests) == asked
        assert [one.asked for one in second] == [[], [], []]
        offline = resolve(references, [], accepts=accepts, cache=cache, remembered=[one.catalogue for one in second])
    assert [[r.identity for r in one.candidates] for one in again] == [[r.identity for r in one.candidates] for one in told]
    assert [[r.identity for r in one.candidates] for one in offline] == [[r.identity for r in one.candidates] for one in told]
    assert all(one.candidates for one in told[:3])
