"""Prefect for tests: one temporary server a session, quiet, and nothing sent anywhere."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

# Before anything imports prefect, which reads them once.
os.environ["PREFECT_LOGGING_LEVEL"] = "CRITICAL"
import flows  # noqa: F401  sets what keeps prefect from calling home


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A temporary Prefect server and database; costs seconds, so it is entered once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PREFECT_HOME", str(tmp_path_factory.mktemp("prefect")))
        from prefect.testing.utilities import prefect_test_harness

        with prefect_test_harness(server_startup_timeout=120):
            yield


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """A local index of the records that ship with the demo, declared complete as the demo does."""
    from litcheck.demo import build_demo_index

    directory = tmp_path / "index"
    build_demo_index(directory)
    return directory
