"""``litcheck cache``: what the cache of the registries' answers holds, and clearing it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from litcheck.cli.options import settings_from
from litcheck.cli.output import print_data, say

if TYPE_CHECKING:
    from litcheck.sources.cache_upkeep import CacheInfo, KeptAnswers


@click.group("cache", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Tell what the cache of the registries' answers holds, or clear it.

    The file is that of the settings: `cache`, LITCHECK_CACHE, or the platform's place for caches.
    """


@command.command("info")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def info(format_: str) -> None:
    """Tell where the cache is and what it holds: how many answers of each source, how old, how large."""
    from litcheck.sources.cache_upkeep import read_cache_info

    found = read_cache_info(_path())
    print_data(json.dumps(_values(found), indent=1) + "\n" if format_ == "json" else _text(found))


@command.command("clear")
@click.option("--older-than", type=click.FloatRange(min=0), metavar="DAYS", default=0.0, help="Only answers that are so old.")
@click.option("--source", metavar="NAME", default="", help="Only the answers of this source, for example crossref.")
def clear(older_than: float, source: str) -> None:
    """Drop answers, all of them unless options say which; they will be asked for again."""
    from litcheck.errors import UnusableSettings
    from litcheck.settings import KNOWN_SOURCES
    from litcheck.sources.cache_upkeep import clear_cache

    if source and source not in KNOWN_SOURCES:
        raise UnusableSettings(f"there is no source {source!r}; there are: {', '.join(KNOWN_SOURCES)}.")
    dropped = clear_cache(_path(), source=source, older_than=timedelta(days=older_than))
    say(f"{_path()}: {dropped:,} {'answer' if dropped == 1 else 'answers'} dropped")


def _path() -> Path:
    from litcheck.sources.cache_file import default_path

    return settings_from().cache or default_path()


def _text(info: CacheInfo) -> str:
    from reports.escaping import printable

    total = sum(kept.count for kept in info.answers)
    rows = [("cache", str(info.path)), ("size", f"{info.size / 1e6:,.1f} MB"), ("answers", f"{total:,}")]
    rows += [(kept.source, _line(kept)) for kept in info.answers]
    return "".join(f"{label:12}{printable(value)}\n" for label, value in rows)


def _line(kept: KeptAnswers) -> str:
    nothing = f", {kept.empty:,} of them that there is nothing" if kept.empty else ""
    size = f"{kept.size / 1e6:,.1f} MB"
    return f"{kept.count:,} {kept.kind}{nothing}, {size}, {_age(kept.newest)} to {_age(kept.oldest)} old"


def _age(moment: datetime) -> str:
    hours = (datetime.now(UTC) - moment) / timedelta(hours=1)
    return f"{hours:.0f} h" if hours < 48 else f"{hours / 24:.0f} days"


def _values(info: CacheInfo) -> dict[str, Any]:
    from dataclasses import asdict

    answers = [asdict(kept) | {"oldest": kept.oldest.isoformat(), "newest": kept.newest.isoformat()} for kept in info.answers]
    return {"path": str(info.path), "size": info.size, "answers": answers}
