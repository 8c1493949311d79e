"""``litcheck cite``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crossref_server import CrossrefServer, Fault
from tests.litcheck.cli.conftest import Litcheck
from tests.made_up_works import made_up_work


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> CrossrefServer:
    server = CrossrefServer(made_up_work(n) for n in range(3))
    monkeypatch.setenv("LITCHECK_DOI_URL", server.url)
    return server


def test_the_registry_s_entries_are_printed(litcheck: Litcheck, server: CrossrefServer, tmp_path: Path) -> None:
    with server:
        ended = litcheck("cite", "https://doi.org/10.5555/WORK.1", "10.5555/work.2")
        written = litcheck("cite", "10.5555/work.1", "--output", tmp_path / "one.bib")
    assert ended.status == written.status == 0
    assert ended.out.count("@article{") == 2
    assert "plant number 1" in ended.out
    assert (tmp_path / "one.bib").read_text("utf-8").startswith("@article{")
    assert {request.headers["Accept"] for request in server.requests} == {"application/x-bibtex"}


def test_a_style_asks_for_text(litcheck: Litcheck, server: CrossrefServer) -> None:
    with server:
        assert litcheck("cite", "10.5555/work.1", "--style", "apa").status == 0
        refused = litcheck("cite", "10.5555/work.1", "--style", "apa; q=1")
    (request,) = server.requests
    assert request.headers["Accept"].startswith("text/x-bibliography; style = apa")
    assert refused.status == 2


def test_what_is_not_registered_is_said_and_the_rest_printed(litcheck: Litcheck, server: CrossrefServer) -> None:
    with server:
        ended = litcheck("cite", "10.5555/none", "nonsense", "10.5555/work.1")
    assert ended.status == 1
    assert "10.5555/none is not registered" in ended.err
    assert "nonsense is no DOI" in ended.err
    assert ended.out.count("@article{") == 1


def test_what_cannot_be_asked_is_not_called_missing(litcheck: Litcheck, server: CrossrefServer) -> None:
    server.faults = lambda number, request: Fault(status=503)
    with server:
        ended = litcheck("cite", "10.5555/work.1")
    assert ended.status == 3
    assert "not registered" not in ended.err
    assert ended.out == ""


def test_offline_it_says_so(litcheck: Litcheck, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LITCHECK_OFFLINE", "1")
    ended = litcheck("cite", "10.5555/work.1")
    assert ended.status == 2
    assert "offline" in ended.err
