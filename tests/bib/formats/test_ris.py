from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bib.formats.ris import read_ris, write_ris
from bib.model import Date, Name, ParseFailure, Reference

LEE = Name(family="Lee", given="Anna B.")


def read(*lines: str) -> Reference:
    (entry,) = read_ris("\n".join(["TY  - JOUR", "TI  - T", *lines, "ER  - "]))
    assert isinstance(entry, Reference)
    return entry


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["AU  - Lee, Anna B.", "A1  - Roy, S."], {"authors": (LEE, Name(family="Roy", given="S."))}),
        (
            ["AU  - van der Berg, Jan, Jr."],
            {"authors": (Name(family="Berg", given="Jan", suffix="Jr.", non_dropping_particle="van der"),)},
        ),
        (["AU  - World Health Organization"], {"authors": (Name(literal="World Health Organization"),)}),
        (["AU  - Acme,"], {"authors": (Name(literal="Acme"),)}),
        (["AU  - Utah,, University of"], {"authors": (Name(literal="Utah, University of"),)}),
        (["AU  - Lee, Anna B.", "AU  - et al."], {"authors": (LEE,), "authors_truncated": True}),
        (["AU  - Anna B. Lee"], {"authors": (LEE,)}),
        (["ED  - Lee, Anna B."], {"editors": (LEE,)}),
        (["A2  - Lee, Anna B."], {"editors": (LEE,)}),
        (["PY  - 2020"], {"issued": Date(year=2020)}),
        (["Y1  - 2020/05/04/"], {"issued": Date(year=2020, month=5, day=4)}),
        (["PY  - 2020///Spring"], {"issued": Date(year=2020), "status": ""}),
        (["PY  - 2020///May 4"], {"issued": Date(year=2020, month=5, day=4)}),
        (["PY  - 2020", "DA  - 2020/05/04"], {"issued": Date(year=2020, month=5, day=4)}),
        (["PY  - 2020", "DA  - 2019/05/04"], {"issued": Date(year=2020)}),
        (["DA  - 2020-05-04"], {"issued": Date(year=2020, month=5, day=4)}),
        (["PY  - in press"], {"issued": None, "status": "in press"}),
        (["JO  - J. Water", "JF  - Journal of Water"], {"container_title": "Journal of Water"}),
        (["T2  - Journal of Water", "J2  - J. Water"], {"container_title": "Journal of Water"}),
        (["JA  - J. Water"], {"container_title": "J. Water"}),
        (["SP  - 1", "EP  - 10"], {"page": "1–10"}),
        (["SP  - 1-10", "EP  - 10"], {"page": "1-10"}),
        (["SP  - e12"], {"page": "e12"}),
        (["C7  - 1234"], {"page": "1234"}),
        (["DO  - https://doi.org/10.1000/AB"], {"doi": "10.1000/ab", "doi_printed": "https://doi.org/10.1000/AB"}),
        (["M3  - doi: 10.1000/ab"], {"doi": "10.1000/ab", "type": "article-journal"}),
        (["UR  - https://doi.org/10.1000/ab"], {"doi": "10.1000/ab", "url": "https://doi.org/10.1000/ab"}),
        (["UR  - https://example.org/a;b", "UR  - https://example.org/c"], {"url": "https://example.org/a;b"}),
        (["AN  - 12345", "DB  - PubMed"], {"pmid": "12345"}),
        (["AN  - 12345", "DB  - Scopus"], {"pmid": ""}),
        (["C2  - PMC123456"], {"pmcid": "PMC123456"}),
        (["N1  - Some note", "N1  - arXiv:2001.00001"], {"arxiv": "2001.00001"}),
        (["SN  - 1234-567X"], {"isbn": ""}),
        (["SN  - 978-0-306-40615-7"], {"isbn": "978-0-306-40615-7"}),
        (["Y2  - 2021/02/03/"], {"accessed": Date(year=2021, month=2, day=3)}),
        (["M3  - article"], {"type": "article-journal"}),
        (["SN  - 03064530 (ISSN)"], {"isbn": ""}),
        (["SN  - 0894-9867, 0894-9867"], {"isbn": ""}),
        (["SN  - 9780306406157 (ISBN)"], {"isbn": "9780306406157"}),
        (["SP  - No", "EP  - Specified"], {"page": ""}),
        (["A1  - Adler D.G."], {"authors": (Name(family="Adler", given="D.G."),)}),
        (["N1  - References: Lee, A., On rivers, doi: 10.1000/ab, arXiv:2001.00001"], {"doi": "", "arxiv": ""}),
        (["N1  - doi: 10.1000/ab"], {"doi": "10.1000/ab"}),
        (["XX  - unknown tags", "ZZ  - are no trouble"], {"title": "T"}),
    ],
)
def test_fields(lines: list[str], expected: dict[str, object]) -> None:
    reference = read(*lines)
    assert {name: getattr(reference, name) for name in expected} == expected


def test_tags_after_the_end_that_name_no_work_are_no_record() -> None:
    ovid = "1. \nTY  - JOUR\nT1  - On rivers\nER  -  \nNL  - J Water\n\nLink: https://example.org\n\n"
    ovid += "2. \nTY  - GEN\nM3  - map\nT1  - Lakes\n"
    rivers, lakes = read_ris(ovid)
    assert isinstance(rivers, Reference)
    assert isinstance(lakes, Reference)
    assert (rivers.title, lakes.title, lakes.type) == ("On rivers", "Lakes", "map")


def test_second_titles_depend_on_the_type() -> None:
    text = "TY  - {}\nTI  - T\nT2  - Second\nA2  - Lee, A.\nA3  - Roy, S.\nER  - \n"
    book, chapter = (read_ris(text.format(kind))[0] for kind in ("BOOK", "CHAP"))
    assert isinstance(book, Reference)
    assert isinstance(chapter, Reference)
    assert (book.container_title, book.collection_title, book.editors[0].family) == ("", "Second", "Roy")
    assert (chapter.container_title, chapter.collection_title, chapter.editors[0].family) == ("Second", "", "Lee")


CARELESS = """\
\ufeffProvider: a database
Content: text/plain

TY - JOUR
ID - one
AU - Lee, A.
TI  -  A title
   over two lines
N2  - an abstract - with hyphens
AD - not a tag of ours
ER -

TY  - JOUR
ID  - two
TI  - Without its end
TY  -BOOK
ID  - one
T1  - With a key that was there
ER  - """


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_careless_files_are_read(newline: str) -> None:
    text = CARELESS.replace("\n", newline)
    entries = read_ris(text)
    assert [entry.id for entry in entries] == ["one", "two", "line 16"]
    assert [getattr(entry, "title", None) for entry in entries] == [
        "A title over two lines",
        "Without its end",
        "With a key that was there",
    ]
    assert all(entry.span and entry.span.of(text) == entry.raw for entry in entries)


def test_what_is_bad_is_named_with_its_line() -> None:
    text = "TY  - JOUR\nTI  - Good\nER  - \n\nAU  - Stray, A.\nER  - \nTY  - JOUR\nPY  - 2020\nER  - \nTY  - BOOK\nTI  - Last\n"
    first, stray, empty, last = read_ris(text)
    assert isinstance(first, Reference)
    assert isinstance(last, Reference)
    assert isinstance(stray, ParseFailure)
    assert isinstance(empty, ParseFailure)
    assert (stray.line, stray.raw, stray.reason) == (
        5,
        "AU  - Stray, A.\nER  -",
        "The record begins with AU, not with its type (TY).",
    )
    assert (empty.line, empty.reason) == (7, "The entry has neither an author nor a title.")


def test_text_between_records_is_bad_with_its_line() -> None:
    text = "TY  - JOUR\nTI  - A\nER  - \n\nLind, J. (2020).\nOn rivers.\n\n2.\nTY  - JOUR\nTI  - B\nER  - \nNL  - x\n\nThe end\n"
    first, pasted, second, last = read_ris(text)
    assert isinstance(first, Reference)
    assert isinstance(second, Reference)
    assert isinstance(pasted, ParseFailure)
    assert isinstance(last, ParseFailure)
    assert (pasted.line, pasted.raw) == (5, "Lind, J. (2020).\nOn rivers.")
    assert pasted.reason == "The text stands outside of any record; a record begins with its type (TY)."
    assert (last.line, last.raw) == (14, "The end")


def test_headings_numbers_and_links_between_records_are_no_text() -> None:
    text = "Scopus\nEXPORT DATE: 1 May 2020\n\n1.\nTY  - JOUR\nTI  - A\nER  - \n\nLink: https://example.org\n-----\n2)\n"
    assert [entry.id for entry in read_ris(text + "TY  - BOOK\nID  - b\nTI  - B\nER  - \n")] == ["line 5", "b"]


HEADINGS = [
    *("Document 2 of 20", "<2>", "[2]", "2 of 20", "Query: rivers AND lakes", "Copyright 2010 Elsevier", "© 2010 Elsevier B.V."),
    *("Copyright (c) 2010, Elsevier", "Database: Embase <1974 to 2020>", "Link to the Ovid Full Text or citation:"),
    *("RECORD 3", "Record: 3", "Content: text/plain; charset=utf-8", "Exported on 1 May 2020", "https://example.org/a?b=c"),
    *("____________", "20 records exported", "Search strategy: (a OR b)"),
]


@pytest.mark.parametrize("heading", HEADINGS)
def test_headings_of_databases_are_no_text(heading: str) -> None:
    text = f"TY  - JOUR\nTI  - A\nER  - \n\n{heading}\n{heading}\n\nTY  - JOUR\nTI  - B\nER  - \n\n  {heading} \n"
    assert [entry.id for entry in read_ris(text)] == ["line 1", "line 8"]


@pytest.mark.parametrize(
    "pasted",
    [
        "Content analysis of ferns. Lind, J. (2020).",
        "Copyright law in Europe. Lind, J. (2010).",
        "Record keeping in ponds (2020)",
        "Database of mosses, version 3",
        "Document theory. Roy, S. (2021).",
        "2020 was a wet year. Roy, S. (2021).",
    ],
)
def test_pasted_references_are_no_headings(pasted: str) -> None:
    _, failure = read_ris(f"TY  - JOUR\nTI  - A\nER  - \n\n{pasted}\n")
    assert isinstance(failure, ParseFailure)
    assert (failure.line, failure.raw) == (5, pasted)


@pytest.mark.parametrize("text", ["", "\n\n", "no record at all", "ER  - \n", "A line - with a hyphen"])
def test_texts_without_records(text: str) -> None:
    assert read_ris(text) == ()


def test_what_is_written() -> None:
    reference = Reference(
        id="lee2020",
        raw="",
        type="article-journal",
        authors=(LEE, Name(literal="Acme")),
        authors_truncated=True,
        issued=Date(year=2020, month=5),
        status="in press",
        title="On\nrivers",
        container_title="Journal of Water",
        page="1–10",
        doi="10.1000/ab",
        doi_printed="10.1000/ab",
    )
    lines = ["TY  - JOUR", "ID  - lee2020", "AU  - Lee, Anna B.", "AU  - Acme,", "AU  - et al.", "TI  - On rivers"]
    lines += ["T2  - Journal of Water", "PY  - 2020", "DA  - 2020/05//in press", "SP  - 1", "EP  - 10", "DO  - 10.1000/ab"]
    assert write_ris([reference]).splitlines() == [*lines, "ER  - "]
    assert write_ris([]) == ""


PIECES = [
    "TY  - JOUR",
    "TY  - ",
    "ER  - ",
    "AU  - Lee, A.",
    "AU -",
    "TI  - T",
    "\n",
    "\r",
    " ",
    "-",
    "XX  - x",
    "\ufeff",
    "é",
    "UK  - x",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("\n".join) | st.text(max_size=60))
def test_any_text_gives_entries_in_order_under_unlike_ids(text: str) -> None:
    entries = read_ris(text)
    assert len({entry.id for entry in entries}) == len(entries)
    spans = [entry.span for entry in entries if entry.span]
    assert spans == sorted(spans)
    assert all(entry.span and entry.span.of(text) == entry.raw and entry.raw.strip() for entry in entries)
