"""The manuscript that the project exists for: every citation as checked by hand, and what a good report says of it.

It lies beside the project (``../shared/data/case``), with a gold file of its citations; the index here holds the works behind
or beside its entries, declared complete.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from litcheck.checking import check
from litcheck.run import CheckedDocument
from litcheck.settings import Settings
from litcheck.sources.local_index import build_index
from tests.litcheck.cli.conftest import Litcheck

#: How the gold file says that a citation is in disorder, and the code that reports it.
CODES = {
    "missing-entry": "LC501",
    "authors-mismatch": "LC501",
    "authors-misspelled": "LC503",
    "year-and-authors-mismatch": "LC504",
    "et-al-single-author": "LC506",
    "et-al-two-authors": "LC506",
}
#: The entries that the gold's citation stands nearest to but must not be silently linked with.
UNLINKED = {"authors-mismatch", "year-and-authors-mismatch"}


@pytest.fixture(scope="module")
def case(shared_data: Path) -> Path:
    return shared_data / "case"


@pytest.fixture(scope="module")
def document(shared_data: Path, case: Path, tmp_path_factory: pytest.TempPathFactory) -> CheckedDocument:
    directory = tmp_path_factory.mktemp("case")
    build_index([shared_data / "works" / "case-works.jsonl.gz"], directory / "works", complete=True)
    settings = Settings(offline=True, indexes=(directory / "works",), cache=directory / "cache.sqlite", db=None)
    (checked,) = check([case / "manuscript.txt"], settings).documents
    return checked


@pytest.fixture(scope="module")
def gold(case: Path) -> Any:
    return json.loads((case / "manuscript.gold.json").read_text(encoding="utf-8"))


def test_all_entries_are_found_as_printed(document: CheckedDocument, gold: Any) -> None:
    assert [" ".join(r.raw.split()) for r in document.references] == [" ".join(r["raw"].split()) for r in gold["references"]]
    assert all(reference.csl.get("author") and reference.csl.get("issued") for reference in document.references)


def test_every_citation_is_found_and_linked_as_by_hand(document: CheckedDocument, gold: Any) -> None:
    said = {(c.start, c.end): c.references for c in document.citations}
    assert len(document.citations) == len(gold["citations"]) == 139
    wrong = []
    for citation in gold["citations"]:
        over = [refs for (start, end), refs in said.items() if start < citation["end"] and citation["start"] < end]
        linked = citation["rid"] is not None and citation["status"] not in UNLINKED
        if over != [(str(citation["rid"]),) if linked else ()]:
            wrong.append((citation["text"], citation["status"], over))
    assert wrong == []


def test_the_findings_about_citations_are_those_by_hand_and_no_others(document: CheckedDocument, gold: Any) -> None:
    expected = {(CODES[c["status"]], c["text"]) for c in gold["citations"] if c["status"] != "ok"}
    found = {
        (finding.code, document.citations[index].text)
        for finding in document.findings
        if finding.code.startswith("LC5") and finding.severity.word != "info"
        for index in finding.citations
    }
    assert {(code, text.split(" by ")[-1]) for code, text in found} == {(code, text.split(" by ")[-1]) for code, text in expected}
    uncited = [r for f in document.findings if f.code == "LC502" for r in f.references]
    titles = {r.id: r.csl["title"] for r in document.references}
    assert {titles[id_].split(":")[0] for id_ in uncited} == {
        "Attachment disorganization and neurobiological mechanisms of stress regulation",
        "Narcissistic personality disorder",
    }


def test_the_list_is_judged_by_what_the_index_holds(document: CheckedDocument) -> None:
    by_author = {r.raw.split(",")[0]: r for r in document.references}
    about = {name: {f.code for f in document.findings if r.id in f.references} for name, r in by_author.items()}
    messages = {r.raw.split(",")[0]: [f.message for f in document.findings if r.id in f.references] for r in document.references}
    assert {"LC201", "LC203"} <= about["Hualparuca-Olivera"]
    assert by_author["Hualparuca-Olivera"].status == "differs"
    neighbours = {
        "Eilert": "10.3390/brainsci13060884",
        "Ash": "10.3390/brainsci13101499",
        "Raftopoulos": "10.3389/fpsyt.2025.1620201",
        "Ren": "10.3389/fpsyg.2024.1387548",
    }
    for name, doi in neighbours.items():
        assert "LC109" in about[name], name
        assert any(doi in message for message in messages[name]), name
    assert any("“Ren, Topakas, & Patterson, 2024”, which agrees with that record" in message for message in messages["Ren"])
    assert {"LC109"} <= about["Weinberg"]
    assert {"LC109"} <= about["Arancibia"]
    books = [
        "Young",
        "Beck",
        "Gilbert",
        "Greenberg",
        "American Psychiatric Association. (2022). *Diagnostic and statistical manual",
    ]
    for reference in document.references:
        if any(reference.raw.startswith(book) for book in books):
            assert reference.status == "unverifiable"
            assert not {f.code for f in document.findings if reference.id in f.references} & {"LC103", "LC109", "LC101"}


def test_without_the_network_nothing_is_called_wrong(litcheck: Litcheck, case: Path) -> None:
    ended = litcheck("check", case / "manuscript.txt", "--no-db", "--format", "json", "--select", "LC0,LC1,LC2,LC3")
    assert ended.status == 3
    document = ended.json["documents"][0]
    assert [f["code"] for f in document["findings"]] == ["LC004"]
    assert Counter(r["status"] for r in document["references"]) == {"unavailable": 22, "unverifiable": 10}


def test_a_note_that_cites_nothing_has_nothing_to_check(litcheck: Litcheck, case: Path) -> None:
    ended = litcheck("check", case / "note-without-references.txt", "--no-db")
    assert ended.status == 0
    assert "Nothing to check" in ended.out
    assert "LC0" not in ended.out
