"""What tests of sources share."""

from __future__ import annotations

import pytest

from litcheck.sources.answers import Patience, Terms
from litcheck.sources.catalogue import ANY
from litcheck.sources.opening import CATALOGUES
from litcheck.sources.pacing import Rate


@pytest.fixture
def patience() -> Patience:
    """Retries in milliseconds, so that every way to fail is over at once."""
    return Patience(attempts=4, first_wait=0.001, longest_wait=0.004, connect=1.0, silence=0.25, whole=2.0, pause=2.0)


@pytest.fixture(autouse=True)
def no_hurry_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Catalogues that may be asked a thousand times a second: only what tests their pace waits for it."""
    for catalogue in CATALOGUES.values():
        monkeypatch.setattr(catalogue, "terms", Terms(rates={ANY: Rate(1000, 1)}, at_once=catalogue.terms.at_once))
