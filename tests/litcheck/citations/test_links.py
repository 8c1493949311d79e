"""What links to entries add to the citations of a text, and where they lead astray."""

from __future__ import annotations

import pytest

from bib.model import Date, Name, Reference, Span
from bib.sections import ReferenceSection
from litcheck.citations import find_citations
from litcheck.citations.links import links_astray
from litcheck.citations.model import Citation, Link
from litcheck.documents.model import CitationLink, Document


def entry(id_: str, family: str, year: int) -> Reference:
    raw = f"{family}, A. ({year}). Marshes of {family}. Shores, 4, 1–9."
    return Reference(
        id=id_, raw=raw, authors=(Name(family=family, given="A."),), issued=Date(year=year), title=f"Marshes of {family}"
    )


ENTRIES = tuple(
    entry(f"B{number}", family, 2010 + number)
    for number, family in enumerate(("Lee", "Roy", "Kim", "Poe", "Doe", "Zhu", "Orr", "Fox", "Ray", "Gil", "Bly"), start=1)
)
TWINS = (entry("T1", "Day", 2020), entry("T2", "Day", 2020))


def found(marked: str, entries: tuple[Reference, ...] = ENTRIES) -> tuple[Document, tuple[Citation, ...]]:
    """The citations of a text in which "{words|ids}" are links."""
    text, links = "", []
    for piece in marked.replace("}", "{").split("{"):
        words, bar, ids = piece.partition("|")
        if bar:
            links.append(CitationLink(span=Span(len(text), len(text) + len(words)), references=tuple(ids.split())))
        text += words
    document = Document(path="-", sha256="", format="html", text=text, links=tuple(links))
    sections: tuple[ReferenceSection, ...] = ()
    return document, find_citations(document, sections, entries)


def told(citations: tuple[Citation, ...]) -> list[str]:
    return [f"{citation.text}: {' '.join(citation.references) or citation.link.value}" for citation in citations]


CASES = [
    # What the text says itself is read once.
    ("So ({Lee, 2011|B1}; {Roy, 2012|B2}).", ["Lee, 2011: B1", "Roy, 2012: B2"]),
    ("So ({Lee, 2011; Roy, 2012|B1 B2}).", ["Lee, 2011: B1", "Roy, 2012: B2"]),
    ("So Lee ({2011|B1}) says.", ["Lee (2011): B1"]),
    # What no text says is the link's.
    ("See {the former|B1} and {①|B2}.", ["the former: B1", "①: B2"]),
    ("It is so [{1|B1}–{3|B3}].", ["1: B1", "1–3: B2", "3: B3"]),
    ("It is so [{1|B1}–{4|B4}, {7|B7}].", ["1–4: B1", "1–4: B2", "1–4: B3", "1–4: B4", "7: B7"]),
    ("It is so {1,|B1} {4|B4}.", ["1,: B1", "4: B4"]),
    # A link to an entry that is not there cites nothing.
    ("See {the former|B99}.", []),
    # The year or the author is another one: the ordinary findings, and the entry is not cited by it.
    ("So ({Lee, 2018|B1}).", ["Lee, 2018: year-differs"]),
    ("So ({Nobody, 2011|B1}).", ["Nobody, 2011: missing"]),
    ("So ({Lee, 2011|B2}).", ["Lee, 2011: B1"]),
]


@pytest.mark.parametrize(("marked", "citations"), CASES)
def test_links(marked: str, citations: list[str]) -> None:
    assert told(found(marked)[1]) == citations


def test_a_link_says_which_of_two_entries_is_meant() -> None:
    assert told(found("So (Day, 2020).", TWINS)[1]) == ["Day, 2020: ambiguous"]
    assert told(found("So ({Day, 2020|T2}).", TWINS)[1]) == ["Day, 2020: T2"]


def test_a_name_that_the_text_alone_does_not_lead_to_is_taken_with_the_link() -> None:
    assert told(found("So ({Lee and the Marshes Group, 2011|B1}).")[1])[-1:] == ["Lee and the Marshes Group, 2011: B1"]


def test_a_link_that_leads_astray_is_told() -> None:
    document, citations = found(
        "So ({Lee, 2011|B2}). " + " ".join(f"And ({e.authors[0].family}, {e.year})." for e in ENTRIES[1:])
    )
    assert links_astray(document.links, citations) == ()  # the only link there is
    right = " ".join(f"And ({{{e.authors[0].family}, {e.year}|{e.id}}})." for e in ENTRIES[1:])
    document, citations = found("So ({Lee, 2011|B2}). " + right)
    (astray,) = links_astray(document.links, citations)
    assert (citations[astray.place].text, astray.link.references) == ("Lee, 2011", ("B2",))


def test_ends_of_ranges_and_groups_under_one_link_are_not_astray() -> None:
    entries = tuple(entry(str(number), f"Name{number}", 2000 + number) for number in range(1, 13))
    document, citations = found("It is [{1|1}–{5|5}], {[6, 7]|6 7} and [{8|8}]–[{12|12}].", entries)
    assert [citation.link for citation in citations] == [Link.EXACT] * 12
    assert links_astray(document.links, citations) == ()
