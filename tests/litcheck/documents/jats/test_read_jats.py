"""JATS articles: text, notes, references as the tags hold them, links; and lists and sets without an article's text."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bib.model import ParseFailure, Reference
from litcheck.documents import Document, read_document
from litcheck.errors import UnreadableDocument
from litcheck.limits import Limits
from litcheck.preparing import prepare

ARTICLE = Path(__file__).with_name("article.xml")
TEXT = ARTICLE.with_suffix(".txt").read_text(encoding="utf-8")


def read(tmp_path: Path, source: str | bytes, **limits: int) -> Document:
    path = tmp_path / "paper.xml"
    path.write_bytes(source.encode() if isinstance(source, str) else source)
    return read_document(path, limits=Limits(**limits))


def article(body: str, back: str = "") -> str:
    return f'<article article-type="x"><front/><body>{body}</body><back>{back}</back></article>'


def test_an_article_in_reading_order() -> None:
    document = read_document(ARTICLE)
    assert document.format == "jats"
    assert document.text == TEXT
    assert [span.of(TEXT) for span in document.superscripts] == ["a", "2+", "1", "*"]


def test_references_are_those_of_the_tags_in_their_places() -> None:
    document = read_document(ARTICLE)
    assert document.entries is not None
    assert [entry.id for entry in document.entries] == ["B1", "B2", "B3", "B4", "B4 (2)"]
    assert all(isinstance(entry, Reference) and entry.span and entry.span.of(TEXT) == entry.raw for entry in document.entries)
    lee, roy = document.entries[:2]
    assert isinstance(lee, Reference)
    assert isinstance(roy, Reference)
    assert (lee.title, lee.container_title, lee.volume, lee.page, lee.label) == ("On rivers", "Water", "3", "1–9", "1")
    assert ([name.family for name in roy.authors], roy.doi) == (["Roy", "Kim"], "10.1000/lakes")
    assert roy.raw == "2. Roy, B, Kim, C (2021). On lakes. Water, 4(2), 10–19. https://doi.org/10.1000/lakes."
    assert document.sections is not None
    (section,) = document.sections
    assert section.span.of(TEXT).startswith("References\n\n1. Lee")


def test_citations_are_linked_within_ranges_and_groups_too() -> None:
    citations = prepare(read_document(ARTICLE)).citations
    assert {id_ for citation in citations for id_ in citation.references} == {"B1", "B2", "B3", "B4", "B4 (2)"}
    assert {citation.text for citation in citations} == {"1–3", "the others"}


def test_what_the_text_says_is_checked_against_the_reference(tmp_path: Path) -> None:
    refs = "".join(
        f"<ref id='r{n}'><mixed-citation>{name}, A. (2020). Marshes of {name}. Shores, 4, 1–9.</mixed-citation></ref>"
        for n, name in enumerate(("Lee", "Roy"))
    )
    body = "<p>So (<xref ref-type='bibr' rid='r0'>Lee, 2018</xref>) and (<xref ref-type='bibr' rid='r1'>Roy, 2020</xref>).</p>"
    citations = prepare(read(tmp_path, article(body, f"<ref-list>{refs}</ref-list>"))).citations
    assert [(citation.text, citation.link.value, citation.nearest) for citation in citations] == [
        ("Lee, 2018", "year-differs", "r0"),
        ("Roy, 2020", "exact", None),
    ]


@pytest.mark.parametrize(
    "source",
    [
        "<ref-list><ref id='a'><mixed-citation>Lee, A. (2020). On rivers. Water, 3, 1–9.</mixed-citation></ref></ref-list>",
        "<article article-type='x'><front/><back><ref-list><ref id='a'><mixed-citation>Lee, A. (2020). On rivers. Water, 3, 1–9."
        "</mixed-citation></ref></ref-list></back></article>",
        "<pmc-articleset>"
        + article(
            "<p>One</p>", "<ref-list><ref id='a'><mixed-citation>Lee, A. (2020). On rivers.</mixed-citation></ref></ref-list>"
        )
        + article("<p>Two</p>")
        + "</pmc-articleset>",
    ],
)
def test_lists_and_sets_are_bibliographies(tmp_path: Path, source: str) -> None:
    document = read(tmp_path, source)
    assert document.is_bibliography
    assert [entry.id for entry in document.entries or ()] == ["a"]


def test_a_set_of_one_article_is_the_article(tmp_path: Path) -> None:
    document = read(tmp_path, f"<pmc-articleset>{article('<p>One</p>')}</pmc-articleset>")
    assert (document.text, document.is_bibliography, document.sections, document.entries) == ("One\n", False, None, None)


def test_a_reference_that_cannot_be_used_keeps_its_place(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        article("<p>x</p>", "<ref-list><ref id='a'><element-citation><year>2020</year></element-citation></ref></ref-list>"),
    )
    assert document.entries is not None
    (entry,) = document.entries
    assert isinstance(entry, ParseFailure)
    assert (entry.raw, entry.line) == ("2020", None)


def test_entities_have_no_effect(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    declared = f'<!DOCTYPE article [<!ENTITY x SYSTEM "{(tmp_path / "secret.txt").as_uri()}"><!ENTITY y "{"ha" * 50}">]>'
    document = read(tmp_path, declared + article("<p>a&x;b&y;c&eacute;&thinsp;d</p>"))
    assert document.text == "abcé d\n"


def test_broken_articles_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="broken XML"):
        read(tmp_path, article("<p>x"))
    with pytest.raises(UnreadableDocument, match="broken XML"):
        read(tmp_path, article("<p>" * 500 + "</p>" * 500))
    with pytest.raises(UnreadableDocument, match="longer than 0 seconds"):
        read(tmp_path, article("<p>x</p>"), max_seconds=0)


BOMBS = [
    "<p><xref rid='" + "r " * 5000 + "'>x</xref></p>",
    "<p>" + "<xref rid='f'>1</xref>" * 20_000 + "</p><fn id='f'><p>x</p></fn>",
    "<p>" + "<fn><p>x</p></fn>" * 10_000 + "</p>",
    "<p>" + "<graphic/>x" * 50_000 + "</p>",
]


@pytest.mark.parametrize("body", BOMBS, ids=[bomb[:20] for bomb in BOMBS])
def test_no_article_takes_long(tmp_path: Path, body: str) -> None:
    back = "<ref-list><ref id='r'><mixed-citation>Lee (2020). On rivers.</mixed-citation></ref></ref-list>"
    assert read(tmp_path, article(body, back), max_seconds=20).text


def test_an_article_that_is_cut_off_or_changed_anywhere_is_read_or_refused(tmp_path: Path) -> None:
    data = ARTICLE.read_bytes()
    for at in range(1, len(data), len(data) // 50):
        for damaged in (data[:at], data[:at] + bytes([data[at] ^ 0x15]) + data[at + 1 :]):
            with suppress(UnreadableDocument):
                assert read(tmp_path, damaged).text.strip()


PIECES = st.sampled_from(
    (
        *(
            "<p>",
            "</p>",
            "<fn id='f'>",
            "</fn>",
            "<xref rid='f r'>",
            "</xref>",
            "<sup>",
            "</sup>",
            "<ref-list>",
            "</ref-list>",
            "a ",
        ),
        *(
            "<ref id='r'>",
            "</ref>",
            "<mixed-citation>",
            "</mixed-citation>",
            "<element-citation>",
            "</element-citation>",
            "<label>1",
        ),
        *(
            "</label>",
            "<title>",
            "</title>",
            "<list list-type='order'>",
            "<list-item>",
            "</list-item>",
            "</list>",
            "<body>",
            "</body>",
        ),
    )
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_body_gives_a_text_with_spans_in_it_or_a_message(tmp_path_factory: pytest.TempPathFactory, body: str) -> None:
    with suppress(UnreadableDocument):
        document = read(tmp_path_factory.getbasetemp(), article(body))
        for entry in document.entries or ():
            assert entry.span is not None
            assert entry.span.of(document.text) == entry.raw != ""
