"""``litcheck --help`` imports nothing heavy."""

from __future__ import annotations

import json
import subprocess
import sys

from litcheck.cli import COMMANDS

HEAVY = {
    "asyncio",
    "bibtexparser",
    "duckdb",
    "habanero",
    "httpx",
    "jinja2",
    "prefect",
    "pyarrow",
    "rapidfuzz",
    "rich",
    "rispy",
    "sqlite3",
    "tantivy",
}

PROGRAM = """
import json, sys
from litcheck.cli import main
sys.argv = ["litcheck", {argument!r}]
try:
    main()
except SystemExit:
    pass
print(json.dumps(sorted(sys.modules)))
"""


def loaded_by(argument: str) -> tuple[str, set[str]]:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(argument=argument)], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    *said, modules = run.stdout.splitlines()
    return "\n".join(said), set(json.loads(modules))


def test_help_names_every_command_and_loads_nothing_heavy() -> None:
    said, modules = loaded_by("--help")
    assert [name for name in COMMANDS if f"  {name} " not in said] == []
    assert modules & HEAVY == set()
    assert {m for m in modules if m.split(".")[0] in {"bib", "reports", "flows"}} == set()
    assert {m for m in modules if m.startswith("litcheck.")} == {"litcheck.cli", "litcheck.errors"}


def test_every_command_answers_help_without_anything_heavy() -> None:
    program = PROGRAM.replace("main()", "[main_of(name) for name in COMMANDS]").replace(
        "from litcheck.cli import main",
        "from litcheck.cli import COMMANDS, cli\n\ndef main_of(name):\n    cli.main([name, '--help'], standalone_mode=False)",
    )
    run = subprocess.run(
        [sys.executable, "-c", program.format(argument="--help")], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert set(json.loads(run.stdout.splitlines()[-1])) & HEAVY == set()
    assert run.stdout.count("Usage:") == len(COMMANDS)
