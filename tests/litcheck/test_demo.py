"""The shipped example: what is planted in it is found, and nothing else is said at warning or error."""

from __future__ import annotations

import json
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from litcheck.checking import check
from litcheck.demo import build_demo_index, manuscript_path
from litcheck.findings import Finding, Severity
from litcheck.run import CheckedDocument
from litcheck.settings import Settings

#: Each planted error: its code, and how the entry or the citation that it is in begins.
PLANTED = {
    ("LC202", "Meehl, P. E."),
    ("LC204", "Ioanidis, J. P. A."),
    ("LC102", "Franklin, R. E."),
    ("LC109", "Quillfeather, O. P."),
    ("LC301", "Wakefield, A. J."),
    ("LC502", "Granovetter, M. S."),
    ("LC501", "Popper, 1959"),
    ("LC506", "Begley et al."),
}


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> CheckedDocument:
    """The example after the check that ``litcheck demo`` makes."""
    directory = tmp_path_factory.mktemp("demo")
    build_demo_index(directory / "demo")
    settings = Settings(offline=True, indexes=(directory / "demo",), cache=directory / "cache.sqlite", db=None)
    with manuscript_path() as manuscript:
        return check([manuscript], settings).documents[0]


def about(document: CheckedDocument, finding: Finding) -> str:
    """The beginning of what a finding is about, as far as ``PLANTED`` names it."""
    raws = {reference.id: reference.raw for reference in document.references}
    spots = [document.citations[position].text for position in finding.citations]
    spots += [raws[id_] for id_ in finding.references]
    begins = {begin for _, begin in PLANTED for spot in spots if spot.startswith(begin)}
    return begins.pop() if len(begins) == 1 else " / ".join(spots)


def test_the_planted_errors_are_found_and_nothing_else(document: CheckedDocument) -> None:
    loud = Counter((f.code, about(document, f)) for f in document.findings if f.severity >= Severity.WARNING)
    assert loud == Counter(PLANTED)


def test_the_list_of_what_is_planted_is_that_of_the_readme() -> None:
    readme = (files("litcheck.demo") / "README.md").read_text(encoding="utf-8")
    assert Counter(re.findall(r"\| (LC\d{3}) \|", readme)) == Counter(code for code, _ in PLANTED)


def test_every_entry_and_every_citation_is_read(document: CheckedDocument) -> None:
    assert len(document.references) == 28
    assert all(reference.csl for reference in document.references)
    assert [c.text for c in document.citations if not c.references] == ["Popper, 1959"]
    assert len(document.citations) == 47


def test_what_is_right_is_verified(document: CheckedDocument) -> None:
    statuses = {reference.raw.partition(",")[0].partition(".")[0]: reference.status for reference in document.references}
    others = {
        "Meehl": "differs",
        "Ioanidis": "differs",
        "Franklin": "wrong-work",
        "Quillfeather": "not-found",
        "World Wide Web Consortium": "unverifiable",
    }
    assert {name: status for name, status in statuses.items() if status != "verified"} == others


def test_the_records_are_what_crossref_would_send() -> None:
    with manuscript_path() as manuscript:
        lines = (Path(manuscript).parent / "works.jsonl").read_text(encoding="utf-8").splitlines()
    works = [json.loads(line) for line in lines]
    dois = [work["DOI"] for work in works]
    assert len(set(dois)) == len(dois)
    assert all(doi == doi.lower() and re.fullmatch(r"10\.\d{4,5}/\S+", doi) for doi in dois)
    for work in works:
        assert work["title"][0]
        assert work["issued"]["date-parts"][0][0] >= 1948
        assert all(name.get("family") or name.get("name") for name in work["author"])
