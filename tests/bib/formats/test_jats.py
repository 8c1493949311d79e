from __future__ import annotations

import pytest

from bib.formats.jats import read_jats, write_jats
from bib.model import Date, Name, ParseFailure, Reference

ELEMENT = """<ref id="B1"><label>1.</label><element-citation publication-type="journal">
<person-group person-group-type="author"><name name-style="western"><surname>van der Berg</surname>
<given-names>JA</given-names><suffix>Jr</suffix></name><collab>The River Group</collab><etal/></person-group>
<article-title>On <italic>Lemna</italic> minor</article-title><source>J Water</source><year iso-8601-date="2020-05">2020a</year>
<volume>12</volume><issue>3</issue><fpage>1</fpage><lpage>10</lpage>
<pub-id pub-id-type="doi">10.1000/AB</pub-id><pub-id pub-id-type="pmid">12345678</pub-id>
<pub-id pub-id-type="pmcid">PMC123456</pub-id>
</element-citation></ref>"""


def test_an_element_citation() -> None:
    (entry,) = read_jats(f"<article><back><ref-list>{ELEMENT}</ref-list></back></article>")
    assert isinstance(entry, Reference)
    assert entry == Reference(
        id="B1",
        raw=ELEMENT,
        span=entry.span,
        type="article-journal",
        authors=(
            Name(family="Berg", given="JA", suffix="Jr", non_dropping_particle="van der"),
            Name(literal="The River Group"),
        ),
        authors_truncated=True,
        issued=Date(year=2020, month=5),
        year_suffix="a",
        title="On Lemna minor",
        container_title="J Water",
        volume="12",
        issue="3",
        page="1–10",
        doi="10.1000/ab",
        doi_printed="10.1000/AB",
        pmid="12345678",
        pmcid="PMC123456",
        label="1.",
    )


def cited(content: str, tag: str = "element-citation", **attributes: str) -> Reference:
    written = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    (entry,) = read_jats(f'<ref id="r"><{tag}{written}>{content}</{tag}></ref>')
    assert isinstance(entry, Reference), entry
    return entry


LEE = "<name><surname>Lee</surname><given-names>A</given-names></name>"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<source>On rivers</source>", {"title": "On rivers", "container_title": ""}),
        (
            "<chapter-title>A part</chapter-title><source>A book</source>",
            {"title": "A part", "container_title": "A book", "type": "chapter"},
        ),
        (f"{LEE}<source>T</source>", {"authors": (Name(family="Lee", given="A"),)}),
        (
            f'<person-group person-group-type="editor">{LEE}</person-group><source>T</source>',
            {"authors": (), "editors": (Name(family="Lee", given="A"),)},
        ),
        ("<string-name>Lee, Anna</string-name><source>T</source>", {"authors": (Name(family="Lee", given="Anna"),)}),
        (
            f"<name-alternatives>{LEE}<string-name>李</string-name></name-alternatives><source>T</source>",
            {"authors": (Name(family="Lee", given="A"),)},
        ),
        ("<collab>et al.</collab><source>T</source>", {"authors": (), "authors_truncated": True}),
        ("<source>T</source><year>2020</year><month>May</month><day>4</day>", {"issued": Date(year=2020, month=5, day=4)}),
        ("<source>T</source><date><year>2020</year></date>", {"issued": Date(year=2020)}),
        ("<source>T</source><year>in press</year>", {"issued": None, "status": "in press"}),
        ("<source>T</source><comment>In press</comment>", {"status": "In press"}),
        ("<source>T</source><comment>A comment</comment>", {"status": ""}),
        ("<source>T</source><elocation-id>e12</elocation-id>", {"page": "e12"}),
        ("<source>T</source><fpage>1</fpage><lpage>9</lpage><page-range>1-3, 9</page-range>", {"page": "1-3, 9"}),
        (
            '<source>T</source><ext-link ext-link-type="uri" xlink:href="https://example.org/a">here</ext-link>',
            {"url": "https://example.org/a"},
        ),
        ("<source>T</source><uri>https://doi.org/10.1000/ab</uri>", {"doi": "10.1000/ab"}),
        (
            '<source>T</source><date-in-citation content-type="access-date">4 May 2021</date-in-citation>',
            {"accessed": Date(year=2021, month=5, day=4)},
        ),
        ('<source>T</source><pub-id pub-id-type="arxiv">2001.00001</pub-id>', {"arxiv": "2001.00001"}),
    ],
)
def test_fields(content: str, expected: dict[str, object]) -> None:
    reference = cited(content, publication_type="book")
    assert {name: getattr(reference, name) for name in expected} == expected


def test_older_tags() -> None:
    reference = cited(f"{LEE}<article-title>T</article-title><source>J</source>", "nlm-citation", citation_type="journal")
    assert (reference.type, reference.container_title) == ("article-journal", "J")


def test_a_string_without_tags_is_read_as_one() -> None:
    text = "Lee, A., &amp; Roy, S. (2020). On rivers. <italic>Journal of Water</italic>, 12(3), 1–10. doi: 10.1000/ab"
    reference = cited(text, "mixed-citation", publication_type="journal")
    assert [name.family for name in reference.authors] == ["Lee", "Roy"]
    assert (reference.title, reference.container_title, reference.year) == ("On rivers", "Journal of Water", 2020)
    assert (reference.volume, reference.doi) == ("12", "10.1000/ab")


def test_a_tagged_string_is_read_by_its_tags() -> None:
    title = "<article-title>The title. It goes on</article-title>"
    text = f"<person-group>{LEE}</person-group>. {title}. <source>J</source>, <year>2020</year>."
    reference = cited(text, "mixed-citation")
    assert (reference.title, reference.container_title, reference.year, reference.confidence) == (
        "The title. It goes on",
        "J",
        2020,
        1.0,
    )


def test_several_citations_in_one_reference() -> None:
    one, two = (f"<element-citation><source>{title}</source></element-citation>" for title in ("One", "Two"))
    both = read_jats(f'<ref id="B1"><label>1</label>{one}{two}</ref>')
    assert [(entry.id, getattr(entry, "title", "")) for entry in both] == [("B1", "One"), ("B1 (2)", "Two")]
    (form,) = read_jats(f"<ref><citation-alternatives><mixed-citation>Text</mixed-citation>{one}</citation-alternatives></ref>")
    assert isinstance(form, Reference)
    assert (form.id, form.title) == ("line 1", "One")


def test_what_is_bad_is_named_with_its_line() -> None:
    entries = read_jats(
        f'<ref-list>\n<ref id="a"><element-citation><b></ref>\n<ref id="b"><note>x</note></ref>\n{ELEMENT}</ref-list>'
    )
    broken, empty, good = entries
    assert isinstance(broken, ParseFailure)
    assert isinstance(empty, ParseFailure)
    assert isinstance(good, Reference)
    assert (broken.line, empty.line, empty.id) == (2, 3, "b")
    assert "mismatched tag" in broken.reason


def test_ids_that_are_no_names_become_some() -> None:
    ids = ["1", "lee 2020", "ref-1", "É", "a", ""]
    written = write_jats([Reference(id=id_, raw="", title="T") for id_ in ids])
    assert [entry.id for entry in read_jats(written)] == ["ref-1", "ref-lee-2020", "ref-1-2", "ref", "a", "ref-2"]
