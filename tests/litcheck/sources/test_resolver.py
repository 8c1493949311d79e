"""The resolver end to end, against Crossref and doi.org on loopback: who is asked what, how often, and what comes of it."""

from __future__ import annotations

import asyncio
import random
import socket
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from bib.model import Reference
from litcheck.evidence import Evidence, Found, Lookup, NotFound, Record, Registration, Unavailable
from litcheck.run import SourceUse
from litcheck.sources import RecordCache, record_from_crossref, resolve
from litcheck.sources.answers import Patience
from litcheck.sources.crossref import Crossref
from litcheck.sources.doi_org import DoiOrg
from litcheck.sources.resolver import OFFLINE
from tests.crossref_server import HTML, CrossrefServer, Fault, Request
from tests.made_up_works import made_up_work, reference_to


def accepts(reference: Reference, record: Record) -> bool:
    """The title is enough among made-up works."""
    return reference.title == record.title


def ask(
    server: CrossrefServer, references: Sequence[Reference], patience: Patience, cache: RecordCache | None = None
) -> tuple[Evidence, ...]:
    crossref = Crossref(server.url, mailto="a@example.org", cache=cache, patience=patience)
    doi_org = DoiOrg(server.url, cache=cache, patience=patience)
    return resolve(references, [crossref], accepts=accepts, cache=cache, doi_org=doi_org)


@dataclass(kw_only=True)
class Shelf:
    """A source that holds a few records and counts what it is asked."""

    name: str = "index:shelf"
    records: Mapping[str, Record] = field(default_factory=dict)
    complete: bool = False
    searches: bool = True
    asked: list[str] = field(default_factory=list)

    def covers(self, reference: Reference) -> bool:
        return self.complete

    def use(self) -> SourceUse:
        return SourceUse(name=self.name)

    async def works_by_doi(self, dois: Sequence[str]) -> Mapping[str, Lookup]:
        self.asked += dois
        return {doi: self._answer([self.records[doi]] if doi in self.records else []) for doi in dois}

    async def works_like(self, references: Sequence[Reference]) -> Sequence[Lookup]:
        self.asked += [reference.title for reference in references]
        return [self._answer([r for r in self.records.values() if r.title == reference.title]) for reference in references]

    def _answer(self, records: Sequence[Record]) -> Lookup:
        if records:
            return Found(source=self.name, records=tuple(records))
        return NotFound(source=self.name, complete=True) if self.complete else Unavailable(source=self.name, reason="incomplete")

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Nothing to close."""


def shelf(*numbers: int, name: str = "index:shelf", complete: bool = False) -> Shelf:
    records = [record_from_crossref(made_up_work(n), source=name, url="", fetched_at=datetime.now(UTC)) for n in numbers]
    return Shelf(name=name, records={record.doi: record for record in records}, complete=complete)


def test_a_thousand_references_take_few_requests_and_the_second_run_none(patience: Patience, tmp_path: Path) -> None:
    references = [reference_to(n) for n in range(1000)]
    with CrossrefServer(made_up_work(n) for n in range(1000)) as server:
        with RecordCache(tmp_path / "cache") as cache:
            first = ask(server, references, patience, cache)
        asked = len(server.requests)
        with RecordCache(tmp_path / "cache") as cache:
            second = ask(server, references, patience, cache)
        assert len(server.requests) == asked <= 40
    for evidence, again, reference in zip(first, second, references, strict=True):
        assert evidence.doi_record is not None
        assert evidence.doi_record.doi == reference.doi
        assert again.doi_record is not None
        assert replace(again.doi_record, fetched_at=evidence.doi_record.fetched_at) == evidence.doi_record
        assert evidence.by_search == again.by_search == ()


def test_searches_and_misses_are_not_repeated_either(patience: Patience, tmp_path: Path) -> None:
    references = [
        *(reference_to(n, doi="") for n in range(10)),
        reference_to(3, doi="10.5281/zenodo.9"),
        reference_to(4, doi="10.5555/none"),
        reference_to(5, doi="10.9999/old"),
    ]
    works = [made_up_work(n) for n in range(30)]
    aliases, elsewhere = {"10.9999/old": "10.5555/work.5"}, {"10.5281/zenodo.9": "DataCite"}
    with CrossrefServer(works, aliases=aliases, elsewhere=elsewhere) as server, RecordCache(tmp_path / "cache") as cache:
        first = ask(server, references, patience, cache)
        asked = len(server.requests)
        second = ask(server, references, patience, cache)
        assert len(server.requests) == asked
    for evidence in (first, second):
        assert [e.by_search[0].source for e in evidence[:10]] == ["crossref"] * 10
        assert all(accepts(reference, e.candidates[0]) for reference, e in zip(references[:10], evidence, strict=False))
        assert evidence[10].registration == Registration(source="doi.org", agency="DataCite")
        assert evidence[10].by_search == ()
        assert [type(lookup) for lookup in evidence[11].by_doi] == [NotFound, NotFound]
        assert evidence[11].by_doi[1] == NotFound(
            source="doi.org", complete=True, address=f"{server.url}/api/handles/10.5555%2Fnone"
        )
        assert evidence[11].candidates[0].doi == "10.5555/work.4"
        assert evidence[12].doi_record is not None
        assert evidence[12].doi_record.aliases == ("10.9999/old",)
        assert evidence[12].unavailable == ()


@pytest.mark.parametrize("seed", range(3))
def test_with_a_third_of_faulty_answers_all_are_right_or_unavailable(seed: int, patience: Patience) -> None:
    chance = random.Random(seed)
    kinds = [
        *(Fault(status=429), Fault(status=429, states_limits=False), Fault(status=500), Fault(status=503)),
        *(Fault(drop=True), Fault(cut=True), HTML, Fault(status=503, headers={"Retry-After": "0.01"})),
        *(Fault(status=404, headers={"Content-Type": "text/html"}, body="<html>"), Fault(status=200, body="{}")),
    ]

    def faults(number: int, request: Request) -> Fault | None:
        return chance.choice(kinds) if chance.random() < 0.3 else None

    references = [*(reference_to(n) for n in range(300)), *(reference_to(n, doi="") for n in range(300, 330))]
    with CrossrefServer((made_up_work(n) for n in range(330)), faults=faults) as server:
        evidence = ask(server, references, patience)
    right = 0
    for reference, one in zip(references, evidence, strict=True):
        assert not any(isinstance(lookup, NotFound) for lookup in (*one.by_doi, *one.by_search))
        found = [record for record in one.candidates if accepts(reference, record)]
        assert found or one.unavailable
        right += bool(found)
    assert right > 0


def test_a_few_faults_cost_nothing_but_time(patience: Patience) -> None:
    def faults(number: int, request: Request) -> Fault | None:
        return (Fault(status=503), Fault(drop=True), HTML)[number // 25 % 3] if number % 25 == 3 else None

    references = [reference_to(n, doi="") for n in range(60)]
    with CrossrefServer((made_up_work(n) for n in range(60)), faults=faults) as server:
        evidence = ask(server, references, patience)
    assert all(accepts(reference, one.candidates[0]) for reference, one in zip(references, evidence, strict=True))


def test_a_closed_port_is_unavailable_for_all() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{probe.getsockname()[1]}"
    references = [*(reference_to(n) for n in range(1000)), *(reference_to(n, doi="") for n in range(1000, 2000))]
    evidence = resolve(references, [Crossref(address)], accepts=accepts, doi_org=DoiOrg(address))
    for one in evidence:
        assert one.unavailable
        assert one.candidates == ()
        assert not any(isinstance(lookup, NotFound) for lookup in (*one.by_doi, *one.by_search))
    assert len({lookup.reason for one in evidence for lookup in one.unavailable}) == 1


def test_local_sources_come_first_and_what_they_settle_is_not_asked_again(patience: Patience) -> None:
    local = shelf(1, 2)
    with CrossrefServer(made_up_work(n) for n in range(5)) as server:
        crossref = Crossref(server.url, patience=patience)
        evidence = resolve([reference_to(1), reference_to(2, doi=""), reference_to(3)], [local, crossref], accepts=accepts)
    assert [one.candidates[0].source for one in evidence] == ["index:shelf", "index:shelf", "crossref"]
    assert [request.path.partition("?")[0] for request in server.requests] == ["/works/10.5555%2Fwork.3"]


def test_a_doi_of_another_work_is_kept_and_the_right_work_looked_for(patience: Patience) -> None:
    with CrossrefServer(made_up_work(n) for n in range(30)) as server:
        (evidence,) = ask(server, [reference_to(7, doi="10.5555/work.8")], patience)
    assert evidence.doi_record is not None
    assert evidence.doi_record.doi == "10.5555/work.8"
    assert evidence.candidates[1].doi == "10.5555/work.7"
    assert {request.kind for request in server.requests} == {"single", "list"}


def test_no_further_source_is_searched_once_one_is_accepted() -> None:
    first, second = shelf(1), shelf(1, 2, name="index:second")
    evidence = resolve([reference_to(1, doi=""), reference_to(2, doi="")], [first, second], accepts=accepts)
    assert second.asked == [reference_to(2).title]
    assert [one.candidates[0].source for one in evidence] == ["index:shelf", "index:second"]


@pytest.mark.parametrize("kind", ["webpage", "legislation", "personal_communication"])
def test_kinds_that_no_registry_holds_are_not_searched_and_their_dois_are(kind: str, patience: Patience) -> None:
    with CrossrefServer([made_up_work(1)]) as server:
        bare, with_doi = ask(server, [reference_to(2, doi="", type=kind), reference_to(1, type=kind)], patience)
    assert bare == Evidence()
    assert with_doi.doi_record is not None
    assert len(server.requests) == 1


@pytest.mark.parametrize("doi", ["", "10.5555/work.1"])
def test_offline_with_nothing_to_ask_is_unavailable(doi: str) -> None:
    (evidence,) = resolve([reference_to(1, doi=doi)], [], accepts=accepts)
    assert evidence.unavailable == (Unavailable(source="crossref", reason=OFFLINE),)


def test_offline_the_cache_answers(patience: Patience, tmp_path: Path) -> None:
    references = [reference_to(1), reference_to(2, doi=""), reference_to(3)]
    with CrossrefServer(made_up_work(n) for n in range(30)) as server, RecordCache(tmp_path / "cache") as cache:
        ask(server, references[:2], patience, cache)
        evidence = resolve(references, [], accepts=accepts, cache=cache)
    assert [bool(one.candidates) for one in evidence] == [True, True, False]
    assert [len(one.unavailable) for one in evidence] == [0, 0, 1]


@pytest.mark.parametrize(("complete", "unavailable"), [(True, 0), (False, 2)])
def test_offline_a_miss_counts_only_in_a_complete_index(complete: bool, unavailable: int) -> None:
    (evidence,) = resolve([reference_to(9)], [shelf(1, complete=complete)], accepts=accepts)
    assert any(isinstance(lookup, NotFound) and lookup.complete for lookup in evidence.by_doi) is complete
    assert len([x for x in evidence.unavailable if x.source == "index:shelf"]) == unavailable
    # The index says why nothing is known; that Crossref was not asked either would only say it again.
    assert not any(x.source == "crossref" for x in evidence.unavailable)


@pytest.mark.parametrize(("number", "answers"), [(2, [Found]), (3, [NotFound, NotFound])])
def test_an_index_that_cannot_tell_is_moot_once_the_registry_has_told(
    number: int, answers: list[type[Lookup]], patience: Patience
) -> None:
    with CrossrefServer([made_up_work(2)]) as server:
        crossref, doi_org = Crossref(server.url, patience=patience), DoiOrg(server.url, patience=patience)
        (evidence,) = resolve([reference_to(number)], [shelf(1), crossref], accepts=accepts, doi_org=doi_org)
    assert [type(lookup) for lookup in evidence.by_doi] == answers
    assert evidence.unavailable == ()


def test_what_is_no_doi_is_asked_of_nobody(patience: Patience) -> None:
    with CrossrefServer(made_up_work(n) for n in range(30)) as server:
        (evidence,) = ask(server, [reference_to(7, doi="not/a.doi")], patience)
    assert evidence.by_doi == ()
    assert evidence.candidates[0].doi == "10.5555/work.7"
    assert [request.kind for request in server.requests] == ["list"]


def test_the_same_question_is_asked_once(patience: Patience) -> None:
    references = [replace(reference_to(n % 2, doi="" if n % 4 < 2 else None), id=str(n)) for n in range(20)]
    with CrossrefServer(made_up_work(n) for n in range(30)) as server:
        evidence = ask(server, references, patience)
    assert all(accepts(reference, one.candidates[0]) for reference, one in zip(references, evidence, strict=True))
    assert len(server.requests) == 3


def test_progress_is_told_and_ends_with_all(patience: Patience) -> None:
    told: list[tuple[int, int, str]] = []
    references = [*(reference_to(n) for n in range(500)), *(reference_to(n, doi="") for n in range(500, 510))]
    with CrossrefServer(made_up_work(n) for n in range(510)) as server:
        crossref = Crossref(server.url, mailto="a@example.org", patience=patience)
        resolve(references, [crossref], accepts=accepts, progress=lambda *step: told.append(step))
    assert (500, 500) in {(done, total) for done, total, _ in told}
    assert told[-1][:2] == (10, 10)
    assert all(0 <= done <= total for done, total, _ in told)


def test_it_can_be_called_where_a_loop_is_running(patience: Patience) -> None:
    with CrossrefServer([made_up_work(1)]) as server:

        async def program() -> tuple[Evidence, ...]:
            return ask(server, [reference_to(1)], patience)

        (inside,) = asyncio.run(program())
        with ThreadPoolExecutor(1) as thread:
            (beside,) = thread.submit(ask, server, [reference_to(1)], patience).result()
    assert inside.doi_record is not None
    assert beside.doi_record is not None


def test_nothing_to_ask() -> None:
    assert resolve([], [], accepts=accepts) == ()
