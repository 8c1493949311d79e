"""Documents that are made to do harm, or that were damaged, each with what litcheck must say of it."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from litcheck.limits import DEFAULT_LIMITS
from tests.litcheck.documents.docx.writing import docx
from tests.litcheck.documents.pdf.making import Shown, assembled, pdf

PARAGRAPH = "<w:p><w:r><w:t>As Lee (2020) says.</w:t></w:r></w:p>"
PAGE = [Shown("As Lee (2020) says.", 72, 700)]


@dataclass(frozen=True)
class Hostile:
    """``write`` makes the file at a path; ``says`` is a part of the message with which it is refused.

    ``seconds`` are allowed for reading it, where it would take all that it is given.
    """

    write: Callable[[Path], object]
    says: str
    seconds: int = DEFAULT_LIMITS.max_seconds


def holding(data: Callable[[], bytes], says: str) -> Hostile:
    """A document with this content."""
    return Hostile(write=lambda path: path.write_bytes(data()), says=says)


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A ZIP file with these parts, packed as tightly as can be but for what tells its kind."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for name, content in parts.items():
            file.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return buffer.getvalue()


def odt(content: bytes) -> bytes:
    """An OpenDocument text with this content."""
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content})


def entity_bomb() -> bytes:
    """Entities that would come to ten thousand million characters."""
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 11))
    return f'<!DOCTYPE x [<!ENTITY e0 "ha">{levels}]>'.encode()


def large(path: Path) -> None:
    """A PDF of 200 MB, nearly all of it a hole in the file."""
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(2 * DEFAULT_LIMITS.max_file_bytes)


def stream_bomb() -> bytes:
    """A PDF whose page is 2,000 MB of blanks, packed twice."""
    packed = zlib.compress(zlib.compress(b" " * 100_000_000, 9) * 20, 9)
    page = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R>>"
    content = b"<</Length %d /Filter [/FlateDecode /FlateDecode]>>\nstream\n%s\nendstream" % (len(packed), packed)
    tree = b"<</Type /Pages /Kids [3 0 R] /Count 1>>"
    return assembled({1: b"<</Type /Catalog /Pages 2 0 R>>", 2: tree, 3: page, 4: content})


def nested_drawings(levels: int, times: int, shown: bytes = b"") -> bytes:
    """A PDF whose page draws a form that draws another one, and so on; each draws the next one so many times.

    The last one holds ``shown``, commands that show text.
    """
    draw = b"/X Do\n" * times
    font = b"/Font <</F1 4 0 R>>"
    objects = {
        1: b"<</Type /Catalog /Pages 2 0 R>>",
        2: b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        3: b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources <</XObject <</X 6 0 R>>>>>>",
        4: b"<</Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding>>",
        5: b"<</Length %d>>\nstream\n%s\nendstream" % (len(draw), draw),
    }
    for number in range(6, 6 + levels):
        is_last = number == 5 + levels
        content = shown if is_last else draw
        resources = font if is_last else b"/XObject <</X %d 0 R>>" % (number + 1)
        objects[number] = (
            b"<</Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources <<%s>> /Length %d>>\nstream\n%s\nendstream"
            % (resources, len(content), content)
        )
    return assembled(objects)


def cut(data: bytes) -> bytes:
    """The first two thirds."""
    return data[: len(data) * 2 // 3]


#: By the file's name.
HOSTILE: Mapping[str, Hostile] = {
    "zip-bomb.docx": holding(lambda: docx("<w:p/>", others={"word/document.xml": " " * 400_000_000}), "max-unpacked-mb"),
    "zip-bomb.odt": holding(lambda: odt(b" " * 400_000_000), "max-unpacked-mb"),
    "many-parts.docx": holding(lambda: zipped({f"word/document.xml{n}": b"" for n in range(30_000)}), "parts"),
    "entities.odt": holding(lambda: odt(entity_bomb() + b"<office:x xmlns:office='o'>&e10;</office:x>"), "entities.odt"),
    "entities.xml": holding(
        lambda: entity_bomb() + b"<article dtd-version='1'><body><p>&e10;</p></body></article>", "entities.xml"
    ),
    "a-million-paragraphs.docx": holding(lambda: docx("<w:p/>" * 1_000_000), "no text"),
    "cut-off.docx": holding(lambda: cut(docx(PARAGRAPH * 100)), "damaged or cut off"),
    "cut-off.odt": holding(lambda: cut(odt(b"<x/>" * 100)), "damaged or cut off"),
    "cut-off.epub": holding(lambda: cut(zipped({"mimetype": b"application/epub+zip", "a": b"b" * 1000})), "damaged or cut off"),
    "cut-off.rtf": holding(lambda: b"{\\rtf1 {\\b As Lee (2020) says.", "cut off"),
    "cut-off.pdf": holding(lambda: cut(pdf([PAGE])), "damaged"),
    "password.pdf": holding(lambda: pdf([PAGE], password="secret"), "password"),
    "no-text.pdf": holding(lambda: pdf([[]]), "OCR"),
    "stream-bomb.pdf": holding(stream_bomb, "stream-bomb.pdf"),
    "nested-drawings.pdf": Hostile(write=lambda path: path.write_bytes(nested_drawings(14, 10)), says="max-seconds", seconds=3),
    "large.pdf": Hostile(write=large, says="max-file-mb"),
    "outside.tex": holding(lambda: b"Text.\n\\input{../../etc/passwd}\n", "outside"),
    "absolute.tex": holding(lambda: b"Text.\n\\input{/etc/passwd}\n", "absolute"),
    "remote.tex": holding(lambda: b"Text \\cite{a}.\n\\addbibresource{http://127.0.0.1:9/a.bib}\n", "project"),
    "endless.tex": holding(lambda: b"\\newcommand{\\a}{\\b}\\newcommand{\\b}{\\a}\nText \\a.\n", "never ends"),
    "remote.md": holding(lambda: b"---\nbibliography: http://127.0.0.1:9/a.bib\n---\nAs [@lee] says.\n", "project"),
}
