"""Every rule is declared, named, filed and documented as the catalogue promises."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

import litcheck.rules
from litcheck.rules import RULES, Rule
from litcheck.rules.registry import DOCUMENTATION_PARTS

FOLDER = Path(litcheck.rules.__file__).parent
FILES = sorted(FOLDER.glob("lc[0-9]*.py"))


def test_codes_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert all(re.fullmatch(r"LC[0-5]\d\d", code) for code in codes)


def test_names_are_unique() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_each_rule_has_its_own_file_and_each_file_its_rule() -> None:
    assert [f"{rule.code.lower()}_{rule.name.replace('-', '_')}" for rule in RULES] == [path.stem for path in FILES]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_file_holds_the_rule_under_its_name(rule: Rule) -> None:
    name = rule.name.replace("-", "_")
    module = importlib.import_module(f"litcheck.rules.{rule.code.lower()}_{name}")
    assert getattr(module, name) is rule


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_documentation_is_complete(rule: Rule) -> None:
    summary, *paragraphs = rule.documentation.split("\n\n")
    assert rule.summary.endswith(".")
    assert summary.replace("\n", " ") == rule.summary
    begun = [part for paragraph in paragraphs for part in DOCUMENTATION_PARTS if paragraph.startswith(f"{part}: ")]
    assert begun == list(DOCUMENTATION_PARTS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_rules_import_neither_each_other_nor_any_io(path: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            imported.add(node.module or "")
        elif isinstance(node, ast.Import):
            imported.update(alias.name for alias in node.names)
    assert not {name for name in imported if re.match(r"litcheck\.rules\.lc\d", name)}
    forbidden = ("litcheck.sources", "litcheck.store", "litcheck.cli", "httpx", "duckdb", "os", "pathlib", "socket", "subprocess")
    assert not {name for name in imported if name.startswith(forbidden)}


def test_importing_the_rules_imports_nothing_heavy() -> None:
    probe = "import sys, litcheck.rules; print(*sorted(m for m in sys.modules if '.' not in m))"
    loaded = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout.split()
    assert not {"prefect", "duckdb", "httpx", "tantivy", "pyarrow", "bibtexparser", "pycrfsuite"} & set(loaded)
