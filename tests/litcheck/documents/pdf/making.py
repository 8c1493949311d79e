"""Small PDF files, written by hand, whose every word stands where a test puts it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: The letters of Times are this wide on average, as a share of their size.
AVERAGE_WIDTH = 0.45
_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_IDENTIFIER = b"0123456789abcdef"
_PERMISSIONS = -4


@dataclass(frozen=True, slots=True)
class Shown:
    """A text, where its baseline begins (points from the lower left), the size of its letters, and how the page turns it."""

    text: str
    x: float
    y: float
    size: float = 10.0
    turned: tuple[int, int, int, int] = (1, 0, 0, 1)

    def command(self) -> bytes:
        """The command that draws it."""
        text = self.text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
        a, b, c, d = self.turned
        return b"BT /F1 %.2f Tf %d %d %d %d %.2f %.2f Tm (%s) Tj ET" % (self.size, a, b, c, d, self.x, self.y, text)


@dataclass(frozen=True, slots=True)
class Picture:
    """A grey picture: its lower left corner, its width and its height, in points."""

    x: float
    y: float
    width: float
    height: float

    def command(self) -> bytes:
        """The command that draws it."""
        place = b"%.2f 0 0 %.2f %.2f %.2f cm" % (self.width, self.height, self.x, self.y)
        return b"q %s BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q" % place


def column(text: str, x: float, top: float, *, size: float = 10.0, step: float = 12.0, indent: float = 0.0) -> list[Shown]:
    """The lines of ``text`` one below the other; ``indent`` moves the first line to the right, or, if negative, all others."""
    lines = text.strip().split("\n")
    first, others = (x + indent, x) if indent > 0 else (x, x - indent)
    return [Shown(line.strip(), others if n else first, top - n * step, size) for n, line in enumerate(lines)]


def pdf(pages: Sequence[Sequence[Shown | Picture]], *, rotated: int = 0, password: str | None = None) -> bytes:
    """The file with these pages of 595 by 842 points. With a ``password`` it is encrypted, openly so if that is empty."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = {
        1: b"<</Type /Catalog /Pages 2 0 R>>",
        2: f"<</Type /Pages /Kids [{kids}] /Count {len(pages)}>>".encode(),
        3: b"<</Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding>>",
    }
    key = None if password is None else _key(password)
    for n, shown in enumerate(pages):
        content = b"\n".join(one.command() for one in shown)
        if key:
            number = (5 + 2 * n).to_bytes(3, "little") + bytes(2)
            content = _rc4(hashlib.md5(key + number).digest()[: len(key) + 5], content)
        objects[4 + 2 * n] = (
            f"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate {rotated} /Contents {5 + 2 * n} 0 R"
            " /Resources <</Font <</F1 3 0 R>>>>>>"
        ).encode()
        objects[5 + 2 * n] = b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content)
    extra = b""
    if key:
        objects[max(objects) + 1] = (
            f"<</Filter /Standard /V 1 /R 2 /O <{_owner().hex()}> /U <{_rc4(key, _PADDING).hex()}> /P {_PERMISSIONS}>>".encode()
        )
        extra = f" /Encrypt {max(objects)} 0 R /ID [<{_IDENTIFIER.hex()}> <{_IDENTIFIER.hex()}>]".encode()
    return assembled(objects, extra)


def assembled(objects: Mapping[int, bytes], extra: bytes = b"") -> bytes:
    """The file of numbered objects, the first of which is the catalogue."""
    made = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    places = {}
    for number, body in objects.items():
        places[number] = len(made)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (max(objects) + 1)
    for number in range(1, max(objects) + 1):
        made += b"%010d 00000 n \n" % places[number]
    return made + b"trailer <</Size %d /Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, extra, table)


def _owner() -> bytes:
    return _rc4(hashlib.md5(_padded("owner")).digest()[:5], _padded(""))


def _key(password: str) -> bytes:
    permissions = _PERMISSIONS.to_bytes(4, "little", signed=True)
    return hashlib.md5(_padded(password) + _owner() + permissions + _IDENTIFIER).digest()[:5]


def _padded(password: str) -> bytes:
    return (password.encode() + _PADDING)[:32]


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    made = bytearray()
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        made.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(made)
