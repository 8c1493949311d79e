"""What instructions of reference managers come to."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bib.model import Reference
from litcheck.documents.fields import is_managed
from litcheck.documents.fields.content import Cited, Listed
from litcheck.documents.fields.instructions import read_instruction
from litcheck.documents.fields.properties import managed_bookmarks

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "instructions.yaml").read_text(encoding="utf-8"))
SOURCES = {"Lee20": Reference(id="Lee20", raw="", title="On rivers"), "Roy21": Reference(id="Roy21", raw="", title="Lakes")}


def in_lines(text: str) -> str:
    packed = base64.b64encode(text.encode()).decode()
    return "\r\n".join(packed[at : at + 60] for at in range(0, len(packed), 60))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_instruction(case: dict[str, Any]) -> None:
    holds = json.dumps(case.get("holds"))
    instruction = case["instruction"].replace("{json}", holds).replace("{xml}", case.get("xml", ""))
    instruction = instruction.replace("{base64}", base64.b64encode(holds.encode()).decode())
    content = read_instruction(instruction, [in_lines(case["data"])] if "data" in case else [], SOURCES)
    assert is_managed(instruction) == (content is not None)
    if "cited" in case:
        assert isinstance(content, Cited)
        assert len(content.references) == len(case["cited"])
        for reference, expected in zip(content.references, case["cited"], strict=True):
            first = reference.authors[0].full_family if reference.authors else ""
            assert {key: first if key == "first" else getattr(reference, key) for key in expected} == expected
    elif "listed" in case:
        assert isinstance(content, Listed)
        assert [content.all_cited, content.only_cited] == case["listed"]
    else:
        assert content is None


BEGINNINGS = st.sampled_from(
    (
        *("ADDIN ZOTERO_ITEM CSL_CITATION ", "ADDIN EN.CITE ", "ADDIN CitaviPlaceholder{", "MENDELEY_CITATION_v3_", "CITATION "),
        *("ADDIN ZOTERO_BIBL ", "ADDIN CSL_CITATION ", "BIBLIOGRAPHY "),
    )
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ("citationItems", "itemData", "title", "author", "Entries", "Reference", "$ref", "$id", "Authors", "uris")
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)
XML = st.lists(st.sampled_from(("<Cite>", "</Cite>", "<record>", "</record>", "<title>", "x", "&", "<EndNote>")), max_size=12)


@given(BEGINNINGS, st.text(max_size=50) | JSON.map(json.dumps) | XML.map("".join), st.booleans())
def test_any_instruction_is_read_or_left_aside(beginning: str, rest: str, packed: bool) -> None:
    inside = base64.b64encode(rest.encode("utf-8", "replace")).decode() if packed else rest
    content = read_instruction(beginning + inside, [inside], SOURCES)
    assert isinstance(content, Cited | Listed)
    if isinstance(content, Cited):
        assert all(reference.title or reference.authors or reference.editors for reference in content.references)


def test_json_that_is_nested_without_end() -> None:
    assert read_instruction("ADDIN CSL_CITATION " + '{"a":' * 100_000, (), {}) == Cited()


def test_what_zotero_keeps_for_a_bookmark_is_put_together() -> None:
    properties = [("ZOTERO_BREF_a_2", "two"), ("ZOTERO_BREF_a_1", "one "), ("ZOTERO_PREF_1", "x"), ("ZOTERO_BREF_b_1", "b")]
    assert managed_bookmarks(properties) == {"ZOTERO_BREF_a": "one two", "ZOTERO_BREF_b": "b"}
