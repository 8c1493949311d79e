"""The JSON report is what its schema and ``interfaces.md`` say."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]

from litcheck.run import Run
from reports import render


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(files("reports").joinpath("litcheck-1.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(loaded)
    return loaded


def test_a_report_is_valid(named_run: tuple[str, Run], schema: dict[str, Any]) -> None:
    report = json.loads(render(named_run[1], "json"))
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(report)


def test_lines_are_valid_one_a_document(named_run: tuple[str, Run], schema: dict[str, Any]) -> None:
    run = named_run[1]
    rows = [json.loads(line) for line in render(run, "jsonl").split("\n") if line]
    assert [row["document"]["path"] for row in rows] == [document.path for document in run.documents]
    for row in rows:
        Draft202012Validator(schema | {"$ref": "#/$defs/line"}).validate(row)


def test_the_schema_refuses_what_is_no_report(schema: dict[str, Any], typical_run: Run) -> None:
    report = json.loads(render(typical_run, "json"))
    report["documents"][0]["references"][0]["status"] = "fake"
    del report["documents"][0]["findings"][0]["fingerprint"]
    said = sorted(error.message for error in Draft202012Validator(schema).iter_errors(report))
    assert [message.partition(" is")[0] for message in said] == ["'fake'", "'fingerprint'"]


def test_the_schema_says_every_field_that_is_written(schema: dict[str, Any], typical_run: Run) -> None:
    report = json.loads(render(typical_run, "json"))
    document = report["documents"][0]
    finding = next(f for f in document["findings"] if f["evidence"]["compared"])
    written = {
        "report": report,
        "run": report["run"],
        "source": report["run"]["sources"][0],
        "document": document,
        "reference": document["references"][0],
        "record": document["references"][0]["record"],
        "citation": document["citations"][0],
        "finding": finding,
        "evidence": finding["evidence"],
        "comparison": finding["evidence"]["compared"][0],
        "fix": finding["fix"],
    }
    assert {name: sorted(value) for name, value in written.items()} == {
        name: sorted(schema["$defs"][name]["properties"]) for name in written
    }


def test_the_fields_are_those_of_the_interface(typical_run: Run) -> None:
    report = json.loads(render(typical_run, "json"))
    document = report["documents"][0]
    assert report["schema"] == "litcheck/1"
    assert {"id", "started_at", "finished_at", "litcheck", "offline", "sources"} <= report["run"].keys()
    assert {"path", "sha256", "format", "style", "references", "citations", "findings"} <= document.keys()
    assert document["references"][0]["record"].keys() == {"source", "doi", "reference", "score", "fields", "fetched_at", "url"}
    assert document["references"][2]["record"] is None
    assert document["citations"][0] == {
        "start": 100,
        "end": 116,
        "text": "Lee & Roy, 2020",
        "form": "parenthetical",
        "references": ["r1"],
        "candidates": [],
    }
    assert (document["findings"][0]["severity"], document["findings"][0]["line"]) == ("error", 4)


def test_an_unknown_format_is_refused(typical_run: Run) -> None:
    with pytest.raises(ValueError, match="'docx'; it is one of text, json, jsonl, md, html"):
        render(typical_run, "docx")


def test_the_documented_example_is_valid_and_complete(schema: dict[str, Any]) -> None:
    page = (Path(__file__).parents[2] / "docs" / "json.md").read_text("utf-8")
    example = json.loads(page.partition("```json\n")[2].partition("```")[0])
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(example)
    statuses = schema["$defs"]["reference"]["properties"]["status"]["enum"]
    assert set(re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE)) >= set(statuses)
