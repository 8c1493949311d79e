"""What every reader must stand: files that are cut off, changed or made of any bytes; and how tests show raised text."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from litcheck.documents.model import Document
from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance, Limits

Read = Callable[[str, bytes, Allowance], Document]


def marked(document: Document) -> str:
    """The text with braces around what is raised."""
    text = document.text
    for span in reversed(document.superscripts):
        text = f"{text[: span.start]}{{{span.of(text)}}}{text[span.end :]}"
    return text


def reads_or_says(read: Read, data: bytes) -> None:
    """Bytes are a document with spans that lie in it, or refused with a message: nothing else."""
    try:
        document = read("paper", data, Allowance("paper", Limits(max_unpacked_mb=5, max_seconds=20)))
    except UnreadableDocument:
        return
    assert all(0 <= span.start < span.end <= len(document.text) for span in document.superscripts)
    assert all(0 <= key.span.start < key.span.end <= len(document.text) for key in document.keys)


def cut_off(data: bytes) -> Iterator[bytes]:
    """The data ended at each fiftieth of it."""
    for end in range(0, len(data), max(1, len(data) // 50)):
        yield data[:end]
