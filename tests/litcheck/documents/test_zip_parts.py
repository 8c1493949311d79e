"""Parts of ZIP files: what they hold, or a message that says what to do, within the limits."""

from __future__ import annotations

import io
import zipfile

import pytest

from litcheck.documents.zip_parts import MOST_PARTS, ZipParts
from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance, Limits


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()


def opened(data: bytes, **limits: int) -> ZipParts:
    return ZipParts(data, Allowance("paper.docx", Limits(**limits)))


def test_parts_are_read_by_name_and_listed_in_order() -> None:
    parts = opened(zipped({"b.xml": b"<b/>", "a.xml": b"<a/>" * 400_000}))
    assert parts.names == ("b.xml", "a.xml")
    assert "a.xml" in parts
    assert "c.xml" not in parts
    assert parts.read("b.xml") == b"<b/>"
    assert parts.read("a.xml") == b"<a/>" * 400_000
    with pytest.raises(UnreadableDocument, match=r"paper\.docx lacks its part c\.xml"):
        parts.read("c.xml")


def test_what_unpacks_to_more_than_is_allowed_is_refused_before_it_fills_memory() -> None:
    bomb = opened(zipped({"a.xml": bytes(30_000_000)}), max_unpacked_mb=10)
    with pytest.raises(UnreadableDocument, match=r"more than 10 MB .* `max-unpacked-mb`"):
        bomb.read("a.xml")


def test_the_limit_holds_for_all_parts_together() -> None:
    parts = opened(zipped({"a.xml": bytes(700_000), "b.xml": bytes(700_000)}), max_unpacked_mb=1)
    assert len(parts.read("a.xml")) == 700_000
    with pytest.raises(UnreadableDocument, match="max-unpacked-mb"):
        parts.read("b.xml")


def test_a_file_of_very_many_parts_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="parts"):
        opened(zipped({str(number): b"" for number in range(MOST_PARTS + 1)}))


def test_an_encrypted_part_is_named_as_such() -> None:
    data = bytearray(zipped({"a.xml": b"<a/>"}))
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    with pytest.raises(UnreadableDocument, match="encrypted"):
        opened(bytes(data)).read("a.xml")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_no_document_uses_are_refused(method: int) -> None:
    with pytest.raises(UnreadableDocument, match="damaged"):
        opened(zipped({"a.xml": b"<a/>"}, method)).read("a.xml")


def test_wherever_a_file_is_cut_off_or_changed_nothing_but_a_clear_message_comes_of_it() -> None:
    data = zipped({"a.xml": b"<a>some text</a>" * 20, "b.xml": b"<b/>"})
    damaged = [data[:end] for end in range(len(data))]
    damaged += [data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :] for at in range(len(data))]
    refused = []
    for broken in damaged:
        try:
            parts = opened(broken)
            for name in parts.names:
                parts.read(name)
        except UnreadableDocument as error:
            refused.append(str(error))
    assert len(refused) > len(data)
    assert all("paper.docx" in message for message in refused)


def test_reading_ends_when_the_time_is_up() -> None:
    with pytest.raises(UnreadableDocument, match=r"longer than 0 seconds .* `max-seconds`"):
        opened(zipped({"a.xml": b"<a/>"}), max_seconds=0).read("a.xml")
