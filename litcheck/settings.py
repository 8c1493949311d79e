"""Settings: from ``pyproject.toml [tool.litcheck]`` or ``litcheck.toml``, then ``LITCHECK_*``, then options; the last one wins."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from litcheck.errors import UnusableSettings
from litcheck.findings import Severity

#: Public addresses of the services asked, each replaceable by ``LITCHECK_<NAME>_URL``.
SOURCE_URLS: Mapping[str, str] = {
    "crossref": "https://api.crossref.org",
    "doi": "https://doi.org",
}

#: The sources asked, in order, unless ``sources`` says otherwise.
DEFAULT_SOURCES = ("crossref", "doi.org")

#: ``fail_on = "never"``.
NEVER = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that a run may be told. Paths are as given; ``None`` for ``cache`` means the platform's usual place."""

    offline: bool = False
    indexes: tuple[Path, ...] = ()
    cache: Path | None = None
    sources: tuple[str, ...] = DEFAULT_SOURCES
    urls: Mapping[str, str] = field(default_factory=lambda: dict(SOURCE_URLS))
    mailto: str = ""
    crossref_token: str = field(default="", repr=False)
    db: Path | None = Path("litcheck.duckdb")
    style: str = ""
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    fail_on: Severity | None = Severity.ERROR
    jobs: int = 1


def load_settings(
    directory: Path, environment: Mapping[str, str] = os.environ, **options: Any
) -> Settings:
    """The settings that hold in ``directory``. ``options`` whose value is ``None`` were not given.

    Raises ``UnusableSettings`` for an unknown name or a value that means nothing, saying where it stands.
    """
    raise NotImplementedError
