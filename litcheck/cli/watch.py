"""``litcheck watch``: still to come."""

from __future__ import annotations

import click

from litcheck.errors import UnusableError


@click.command("watch")
def command() -> None:
    """Looks again at the works that stored runs cite (still to come)."""
    raise UnusableError("`watch` is still to come; until then, run `litcheck check` again: new retractions show as LC301")
