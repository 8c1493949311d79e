from __future__ import annotations

import pytest

from bib.formats.endnote_xml import read_endnote_xml, write_endnote_xml
from bib.model import Date, Name, Reference

EXPORT = """<?xml version="1.0" encoding="UTF-8" ?><xml><records>
<record><database name="My.enl" path="My.enl">My.enl</database><source-app name="EndNote" version="20">EndNote</source-app>
<rec-number>12</rec-number><foreign-keys><key app="EN" db-id="x">12</key></foreign-keys>
<ref-type name="Journal Article">17</ref-type>
<contributors><authors><author><style face="normal" font="default" size="100%">van der Berg, Jan</style></author>
<author>World Health Organization,</author></authors></contributors>
<titles><title><style face="normal">On </style><style face="italic">Lemna minor</style></title>
<secondary-title>Journal of Water</secondary-title></titles><periodical><full-title>Journal of Water</full-title></periodical>
<pages>1-10</pages><volume>12</volume><number>3</number>
<dates><year>2020</year><pub-dates><date>May 4</date></pub-dates></dates><isbn>1234-5678</isbn>
<accession-num>12345678</accession-num><urls><related-urls><url>https://doi.org/10.1000/ab</url></related-urls></urls>
<custom2>PMC123456</custom2><electronic-resource-num>10.1000/AB</electronic-resource-num></record>
</records></xml>"""


def test_an_export() -> None:
    (entry,) = read_endnote_xml(EXPORT)
    assert isinstance(entry, Reference)
    assert entry.span
    assert entry.raw == entry.span.of(EXPORT)
    assert entry == Reference(
        id="12",
        raw=entry.raw,
        span=entry.span,
        type="article-journal",
        authors=(
            Name(family="Berg", given="Jan", non_dropping_particle="van der"),
            Name(literal="World Health Organization"),
        ),
        issued=Date(year=2020, month=5, day=4),
        title="On Lemna minor",
        container_title="Journal of Water",
        volume="12",
        issue="3",
        page="1-10",
        doi="10.1000/ab",
        doi_printed="10.1000/AB",
        pmid="12345678",
        pmcid="PMC123456",
        url="https://doi.org/10.1000/ab",
    )


def record(ref_type: str, content: str) -> Reference:
    (entry,) = read_endnote_xml(f"<record>{ref_type}<titles><title>T</title></titles>{content}</record>")
    assert isinstance(entry, Reference)
    return entry


@pytest.mark.parametrize(
    ("ref_type", "csl_type"),
    [
        ('<ref-type name="Book Section">5</ref-type>', "chapter"),
        ("<ref-type>6</ref-type>", "book"),
        ('<ref-type name="Conference Proceedings">10</ref-type>', "paper-conference"),
        ('<ref-type name="Never Heard Of">99</ref-type>', "document"),
        ("", "document"),
    ],
)
def test_types(ref_type: str, csl_type: str) -> None:
    assert record(ref_type, "").type == csl_type


def test_second_people_of_a_book_edit_its_series() -> None:
    people = "<contributors>{}</contributors>"
    second = "<secondary-authors><author>Lee, A.</author></secondary-authors>"
    third = "<tertiary-authors><author>Roy, S.</author></tertiary-authors>"
    assert [name.family for name in record("<ref-type>6</ref-type>", people.format(second + third)).editors] == ["Roy"]
    assert [name.family for name in record("<ref-type>5</ref-type>", people.format(second + third)).editors] == ["Lee"]
    assert [name.family for name in record("<ref-type>6</ref-type>", people.format(second)).editors] == ["Lee"]


def test_what_is_written() -> None:
    reference = Reference(id="lee", raw="", type="book", authors=(Name(family="Lee", given="A."),), title="R & D")
    style = '<style face="normal" font="default" size="100%">'
    assert write_endnote_xml([reference]) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n<xml><records>\n'
        '<record><rec-number>1</rec-number><foreign-keys><key app="litcheck" db-id="litcheck">lee</key></foreign-keys>'
        '<ref-type name="Book">6</ref-type>'
        f"<contributors><authors><author>{style}Lee, A.</style></author></authors></contributors>"
        f"<titles><title>{style}R &amp; D</style></title></titles></record>\n</records></xml>\n"
    )
