"""What an XML file declares has no effect, and what is broken in it spoils nothing else."""

from __future__ import annotations

import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bib.formats.endnote_xml import read_endnote_xml
from bib.formats.jats import read_jats
from bib.formats.xml_elements import element_text, pieces, text_of
from bib.model import ParseFailure, Reference

BOMB = (
    '<?xml version="1.0"?>\n<!DOCTYPE xml [\n <!ENTITY a0 "ha">\n'
    + "".join(f' <!ENTITY a{n + 1} "{f"&a{n};" * 10}">\n' for n in range(12))
    + "]>\n<xml><records><record><titles><title>{}</title></titles></record>"
    "<record><titles><title>On rivers</title></titles></record></records></xml>"
)


def test_an_entity_bomb_is_not_expanded() -> None:
    bomb, good = read_endnote_xml(BOMB.replace("{}", "&a12;"))
    assert isinstance(bomb, ParseFailure)
    assert "undefined entity" in bomb.reason
    assert bomb.line == 17
    assert isinstance(good, Reference)


@pytest.mark.parametrize("kind", ["SYSTEM", 'PUBLIC "-//x//y"'])
def test_external_entities_are_not_fetched(tmp_path: Path, kind: str) -> None:
    (tmp_path / "secret").write_text("a secret")
    declared = (
        f'<!DOCTYPE xml [<!ENTITY file {kind} "{(tmp_path / "secret").as_uri()}"><!ENTITY % p SYSTEM "http://127.0.0.1:9/"> %p;]>'
    )
    (failure,) = read_endnote_xml(
        f"{declared}<xml><records><record><titles><title>&file;</title></titles></record></records></xml>"
    )
    assert isinstance(failure, ParseFailure)
    assert "undefined entity" in failure.reason


def test_declarations_inside_an_element_are_refused() -> None:
    (failure,) = read_endnote_xml('<record><!DOCTYPE x [<!ENTITY a "b">]><titles><title>&a;</title></titles></record>')
    assert isinstance(failure, ParseFailure)


def test_a_document_type_with_a_public_id_is_accepted_and_not_fetched() -> None:
    text = (
        '<?xml version="1.0"?>\n<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving DTD v1.2//EN" "http://127.0.0.1:9/x.dtd">\n'
        '<article><back><ref-list><ref id="B1"><element-citation><article-title>A&nbsp;&mdash; B &amp; C &eacute;</article-title>'
        "</element-citation></ref></ref-list></back></article>"
    )
    (entry,) = read_jats(text)
    assert isinstance(entry, Reference)
    assert entry.title == "A — B & C é"


@pytest.mark.parametrize(
    "text",
    [
        "<record>" * 100_000,
        "<record>" + "<a>" * 200_000 + "</record>",
        "<record><a " + "x='1' " * 100_000 + "></record>",
        "<record><![CDATA[" * 50_000,
        "<record><!-- " * 50_000,
        "<record>" + "&amp;" * 200_000 + "</record>",
        "<record/>" * 100_000,
        "</record>" * 100_000,
    ],
    ids=["open", "deep", "attributes", "cdata", "comments", "entities", "empty", "closing"],
)
def test_hostile_files_are_failures_in_bounded_time(text: str) -> None:
    began = time.process_time()
    assert not any(isinstance(entry, Reference) for entry in read_endnote_xml(text))
    assert time.process_time() - began < 30  # quadratic work would take hours


def test_pieces_have_their_place_and_line() -> None:
    text = "<x>\n<ns:r a='1'>one &lt;</ns:r>\n<r>two<r/><rr>no</rr>\n<r><b></r>"
    found = [*pieces(text, "r")]
    assert [piece.span.of(text) for piece in found] == ["<ns:r a='1'>one &lt;</ns:r>", "<r>two", "<r/>", "<r><b></r>"]
    assert [piece.line for piece in found] == [2, 3, 3, 4]
    assert [piece.reason for piece in found] == [
        "",
        "The element <r> is not closed.",
        "",
        "The XML is broken in line 4: mismatched tag.",
    ]
    assert text_of(found[0].element) == "one <"
    assert text_of(None) == ""


@given(st.text(), st.text())
def test_any_text_in_an_element_is_read_again(text: str, attribute: str) -> None:
    (piece,) = pieces(element_text("r", f"x{text}", {"a": f"x{attribute}"}), "r")
    assert piece.element is not None
    allowed = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", f"x{text}")
    assert text_of(piece.element) == " ".join(allowed.split())


TAGS = [
    "<record>",
    "</record>",
    "<record/>",
    "<a>",
    "</a>",
    "&amp;",
    "&x;",
    "<",
    ">",
    "<!--",
    "-->",
    "<titles><title>T</title></titles>",
    "\n",
]


@given(st.lists(st.sampled_from(TAGS), max_size=20).map("".join))
def test_any_text_gives_entries_in_order_under_unlike_ids(text: str) -> None:
    entries = read_endnote_xml(text)
    assert len({entry.id for entry in entries}) == len(entries)
    for entry in entries:
        assert entry.span is not None
        assert entry.span.of(text) == entry.raw
    assert all(one.span and two.span and one.span.end <= two.span.start for one, two in pairwise(entries))
