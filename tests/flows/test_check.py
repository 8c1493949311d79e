"""The corpus flow from files to rows: three small documents and one that cannot be read, offline, with a tiny index."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from prefect import flow

from flows.check import check_corpus, checked_before, store_run
from flows.outcome import CorpusOutcome, Failure
from flows.summary import summarise
from litcheck.errors import DatabaseInUse, UnreadableDocument, UnusableDatabase, UnusableSettings
from litcheck.preparing import read_and_prepare
from litcheck.run import Run
from litcheck.store import Store

pytestmark = pytest.mark.usefixtures("prefect_server")

ESSAY = """On messages

Information can be measured without knowing what it means (Shannon, 1948).

References

Shannon, C. E. (1948). A mathematical theory of communication. Bell System Technical Journal, 27(3), 379–423. \
https://doi.org/10.1002/j.1538-7305.1948.tb01338.x
"""

LETTER = """On choice

Kahneman and Tversky (1997) replaced expected utility.

References

Kahneman, D., & Tversky, A. (1997). Prospect theory: An analysis of decision under risk. Econometrica, 47(2), 263–291. \
https://doi.org/10.2307/1914185
"""

LIST = """@article{knuth1984,
  author = {Knuth, Donald E.},
  title = {Literate Programming},
  journal = {The Computer Journal},
  year = {1984}, volume = {27}, number = {2}, pages = {97--111},
  doi = {10.1093/comjnl/27.2.97},
}
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    directory = tmp_path / "corpus"
    (directory / "letters").mkdir(parents=True)
    (directory / "essay.txt").write_text(ESSAY, encoding="utf-8")
    (directory / "letters" / "letter.txt").write_text(LETTER, encoding="utf-8")
    (directory / "list.bib").write_text(LIST, encoding="utf-8")
    (directory / "scan.txt").write_bytes(b"%PDF-1.7\n1 0 obj\nendobj\n")
    return directory


@pytest.fixture
def options(tmp_path: Path, index: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.chdir(tmp_path)
    return {"offline": True, "indexes": [str(index)], "db": str(tmp_path / "runs.duckdb")}


def checked(outcome: CorpusOutcome) -> list[str]:
    return [Path(document.path).name for document in outcome.run.documents] if outcome.run else []


def stored(options: dict[str, Any]) -> list[Run]:
    with Store(Path(options["db"]), read_only=True) as store:
        return [store.load_run(summary.id) for summary in store.runs()]


def test_every_document_is_checked_and_stored_and_a_bad_one_is_a_finding(corpus: Path, options: dict[str, Any]) -> None:
    outcome = check_corpus(corpus, options=options)
    assert outcome.run is not None
    assert stored(options) == [outcome.run]
    documents = {Path(document.path).name: document for document in outcome.run.documents}
    statuses = {name: [reference.status for reference in document.references] for name, document in documents.items()}
    assert statuses == {"essay.txt": ["verified"], "letter.txt": ["differs"], "list.bib": ["verified"], "scan.txt": []}
    assert [finding.code for finding in documents["scan.txt"].findings] == ["LC001"]
    assert "LC202" in [finding.code for finding in documents["letter.txt"].findings]
    assert outcome.failures == ()


def test_a_second_run_checks_only_what_changed(corpus: Path, options: dict[str, Any]) -> None:
    check_corpus(corpus, options=options)
    nothing = check_corpus(corpus, options=options)
    assert nothing.run is None
    assert len(nothing.unchanged) == 4
    assert nothing.worst() is not None
    (corpus / "letters" / "letter.txt").write_text(LETTER.replace("1997", "1979"), encoding="utf-8")
    (corpus / "new.txt").write_text(ESSAY, encoding="utf-8")
    assert checked(check_corpus(corpus, options=options)) == ["letter.txt", "new.txt"]
    assert len(stored(options)) == 2
    assert len(checked(check_corpus(corpus, options=options, again=True))) == 5
    assert len(checked(check_corpus(corpus, options=options | {"ignore": ["LC202"]}))) == 5


def test_what_could_not_be_asked_is_told_of_unchanged_documents_too(corpus: Path, options: dict[str, Any]) -> None:
    without_index = options | {"indexes": []}
    assert check_corpus(corpus, options=without_index).has_unavailable()
    again = check_corpus(corpus, options=without_index)
    assert again.run is None
    assert again.has_unavailable()


def test_what_breaks_off_is_named_and_tried_again_and_costs_no_other_document(
    corpus: Path, options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking(path: Path, **given: Any) -> Any:
        if path.name == "essay.txt":
            raise RuntimeError("a bug")
        return read_and_prepare(path, **given)

    with monkeypatch.context() as patch:
        patch.setattr("flows.check.read_and_prepare", breaking)
        outcome = check_corpus(corpus, options=options)
    assert outcome.failures == (Failure(path=str(corpus / "essay.txt"), reason="RuntimeError: a bug"),)
    assert checked(outcome) == ["letter.txt", "list.bib", "scan.txt"]
    assert "1 check broke off" in summarise(outcome)
    assert checked(check_corpus(corpus, options=options)) == ["essay.txt"]


def test_a_run_that_cannot_be_stored_is_kept_beside_the_database(
    corpus: Path, options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(store: Store, run: Run) -> None:
        raise DatabaseInUse("another process is writing")

    monkeypatch.setattr(Store, "save_run", refuse)
    monkeypatch.setattr("flows.check.store_run", store_run.with_options(retries=1, retry_delay_seconds=0))
    with pytest.raises(UnusableDatabase, match=r"another process is writing.*Nothing is lost.*runs-\w+\.json"):
        check_corpus(corpus, options=options)
    (rescued,) = Path(options["db"]).parent.glob("runs-*.json")
    assert len(json.loads(rescued.read_text(encoding="utf-8"))["documents"]) == 4


@pytest.mark.parametrize(("error", "tries"), [(DatabaseInUse("busy"), 3), (UnusableDatabase("damaged"), 1)])
def test_only_a_database_in_use_is_tried_again(error: UnusableDatabase, tries: int, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[Path] = []

    def fail(store: Store) -> None:
        tried.append(Path())
        raise error

    @flow(persist_result=False)
    def look() -> None:
        checked_before.with_options(retries=2, retry_delay_seconds=0)(Path("runs.duckdb"), "digest")

    monkeypatch.setattr(Store, "__enter__", fail)
    with pytest.raises(UnusableDatabase):
        look()
    assert len(tried) == tries


def test_other_processes_give_the_same(corpus: Path, options: dict[str, Any]) -> None:
    alone = check_corpus(corpus, options=options)
    shared = check_corpus(corpus, options=options | {"jobs": 2}, again=True, batch_size=1)
    assert alone.run is not None
    assert shared.run is not None
    assert shared.run.documents == alone.run.documents


def test_an_empty_directory_stores_nothing(tmp_path: Path, options: dict[str, Any]) -> None:
    (tmp_path / "empty").mkdir()
    outcome = check_corpus(tmp_path / "empty", options=options)
    assert outcome.run is None
    assert stored(options) == []
    assert summarise(outcome).splitlines()[0].endswith("empty: 0 documents, 0 checked now, 0 unchanged")


def test_what_cannot_be_used_is_said(tmp_path: Path, options: dict[str, Any]) -> None:
    with pytest.raises(UnreadableDocument, match="not a directory"):
        check_corpus(tmp_path / "nowhere", options=options)
    with pytest.raises(UnusableSettings, match="jobs"):
        check_corpus(tmp_path, options=options | {"jobs": "many"})
