"""What every test gets: its own cache, no settings from outside, and the shared data where there is some."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from litcheck.settings import SOURCE_URLS

# Examples may take their time on a machine that is shared. On CI, hypothesis itself makes them the same in every run.
settings.register_profile("patient", parent=settings(), deadline=None)
settings.load_profile("patient")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(autouse=True)
def isolated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test reads the user's cache, settings or environment, or reaches the public services."""
    import os

    for name in os.environ:
        if name.startswith("LITCHECK_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("LITCHECK_CACHE", str(tmp_path / "cache.sqlite"))
    for name in SOURCE_URLS:
        monkeypatch.setenv(f"LITCHECK_{name.upper()}_URL", "http://127.0.0.1:9")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real manuscripts and registry records that lie beside the project, never in it."""
    data = SHARED / "data"
    if not data.is_dir():
        pytest.skip("the shared data is not beside the project (../shared/data), so what it measures is not checked here")
    return data
