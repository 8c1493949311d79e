"""The command line as a function of its arguments."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from litcheck.cli import main


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def rows(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Litcheck = Callable[..., Ended]


@pytest.fixture
def litcheck(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Litcheck:
    """Runs ``litcheck ARGUMENTS`` in this process, in a directory of its own."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | os.PathLike[str]) -> Ended:
        monkeypatch.setattr(sys, "argv", ["litcheck", *(os.fspath(argument) for argument in arguments)])
        capfd.readouterr()
        status = 0
        try:
            main()
        except SystemExit as ended:
            status = ended.code if isinstance(ended.code, int) else 1 if ended.code else 0
        out, err = capfd.readouterr()
        return Ended(status=status, out=out, err=err)

    return run
