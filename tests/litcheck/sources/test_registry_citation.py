"""habanero behind its adapter, against a server on loopback, since respx does not see its requests."""

from __future__ import annotations

import pytest
from habanero import Crossref as Habanero  # type: ignore[import-untyped]  # it has no annotations
from habanero.select import validate_select  # type: ignore[import-untyped]

from litcheck.sources.answers import CouldNotAsk
from litcheck.sources.crossref import SELECT
from litcheck.sources.registry_citation import registry_citation
from tests.crossref_server import HTML, CrossrefServer, Fault
from tests.made_up_works import made_up_work


@pytest.mark.parametrize("doi", ["10.1000/ab#12", "10.1000/a b", "10.1000/100%25", "10.1000/a?b=c", "10.1000/1<2>3"])
def test_the_entry_of_exactly_that_doi(doi: str) -> None:
    works = [made_up_work(n, DOI=other) for n, other in enumerate([doi, "10.1000/ab", "10.1000/a", "10.1000/100%"])]
    with CrossrefServer(works) as server:
        entry = registry_citation(doi, address=server.url)
    assert entry is not None
    assert "plant number 0" in entry


def test_a_doi_that_is_not_registered_has_none() -> None:
    with CrossrefServer() as server:
        assert registry_citation("10.1000/none", address=server.url) is None


@pytest.mark.parametrize("fault", [Fault(status=500), Fault(status=429), HTML, Fault(drop=True)], ids=str)
def test_a_failure_is_not_an_absence(fault: Fault) -> None:
    with CrossrefServer([made_up_work(1)], faults=lambda n, request: fault) as server, pytest.raises(CouldNotAsk):
        registry_citation("10.5555/work.1", address=server.url)


def test_the_names_that_we_send_are_names_that_habanero_knows() -> None:
    validate_select(SELECT)
    assert "doi" in Habanero().filter_names()
