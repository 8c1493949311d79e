"""Writes the documentation pages that are made from the code: ``docs/rules.md`` from the rules' own docstrings.

usage: python docs/generate.py [--check]      (``--check`` writes nothing and fails if a page is not up to date)
"""

from __future__ import annotations

import sys
from pathlib import Path

from litcheck.rules import RULES

HERE = Path(__file__).resolve().parent


def rules_page() -> str:
    """The page that explains every rule."""
    table = "".join(
        f"| [{r.code}](#{r.code.lower()}-{r.name}) | {r.name} | {r.severity.word} | {r.needs.value} |\n" for r in RULES
    )
    parts = [
        "# Rules\n",
        "Made from the rules' docstrings by `python docs/generate.py`; `litcheck explain CODE` prints the same.\n",
        f"| code | name | usual severity | needs |\n| --- | --- | --- | --- |\n{table}",
    ]
    parts += [f"## {r.code} {r.name}\n\n{r.documentation.strip()}\n" for r in RULES]
    return "\n".join(parts)


def main() -> int:
    """Writes or checks every page; 1 if a checked page is stale."""
    stale = 0
    for path, text in ((HERE / "rules.md", rules_page()),):
        if "--check" not in sys.argv[1:]:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            sys.stderr.write(f"{path.name} is not up to date: run python docs/generate.py\n")
            stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main())
