"""Which sources settings open."""

from __future__ import annotations

from pathlib import Path

import pytest

from litcheck.errors import UnusableSettings
from litcheck.settings import Settings
from litcheck.sources import open_sources
from tests.crossref_server import CrossrefServer
from tests.made_up_works import made_up_work, reference_to


def test_settings_name_the_sources(tmp_path: Path) -> None:
    with CrossrefServer([made_up_work(1)], elsewhere={"10.5281/z": "DataCite"}) as server:
        urls = {"crossref": server.url, "doi": server.url}
        settings = Settings(urls=urls, mailto="a@example.org", crossref_token="t0ken", cache=tmp_path / "cache")
        with open_sources(settings) as sources:
            evidence = sources.resolve(
                [reference_to(1), reference_to(2, doi="10.5281/z")], accepts=lambda reference, record: True
            )
            assert [use.name for use in sources.uses()] == ["crossref", "doi.org"]
    assert evidence[0].doi_record is not None
    assert evidence[0].covered
    assert evidence[1].registration is not None
    assert server.requests[0].headers["Crossref-Plus-API-Token"] == "Bearer t0ken"
    assert (tmp_path / "cache").is_file()


def test_offline_nothing_is_opened(tmp_path: Path) -> None:
    with open_sources(Settings(offline=True, cache=tmp_path / "cache")) as sources:
        assert sources.uses() == ()
        (evidence,) = sources.resolve([reference_to(1)], accepts=lambda reference, record: True)
    assert not evidence.covered
    assert "offline" in evidence.unavailable[0].reason


@pytest.mark.parametrize(("names", "used"), [(("doi.org",), ["doi.org"]), (("crossref",), ["crossref"]), ((), [])])
def test_sources_can_be_off(names: tuple[str, ...], used: list[str], tmp_path: Path) -> None:
    with open_sources(Settings(sources=names, cache=tmp_path / "cache")) as sources:
        assert [use.name for use in sources.uses()] == used


def test_a_source_that_nobody_knows_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnusableSettings, match="scopus"):
        open_sources(Settings(sources=("crossref", "scopus"), cache=tmp_path / "cache"))


def test_what_a_mirror_lacks_is_asked_again_elsewhere(tmp_path: Path) -> None:
    for held in ([], [made_up_work(1)]):
        with CrossrefServer(held) as server:
            settings = Settings(urls={"crossref": server.url, "doi": server.url}, cache=tmp_path / "cache")
            with open_sources(settings) as sources:
                (evidence,) = sources.resolve([reference_to(1)], accepts=lambda reference, record: True)
        assert (evidence.doi_record is not None) == bool(held)


@pytest.mark.parametrize(
    ("variable", "value"),
    [("ALL_PROXY", "socks5://127.0.0.1:9"), ("HTTP_PROXY", "nonsense://127.0.0.1"), ("SSL_CERT_FILE", "/nowhere/at/all.pem")],
)
def test_a_network_that_the_environment_makes_unusable_is_said(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(variable, value)
    settings = Settings(urls={"crossref": "http://127.0.0.1:9", "doi": "http://127.0.0.1:9"}, cache=tmp_path / "cache")
    with open_sources(settings) as sources, pytest.raises(UnusableSettings, match=variable):
        sources.resolve([reference_to(1)], accepts=lambda reference, record: True)


def test_a_password_in_an_address_is_sent_and_never_shown(tmp_path: Path) -> None:
    with CrossrefServer([made_up_work(1)]) as server:
        address = server.url.replace("//", "//me:s%65cret@")
        settings = Settings(urls={"crossref": address, "doi": address}, cache=tmp_path / "cache")
        for _ in range(2):  # the second time from the cache
            with open_sources(settings) as sources:
                shown = repr((sources.resolve([reference_to(1), reference_to(2)], accepts=lambda *_: True), sources.uses()))
    assert server.url in shown
    assert "cret" not in shown
    assert {request.headers["Authorization"] for request in server.requests} == {"Basic bWU6c2VjcmV0"}
    asked = len(server.requests)
    settings = Settings(urls={"crossref": "http://me:s%65cret@127.0.0.1:9", "doi": address}, cache=tmp_path / "none")
    with open_sources(settings) as sources:
        assert "cret" not in repr(sources.resolve([reference_to(1)], accepts=lambda *_: True))
    assert len(server.requests) == asked
