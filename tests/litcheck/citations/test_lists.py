"""Citations of whole texts: the list is split and parsed as printed, so that what the fields get wrong shows too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from litcheck.documents.model import Document
from litcheck.preparing import prepare
from tests.litcheck.citations.signs import SIGNS, told_of

CASES = yaml.safe_load((Path(__file__).parent / "lists.yaml").read_text(encoding="utf-8"))
#: Two entries that every list has, and their citations: a text with one citation is too short to tell how it cites.
ENTRIES = (
    "Zorn, Q. (1901). A filler title of zorn. Journal of Small Studies, 4(2), 10–19.",
    "Zyl, Q. (1902). Another filler title of zyl. Journal of Small Studies, 4(2), 10–19.",
)
OPENING = "Intro words here (Zorn, 1901; Zyl, 1902).\n\n"
#: Characters of an entry that a case names it by.
SHOWN = 14


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['name']}: {case['text'][:30]}")
def test_citations_of_a_text_with_its_list(case: dict[str, Any]) -> None:
    text = f"{OPENING}{case['text']}\n\nReferences\n\n" + "\n\n".join((*case["entries"], *ENTRIES)) + "\n"
    prepared = prepare(Document(path="-", sha256="", format="text", text=text))
    raws = {entry.id: entry.raw[:SHOWN] for entry in prepared.entries}
    found = [
        f"[{citation.text}]{SIGNS[citation.link]}" + ",".join(raws[id_] for id_ in told_of(citation))
        for citation in prepared.citations
        if citation.span.start >= len(OPENING)
    ]
    assert found == case["finds"]
