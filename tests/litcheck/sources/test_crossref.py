"""Crossref, asked on loopback: what is sent, what is taken, and how every failure becomes a value."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import unquote

import pytest

from bib.model import Reference
from litcheck import __version__
from litcheck.evidence import Found, Lookup, NotFound, Unavailable
from litcheck.sources.answers import Patience
from litcheck.sources.crossref import POOLS, SELECT, Crossref
from litcheck.sources.crossref_records import FIELDS
from tests.crossref_server import HTML, SELECTABLE, CrossrefServer, Fault, Request
from tests.made_up_works import made_up_work, reference_to


def by_doi(crossref: Crossref, dois: Sequence[str]) -> dict[str, Lookup]:
    async def ask() -> dict[str, Lookup]:
        async with crossref:
            return dict(await crossref.works_by_doi(dois))

    return asyncio.run(ask())


def like(crossref: Crossref, references: Sequence[Reference]) -> list[Lookup]:
    async def ask() -> list[Lookup]:
        async with crossref:
            return list(await crossref.works_like(references))

    return asyncio.run(ask())


def dois_of(lookup: Lookup) -> list[str]:
    assert isinstance(lookup, Found), lookup
    return [record.doi for record in lookup.records]


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def test_forty_dois_go_in_one_request(patience: Patience) -> None:
    with CrossrefServer(made_up_work(n) for n in range(100)) as server:
        lookups = by_doi(Crossref(server.url, patience=patience), [f"10.5555/work.{n}" for n in range(80)])
    assert all(dois_of(lookup) == [doi] for doi, lookup in lookups.items())
    assert len(lookups) == 80
    assert [request.kind for request in server.requests] == ["list", "list"]


def test_who_asks_is_said_twice(patience: Patience) -> None:
    with CrossrefServer([made_up_work(1)]) as server:
        by_doi(Crossref(server.url, mailto="a+b@example.org", token="t0ken", patience=patience), ["10.5555/work.1"])
    (request,) = server.requests
    assert request.path == "/works/10.5555%2Fwork.1?mailto=a%2Bb%40example.org"
    assert request.headers["User-Agent"] == f"litcheck/{__version__} (mailto:a+b@example.org)"
    assert request.headers["Crossref-Plus-API-Token"] == "Bearer t0ken"


AWKWARD = [
    "10.1002/(sici)1097-0258(19980815)17:15<1661::aid-sim968>3.0.co;2-2",
    "10.1000/ab#12",
    "10.1000/100%25",
    "10.1000/a%2fb",
    "10.1000/a?b=c&d=e",
    "10.1000/a/../b//c",
    "10.1000/ünïcode",
    "10.1000/plus+and space",
    "10.1000/doi:10.2000/x",
]


@pytest.mark.parametrize("alone", [True, False])
def test_awkward_dois_are_asked_for_as_they_are(alone: bool, patience: Patience) -> None:
    decoys = ["10.1000/ab", "10.1000/a/b", "10.1000/a", "10.1000/b//c", "10.1000/100%"]
    works = [made_up_work(n, DOI=doi) for n, doi in enumerate([*AWKWARD, *decoys])]
    with CrossrefServer(works) as server:
        crossref = Crossref(server.url, patience=patience)
        if alone:
            lookups = {doi: by_doi(crossref, [doi])[doi] for doi in AWKWARD}
        else:
            lookups = by_doi(crossref, AWKWARD)
            assert len(server.requests) == 1
    assert {doi: dois_of(lookup) for doi, lookup in lookups.items()} == {doi: [doi] for doi in AWKWARD}


def test_a_doi_with_a_comma_goes_singly(patience: Patience) -> None:
    dois = ["10.5555/work.1", "10.5555/a,b", "10.5555/work.2"]
    with CrossrefServer([made_up_work(1), made_up_work(2), made_up_work(3, DOI="10.5555/a,b")]) as server:
        lookups = by_doi(Crossref(server.url, patience=patience), dois)
    assert {doi: dois_of(lookup) for doi, lookup in lookups.items()} == {doi: [doi] for doi in dois}
    assert [request.kind for request in server.requests] == ["list", "single"]


def test_long_dois_make_short_batches(patience: Patience) -> None:
    dois = [f"10.5555/{n}{'é' * 230}" for n in range(20)]
    with CrossrefServer(made_up_work(n, DOI=doi) for n, doi in enumerate(dois)) as server:
        lookups = by_doi(Crossref(server.url, patience=patience), dois)
    assert all(isinstance(lookup, Found) for lookup in lookups.values())
    assert max(len(request.path) for request in server.requests) < 8000


def test_what_no_batch_returns_is_asked_singly_and_aliases_are_followed(patience: Patience) -> None:
    works = [made_up_work(n) for n in range(5)]
    aliases = {"10.9999/old#1": "10.5555/work.3", "10.9999/older": "10.9999/old#1"}
    with CrossrefServer(works, aliases=aliases) as server:
        dois = ["10.5555/work.1", "10.9999/old#1", "10.9999/older", "10.5555/none"]
        lookups = by_doi(Crossref(server.url, patience=patience), dois)
    assert dois_of(lookups["10.5555/work.1"]) == ["10.5555/work.1"]
    for alias in aliases:
        lookup = lookups[alias]
        assert isinstance(lookup, Found)
        assert lookup.records[0].doi == "10.5555/work.3"
        assert lookup.records[0].aliases == (alias,)
    assert lookups["10.5555/none"] == NotFound(source="crossref", address=f"{server.url}/works/10.5555%2Fnone")


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("https://login.example.org/", "redirects to https://login.example.org/"),
        ("/works/10.5555%2Fnone", "redirects to"),
        ("", "redirects to nowhere"),
    ],
)
def test_a_redirect_that_leads_to_no_other_doi_is_not_followed(location: str, reason: str, patience: Patience) -> None:
    with CrossrefServer(faults=lambda n, request: Fault(status=302, headers={"Location": location})) as server:
        lookup = by_doi(Crossref(server.url, patience=patience), ["10.5555/none"])["10.5555/none"]
    assert isinstance(lookup, Unavailable)
    assert reason in lookup.reason


def test_aliases_that_go_in_circles_end(patience: Patience) -> None:
    with CrossrefServer(aliases={"10.9999/a": "10.9999/b", "10.9999/b": "10.9999/a"}) as server:
        lookup = by_doi(Crossref(server.url, patience=patience), ["10.9999/a"])["10.9999/a"]
    assert isinstance(lookup, Unavailable)
    assert len(server.requests) == 4


def test_only_the_work_that_was_asked_for_is_taken(patience: Patience) -> None:
    other = json.dumps({"status": "ok", "message": made_up_work(2)})
    with CrossrefServer(faults=lambda n, request: Fault(status=200, body=other)) as server:
        lookup = by_doi(Crossref(server.url, patience=patience), ["10.5555/work.1"])["10.5555/work.1"]
    assert isinstance(lookup, Unavailable)
    assert "another work (10.5555/work.2)" in lookup.reason


def test_works_that_nobody_asked_for_are_not_taken_from_a_list(patience: Patience) -> None:
    items = [made_up_work(7), made_up_work(1), {"title": ["no DOI"]}, "no work", {"DOI": 5}]
    answer = json.dumps({"status": "ok", "message": {"items": items}})

    def faults(number: int, request: Request) -> Fault | None:
        return Fault(status=200, body=answer) if request.kind == "list" else None

    with CrossrefServer(faults=faults) as server:
        lookups = by_doi(Crossref(server.url, patience=patience), ["10.5555/work.1", "10.5555/work.2"])
    assert dois_of(lookups["10.5555/work.1"]) == ["10.5555/work.1"]
    assert isinstance(lookups["10.5555/work.2"], NotFound)


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=404, headers={"Content-Type": "text/html"}, body="<h1>Not found</h1>"),
        Fault(status=404, body="404 page not found"),
        Fault(status=404),
        HTML,
        Fault(status=200, body=""),
        Fault(status=200, body="null"),
        Fault(status=200, body='{"message": null}'),
        Fault(status=200, body='{"message": {"DOI": 5}}'),
        Fault(status=200, body="[" * 100_000),
        Fault(status=204),
        Fault(status=418),
        Fault(status=500),
        Fault(drop=True),
        Fault(cut=True),
        Fault(seconds=0.4),
    ],
    ids=str,
)
def test_no_bad_answer_is_a_not_found(fault: Fault, patience: Patience, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(POOLS, "public", (1000, 1000, 1))
    with CrossrefServer([made_up_work(1), made_up_work(2)], faults=lambda n, request: fault) as server:
        crossref = Crossref(server.url, patience=patience)
        single = by_doi(crossref, ["10.5555/work.1"])["10.5555/work.1"]
        listed = by_doi(crossref, ["10.5555/work.1", "10.5555/work.2"])
        found = like(crossref, [reference_to(1)])
    for lookup in (single, *listed.values(), *found):
        assert isinstance(lookup, Unavailable)
        assert "127.0.0.1" in lookup.reason


PASSING = [
    *(Fault(status=429), Fault(status=429, states_limits=False), Fault(status=503), Fault(status=500)),
    *(HTML, Fault(drop=True), Fault(cut=True), Fault(seconds=0.4)),
]


@pytest.mark.parametrize("fault", PASSING, ids=str)
def test_what_passes_is_tried_again(fault: Fault, patience: Patience) -> None:
    with CrossrefServer([made_up_work(1)], faults=lambda n, request: fault if n < 2 else None) as server:
        lookup = by_doi(Crossref(server.url, patience=patience), ["10.5555/work.1"])["10.5555/work.1"]
    assert dois_of(lookup) == ["10.5555/work.1"]
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("after", "least"),
    [
        ("0.2", 0.2),
        ("0", 0.0),
        ("soon", 0.0),
        (format_datetime(datetime(2020, 1, 1, tzinfo=UTC), usegmt=True), 0.0),
    ],
)
def test_retry_after_is_kept(after: str, least: float, patience: Patience) -> None:
    fault = Fault(status=503, headers={"Retry-After": after})
    with CrossrefServer([made_up_work(1)], faults=lambda n, request: fault if n < 1 else None) as server:
        lookup = by_doi(Crossref(server.url, patience=patience), ["10.5555/work.1"])["10.5555/work.1"]
    assert dois_of(lookup) == ["10.5555/work.1"]
    first, second = server.requests
    assert least <= second.at - first.at < least + 1.5


@pytest.mark.parametrize(
    "after", ["3600", format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)], ids=["seconds", "date"]
)
def test_who_asks_for_an_hour_is_not_waited_for(after: str, patience: Patience) -> None:
    fault = Fault(status=429, headers={"Retry-After": after})
    with CrossrefServer(faults=lambda n, request: fault) as server:
        lookups = by_doi(Crossref(server.url, patience=patience), ["10.5555/a,1", "10.5555/a,2", "10.5555/a,3"])
    assert len(server.requests) == 1
    for lookup in lookups.values():
        assert isinstance(lookup, Unavailable)
        assert "come back in" in lookup.reason


def test_who_puts_off_again_and_again_is_given_up(patience: Patience) -> None:
    fault = Fault(status=429, headers={"Retry-After": "0.9"})
    with CrossrefServer(faults=lambda n, request: fault) as server:
        lookups = by_doi(Crossref(server.url, patience=replace(patience, attempts=100)), ["10.5555/a,1", "10.5555/a,2"])
    assert len(server.requests) <= 4
    assert all(isinstance(lookup, Unavailable) and "come back in" in lookup.reason for lookup in lookups.values())


def test_an_answer_without_end_is_waited_for_once(patience: Patience) -> None:
    with CrossrefServer([made_up_work(1)], faults=lambda n, request: Fault(trickle=0.05)) as server:
        lookups = by_doi(Crossref(server.url, patience=replace(patience, whole=0.5)), ["10.5555/work.1", "10.5555/a,2"])
    assert len(server.requests) == 1
    assert all(isinstance(lookup, Unavailable) and "did not finish" in lookup.reason for lookup in lookups.values())


@pytest.mark.parametrize(("status", "requests"), [(401, 1), (403, 2)])
def test_a_block_is_not_tried_again(status: int, requests: int, patience: Patience) -> None:
    with CrossrefServer(faults=lambda n, request: Fault(status=status)) as server:
        lookups = by_doi(Crossref(server.url, patience=patience), [f"10.5555/a,{n}" for n in range(50)])
    assert len(server.requests) == requests
    assert all(isinstance(lookup, Unavailable) and str(status) in lookup.reason for lookup in lookups.values())


@pytest.mark.parametrize("address", ["http://127.0.0.1:{port}", "http://no-such-host.invalid", "ftp://127.0.0.1"])
def test_a_service_that_is_down_is_down_for_all(address: str) -> None:
    crossref = Crossref(address.format(port=closed_port()))
    lookups = by_doi(crossref, [f"10.5555/work.{n}" for n in range(2000)])
    assert len(lookups) == 2000
    assert all(isinstance(lookup, Unavailable) and lookup.reason for lookup in lookups.values())


def test_a_server_full_of_errors_is_left_alone(patience: Patience) -> None:
    with CrossrefServer(faults=lambda n, request: Fault(status=500)) as server:
        like(Crossref(server.url, patience=patience), [reference_to(n) for n in range(200)])
    assert len(server.requests) <= 8


def test_it_stops_where_half_of_the_answers_are_errors(patience: Patience) -> None:
    def faults(number: int, request: Request) -> Fault | None:
        return Fault(status=500) if number % 2 else None

    with CrossrefServer((made_up_work(n) for n in range(300)), faults=faults, interval=0.001) as server:
        lookups = like(Crossref(server.url, token="t", patience=patience), [reference_to(n) for n in range(300)])
    assert 35 <= len(server.requests) <= 60
    assert all(isinstance(lookup, Found | Unavailable) for lookup in lookups)
    assert "answers were errors" in next(lookup.reason for lookup in lookups if isinstance(lookup, Unavailable))


@pytest.mark.parametrize(("mailto", "rate", "at_once"), [("", 1, 1), ("a@example.org", 3, 3)])
def test_the_limits_of_the_pool_are_kept(mailto: str, rate: int, at_once: int, patience: Patience) -> None:
    with CrossrefServer((made_up_work(n) for n in range(30)), interval=0.3, enforce=True) as server:
        started = time.perf_counter()
        lookups = like(Crossref(server.url, mailto=mailto, patience=patience), [reference_to(n) for n in range(6)])
        took = time.perf_counter() - started
    assert all(isinstance(lookup, Found) for lookup in lookups)
    assert server.most_at_once <= at_once
    assert server.count(429) <= 2
    assert 5 / rate * 0.3 <= took < 3 * 6 / rate * 0.3 + 1


def test_limits_that_are_enforced_and_not_stated_are_found_by_backing_off(
    patience: Patience, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(POOLS, "public", (100, 100, 1))
    patience = replace(patience, longest_wait=0.3)
    with CrossrefServer((made_up_work(n) for n in range(30)), interval=0.2, enforce=True, state_limits=False) as server:
        lookups = like(Crossref(server.url, patience=patience), [reference_to(n) for n in range(4)])
    assert all(isinstance(lookup, Found) for lookup in lookups)
    assert 1 <= server.count(429) <= 4


def test_whole_records_are_asked_for_where_a_selected_field_is_rejected(patience: Patience) -> None:
    with CrossrefServer((made_up_work(n) for n in range(100)), selectable=SELECTABLE - {"approved"}) as server:
        crossref = Crossref(server.url, patience=patience)
        lookups = by_doi(crossref, [f"10.5555/work.{n}" for n in range(80)])
    assert all(isinstance(lookup, Found) for lookup in lookups.values())
    assert server.count(400) <= 2
    assert len(server.requests) <= 4


def test_a_list_that_is_rejected_is_asked_for_singly(patience: Patience) -> None:
    def faults(number: int, request: Request) -> Fault | None:
        return Fault(status=414) if request.kind == "list" else None

    with CrossrefServer((made_up_work(n) for n in range(4)), faults=faults) as server:
        lookups = by_doi(Crossref(server.url, patience=patience), [f"10.5555/work.{n}" for n in range(4)])
    assert all(isinstance(lookup, Found) for lookup in lookups.values())


def test_selected_fields_are_ones_that_crossref_knows_and_a_record_needs() -> None:
    selected = set(SELECT.split(","))
    assert selected <= SELECTABLE
    assert selected == set(FIELDS) & SELECTABLE


def test_a_search_sends_the_whole_string_and_nothing_else(patience: Patience) -> None:
    with CrossrefServer(made_up_work(n) for n in range(30)) as server:
        (lookup,) = like(Crossref(server.url, patience=patience), [reference_to(17, doi="")])
    assert dois_of(lookup)[0] == "10.5555/work.17"
    assert len(dois_of(lookup)) == 5
    query = server.requests[0].path.partition("?")[2]
    assert [part.partition("=")[0] for part in query.split("&")] == ["query.bibliographic", "rows", "select"]
    assert unquote(query.split("&")[0].partition("=")[2]) == reference_to(17).raw


def test_a_search_without_results_is_not_found(patience: Patience) -> None:
    with CrossrefServer() as server:
        (lookup,) = like(Crossref(server.url, patience=patience), [reference_to(1)])
    assert isinstance(lookup, NotFound)
    assert not lookup.complete


def test_an_endless_answer_is_not_read_to_its_end(patience: Patience, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("litcheck.sources.asking.LARGEST_BODY", 1000)
    with CrossrefServer([made_up_work(1, title=["long " * 1000])]) as server:
        lookup = by_doi(Crossref(server.url, patience=patience), ["10.5555/work.1"])["10.5555/work.1"]
    assert isinstance(lookup, Unavailable)
    assert len(server.requests) == 1


def test_kinds_that_are_not_registered_are_not_covered() -> None:
    crossref = Crossref("http://127.0.0.1:9")
    assert crossref.covers(reference_to(1))
    assert not crossref.covers(reference_to(1, type="webpage"))
    assert crossref.covers(reference_to(1, type="webpage", container_title="Journal of Marshes", volume="3"))
    assert crossref.use().note == "public pool"
