"""What is found in a text and which entries it names, from the tables beside this file."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from bib.model import Date, Name, ParseFailure, Reference, Span
from bib.sections import ReferenceSection
from litcheck.citations import Citation, Link, find_citations
from litcheck.documents.markdown import read_markdown
from litcheck.documents.model import CitationKey, Document
from litcheck.documents.pandoc_keys import mark_keys
from litcheck.limits import DEFAULT_LIMITS, Allowance
from tests.litcheck.citations.signs import SIGNS, told_of

HERE = Path(__file__).parent
AUTHOR_YEAR = yaml.safe_load((HERE / "author_year.yaml").read_text(encoding="utf-8"))
NUMERIC = yaml.safe_load((HERE / "numeric.yaml").read_text(encoding="utf-8"))


def document(text: str, **marks: Any) -> Document:
    return Document(path="-", sha256="", format="text", text=text, **marks)


def reference(id_: str, entry: dict[str, Any]) -> Reference:
    authors = tuple(_name(author) for author in entry["authors"])
    printed = "; ".join(name.literal or name.full_family for name in authors)
    year = entry.get("year")
    return Reference(
        id=id_,
        raw=entry.get("raw") or f"{printed} ({year or entry['status']}{entry.get('suffix', '')}). A title.",
        authors=authors,
        issued=Date(year=year) if year else None,
        year_suffix=entry.get("suffix", ""),
        original_year=entry.get("original"),
        status=entry.get("status", ""),
    )


def _name(author: str) -> Name:
    if author.startswith("="):
        return Name(literal=author[1:])
    family, _, given = author.partition(", ")
    return Name(family=family, given=given)


REFERENCES = tuple(reference(id_, entry) for id_, entry in AUTHOR_YEAR["entries"].items())
NUMBERED = tuple(
    Reference(id=str(n), raw=f"{n}. Author{n} A. Title. 20{n:02}.", label=str(n), authors=(Name(family=f"Author{n}"),))
    for n in range(1, 13)
)


def _raised_in(marked: str) -> tuple[str, tuple[Span, ...]]:
    """The text without its braces, and the spans that they are around."""
    spans: list[Span] = []
    text = ""
    for nth, piece in enumerate(re.split("[{}]", marked)):
        spans += [Span(len(text), len(text) + len(piece))] * (nth % 2)
        text += piece
    return text, tuple(spans)


def told(citation: Citation) -> str:
    return " ".join((citation.text, SIGNS[citation.link], *told_of(citation)))


@pytest.mark.parametrize("case", AUTHOR_YEAR["cases"], ids=lambda case: case["text"][:60])
def test_author_year(case: dict[str, Any]) -> None:
    found = find_citations(document(case["text"]), (), REFERENCES)
    assert [told(citation) for citation in found] == case["finds"]
    assert all(citation.span.of(case["text"]) == citation.text for citation in found)


@pytest.mark.parametrize("case", NUMERIC["cases"], ids=lambda case: case["text"][:60])
def test_numeric(case: dict[str, Any]) -> None:
    given = document(case["text"])
    is_markdown = case.get("format") == "markdown"
    read = read_markdown(given, Allowance("-", DEFAULT_LIMITS)) if is_markdown else mark_keys(given)
    found = find_citations(read, (), NUMBERED)
    texts: dict[Span, list[str]] = {}
    for citation in found:
        assert citation.references == ((str(citation.number),) if citation.number in range(1, 13) else ())
        texts.setdefault(citation.span, [f"{citation.text}:"]).append(str(citation.number))
    assert [" ".join(parts) for parts in texts.values()] == case["finds"]
    assert all(citation.span.of(read.text) == citation.text for citation in found)


def test_nothing_inside_the_list_is_a_citation_and_text_after_it_is_read() -> None:
    text = "Silence helps (Lee, 2020).\n\nReferences\n\nLee (2020). A title.\n\nSupplement\n\nSee Lee (2020)."
    start, end = text.index("References"), text.index("\n\nSupplement")
    section = ReferenceSection(span=Span(start, end), heading=None, entries=())
    found = find_citations(document(text), (section,), REFERENCES)
    assert [citation.text for citation in found] == ["Lee, 2020", "Lee (2020)"]


def test_forms() -> None:
    found = find_citations(document("Lee (2020) and (Brandt & Ilves, 2019)"), (), REFERENCES)
    assert [(c.form, c.authors, c.et_al, c.year) for c in found] == [
        ("narrative", ("Lee",), False, "2020"),
        ("parenthetical", ("Brandt", "Ilves"), False, "2019"),
    ]


def test_keys_of_the_format_are_citations() -> None:
    text = "Silence [@lee] and [@nobody]."
    places = {key: text.index(f"@{key}") for key in ("lee", "nobody")}
    keys = tuple(CitationKey(span=Span(start, start + len(key) + 1), key=key) for key, start in places.items())
    found = find_citations(document(text, keys=keys), (), REFERENCES)
    assert [(c.text, c.form, c.references, c.link) for c in found] == [
        ("@lee", "key", ("lee",), Link.EXACT),
        ("@nobody", "key", (), Link.MISSING),
    ]


def test_a_bare_key_cites_only_where_an_entry_has_it() -> None:
    text = "Silence @lee and @someone."
    places = {key: text.index(f"@{key}") for key in ("lee", "someone")}
    keys = tuple(CitationKey(span=Span(start, start + len(key) + 1), key=key, bare=True) for key, start in places.items())
    plain = document(text, keys=keys)
    assert [c.key for c in find_citations(plain, (), REFERENCES)] == ["lee"]
    assert [c.key for c in find_citations(replace(plain, format="markdown"), (), REFERENCES)] == ["lee", "someone"]
    assert find_citations(replace(plain, format="markdown"), (), NUMBERED) == ()


def test_the_nearest_key_is_named_and_not_taken() -> None:
    text = "[@brandt]"
    listed = [replace(reference, id=f"brand{n}") for n, reference in enumerate(REFERENCES[:1])]
    keys = (CitationKey(span=Span(1, 8), key="brandt"),)
    (citation,) = find_citations(document(text, keys=keys), (), listed)
    assert (citation.references, citation.link, citation.nearest) == ((), Link.MISSING, "brand0")


def test_pages_beside_keys_are_no_numbers_of_entries() -> None:
    text = "[@lee] [1], [@lee, 2] [2]"
    keys = tuple(CitationKey(span=Span(at, at + 4), key="lee") for at in (1, 13))
    listed = [replace(REFERENCES[0], id=id_) for id_ in ("lee", "roy")]
    assert {c.form for c in find_citations(document(text, keys=keys), (), listed[:1])} == {"key"}


def test_marked_superscripts_cite_and_powers_do_not() -> None:
    text = "One1,2 and two3-5 weigh 10 m2 or 103; then 6, 7–12."
    raised = ("1,2", "3-5", "2 or", "3;", "7–12")
    marks = tuple(Span(text.index(mark), text.index(mark) + len(mark.rstrip("; or"))) for mark in raised)
    found = find_citations(document(text, superscripts=marks), (), NUMBERED)
    assert [citation.number for citation in found] == [1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12]
    assert {citation.form for citation in found} == {"superscript"}


@pytest.mark.parametrize(
    ("marked", "numbers"),
    [
        ("One{1-9} with MEGA 6{10} and two{11}.", [*range(1, 12)]),
        ("One{1-9} of vitamin D{10} and two{11}.", [*range(1, 12)]),
        ("One{1-9} of 4.3 kg{10} and two{11}.", [*range(1, 12)]),
        ("One{1-9} by C{10}, which is C{10}, and two{11}.", [*range(1, 10), 11]),
        ("One{1-9} of 10{10} cells and two{11}.", [*range(1, 10), 11]),
        ("One{1-9} of 1.5 × 2{10} bytes and two{11}.", [*range(1, 10), 11]),
        ("One{1-11} with MEGA 6{10}, and again{10}.", [*range(1, 12), 10, 10]),
        ("One{1-11} of vitamin D{10}, and again{10}.", [*range(1, 12), 10]),
        ("One{1-4} of 1.05{11}, and two{5-12}.", [*range(1, 13)]),
        ("One{1-5} of 0.5{6} and two{7-12}.", [*range(1, 6), *range(7, 13)]),
        ("One{1-8} had COVID-19{2}, SARS-CoV-2{3} or 20-2{4}.", [*range(1, 9), 2, 3]),
        ("One{1-8} of 2H{6}ABA and two{3}then.", [*range(1, 9), 3]),
        ("One{1-8} and all.\n\n{9} Department of Rooms\n{10}Institute of Halls\n\nThen\t{2}", [*range(1, 9), 2]),
    ],
)
def test_what_is_raised_after_a_figure_or_letter_cites_where_it_is_due(marked: str, numbers: list[int]) -> None:
    text, spans = _raised_in(marked)
    found = find_citations(document(text, superscripts=spans), (), NUMBERED)
    assert [citation.number for citation in found] == numbers


@pytest.mark.parametrize(
    ("marked", "texts"),
    [
        ("One{1-9}{, }{10} and two{11}.", ["1-9"] * 9 + ["10", "11"]),
        ("One{1-9},{ }{10} and two{11,} three{12.}", ["1-9"] * 9 + ["10", "11", "12"]),
        ("One{1-9}{,} {10} and two{11}, {12}.", ["1-9"] * 9 + ["10", "11", "12"]),
        ("One{1}–{12}.", ["1–12"] * 12),
        ("One{1-9} {10} and two{0.5} or{5.6}.", ["1-9"] * 9 + ["10"]),
    ],
)
def test_marks_between_and_after_numbers_may_be_raised_with_them(marked: str, texts: list[str]) -> None:
    text, spans = _raised_in(marked)
    found = find_citations(document(text, superscripts=spans), (), NUMBERED)
    assert [citation.text for citation in found] == texts


def test_numbers_raised_with_a_pair_of_parentheses_each() -> None:
    text = "One(1),(2) and two(3)-(5) say; they left 7),(8 here."
    marks = tuple(Span(text.index(mark), text.index(mark) + len(mark)) for mark in ("(1),(2)", "(3)-(5)", "7),(8"))
    found = find_citations(document(text, superscripts=marks), (), NUMBERED)
    assert [citation.number for citation in found] == [1, 2, 3, 4, 5, 7, 8]


def test_an_entry_that_could_not_be_parsed_is_cited_all_the_same() -> None:
    failure = ParseFailure(id="9", raw="Nakamura T, Ono K 2018 ?? Rooms", reason="no title")
    found = find_citations(document("(Nakamura & Ono, 2018; Lee, 2020)"), (), (*REFERENCES, failure))
    assert [citation.references for citation in found] == [("9",), ("lee",)]


def test_without_a_list_citations_are_found_and_not_linked() -> None:
    found = find_citations(document("Silence helps (Lee & Roy, 2020), says Lee et al. (2021)."), (), ())
    assert [(citation.text, citation.link) for citation in found] == [
        ("Lee & Roy, 2020", Link.MISSING),
        ("Lee et al. (2021)", Link.MISSING),
    ]
