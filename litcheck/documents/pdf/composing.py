"""Paragraphs to text: hyphens at the ends of lines mended, addresses joined, raised stretches where they come to stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from bib.model import Span
from litcheck.documents.pages import Pages
from litcheck.documents.pdf.lines import Line
from litcheck.documents.pdf.paragraphs import Paragraph

_HYPHENS = "-‐\u00ad"
_LAST_WORD = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[-‐\u00ad]\Z")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
#: A range that a line broke after its dash ("1574–" above "9").
_RANGE = re.compile(r"\d–\Z")
_PUNCTUATION = ".,;:!?()[]{}\"'“”‘’«»"
#: An address at the end of a line, and what may be the rest of it on the next one.
_ADDRESS = re.compile(
    r"(?:https?://|www\.|(?:doi:?\s?)?10\.\d{4,9}/|doi\.org/)\S*\Z|(?:https?:/?|doi:(?:\s?10\.\d{0,9})?)\Z", re.IGNORECASE
)
_REST = re.compile(r"(?=\S*[\d/_=?&%#~])[^\s\[(]\S*|[a-z][\w-]*\.[\w./-]+|[a-z]+(?:-[a-z]+)+")
_OPEN_END = re.compile(r"[/_=?&%#~:-]\Z|[^/]/\S*\.\Z")

#: Accents that old fonts of TeX print beside their letters, and what they are in composed characters.
_ACCENTS = {
    "´": "\u0301",
    "`": "\u0300",
    "¨": "\u0308",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "ˇ": "\u030c",
    "˘": "\u0306",
    "˚": "\u030a",
}
#: Halves of characters beyond the first 65,536, as which pdfium counts them (letters of formulas are among these).
_HALVES = re.compile("[\ud800-\udfff]")
_BESIDE_LETTER = re.compile(rf"([{''.join(_ACCENTS)}])\s?([A-Za-zı])")
_PLAIN = str.maketrans(
    {
        "\u00a0": " ",
        "\u00ad": "-",
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
    }
)


@dataclass(slots=True)
class Composed:
    """A document's text so far, its raised stretches, and the pages that its lines stand on."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    raised: list[Span] = field(default_factory=list)
    pages: list[tuple[int, int]] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Appends to the text."""
        self.parts.append(text)
        self.length += len(text)


def compose(paragraphs: Sequence[Paragraph]) -> tuple[str, tuple[Span, ...], Pages]:
    """The document's text, a blank line between its blocks, the spans of what is raised in it, and the page of everything."""
    words = _words_of(paragraphs)
    composed = Composed()
    before: Paragraph | None = None
    for paragraph in paragraphs:
        if before:
            together = before.kind == paragraph.kind and paragraph.kind in ("entry", "row")
            composed.add("\n" if together else "\n\n")
        for n, line in enumerate(paragraph.lines):
            _add_line(composed, line, paragraph.lines[n + 1] if n + 1 < len(paragraph.lines) else None, words)
        before = paragraph
    composed.add("\n")
    return "".join(composed.parts), tuple(composed.raised), Pages(pieces=tuple(composed.pages))


def _add_line(composed: Composed, line: Line, below: Line | None, words: _Words) -> None:
    if not composed.pages or composed.pages[-1][1] != line.page:
        composed.pages.append((composed.length, line.page))
    text = line.text
    joint = ""
    if below is not None:
        text, joint = _joint(text, below.text, words)
    composed.raised += [
        Span(composed.length + start, composed.length + min(end, len(text))) for start, end in line.raised if start < len(text)
    ]
    composed.add(text + joint)


def _joint(text: str, below: str, words: _Words) -> tuple[str, str]:
    """The line as it stands before the next one, and what comes between them."""
    address = _ADDRESS.search(text)
    if address and (rest := _REST.match(below)) and (_OPEN_END.search(text) or re.search(r"[\d/]", rest.group())):
        return text, ""
    if _RANGE.search(text) and below[0].isdigit():
        return text, ""
    if text[-1] not in _HYPHENS:
        return text, " "
    last, first = _LAST_WORD.search(text), _FIRST_WORD.match(below)
    if not last or not first:
        return text, ""
    if last[1].isupper() or not below[0].islower():
        return text, ""
    return (text if words.keeps_hyphen(last[1], first[0]) else text[:-1]), ""


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a document: all its text in small letters, and its words with hyphens inside."""

    text: str
    compounds: frozenset[str]

    def keeps_hyphen(self, first: str, second: str) -> bool:
        """Whether a word that was broken after ``first`` has a hyphen there wherever it stands whole."""
        return f"{first}-{second}".casefold() in self.compounds and f"{first}{second}".casefold() not in self.text


def _words_of(paragraphs: Sequence[Paragraph]) -> _Words:
    text = "\n".join(line.text for paragraph in paragraphs for line in paragraph.lines).casefold()
    return _Words(text, frozenset(word.strip(_PUNCTUATION) for word in text.split() if "-" in word))


def plain(line: Line) -> None:
    """Puts a line's characters as plain text has them: whole, no ligatures, no hard blanks, accents on their letters."""
    if line.text.isascii():
        return
    if _HALVES.search(line.text):
        line.raised = [(len(_whole(line.text[:start])), len(_whole(line.text[:end]))) for start, end in line.raised]
        line.text = _whole(line.text)
    text = line.text.translate(_PLAIN)
    if _BESIDE_LETTER.search(text):
        text = _BESIDE_LETTER.sub(_accented, text)
    if len(text) != len(line.text):
        line.raised = _moved(line, text)
    line.text = text


def _whole(text: str) -> str:
    """The text with its halves of characters put together; a half without the other becomes the mark for what is unknown."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _accented(match: re.Match[str]) -> str:
    letter = "i" if match[2] == "ı" else match[2]
    composed = unicodedata.normalize("NFC", letter + _ACCENTS[match[1]])
    return composed if len(composed) == 1 else match[0]


def _moved(line: Line, text: str) -> list[tuple[int, int]]:
    """The raised stretches of a line whose text has changed its length: found again from the end or the beginning."""
    moved = []
    at = 0
    for start, end in line.raised:
        piece = line.text[start:end]
        found = text.find(piece, at)
        if found >= 0:
            moved.append((found, found + len(piece)))
            at = found + len(piece)
    return moved
