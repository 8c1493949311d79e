"""What tests of sources share."""

from __future__ import annotations

import pytest

from litcheck.sources.answers import Patience


@pytest.fixture
def patience() -> Patience:
    """Retries in milliseconds, so that every way to fail is over at once."""
    return Patience(attempts=4, first_wait=0.001, longest_wait=0.004, connect=1.0, silence=0.25, whole=2.0, pause=2.0)
