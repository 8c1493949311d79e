from __future__ import annotations

import pytest

from litcheck.documents.pdf import read_pdf
from litcheck.documents.pdf.pages import pages_of
from litcheck.documents.pdf.pictures import numbered
from litcheck.limits import Allowance, Limits
from tests.litcheck.documents.hostile import nested_drawings
from tests.litcheck.documents.pdf.making import Picture, Shown, pdf

TEXT = [Shown("Rivers carry more sand than was thought (Lee, 2020).", 72, 700)]
WHOLE = Picture(0, 0, 595, 842)


def unread(*pages: list[Shown | Picture]) -> list[str]:
    made = pdf([TEXT, *pages])
    return [part.reason for part in read_pdf("paper.pdf", made, Allowance("paper.pdf", Limits())).unread]


SCANS = [
    pytest.param([WHOLE], id="all of the page"),
    pytest.param([Picture(-20, -20, 640, 900)], id="more than the page"),
    pytest.param([Picture(0, n * 84.2, 595, 84.2) for n in range(10)], id="strips"),
    pytest.param([Picture(60, 150, 392, 556)], id="smaller, in the shape of the page"),
]
NONE = [
    pytest.param([], id="blank"),
    pytest.param([Picture(60, 500, 400, 300)], id="a figure"),
    pytest.param([Picture(60, 700, 60, 85)], id="a small one in the shape of the page"),
    pytest.param([Picture(60, 700, 100, 100), Picture(450, 100, 100, 100)], id="two that lie far from each other"),
    pytest.param([Picture(700, 0, 595, 842)], id="beside the page"),
    pytest.param([WHOLE, Shown("Recognised by the scanner.", 72, 700)], id="a scan with its text"),
]


@pytest.mark.parametrize("page", SCANS)
def test_a_page_that_is_a_picture_is_said_to_be_unread(page: list[Shown | Picture]) -> None:
    (reason,) = unread([], page, [*TEXT])
    assert reason.startswith("page 3 holds no text; it is probably scanned")
    assert "OCR" in reason


@pytest.mark.parametrize("page", NONE)
def test_other_pages_are_not(page: list[Shown | Picture]) -> None:
    assert unread(page) == []


def test_scanned_pages_are_named_together() -> None:
    (reason,) = unread([WHOLE], [WHOLE], [*TEXT], [WHOLE])
    assert reason.startswith("pages 2–3 and 5 hold no text; they are probably scanned")


@pytest.mark.parametrize("levels", [1, 5])
def test_a_picture_within_drawings_is_found(levels: int) -> None:
    (page,) = pages_of(nested_drawings(levels, 1, WHOLE.command()), Allowance("paper.pdf", Limits()))
    assert (page.lines, page.is_picture) == ([], True)


NUMBERED = [([4], "page 4"), ([2, 3, 4], "pages 2–4"), ([1, 3, 4, 9], "pages 1, 3–4 and 9")]


@pytest.mark.parametrize(("pages", "expected"), NUMBERED)
def test_pages_are_named_by_their_ranges(pages: list[int], expected: str) -> None:
    assert numbered(pages) == expected
