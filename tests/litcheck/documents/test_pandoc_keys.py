"""Citation keys and raised numbers in plain texts."""

from __future__ import annotations

import pytest

from litcheck.documents.model import Document
from litcheck.documents.pandoc_keys import mark_keys


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("As [@lee; @roy] and \\citet{kim} say.", ["lee", "roy", "kim"]),
        ("    @lee is not in code here, a.roy@example.org is an address", ["lee"]),
        ("\\begin{verbatim}\n\\cite{lee} @roy\n\\end{verbatim}\n@kim", ["kim"]),
        ("no keys at all", []),
    ],
)
def test_plain_text_has_keys_and_no_code(text: str, keys: list[str]) -> None:
    document = mark_keys(Document(path="x.txt", sha256="", format="text", text=text))
    assert [key.key for key in document.keys] == keys
    assert (document.format, document.text, document.superscripts) == ("text", text, ())


@pytest.mark.parametrize(
    ("text", "raised"),
    [
        ("So^1^ it<sup>2, 3</sup> is^4,5–7^.", ["1", "2, 3", "4,5–7"]),
        ("x^n^, x^2, and x<sup>n</sup>", []),
        ("x^2^ and^3^", ["2", "3"]),
    ],
)
def test_plain_text_raises_numbers_alone(text: str, raised: list[str]) -> None:
    document = mark_keys(Document(path="x.txt", sha256="", format="text", text=text))
    assert [span.of(text) for span in document.superscripts] == raised
