"""What the flow of a word processor's text comes to as a document: above all, endnotes are no entries of the list before them."""

import pytest

from litcheck.documents.flow import Flow
from litcheck.documents.model import Document
from litcheck.documents.word_processor import Managed, document_of
from litcheck.errors import UnreadableDocument
from litcheck.limits import DEFAULT_LIMITS, Allowance
from litcheck.preparing import prepare

BODY = ("Rivers rise (Lee, 2020), and fall.", "Introduction", "All of them do (Roy & Kay, 2018).")
LIST = (
    "References",
    "Kay, B. (2016). On springs. Journal of Rivers, 4(2), 10–19.",
    "Lee, A. (2020). On rivers. Journal of Rivers, 8(1), 1–9.",
    "Roy, C., & Kay, B. (2018). On tides. Journal of Rivers, 6(3), 100–120.",
)
NOTES = ("i But see Kay (2016) for another view.", "ii With thanks. Lee (2020, p. 4) disagrees.")
BIBLIOGRAPHY = "ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY"


def document(body: tuple[str, ...], notes: tuple[str, ...], *, managed: bool = False) -> Document:
    """A document with endnotes; if it is ``managed`` a field prints the entries of its list, but for the last one."""
    allowance = Allowance("paper.docx", DEFAULT_LIMITS)
    flow = Flow(allowance)
    marks: list[int] = []
    for place, text in enumerate(body):
        if place in (len(body) - 3, len(body) - 1):
            marks.append(flow.mark())
        flow.add(text)
        if place == 0:
            for note in notes:
                flow.begin_aside()
                flow.add(note)
                flow.end_aside(at_end=True)
        flow.end_paragraph()
    fields = [Managed(BIBLIOGRAPHY, (), marks[0], marks[1])] if managed else []
    return document_of("paper.docx", b"", flow.finish(), fields, {}, allowance, format_name="docx")


@pytest.mark.parametrize("managed", [False, True], ids=["plain", "managed"])
def test_endnotes_after_the_list_are_none_of_its_entries(managed: bool) -> None:
    prepared = prepare(document(BODY + LIST, NOTES, managed=managed))
    assert [entry.raw for entry in prepared.entries] == list(LIST[1:])
    cited = [(citation.text, citation.references) for citation in prepared.citations]
    assert [references for _, references in cited] == [("2",), ("3",), ("1",), ("2",)]


def test_endnotes_that_are_the_list_are_read_as_the_list() -> None:
    prepared = prepare(document(BODY, LIST))
    assert [entry.raw for entry in prepared.entries] == list(LIST[1:])


def test_without_endnotes_lists_are_looked_for_later() -> None:
    assert document(BODY + LIST, ()).sections is None


def test_a_document_without_words_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="holds no text"):
        document((" ", " ", " "), ())
