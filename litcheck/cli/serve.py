"""``litcheck serve``: still to come."""

from __future__ import annotations

import click

from litcheck.errors import UnusableError


@click.command("serve")
def command() -> None:
    """Serves the review page on loopback (still to come)."""
    raise UnusableError(
        "`serve` is still to come; until then, `litcheck report --format html --output report.html` gives a page to review"
    )
