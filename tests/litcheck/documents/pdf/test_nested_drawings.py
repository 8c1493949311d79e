"""Drawings in drawings: read in a process of its own where they are many, which is ended when its time is up."""

from __future__ import annotations

import pytest

from litcheck.documents.pdf import read_pdf
from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance, Limits
from tests.litcheck.documents.hostile import nested_drawings
from tests.litcheck.documents.pdf.making import Shown

SENTENCE = Shown("As Lee (2020) says.", 72, 700)


@pytest.mark.parametrize("levels", [2, 12])
def test_what_drawings_show_is_read(levels: int) -> None:
    data = nested_drawings(levels, 1, SENTENCE.command())
    assert read_pdf("paper.pdf", data, Allowance("paper.pdf", Limits())).text.strip() == "As Lee (2020) says."


def test_what_is_drawn_without_end_is_given_up_in_time() -> None:
    data = nested_drawings(14, 10, SENTENCE.command())
    with pytest.raises(UnreadableDocument, match="longer than 2 seconds"):
        read_pdf("paper.pdf", data, Allowance("paper.pdf", Limits(max_seconds=2)))
