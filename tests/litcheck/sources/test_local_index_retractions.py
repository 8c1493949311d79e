"""Retraction Watch's table: what is read of it, and what a check without the network says by it."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from bib.model import Reference
from litcheck.cli import cli
from litcheck.errors import UnusableError
from litcheck.evidence import Found, Record, Unavailable, Update
from litcheck.settings import Settings
from litcheck.sources import open_sources
from litcheck.sources.local_index import LocalIndex, build_index, read_info
from litcheck.sources.local_index.retraction_watch import read_retractions

HEADER = (
    "Record ID,Title,Subject,Institution,Journal,Publisher,Country,Author,URLS,ArticleType,RetractionDate,RetractionDOI,"
    "RetractionPubMedID,OriginalPaperDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason,Paywalled,Notes,"
)


def row(number: int, **columns: str) -> str:
    """A row about the work of that number, as the published file writes it."""
    values = {
        "Record ID": str(number), "Title": f"Observations of marsh plant number {number}", "Journal": "Journal of Marshes",
        "Publisher": "Marsh Press", "Author": f"Ada Author{number};Bea C van Second", "RetractionDate": "3/25/2015 0:00",
        "RetractionDOI": f"10.5555/notice.{number}", "RetractionPubMedID": "0", "OriginalPaperDate": "1/2/2009 0:00",
        "OriginalPaperDOI": f"10.5555/work.{number}", "OriginalPaperPubMedID": "0", "RetractionNature": "Retraction",
        "Reason": "+Error in Data;+Investigation by Journal/Publisher;",
    } | columns  # fmt: skip
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([values.get(name, "") for name in HEADER.split(",")])
    return line.getvalue()


def table(path: Path, *rows: str) -> Path:
    path.write_bytes(f"\ufeff{HEADER}\r\n{''.join(rows)}".encode())
    return path


def works(path: Path, *numbers: int, **fields: Any) -> Path:
    made = [
        {
            "DOI": f"10.5555/WORK.{number}",
            "title": [f"Observations of marsh plant number {number}"],
            "author": [{"family": f"Author{number}", "given": "Ada"}],
            "container-title": ["Journal of Marshes"],
            "issued": {"date-parts": [[2009]]},
        }
        | fields
        for number in numbers
    ]
    path.write_text("\n".join(map(json.dumps, made)), encoding="utf-8")
    return path


def record(directory: Path, doi: str) -> Record:
    answer = asyncio.run(LocalIndex(directory).works_by_doi([doi]))[doi]
    assert isinstance(answer, Found)
    return answer.records[0]


def test_a_row_becomes_a_notice(tmp_path: Path) -> None:
    noticed = read_retractions(table(tmp_path / "rw.csv", row(1)))

    (notice,) = noticed.works["10.5555/work.1"].notices
    assert notice == Update(
        kind="retraction",
        doi="10.5555/notice.1",
        date=date(2015, 3, 25),
        source="retraction-watch",
        reason="Error in Data; Investigation by Journal/Publisher",
    )
    assert (noticed.rows, noticed.bad) == (1, 0)
    assert noticed.works["10.5555/work.1"].work["author"] == [
        {"family": "Author1", "given": "Ada"},
        {"family": "van Second", "given": "Bea C"},
    ]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"RetractionNature": "Expression of concern"}, {"kind": "expression-of-concern"}),
        ({"RetractionNature": "Correction"}, {"kind": "correction"}),
        ({"RetractionNature": "Reinstatement"}, {"kind": "reinstatement"}),
        ({"RetractionDate": "12/1/1999 12:00:00 AM"}, {"date": date(1999, 12, 1)}),
        ({"RetractionDate": "12/1/1999"}, {"date": date(1999, 12, 1)}),
        ({"RetractionDOI": "10.5555/WORK.1"}, {"doi": ""}),
        ({"RetractionDOI": "unavailable", "RetractionPubMedID": "123"}, {"doi": "", "label": "PMID 123"}),
        ({"RetractionDOI": "", "RetractionPubMedID": "0"}, {"doi": "", "label": ""}),
        ({"Reason": ""}, {"reason": ""}),
        ({"OriginalPaperDOI": "https://doi.org/10.5555/Work.1"}, {"kind": "retraction"}),
    ],
)
def test_columns_are_read_as_they_come(tmp_path: Path, columns: dict[str, str], expected: dict[str, object]) -> None:
    noticed = read_retractions(table(tmp_path / "rw.csv", row(1, **columns)))

    (notice,) = noticed.works["10.5555/work.1"].notices
    assert {name: getattr(notice, name) for name in expected} == expected
    assert noticed.bad == 0


@pytest.mark.parametrize(
    ("broken", "reason", "rows"),
    [
        (row(2, OriginalPaperDOI="unavailable"), "record 2: the work has no DOI", 2),
        (row(2, RetractionNature="Withdrawn"), "record 2: a notice of unknown nature 'Withdrawn'", 2),
        (row(2, RetractionDate="25/3/2015 0:00"), "'25/3/2015 0:00' is none; the notice is kept", 3),
        ("a,b,c\r\n", "3 fields instead of 21", 2),
        (row(2).replace("\r\n", ",,,\r\n"), "24 fields instead of 21", 2),
        ('2,"never closed,\r\n', "not CSV", 2),
    ],
)
def test_broken_rows_are_named_with_their_line_and_cost_no_other(tmp_path: Path, broken: str, reason: str, rows: int) -> None:
    before = row(1, Notes="two\r\nlines")
    noticed = read_retractions(table(tmp_path / "rw.csv", before, broken, row(3)))

    assert (noticed.rows, noticed.bad) == (rows, 1)
    assert noticed.bad_rows[0].place == f"{tmp_path / 'rw.csv'}:4"
    assert reason in noticed.bad_rows[0].reason
    assert {"10.5555/work.1", "10.5555/work.3"} <= noticed.works.keys()


def test_a_table_saved_again_without_the_last_comma_is_read(tmp_path: Path) -> None:
    path = tmp_path / "rw.csv"
    path.write_text(HEADER + "\n" + row(1).rstrip().removesuffix(",") + "\n", encoding="utf-8")

    assert read_retractions(path).rows == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "its first line has no column 'Record ID'"),
        ("Title,DOI\na,b\n", "its first line has no column 'Record ID'"),
        ('"Record ID', "its first line has no column 'Record ID'"),
        (HEADER, "holds no rows"),
        (HEADER + "\n" + 'x,"\n' * 3000, "holds no rows of Retraction Watch: 2 fields instead of 21"),
        (HEADER + "\n" + "x\n" * 3000, "holds no rows of Retraction Watch: 1 fields instead of 21"),
    ],
)
def test_what_is_no_such_table_is_refused(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "rw.csv"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(UnusableError, match=message):
        read_retractions(path)


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableError, match="cannot be read"):
        build_index([works(tmp_path / "w.jsonl", 1)], tmp_path / "index", retractions=tmp_path / "missing.csv")


@given(data=st.binary(max_size=400))
@settings(max_examples=60)
def test_any_rows_are_read_or_named(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "rw.csv"
    path.write_bytes(f"{HEADER}\r\n{row(1)}".encode() + data)

    noticed = read_retractions(path)

    assert noticed.rows >= 1
    assert noticed.bad or not data.strip(b"\r\n") or noticed.rows > 1


def test_works_of_the_index_carry_their_notices_beside_the_publishers(tmp_path: Path) -> None:
    notice = {"DOI": "10.5555/notice.1", "type": "retraction", "source": "publisher"}
    source = works(tmp_path / "w.jsonl", 1, **{"updated-by": [notice]})

    info = build_index([source], tmp_path / "index", retractions=table(tmp_path / "rw.csv", row(1), row(2)))

    assert (info.works, info.complete) == (1, False)
    assert info.retractions
    assert (info.retractions.rows, info.retractions.works, info.retractions.stand_ins) == (2, 2, 1)
    assert info == read_info(tmp_path / "index")
    found = record(tmp_path / "index", "10.5555/work.1")
    assert [update.source for update in found.updates] == ["publisher", "retraction-watch"]
    assert found.curated


def test_a_notice_on_an_alias_is_on_the_work(tmp_path: Path) -> None:
    source = works(tmp_path / "w.jsonl", 1, aliases=["10.5555/work.7"])

    info = build_index([source], tmp_path / "index", retractions=table(tmp_path / "rw.csv", row(7)))

    assert info.retractions
    assert info.retractions.stand_ins == 0
    assert [update.doi for update in record(tmp_path / "index", "10.5555/work.7").updates] == ["10.5555/notice.7"]


def test_a_work_that_the_index_lacks_is_told_of_by_the_table(tmp_path: Path) -> None:
    bare = row(3, Title="", Journal="", Publisher="", Author="", OriginalPaperDate="")
    build_index(
        [works(tmp_path / "w.jsonl", 1)], tmp_path / "index", retractions=table(tmp_path / "rw.csv", row(2), bare), complete=True
    )

    found, nameless = (record(tmp_path / "index", f"10.5555/work.{number}") for number in (2, 3))

    assert (found.title, found.containers, found.year) == ("Observations of marsh plant number 2", ("Journal of Marshes",), 2009)
    assert [name.family for name in found.authors] == ["Author2", "van Second"]
    assert (found.source, found.curated) == ("retraction-watch", False)
    assert (nameless.titles, nameless.authors, nameless.containers, nameless.years) == ((), (), (), ())
    assert nameless.updates[0].kind == "retraction"


def test_the_table_finds_no_works_where_the_registry_can_be_asked(tmp_path: Path) -> None:
    build_index([works(tmp_path / "w.jsonl", 1)], tmp_path / "index", retractions=table(tmp_path / "rw.csv", row(1), row(2)))
    index = LocalIndex(tmp_path / "index", stand_ins=False)

    answers = asyncio.run(index.works_by_doi(["10.5555/work.1", "10.5555/work.2"]))
    like = asyncio.run(index.works_like([Reference(id="1", raw="Author2 (2009). Observations of marsh plant number 2.")]))[0]

    assert isinstance(answers["10.5555/work.1"], Found)
    assert isinstance(answers["10.5555/work.2"], Unavailable)
    assert isinstance(like, Found)
    assert [found.doi for found in like.records] == ["10.5555/work.1"]


MANUSCRIPT = """Marshes are wet.

References

{entries}
"""


def check(tmp_path: Path, held: Path, rows: list[str], *numbers: int, doi: bool) -> dict[str, list[str]]:
    """The codes about retractions, and the messages of each, of a list of the works of these numbers."""
    build_index([held], tmp_path / "index", retractions=table(tmp_path / "rw.csv", *rows))
    entries = [
        f"Author{n}, A., & van Second, B. C. (2009). Observations of marsh plant number {n}. Journal of Marshes."
        + (f" https://doi.org/10.5555/work.{n}" if doi else "")
        for n in numbers
    ]
    manuscript = tmp_path / "paper.txt"
    manuscript.write_text(MANUSCRIPT.format(entries="\n\n".join(entries)), encoding="utf-8")
    arguments = ["check", str(manuscript), "--offline", "--index", str(tmp_path / "index"), "--no-db", "--format", "json"]
    result = CliRunner().invoke(cli, arguments)
    found: dict[str, list[str]] = {}
    for finding in json.loads(result.stdout)["documents"][0]["findings"]:
        if finding["code"].startswith(("LC1", "LC2", "LC3")):
            found.setdefault(finding["code"], []).append(finding["message"])
    return found


@pytest.mark.parametrize("doi", [True, False], ids=["by DOI", "by description"])
@pytest.mark.parametrize("held", [True, False], ids=["in the index", "in the table alone"])
@pytest.mark.parametrize(
    ("nature", "code"), [("Retraction", "LC301"), ("Expression of concern", "LC302"), ("Correction", "LC303")]
)
def test_offline_checks_tell_of_notices(tmp_path: Path, nature: str, code: str, *, held: bool, doi: bool) -> None:
    authors = [{"family": "Author5", "given": "Ada"}, {"family": "van Second", "given": "Bea C"}]
    other = {"DOI": "10.5555/other", "title": ["Sand on quiet coasts"], "author": [{"family": "Dune"}]}
    source = works(tmp_path / "w.jsonl", 5, **({"author": authors} if held else other))

    found = check(tmp_path, source, [row(5, RetractionNature=nature)], 5, doi=doi)

    (message,) = found.pop(code)
    for told in ("retraction-watch", "2015-03-25", "https://doi.org/10.5555/notice.5", "Error in Data; Investigation"):
        assert told in message
    assert found.keys() <= {"LC105"}


def test_a_reinstated_work_is_not_said_to_be_retracted(tmp_path: Path) -> None:
    again = row(5, RetractionNature="Reinstatement", RetractionDate="6/1/2016 0:00", RetractionDOI="10.5555/again.5")

    assert "LC301" not in check(tmp_path, works(tmp_path / "w.jsonl", 5), [row(5), again], 5, doi=True)


def test_a_work_that_was_replaced_by_its_notice_is_retracted(tmp_path: Path) -> None:
    rows = [row(5, RetractionDOI="10.5555/work.5")]

    assert "LC301" in check(tmp_path, works(tmp_path / "w.jsonl", 5), rows, 5, doi=True)


@pytest.mark.parametrize("first", ["works", "table"])
def test_which_of_several_indexes_is_asked_first_does_not_decide_what_is_told(tmp_path: Path, first: str) -> None:
    build_index([works(tmp_path / "a.jsonl", 1, 2)], tmp_path / "works")
    retractions = table(tmp_path / "table.csv", row(1))
    build_index([works(tmp_path / "b.jsonl", 9)], tmp_path / "table", retractions=retractions)
    directories = sorted((tmp_path / "works", tmp_path / "table"), key=lambda directory: directory.name != first)
    with open_sources(Settings(offline=True, indexes=tuple(directories), cache=tmp_path / "cache")) as sources:
        given = [Reference(id="1", raw="", doi="10.5555/work.1"), Reference(id="2", raw="", doi="10.5555/work.2")]
        retracted, other = sources.resolve(given, accepts=lambda reference, record: True)
    assert retracted.doi_record is not None
    assert retracted.doi_record.source == "index:works"
    assert [update.kind for update in retracted.doi_record.updates] == ["retraction"]
    assert other.doi_record is not None
    assert other.doi_record.updates == ()
