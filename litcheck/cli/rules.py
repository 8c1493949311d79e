"""``litcheck rules``: the table of rules."""

from __future__ import annotations

import json

import click

from litcheck.cli.output import print_data


@click.command("rules")
@click.option("--format", "format_", type=click.Choice(["text", "json", "md"]), default="text", show_default=True)
def command(format_: str) -> None:
    """List the rules: code, severity, name, and what each needs."""
    from litcheck.rules import RULES

    if format_ == "json":
        rows = [
            {"code": r.code, "name": r.name, "severity": r.severity.word, "needs": r.needs.value, "summary": r.summary}
            for r in RULES
        ]
        print_data(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    elif format_ == "md":
        print_data("| code | name | severity | says | needs |\n| --- | --- | --- | --- | --- |\n")
        for r in RULES:
            print_data(f"| {r.code} | {r.name} | {r.severity.word} | {r.summary} | {r.needs.value} |\n")
    else:
        print_data("".join(f"{r.code}  {r.severity.word:8}{r.name:24} {r.summary}\n" for r in RULES))
