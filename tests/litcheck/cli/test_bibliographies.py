"""Bibliographies of reference managers: checked and parsed alone or beside a manuscript, and written for other programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bib.formats.bibtex import read_bibtex
from bib.formats.csl_json import read_csl_json
from bib.formats.endnote_xml import read_endnote_xml
from bib.formats.jats import read_jats
from bib.formats.ris import read_ris
from bib.model import Reference
from tests.litcheck.cli.conftest import Litcheck
from tests.litcheck.cli.manuscripts import MANUSCRIPT

RIS = "TY  - JOUR\nID  - lee2020\nAU  - Lee, Anna\nTI  - On rivers\nPY  - 2020\nT2  - Water\nDO  - 10.1000/ab\nER  - \n"
NBIB = "PMID- 12345678\nTI  - On rivers\nFAU - Lee, Anna\nDP  - 2020\nJT  - Water\nLID - 10.1000/ab [doi]\n"
CSL = '[{"id": "lee2020", "type": "article-journal", "title": "On rivers", "author": [{"family": "Lee", "given": "Anna"}],\n'
CSL += ' "issued": {"date-parts": [[2020]]}, "container-title": "Water", "DOI": "10.1000/ab"}]'
ENDNOTE = (
    "<xml><records><record><rec-number>1</rec-number><contributors><authors><author>Lee, Anna</author></authors></contributors>\n"
)
ENDNOTE += "<titles><title>On rivers</title><secondary-title>Water</secondary-title></titles><dates><year>2020</year></dates>\n"
ENDNOTE += "<electronic-resource-num>10.1000/ab</electronic-resource-num></record></records></xml>"
JATS = '<ref-list>\n<ref id="lee2020"><element-citation publication-type="journal"><name><surname>Lee</surname>'
JATS += "<given-names>Anna</given-names></name><article-title>On rivers</article-title><source>Water</source>\n<year>2020</year>"
JATS += '<pub-id pub-id-type="doi">10.1000/ab</pub-id></element-citation></ref></ref-list>'
ARTICLE = f'<article article-type="research-article"><body><p>Lee (2020) says.</p></body><back>{JATS}</back></article>'
FILES = {
    "list.ris": RIS,
    "list.nbib": NBIB,
    "list.json": CSL,
    "list.xml": ENDNOTE,
    "list.jats.xml": JATS,
}

BROKEN = {
    "list.ris": RIS + "TY  - JOUR\nPY  - 2020\nER  - \n",
    "list.nbib": NBIB + "\nPMID- 2\nDP  - 2020\n",
    "list.json": CSL[:-1] + ',\n{"id": "roy", "title": }]',
    "list.xml": ENDNOTE.replace("</records>", "\n<record><a></record></records>"),
    "list.jats.xml": JATS.replace("</ref-list>", "\n<ref><a></ref></ref-list>"),
}
UNUSABLE = {
    "list.ris": "TY  - JOUR\nER  - \n",
    "list.nbib": "PMID- 1\n",
    "list.json": '[{"id": }]',
    "list.xml": "<xml><records><record>",
    "list.jats.xml": "<ref-list><ref>",
}


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", FILES)
def test_a_bibliography_is_parsed(litcheck: Litcheck, tmp_path: Path, name: str) -> None:
    ended = litcheck("parse", written(tmp_path / name, FILES[name]))
    assert (ended.status, ended.err) == (0, "")
    (row,) = ended.rows
    assert row["raw"] == FILES[name][row["start"] : row["end"]]
    reference = row["reference"]
    assert reference["author"] == [{"family": "Lee", "given": "Anna"}]
    assert (reference["title"], reference["container-title"], reference["DOI"]) == ("On rivers", "Water", "10.1000/ab")
    assert reference["issued"] == {"date-parts": [[2020]]}


def test_the_list_of_an_article_is_parsed_from_its_text(litcheck: Litcheck, tmp_path: Path) -> None:
    article = written(tmp_path / "article.xml", ARTICLE)
    text = litcheck("text", article).out
    (row,) = litcheck("parse", article).rows
    assert row["raw"] == text[row["start"] : row["end"]]
    assert (row["reference"]["title"], row["reference"]["DOI"]) == ("On rivers", "10.1000/ab")


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_record_is_a_finding_and_the_others_are_checked(litcheck: Litcheck, tmp_path: Path, name: str) -> None:
    ended = litcheck("check", written(tmp_path / name, BROKEN[name]), "--offline", "--no-db", "--format", "json")
    assert ended.status == 3, ended.err
    (document,) = ended.json["documents"]
    assert len(document["references"]) == 2
    (finding,) = [found for found in document["findings"] if found["code"] == "LC003"]
    beginnings = ("TY  - JOUR\nPY", "PMID- 2", '{"id": "roy"', "<record><a>", "<ref><a>")
    assert BROKEN[name][finding["start"] : finding["end"]].startswith(beginnings)


def test_an_undefined_macro_is_a_finding_at_its_place_and_the_entry_is_checked(litcheck: Litcheck, tmp_path: Path) -> None:
    text = "@article{lee2020, author = {Lee, A.}, title = {On rivers},\n  journal = jmlr, year = 2020}\n"
    ended = litcheck("check", written(tmp_path / "list.bib", text), "--offline", "--no-db", "--format", "json")
    (document,) = ended.json["documents"]
    (finding,) = [found for found in document["findings"] if found["code"] == "LC003"]
    assert (finding["line"], text[finding["start"] : finding["end"]], finding["references"]) == (2, "jmlr", ["lee2020"])
    assert "line 2 gives its journal as jmlr" in finding["message"]
    assert document["references"][0]["status"] == "unavailable"


@pytest.mark.parametrize("format_", ["text", "json", "jsonl", "md", "html"])
def test_a_bad_entry_of_another_file_is_told_with_that_file_and_line(litcheck: Litcheck, tmp_path: Path, format_: str) -> None:
    paper = written(tmp_path / "paper.md", "As [@lee2020, p. 3] says.\n")
    bib = written(tmp_path / "list.ris", BROKEN["list.ris"])
    ended = litcheck("check", paper, "--bib", bib.name, "--offline", "--no-db", "--select", "LC003", "--format", format_)
    assert ended.status == 3, ended.err
    says = {
        "text": "list.ris:9:1",
        "json": '"line": 9,\n          "column": 1,\n          "path": "list.ris"',
        "jsonl": '"start": null, "end": null, "line": 9, "column": 1, "path": "list.ris"',
        "md": "- list.ris, line 9, column 1: this entry",
        "html": "In list.ris, line 9, column 1",
    }
    assert says[format_] in ended.out
    assert "paper.md:9" not in ended.out


def test_a_stored_run_keeps_the_place_in_another_file(litcheck: Litcheck, tmp_path: Path) -> None:
    paper = written(tmp_path / "paper.md", "As [@lee2020, p. 3] says.\n")
    bib = written(tmp_path / "list.ris", BROKEN["list.ris"])
    checked = litcheck("check", paper, "--bib", bib.name, "--offline", "--format", "json")
    assert litcheck("report", "--format", "json").json == checked.json


def test_a_text_that_is_no_list_beside_a_manuscript_ends_with_2(litcheck: Litcheck, tmp_path: Path) -> None:
    paper = written(tmp_path / "paper.txt", MANUSCRIPT)
    prose = written(tmp_path / "prose.txt", "As Lind (2020) says, and Roy et al. (2021) too.\n")
    for command in (["check", "--offline", "--no-db"], ["parse"], ["citations"], ["match", "--offline"]):
        ended = litcheck(command[0], paper, "--bib", prose, *command[1:])
        assert (ended.status, ended.out) == (2, "")
        assert "prose.txt holds no reference list" in ended.err
        assert "BibTeX, RIS, PubMed's nbib, CSL-JSON, CSL-YAML, EndNote's XML or JATS XML" in ended.err


@pytest.mark.parametrize("name", UNUSABLE)
@pytest.mark.parametrize("command", [["check", "--offline", "--no-db"], ["parse"]])
def test_a_file_without_any_usable_record_ends_with_2(litcheck: Litcheck, tmp_path: Path, name: str, command: list[str]) -> None:
    ended = litcheck(command[0], written(tmp_path / name, UNUSABLE[name]), *command[1:])
    assert (ended.status, ended.out) == (2, "")
    assert "line 1" in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("name", ["list.ris", "list.json", "list.jats.xml", "article.xml"])
def test_a_bibliography_beside_a_manuscript(litcheck: Litcheck, tmp_path: Path, name: str) -> None:
    paper = written(tmp_path / "paper.md", "As [@lee2020, p. 3] and [@roy2021] say.\n")
    ended = litcheck(
        "citations", paper, "--bib", written(tmp_path / name, (FILES | {"article.xml": ARTICLE})[name]), "--format", "jsonl"
    )
    assert ended.status == 0, ended.err
    (row,) = ended.rows
    assert [citation["references"] for citation in row["citations"]] == [["lee2020"], []]


def ids_of(litcheck: Litcheck, tmp_path: Path, *bibliographies: tuple[str, str]) -> list[tuple[str, str]]:
    """The ids and titles ("" where broken) that ``parse`` gives for a manuscript with these files."""
    given: list[str | Path] = []
    for name, text in bibliographies:
        given += ["--bib", written(tmp_path / name, text)]
    ended = litcheck("parse", *given, written(tmp_path / "paper.md", "As [@lee2020] says.\n"), "--format", "jsonl")
    assert ended.status == 0, ended.err
    return [(row["id"], (row["reference"] or {}).get("title", "")) for row in ended.rows]


def test_ids_that_nobody_wrote_to_be_cited_do_not_drop_entries_of_a_second_file(litcheck: Litcheck, tmp_path: Path) -> None:
    ris = RIS.replace("ID  - lee2020\n", "")
    jats = JATS.replace("lee2020", "B2")
    lakes = "On lakes"
    assert ids_of(litcheck, tmp_path, ("a.ris", ris), ("b.ris", ris.replace("On rivers", lakes))) == [
        ("line 1", "On rivers"),
        ("line 1-2", lakes),
    ]
    assert ids_of(litcheck, tmp_path, ("a.xml", jats), ("b.xml", jats.replace("On rivers", lakes))) == [
        ("B2", "On rivers"),
        ("B2-2", lakes),
    ]


def test_a_sound_entry_has_its_key_also_after_a_broken_one(litcheck: Litcheck, tmp_path: Path) -> None:
    broken = "@misc{roy, title = {On ponds}, author = {Roy, S.}}\n@article{lee2020, title = {On riv"
    sound = "@article{lee2020, title = {On rivers}, author = {Lee, A.}}\n"
    other = "@article{lee2020, title = {On lakes}, author = {Lee, A.}}\n"
    assert ids_of(litcheck, tmp_path, ("a.bib", broken), ("b.bib", sound), ("c.bib", other)) == [
        ("roy", "On ponds"),
        ("lee2020-2", ""),
        ("lee2020", "On rivers"),
    ]
    assert ids_of(litcheck, tmp_path, ("b.bib", sound), ("a.bib", broken)) == [
        ("lee2020", "On rivers"),
        ("roy", "On ponds"),
        ("lee2020-2", ""),
    ]


MACROS = "@string{IEEE_J_AC = {IEEE Transactions on Automatic Control}}\n"
USING = "@article{lee2020, author = {Lee, A.}, title = {On rivers}, journal = IEEE_J_AC, year = 2020}\n"


@pytest.mark.parametrize("order", [("abrv.bib", "refs.bib"), ("refs.bib", "abrv.bib")])
def test_macros_of_one_file_hold_in_the_others(litcheck: Litcheck, tmp_path: Path, order: tuple[str, str]) -> None:
    texts = {"abrv.bib": MACROS, "refs.bib": USING}
    paper = written(tmp_path / "paper.md", "As [@lee2020] says.\n")
    bibs = [argument for name in order for argument in ("--bib", written(tmp_path / name, texts[name]))]
    ended = litcheck("parse", *bibs, paper)
    assert (ended.status, ended.err) == (0, "")
    (row,) = ended.rows
    assert row["reference"]["container-title"] == "IEEE Transactions on Automatic Control"


def test_macros_alone_are_no_list(litcheck: Litcheck, tmp_path: Path) -> None:
    paper = written(tmp_path / "paper.md", "As [@lee2020] says.\n")
    macros, more = written(tmp_path / "abrv.bib", MACROS), written(tmp_path / "more.bib", MACROS)
    for bibs in (["--bib", macros], ["--bib", macros, "--bib", more]):
        ended = litcheck("parse", *bibs, paper)
        assert (ended.status, ended.out) == (2, "")
        assert "abrv.bib" in ended.err
        assert "no BibTeX entry" in ended.err


def test_a_field_that_a_macro_left_empty_is_not_missing_too(litcheck: Litcheck, tmp_path: Path) -> None:
    ended = litcheck("check", written(tmp_path / "refs.bib", USING), "--offline", "--no-db", "--format", "json")
    (document,) = ended.json["documents"]
    told = {found["code"]: found["message"] for found in document["findings"]}
    assert "line 1 gives its journal as IEEE_J_AC, which no @string of the files given defines" in told["LC003"]
    assert "LC403" not in told


READERS = {"bibtex": read_bibtex, "ris": read_ris, "csl": read_csl_json, "endnote": read_endnote_xml, "jats": read_jats}


@pytest.mark.parametrize("format_", READERS)
def test_references_are_written_for_other_programs(litcheck: Litcheck, tmp_path: Path, format_: str) -> None:
    ended = litcheck("parse", written(tmp_path / "list.ris", BROKEN["list.ris"]), "--format", format_)
    assert ended.status == 0
    assert ended.err == "litcheck: 1 of 2 entries could not be parsed and were left out; `--format jsonl` shows why\n"
    (entry,) = READERS[format_](ended.out)
    assert isinstance(entry, Reference)
    assert (entry.id, entry.title, entry.year, entry.doi) == ("lee2020", "On rivers", 2020, "10.1000/ab")
    quiet = litcheck("parse", tmp_path / "list.ris", "--format", format_, "--quiet", "--output", tmp_path / "out")
    assert (quiet.status, quiet.out, quiet.err) == (0, "", "")
    assert (tmp_path / "out").read_text(encoding="utf-8") == ended.out


def test_the_list_of_a_manuscript_gets_keys_of_author_and_year(litcheck: Litcheck, tmp_path: Path) -> None:
    ended = litcheck("parse", written(tmp_path / "paper.txt", MANUSCRIPT), "--format", "bibtex")
    assert [entry.id[:-4] for entry in read_bibtex(ended.out)] == ["lee", "muller"]


def test_a_crossref_answer_is_a_list(litcheck: Litcheck, tmp_path: Path) -> None:
    work = {"DOI": "10.1000/ab", "title": ["On rivers"], "author": [{"family": "Lee"}], "issued": {"date-parts": [[2020]]}}
    path = written(tmp_path / "works.json", json.dumps({"status": "ok", "message": {"items": [work]}}))
    (row,) = litcheck("parse", path).rows
    assert row["reference"]["title"] == "On rivers"
