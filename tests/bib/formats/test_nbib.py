from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bib.formats.nbib import read_nbib
from bib.model import Date, Name, ParseFailure, Reference, Span

ARTICLE = """
PMID- 12345678
OWN - NLM
STAT- MEDLINE
DP  - 2020 May 4
TI  - On rivers and
      their lakes.
PG  - 123-9
LID - 10.1000/ab.1 [doi]
LID - S0001(20)1 [pii]
FAU - van der Berg, Jan A Jr
AU  - van der Berg JA Jr
AUID- ORCID: 0000
AD  - A department - with hyphens
CN  - The River Group
FAU - Müller, Eva
AU  - Muller E
AU  - Roy S 3rd
LA  - eng
PT  - Journal Article
JT  - Journal of water
TA  - J Water
VI  - 12
IP  - 3
PMC - PMC1234567
SO  - J Water. 2020 May 4;12(3):123-9. doi: 10.1000/ab.1.
"""


def test_an_article() -> None:
    (entry,) = read_nbib(ARTICLE)
    assert entry == Reference(
        id="12345678",
        raw=ARTICLE.strip(),
        span=Span(1, len(ARTICLE) - 1),
        type="article-journal",
        authors=(
            Name(family="Berg", given="Jan A", suffix="Jr", non_dropping_particle="van der"),
            Name(literal="The River Group"),
            Name(family="Müller", given="Eva"),
            Name(family="Roy", given="S", suffix="3rd"),
        ),
        issued=Date(year=2020, month=5, day=4),
        title="On rivers and their lakes.",
        container_title="Journal of water",
        volume="12",
        issue="3",
        page="123-9",
        doi="10.1000/ab.1",
        doi_printed="10.1000/ab.1",
        pmid="12345678",
        pmcid="PMC1234567",
        language="eng",
    )


def read(*lines: str) -> Reference:
    (entry,) = read_nbib("\n".join(["PMID- 1", *lines]))
    assert isinstance(entry, Reference)
    return entry


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["TI  - T", "DP  - 2019 Dec-2020 Jan"], {"issued": Date(year=2019, month=12)}),
        (["TI  - T", "DP  - 2020 Spring"], {"issued": Date(year=2020), "status": ""}),
        (["TI  - T", "DP  - 2020"], {"issued": Date(year=2020)}),
        (["TI  - T", "DEP - 20200504"], {"issued": None}),
        (["TI  - [On rivers]."], {"title": "On rivers"}),
        (["TI  - T", "PT  - Preprint"], {"type": "article"}),
        (
            ["BTI - The book", "PL  - Delft (NL)", "PB  - Press", "ISBN- 9780306406157 (print)"],
            {"type": "book", "title": "The book", "publisher_place": "Delft (NL)", "isbn": "9780306406157"},
        ),
        (
            ["TI  - A chapter", "BTI - The book", "FED - Lee, Anna", "ED  - Lee A"],
            {"type": "chapter", "container_title": "The book", "editors": (Name(family="Lee", given="Anna"),)},
        ),
        (["TI  - T", "AU  - Lee A", "AU  - et al."], {"authors": (Name(family="Lee", given="A"),), "authors_truncated": True}),
        (["TI  - T", "PST - aheadofprint"], {"status": "ahead of print"}),
        (["TI  - T", "PL  - England"], {"publisher_place": ""}),
        (["TI  - T", "LID - e123 [pii]"], {"page": "e123"}),
    ],
)
def test_fields(lines: list[str], expected: dict[str, object]) -> None:
    reference = read(*lines)
    assert {name: getattr(reference, name) for name in expected} == expected


def test_what_is_bad_is_named_with_its_line() -> None:
    stray, good, empty = read_nbib("TI  - Cut off\r\n\r\nPMID- 1\r\nTI  - T\r\n\r\nPMID- 2\r\nDP  - 2020\r\n")
    assert isinstance(good, Reference)
    assert isinstance(stray, ParseFailure)
    assert isinstance(empty, ParseFailure)
    assert (stray.line, stray.reason) == (1, "The record begins with TI, not with its number (PMID).")
    assert (empty.id, empty.line, empty.reason) == ("2", 6, "The entry has neither an author nor a title.")


def test_text_between_records_is_bad_with_its_line() -> None:
    text = "PMID- 1\nTI  - On rivers\n      and lakes\n\n      of old\n\n"
    text += "Lind, J. (2020).\nOn ferns.\n\n2.\n\nPMID- 2\nTI  - B\n\nThe end\n"
    first, pasted, second, last = read_nbib(text)
    assert isinstance(first, Reference)
    assert isinstance(pasted, ParseFailure)
    assert isinstance(second, Reference)
    assert isinstance(last, ParseFailure)
    assert (first.title, second.title) == ("On rivers and lakes of old", "B")
    assert (pasted.line, pasted.raw) == (7, "Lind, J. (2020).\nOn ferns.")
    assert pasted.reason == "The text stands outside of any record; a record begins with its number (PMID)."
    assert (last.line, last.raw) == (15, "The end")


def test_a_blank_line_within_a_record_does_not_end_it() -> None:
    (entry,) = read_nbib("PMID- 1\n\nTI  - On rivers\nand lakes\n\n\nFAU - Lee, Anna\n")
    assert isinstance(entry, Reference)
    assert (entry.title, [name.family for name in entry.authors]) == ("On rivers and lakes", ["Lee"])


def test_fields_without_a_value_say_nothing() -> None:
    (entry,) = read_nbib("PMID- 1\n" + "ER  - \n" * 1000 + "TI  - \n      On rivers\nAU  - \nFAU - Lee, Anna\nAU  - \n")
    assert isinstance(entry, Reference)
    assert (entry.title, entry.authors) == ("On rivers", (Name(family="Lee", given="Anna"),))
    assert entry.raw.endswith("\nAU  -")


@given(
    st.lists(
        st.sampled_from(["PMID- 1", "PMID-", "AU  - Lee A", "FAU - ,", "FAU - Lee", "TI  - T", "", "  x", "x y", "LID - x [doi]"])
    ).map("\n".join)
)
def test_any_text_gives_entries_under_unlike_ids(text: str) -> None:
    entries = read_nbib(text)
    assert len({entry.id for entry in entries}) == len(entries)
    assert all(entry.span and entry.span.of(text) == entry.raw for entry in entries)
