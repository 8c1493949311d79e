from __future__ import annotations

import pytest

from litcheck.documents.model import Document
from litcheck.documents.pages import Pages

#: A paragraph from page 1 to 2, a note at the foot of page 1, the rest of page 2 and, after a picture, page 4.
PAGES = Pages(pieces=((0, 1), (30, 2), (50, 1), (60, 2), (90, 4)))


@pytest.mark.parametrize(
    ("offset", "page"), [(0, 1), (29, 1), (30, 2), (49, 2), (50, 1), (59, 1), (60, 2), (89, 2), (90, 4), (1000, 4)]
)
def test_the_page_is_that_of_the_character(offset: int, page: int) -> None:
    assert PAGES.page_of(offset) == page


def test_a_document_without_pages_has_none() -> None:
    document = Document(path="a.txt", sha256="", format="text", text="On rivers.\n")
    assert document.page_of(0) is None
