"""Documents that would do harm: a message that says what to do, exit status 2, and nothing of what they reach for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.litcheck.cli.conftest import Litcheck
from tests.litcheck.documents.hostile import HOSTILE


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_refused(litcheck: Litcheck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("LITCHECK_MAX_SECONDS", str(HOSTILE[name].seconds))
    HOSTILE[name].write(tmp_path / name)
    ended = litcheck("check", name, "--offline", "--no-db")
    assert (ended.status, ended.out) == (2, ""), ended.err
    assert HOSTILE[name].says in ended.err
    assert name in ended.err
    assert "Traceback" not in ended.err
    assert "root:" not in ended.err
