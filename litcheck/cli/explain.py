"""``litcheck explain CODE``: what a finding means and what to do."""

from __future__ import annotations

import click

from litcheck.cli.output import print_data
from litcheck.errors import UnusableError


@click.command("explain")
@click.argument("code", metavar="CODE")
def command(code: str) -> None:
    """Explain one rule, by its code (LC202) or its name (year-mismatch)."""
    from litcheck.rules import RULES

    wanted = code.strip().lower()
    for rule in RULES:
        if wanted in (rule.code.lower(), rule.name):
            head = f"{rule.code} {rule.name} ({rule.severity.word}; needs {rule.needs.value})"
            print_data(f"{head}\n\n{rule.documentation.strip()}\n")
            return
    raise UnusableError(f"there is no rule {code}; `litcheck rules` lists them all")
