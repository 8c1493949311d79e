"""What holds for any text whatever: spans lie in it, in order, ids exist, and the work grows no faster than the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bib.model import Date, Name, Reference, Span
from bib.sections import ReferenceSection
from litcheck.citations import Link, detect_style, find_citations
from litcheck.citations.style import STYLES
from litcheck.citations.tokens import tokenise
from litcheck.documents.model import Document

LEE, ROY, BERG = Name(family="Lee"), Name(family="Roy"), Name(family="van der Berg")
WHO = Name(literal="World Health Organization")
REFERENCES = (
    Reference(id="1", raw="Lee, A. (2020). X.", authors=(LEE,), issued=Date(year=2020)),
    Reference(id="2", raw="Lee, A., & Roy, B. (2021a). Y.", authors=(LEE, ROY), issued=Date(year=2021)),
    Reference(id="3", raw="World Health Organization. (2019). Z.", authors=(WHO,), issued=Date(year=2019)),
    Reference(id="4", raw="van der Berg, C. (in press). W.", authors=(BERG,), status="in press"),
    Reference(id="5", raw="???"),
)
IDS = {reference.id for reference in REFERENCES}
PIECES = st.sampled_from(
    (
        *"()[],;:.&*_—-“”（）’'\n\t ",
        *("and", "et al.", "et\nal.", "Lee", "Roy", "LEE;", "van der Berg", "World Health Organization", "WHO", "[WHO]", "J."),
        *("(WHO", "2020", "2020a", "2021a,b", "2021a–c", "b", "1930/2013", "in press", "n.d.", "A 2020 study by", "p. 12", "’s"),
        *("1", "2", "3", "1–3", "1,2", "word1", ".2", "<i>", "\n\n", "王明", "等", "https://x.org/2020", "é", "e\u0301"),
    )
)
TEXTS = st.one_of(st.lists(PIECES, max_size=60).map(" ".join), st.lists(PIECES, max_size=60).map("".join), st.text(max_size=300))


def document(text: str, superscripts: tuple[Span, ...] = ()) -> Document:
    return Document(path="-", sha256="", format="text", text=text, superscripts=superscripts)


@given(TEXTS, st.integers(0, 100), st.integers(0, 100), st.booleans())
@settings(max_examples=300, deadline=None)
def test_any_text(text: str, a: int, b: int, raised: bool) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    listed = ReferenceSection(span=Span(start, end), heading=None, entries=())
    marks = tuple(Span(n, n + 1) for n, character in enumerate(text) if character.isdigit()) if raised else ()
    found = find_citations(document(text, marks), (listed,), REFERENCES)
    positions = [citation.span.start for citation in found]
    assert positions == sorted(positions)
    for citation in found:
        assert 0 <= citation.span.start < citation.span.end <= len(text)
        assert citation.text == citation.span.of(text)
        assert not citation.span.overlaps(listed.span) or start == end
        assert set(citation.references) <= IDS
        assert citation.nearest is None or citation.nearest in IDS
        assert bool(citation.references) == (citation.link in (Link.EXACT, Link.MISSPELLED))
        assert (len(citation.candidates) > 1) == (citation.link is Link.AMBIGUOUS)
    assert detect_style(document(text), found, REFERENCES) in STYLES


@given(st.text())
def test_tokens_are_in_order_and_inside_the_text(text: str) -> None:
    end = 0
    for token in tokenise(text):
        assert end <= token.start <= token.end <= len(text)
        end = token.end


HOSTILE = (
    *("(", "[", "[1-", "[1, ", "(1) ", "[WHO] ", "(Lee, 2020; ", "<i>", "'", "\n ", "10.1000/", "王", "e\u0301"),
    *("A, ", "A and ", "Lee, ", "Lee & ", "J. ", "de ", "van der ", "et al. ", "World Health Organization ", "Organization "),
    *("2020; ", "2020, ", "2021a, b, ", "Smith 2020; ", "2020, p. 1, ", "2020 study by ", "in press "),
    *("1, ", "word1 ", "word1,2 ", "ref. 1 ", "a-", "a-\n"),
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_gives_citations_inside_it(piece: str) -> None:
    text = piece * (80_000 // len(piece))
    for citation in find_citations(document(text), (), REFERENCES):
        assert citation.text == citation.span.of(text)
