"""Citations and bibliographies that reference managers keep in Word documents."""

from __future__ import annotations

import html
import json
from pathlib import Path

from litcheck import reading
from litcheck.documents import Document
from litcheck.documents.docx import read_docx
from litcheck.limits import Allowance, Limits
from litcheck.preparing import prepare
from tests.litcheck.documents.docx.writing import docx, p, r, raised

OKAFOR = {
    "id": 1,
    "title": "Silence and learning",
    "author": [{"family": "Okafor", "given": "Jane"}],
    "issued": {"date-parts": [[2019]]},
}
BRANDT = {
    "id": 2,
    "title": "Quiet rooms in schools",
    "author": [{"family": "Brandt", "given": "P."}, {"family": "Ilves", "given": "T."}],
    "issued": {"date-parts": [[2021]]},
}
FIRST = "Brandt, P., and Ilves, T. (2021). Quiet rooms in schools. Learning Review, 4, 1–12."
SECOND = "Okafor, J. (2019). Silence and learning. Journal of Reading, 12(3), 45–60."


def read(data: bytes) -> Document:
    return read_docx("paper.docx", data, Allowance("paper.docx", Limits()))


def citing(*items: dict[str, object]) -> str:
    return "ADDIN ZOTERO_ITEM CSL_CITATION " + json.dumps({"citationItems": [{"itemData": item} for item in items]})


def mark(kind: str, inner: str = "") -> str:
    return r(f'<w:fldChar w:fldCharType="{kind}">{inner}</w:fldChar>')


def field(instruction: str, *result: str, data: str = "") -> str:
    """A field whose instruction is cut in two, as Word likes to do."""
    half = len(instruction) // 2
    parts = [f"<w:instrText>{html.escape(part)}</w:instrText>" for part in (instruction[:half], instruction[half:])]
    begin = mark("begin", f"<w:fldData>{data}</w:fldData>" if data else "")
    return begin + "".join(map(r, parts)) + mark("separate") + "".join(result) + mark("end")


def linked(document: Document) -> list[tuple[str, tuple[str, ...]]]:
    return [(citation.text, citation.references) for citation in prepare(document).citations]


def cited(document: Document) -> list[tuple[str, list[str]]]:
    assert document.fields is not None
    return [(one.span.of(document.text), [work.title for work in one.references]) for one in document.fields.citations]


def bibliography(*entries: str) -> str:
    """A list in one field that begins in its first paragraph and ends in its last."""
    opened = mark("begin") + r("<w:instrText>ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY</w:instrText>") + mark("separate")
    return "".join(
        p(opened if place == 0 else "<w:proofErr/>", entry, mark("end") if place == len(entries) - 1 else "<w:proofErr/>")
        for place, entry in enumerate(entries)
    )


def test_fields_and_the_list_that_a_field_prints() -> None:
    document = read(
        docx(
            p(
                "Silence helps ",
                field(citing(OKAFOR), r("(Okafor, 2019)")),
                ", rooms too ",
                field(citing(BRANDT, OKAFOR), r("(all)")),
            )
            + p("References")
            + bibliography(FIRST, SECOND)
            + p("Author contributions: all wrote in 2021 and 2022, and all agreed to what is printed here.")
        )
    )
    assert document.text.startswith("Silence helps (Okafor, 2019), rooms too (all)\n\nReferences\n\nBrandt")
    assert cited(document) == [
        ("(Okafor, 2019)", ["Silence and learning"]),
        ("(all)", ["Quiet rooms in schools", "Silence and learning"]),
    ]
    assert document.sections is not None
    (section,) = document.sections
    assert [entry.of(document.text) for entry in section.entries] == [FIRST, SECOND]
    assert section.heading is not None
    assert section.heading.of(document.text) == "References"
    # The text of the first field says enough by itself, that of the second says nothing.
    assert linked(document) == [("Okafor, 2019", ("2",)), ("(all)", ("1",)), ("(all)", ("2",))]
    assert document.fields is not None
    assert (document.fields.all_cited, document.fields.only_cited) == (True, True)


def test_without_a_list_the_works_of_the_fields_are_the_entries() -> None:
    data = docx(p("Silence helps ", field(citing(OKAFOR, BRANDT), r("(Okafor, 2019; Brandt &amp; Ilves, 2021)")), "."))
    document = read(data)
    assert document.entries is not None
    assert [entry.id for entry in document.entries] == ["okafor2019", "brandt2021"]
    assert linked(document) == [("(Okafor, 2019;", ("okafor2019",)), (" Brandt & Ilves, 2021)", ("brandt2021",))]
    assert [(key.key, key.span.of(document.text)) for key in document.keys] == [
        ("okafor2019", "(Okafor, 2019;"),
        ("brandt2021", " Brandt & Ilves, 2021)"),
    ]


def test_simple_fields_controls_and_bookmarks() -> None:
    instruction = html.escape(citing(OKAFOR), quote=True)
    properties = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="urn:x">'
        f'<property name="ZOTERO_BREF_k_1"><vt:lpwstr>{instruction[6:100]}</vt:lpwstr></property>'
        f'<property name="ZOTERO_BREF_k_2"><vt:lpwstr>{instruction[100:]}</vt:lpwstr></property></Properties>'
    )
    relationships = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/>'
        '<Relationship Id="b" Type="x/custom-properties" Target="docProps/custom.xml"/></Relationships>'
    )
    document = read(
        docx(
            p("a ", f'<w:fldSimple w:instr="{instruction}">{r("(one)")}</w:fldSimple>')
            + p("b ", '<w:bookmarkStart w:id="4" w:name="ZOTERO_BREF_k"/>', "(two)", '<w:bookmarkEnd w:id="4"/>')
            + f'<w:sdt><w:sdtPr><w:tag w:val="MENDELEY_BIBLIOGRAPHY"/></w:sdtPr><w:sdtContent>{p(SECOND)}</w:sdtContent></w:sdt>',
            others={"docProps/custom.xml": properties, "_rels/.rels": relationships},
        )
    )
    assert cited(document) == [("(one)", ["Silence and learning"]), ("(two)", ["Silence and learning"])]
    assert document.sections is not None
    assert [entry.of(document.text) for section in document.sections for entry in section.entries] == [SECOND]


def test_words_own_sources() -> None:
    sources = (
        '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"><b:Source><b:Tag>Oka19</b:Tag>'
        "<b:SourceType>JournalArticle</b:SourceType><b:Author><b:Author><b:NameList><b:Person><b:Last>Okafor</b:Last>"
        "<b:First>Jane</b:First></b:Person></b:NameList></b:Author></b:Author><b:Title>Silence and learning</b:Title>"
        "<b:JournalName>Journal of Reading</b:JournalName><b:Year>2019</b:Year><b:StandardNumber>doi:10.1000/S</b:StandardNumber>"
        "</b:Source><b:Source><b:Tag>Who</b:Tag><b:Author><b:Author><b:Corporate>Board</b:Corporate></b:Author></b:Author>"
        "</b:Source></b:Sources>"
    )
    cites = field(" CITATION Oka19 \\l 1033 \\m Who", r("(Okafor, 2019; Board)"))
    document = read(docx(p("So ", cites), others={"customXml/item1.xml": sources, "customXml/item2.xml": "<x/>"}))
    assert document.fields is not None
    okafor, board = document.fields.citations[0].references
    assert (okafor.id, okafor.type, okafor.year, okafor.doi) == ("okafor2019", "article-journal", 2019, "10.1000/s")
    assert (okafor.container_title, board.id, board.authors[0].literal) == ("Journal of Reading", "board", "Board")


def test_endnotes_data_may_lie_in_a_field_within_the_instruction() -> None:
    import base64

    xml = (
        "<EndNote><Cite><RecNum>1</RecNum><record><titles><title>Silence and learning</title></titles></record></Cite></EndNote>"
    )
    data = base64.b64encode(xml.encode()).decode()
    inner = mark("begin", f"<w:fldData>{data}</w:fldData>") + r("<w:instrText>ADDIN EN.CITE.DATA</w:instrText>") + mark("end")
    begun = mark("begin") + r("<w:instrText> ADDIN EN.CITE </w:instrText>") + inner + mark("separate")
    assert cited(read(docx(p("So ", begun, raised("1"), mark("end"))))) == [("1", ["Silence and learning"])]
    assert cited(read(docx(p("So ", field(" ADDIN EN.CITE ", raised("1"), data=data))))) == [("1", ["Silence and learning"])]


def test_fields_nested_without_end() -> None:
    begin, end = mark("begin", "<w:fldData>abcd</w:fldData>"), mark("end")
    assert read(docx(p(begin * 100_000 + end * 100_000, "Text"))).text == "Text\n"


def test_a_deleted_field_is_none_and_an_empty_one_cites_nothing() -> None:
    gone = f'<w:del w:id="1">{field(citing(OKAFOR), r("(Okafor, 2019)"))}</w:del>'
    assert read(docx(p("So", gone))).fields is None
    assert read(docx(p("So", field(citing(OKAFOR))))).fields is None


def test_a_field_whose_data_cannot_be_read_leaves_its_text() -> None:
    document = read(
        docx(p("Silence helps ", field("ADDIN CSL_CITATION {", r("(Okafor, 2019)"))) + p("References") + p(FIRST) + p(SECOND))
    )
    assert cited(document) == [("(Okafor, 2019)", [])]
    assert linked(document) == [("Okafor, 2019", ("2",))]


def test_entries_added_by_hand_and_headings_within_the_field() -> None:
    document = read(
        docx(
            p("Text ", field(citing(OKAFOR), r("[1]")))
            + p("References")
            + bibliography("Articles", FIRST, SECOND)
            + p(FIRST.replace("Brandt", "Cole"))
        )
    )
    assert document.sections is not None
    (section,) = document.sections
    assert [entry.of(document.text)[:6] for entry in section.entries] == ["Brandt", "Okafor", "Cole, "]


def test_entries_that_line_breaks_part() -> None:
    one = bibliography(r(f"<w:t>{html.escape(FIRST)}</w:t><w:br/><w:t>{SECOND}</w:t>"))
    document = read(docx(p("Text ", field(citing(OKAFOR), r("[1]"))) + p("References") + one))
    assert document.sections is not None
    assert [entry.of(document.text) for entry in document.sections[0].entries] == [FIRST, SECOND]


def test_fields_beside_a_bibliography_in_another_file(tmp_path: Path) -> None:
    bib = tmp_path / "list.bib"
    bib.write_text("@article{oka, author={Okafor, Jane}, title={Silence and learning}, year=2019}\n")
    path = tmp_path / "paper.docx"
    path.write_bytes(docx(p("Silence helps ", field(citing(OKAFOR), r("(see there)")), ".")))
    assert linked(reading.read(path, listed=reading.listed_in([bib]))) == [("(see there)", ("oka",))]
