"""The terminal report keeps to its width, comes worst first and says nothing twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from litcheck.findings import Comparison, Finding, FindingEvidence, Place, Severity
from litcheck.run import CheckedDocument, Run
from reports import render
from reports.text import render_text

RunMaker = Callable[..., Run]
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def document_with(*findings: Finding, path: str = "a.txt") -> CheckedDocument:
    return CheckedDocument(path=path, sha256="", format="text", style="apa", findings=findings)


def finding(message: str, code: str = "LC502", severity: Severity = Severity.WARNING, *compared: Comparison) -> Finding:
    return Finding(code=code, name="a-name", severity=severity, message=message, evidence=FindingEvidence(compared=compared))


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_longer_than_the_width(named_run: tuple[str, Run], width: int) -> None:
    for line in render_text(named_run[1], width=width).splitlines():
        assert cell_len(line) <= width
        assert line == line.rstrip()


@given(message=st.text(max_size=300), width=st.integers(40, 130))
def test_any_message_is_wrapped(run_with_documents: RunMaker, message: str, width: int) -> None:
    run = run_with_documents(document_with(finding(message)))
    for line in render_text(run, width=width).splitlines():
        assert cell_len(line) <= width


def test_colour_changes_nothing_but_colour(named_run: tuple[str, Run]) -> None:
    plain, colour = (render_text(named_run[1], width=80, colour=colour) for colour in (False, True))
    assert "\x1b" not in plain
    assert COLOUR.sub("", colour) == plain


def test_plain_text_is_the_default(typical_run: Run) -> None:
    assert render(typical_run, "text") == render_text(typical_run, width=80, colour=False)


def test_worst_comes_first_and_codes_stand_together(run_with_documents: RunMaker) -> None:
    shown = render_text(
        run_with_documents(
            document_with(
                finding("one", "LC502"),
                finding("two", "LC404", Severity.INFO),
                finding("three", "LC501", Severity.ERROR),
                finding("four", "LC502"),
                finding("five", "LC102", Severity.ERROR),
            )
        )
    )
    assert re.findall(r"^LC\d+|^\d+ [A-Z]+|one|two|three|four|five", shown, re.MULTILINE) == [
        *("2 ERRORS", "LC102", "five", "LC501", "three"),
        *("2 WARNINGS", "LC502", "one", "four"),
        *("1 NOTE", "LC404", "two"),
    ]


def test_the_same_finding_on_several_pages_is_said_once_with_all_of_them(run_with_documents: RunMaker) -> None:
    found = finding("No citation names this entry.")
    around = {"start": 0, "end": 1, "line": 7, "column": 492, "before": "", "quote": "a", "after": ""}
    places = [Place(**around, page=page) for page in (3, 3, 12, 3)]  # type: ignore[arg-type]  # of several types
    document = document_with(*(replace(found, place=place) for place in places), path="paper.pdf")
    shown = render_text(run_with_documents(document))
    assert "  paper.pdf, page 3\n    No citation names this entry.\n    also at page 3 (2 times), page 12\n" in shown
    assert "492" not in shown


def test_values_that_the_message_says_are_not_said_again(run_with_documents: RunMaker) -> None:
    year = Comparison(field="year", manuscript="2019", record="2020")
    told = finding("The manuscript says 2019, the record 2020.", "LC202", Severity.WARNING, year)
    untold = finding("The year differs.", "LC202", Severity.WARNING, year)
    shown = [render_text(run_with_documents(document_with(f))) for f in (told, untold)]
    assert ["manuscript  2019\n      entry       2020" in text for text in shown] == [False, True]


def test_what_is_said_of_many_places_is_said_once(typical_run: Run) -> None:
    assert render_text(typical_run).count("No citation names this entry.") == 1
    assert "also at 44:1" in render_text(typical_run)


def test_many_findings_are_announced(run_with_documents: RunMaker) -> None:
    findings = [finding(f"message {n}") for n in range(6)]
    assert "  6 a-name\n" in render_text(run_with_documents(document_with(*findings)))
    assert "  5 a-name\n" not in render_text(run_with_documents(document_with(*findings[:5])))


def test_a_document_with_nothing_to_check_says_so_and_counts_nothing(run_with_documents: RunMaker) -> None:
    shown = render_text(run_with_documents(replace(document_with(), nothing_to_check=True)))
    assert "Nothing to check: the document has neither citations nor a reference list." in shown
    assert "0 references" not in shown


@pytest.mark.parametrize(("source", "other"), [("crossref", "record"), ("", "entry")])
def test_what_the_manuscript_is_compared_with_is_named(run_with_documents: RunMaker, source: str, other: str) -> None:
    year = Comparison(field="year", manuscript="2019", record="2020")
    about = replace(finding("The year differs."), evidence=FindingEvidence(source=source, compared=(year,)))
    run = run_with_documents(document_with(about))
    assert f"      {other:<12}2020\n" in render_text(run)
    assert f"the {other} says 2020" in render(run, "md")
    assert f'data-side="{other.capitalize()}"' in render(run, "html")


def test_a_subject_that_the_message_names_is_not_named_twice(typical_run: Run, run_with_documents: RunMaker) -> None:
    document = typical_run.documents[0]
    shown = [
        render_text(run_with_documents(replace(document, findings=(replace(document.findings[0], message=message),))))
        for message in ("No entry.", "The text cites “Ito, 1977”.")
    ]
    assert [text.count("Ito, 1977") for text in shown] == [1, 1]
