"""The style that citations and entries show."""

from __future__ import annotations

import pytest

from bib.model import Date, Name, Reference
from litcheck.citations import STYLES, detect_style, find_citations
from litcheck.documents.model import Document

NAMES = ("Lee", "Roy", "Day", "Ito")


def references(form: str) -> tuple[Reference, ...]:
    return tuple(
        Reference(
            id=str(n),
            raw=form.format(n=n, name=name, NAME=name.upper(), year=2010 + n),
            authors=(Name(family=name, given="A."), Name(family="Moe", given="B.")),
            issued=Date(year=2010 + n),
        )
        for n, name in enumerate(NAMES, start=1)
    )


@pytest.mark.parametrize(
    ("style", "citation", "entry"),
    [
        ("apa", "({name} & Moe, {year})", "{name}, A., & Moe, B. ({year}). A title. Journal, 1, 2–3."),
        ("harvard", "({name} and Moe, {year})", "{name}, A. and Moe, B. ({year}) A title, Journal, 1, pp. 2–3."),
        ("chicago", "({name} and Moe {year})", "{name}, Anna, and Ben Moe. {year}. “A Title of a Work.” Journal 1: 2–3."),
        ("abnt", "({NAME}; MOE, {year})", "{NAME}, A.; MOE, B. Um título. Revista, v. 1, p. 2-3, {year}."),
        ("author-year", "({name} & Moe {year})", "{name} A, Moe B {year} A title. Journal 1: 2–3."),
        ("ieee", "[{n}]", "[{n}] A. {name} and B. Moe, “A title of a work,” Journal, vol. 1, pp. 2–3, {year}."),
        ("vancouver", "[{n}]", "{n}. {name} A, Moe B. A title. Journal. {year};1(2):2-3."),
        ("numeric", "[{n}]", "{n}. {name} A, Moe B: A title. Journal {year}, 1, 2-3."),
        ("superscript", "word.{n}", "{n}. {name} A, Moe B. A title. Journal. {year};1(2):2-3."),
    ],
)
def test_style(style: str, citation: str, entry: str) -> None:
    entries = references(entry)
    places = [citation.format(n=n, name=name, NAME=name.upper(), year=2010 + n) for n, name in enumerate(NAMES, start=1)]
    text = " ".join(f"A sentence has a {place}{'' if '.' in place else '.'}" for place in places)
    document = Document(path="-", sha256="", format="text", text=text)
    found = find_citations(document, (), entries)
    assert len(found) == len(NAMES)
    assert detect_style(document, found, entries) == style
    assert style in STYLES


def test_a_text_that_cites_nothing_has_no_style() -> None:
    document = Document(path="-", sha256="", format="text", text="Nothing.")
    assert detect_style(document, (), ()) == "unknown"
    assert find_citations(document, (), ()) == ()
