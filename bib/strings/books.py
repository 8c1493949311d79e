"""What follows a title that no volume locates: edition, editors, book, place and publisher."""

from __future__ import annotations

import re
from collections.abc import Callable

from bib.strings.authors import read_head
from bib.strings.titles import first_sentence, quoted_title
from bib.wordlists import lines_of

Add = Callable[[str, int, int], None]

_IN = re.compile(
    r"(?:(?P<stop>[.,;:?!”\"’»)])\s{1,2}|(?<=[”\"’»]))(?:(?P<colon>(?:[Ii]n|IN|[Ee]m|EM|[Ee]n|EN|Dans|[Aa]pud)\s?:)|(?P<plain>In)(?=\s[^\W\da-zß-ÿ]|\s\d{1,2}(?:st|nd|rd|th)\s|\s[“\"])|(?P<small>in)(?=\s[^\W\da-zß-ÿ]|\s[“\"]))\s{0,2}"
)
_EDITORS = re.compile(r"\b[Ee]ds?\b\.?|\b[Ee]ditors?\b|\(Hrsg|\(Org|\(org|\(Coord|\(coord|\bHrsg\b|\bedited\s(?:by)?")
_BOOKISH = re.compile(
    r"\b(?:Proceedings|Proc\.|Anais|Actas|Conference|Symposium|Workshop|Congress|Handbook|Encyclop|Advances\sin|Press|Springer|Wiley|Elsevier|pp\.|University|Academic|Publish)"
)
_EDITION = re.compile(
    r"[(\[,.;]?\s?\b(?P<edition>(?:\d{1,2}\s?(?:st|nd|rd|th|e|ª|a|º|\.)?|[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Ss]ixth|[Rr]ev(?:ised|\.)?|[Ii]nternational|[Nn]ew)\s?\.?\s?(?:(?:rev\.?|ampl\.?|and\senl\.?)\s)?(?:ed|edn|edition|edição|edición|Ed|Aufl|Auflage|éd|udg)\b\.?(?:,\s?(?:[Tt]ext\s)?[Rr]ev(?:ised|\.)?(?:\sed\.)?)?|Rev\.\sed\.)"
)
_VOLUME = re.compile(r"[(,.]?\s?\b(?:[Vv]ol(?:ume|s)?\.?|[Bb]d\.|[Bb]and|[Tt]omo|v\.)\s?(?P<volume>\d{1,4}|[IVXL]{1,6})\b")
_EDITED_BY = re.compile(r"[,.;(]?\s?\b(?:[Ee]dited\sby|[Ee]ds?\.?(?:\sby)?|[Ee]ditors?:?)\s(?=[^\W\d_a-zß-ÿ])")
_TRANSLATED = re.compile(
    r"[,.;]?\s\(?(?:[Tt]rans(?:lated\sby|l?\.)|[Tt]r\.|[Tt]raduzido\spor|[Tt]radução\sde|[Tt]rad\.)\s(?=[^\W\d_a-zß-ÿ])"
)
_PLACE_WORD = r"[^\W\d_a-zß-öø-ÿ][\w.'’]{0,30}"
_PLACE = re.compile(
    rf"(?<![\w-])(?P<place>{_PLACE_WORD}(?:[\s/–-]{{1,2}}(?:de\s|do\s|da\s|of\s|am\s|upon\s|and\s|&\s)?{_PLACE_WORD}){{0,4}}(?:\s?\([A-Z]{{2}}\))?"
    rf"(?:,\s(?:[A-Z]\.?\s?[A-Z]\.?(?:\s?[A-Z]\.?)?|{_PLACE_WORD}(?:\s{_PLACE_WORD})?)){{0,2}})\s?:\s(?=[^\W_a-zß-ÿ]|s\.n|\[s)"
)
#: Words of a second sentence that still belongs to a book's title: "Oral health surveys. Basic methods. Geneva: …".
_LONGEST_SECOND_SENTENCE = 8
_NO_SUBTITLE = re.compile(
    r"\d|[Tt]rans|[Ee]dit|\b[Ee]ds?\b|[Ss]eries|Notes|Studies|[Vv]ol|Press|Library|Coleção|Collection|\b[A-Z]\."
)
_TRIM = " .,;:–—-"


def find_in(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where "In" introduces the book that a chapter stands in: its span, or ``None``."""
    for match in _IN.finditer(text, start, end):
        if match.start() <= start + 2:
            continue
        rest = text[match.end() : end]
        if match.group("colon"):
            return match.start(), match.end()
        if match.group("plain"):
            if match.group("stop") in (None, ".", "?", "!", "”", '"', "’", "»", ")") and (
                _EDITORS.search(rest) or _BOOKISH.search(rest) or _reads_as_book(rest)
            ):
                return match.start(), match.end()
            if match.group("stop") in (",", ";", ":") and (_EDITORS.search(rest) or _BOOKISH.search(rest)):
                return match.start(), match.end()
        elif match.group("stop") in (",", None, "”", '"', "’") and (_EDITORS.search(rest) or _BOOKISH.search(rest)):
            return match.start(), match.end()
    return None


def _reads_as_book(rest: str) -> bool:
    words = rest.split(None, 6)[:6]
    return sum(word[:1].isupper() for word in words) * 2 >= len(words)


def read_book(text: str, start: int, end: int, add: Add, *, titled: str) -> None:
    """Segments of ``text[start:end]``: a book's title (labelled ``titled``), editors, edition, place and publisher."""
    start, end = _trim(text, start, end)
    if start >= end:
        return
    start, end = _editors_before(text, start, end, add)
    edition = _EDITION.search(text, start, end)
    volume = _VOLUME.search(text, start, end)
    title_end = _title_end(text, start, end, edition, volume)
    editors = _EDITED_BY.search(text, start, end)
    if editors and editors.start() > start:
        title_end = min(title_end, editors.start())
    add(titled, *_trim(text, start, title_end))
    rest = title_end
    if edition and edition.start() >= start:
        add("edition", edition.start("edition"), edition.end("edition"))
        rest = max(rest, edition.end()) if edition.start() <= rest + 3 else rest
    if volume and volume.start() > start:
        add("volume", volume.start("volume"), volume.end("volume"))
        rest = max(rest, volume.end()) if volume.start() <= rest + 3 else rest
    if editors and editors.start() >= title_end - 1:
        head = read_head(text[editors.end() : end])
        if head.names:
            add("editor", editors.end() + head.names[0], editors.end() + head.names[1])
            rest = max(rest, editors.end() + head.names[1])
    read_publisher(text, rest, end, add)


def _editors_before(text: str, start: int, end: int, add: Add) -> tuple[int, int]:
    """Editors between "In" and the book's title: "J. Smith (Ed.), Book"; "CRESO, F. (org.). Book"."""
    head = read_head(text[start:end])
    if head.names and head.names[1] > head.names[0] and (head.role or head.style == "names"):
        add("editor", start + head.names[0], start + head.names[1])
        if head.date and not head.role and head.date_in_parentheses:
            add("date", start + head.date[0], start + head.date[1])
        start = _trim(text, start + head.rest, end)[0]
    return start, end


def _title_end(text: str, start: int, end: int, edition: re.Match[str] | None, volume: re.Match[str] | None) -> int:
    quoted = quoted_title(text, start, end)
    if quoted:
        return quoted[1]
    title_end = first_sentence(text, start, end)
    for match in (edition, volume, _TRANSLATED.search(text, start, end)):
        if match and match.start() > start + 3:
            title_end = min(title_end, match.start())
    place = _PLACE.search(text, start, end)
    while place and place.start() > start:
        before = text[start : place.start()].rstrip()
        if before[-1:] == "." and title_end < place.start() and _continues_title(text[title_end : place.start()]):
            title_end = min(
                [place.start(), *(match.start() for match in (edition, volume) if match and match.start() > start + 3)]
            )
            break
        if before[-1:] in (".", "(", ";", ")", "]", "?") or (before[-1:] == "," and publisher_at(text, place.end(), end)):
            title_end = min(title_end, place.start())
            break
        place = _PLACE.search(text, place.end(), end)
    opening = text.find(" (", start + 4, title_end)
    while opening > 0:
        inside = text[opening + 2 : end]
        if _PLACE.match(inside) or (publisher_at(text, opening + 2, end) and ")" in inside and len(inside) < 90):
            return min(title_end, opening)
        opening = text.find(" (", opening + 2, title_end)
    if title_end == end:
        comma = _publisher_comma(text, start, end)
        if comma:
            return comma
    return title_end


def _continues_title(sentence: str) -> bool:
    """Whether a sentence between a book's title and its place is a subtitle rather than a series or a translator."""
    return len(sentence.split()) <= _LONGEST_SECOND_SENTENCE and _NO_SUBTITLE.search(sentence) is None


def _publisher_comma(text: str, start: int, end: int) -> int | None:
    """Where the title ends if a comma parts it from a known publisher: "Book title, Springer, Berlin"."""
    place = text.find(", ", start + 4, end)
    while place > 0:
        if publisher_at(text, place + 2, min(end, place + 60)):
            return place
        place = text.find(", ", place + 2, end)
    return None


_PUBLISHER = re.compile(
    r"(?<!\w)(?:"
    + "|".join(re.escape(name) for name in sorted(lines_of("publishers"), key=lambda name: (-len(name), name)))
    + r")(?!\w)"
)
_CORPORATE = re.compile(
    r"\b(?:University|Universit[àäé]t?|Universidade|Universidad|Université|Institut[eo]?|Ministério|Ministry|Ministerio|Department|Association|Organization|Society|Foundation|Inc\.?|Ltd\.?|GmbH|Council|Academy|Agency|Center|Centre|Bank|Commission|Service)\b"
)


def publisher_at(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` up to its first comma or full stop names a known publisher."""
    piece = re.split(r"[,;:(]|\.\s", text[start:end], maxsplit=1)[0]
    return len(piece.split()) <= 7 and _PUBLISHER.search(piece) is not None


def read_publisher(text: str, start: int, end: int, add: Add) -> None:
    """Place and publisher in ``text[start:end]``, where they can be told apart."""
    start, end = _trim_all(text, start, end)
    if start >= end or end - start > 200:
        return
    place = _PLACE.search(text, start, end)
    if place:
        add("location", *_trim_all(text, place.start("place"), place.end("place")))
        stop = re.search(r"[;.,(\[]\s|\)|\.$", text[place.end() : end])
        add("publisher", *_trim_all(text, place.end(), _publisher_end(text, place.end(), end) if stop else end))
        return
    pieces = _pieces(text, start, end)
    known = [piece for piece in pieces if _PUBLISHER.search(text[piece[0] : piece[1]])]
    known = known or [piece for piece in pieces if _CORPORATE.search(text[piece[0] : piece[1]])]
    if not known:
        if len(pieces) == 1 and len(text[start:end].split()) <= 4 and text[start].isupper():
            add("publisher", start, end)
        return
    add("publisher", *known[0])
    position = pieces.index(known[0])
    after = pieces[position + 1 :]
    before = pieces[:position]
    if after and text[after[0][0]].isupper() and not any(character.isdigit() for character in text[after[0][0] : after[-1][1]]):
        add("location", after[0][0], after[-1][1])
    elif before and len(text[before[0][0] : before[-1][1]].split()) <= 4 and text[before[0][0]].isupper():
        add("location", before[0][0], before[-1][1])


def _publisher_end(text: str, start: int, end: int) -> int:
    for match in re.finditer(r"[;(\[)]|\.\s(?=[^\W_a-z])|,\s(?=(?:\d|[vpn]\.))", text[start:end]):
        if match.start() > 1:
            return start + match.start()
    return end


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces = []
    place = start
    for match in re.finditer(r"[,;:()]\s?|\.\s(?=[^\W\d_a-z][\w]{2})|\Z", text[start:end]):
        piece = _trim_all(text, place, start + match.start())
        if piece[0] < piece[1]:
            pieces.append(piece)
        place = start + match.end()
    return pieces


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _TRIM + ")]":
        start += 1
    while end > start and text[end - 1] in " ,;:([–—":
        end -= 1
    return start, end


def _trim_all(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _TRIM + "()[]":
        start += 1
    while end > start and text[end - 1] in " ,;:([–—)]":
        end -= 1
    if (
        end > start
        and text[end - 1] == "."
        and text[end - 4 : end] not in ("Inc.", "Ltd.", " Co.")
        and text[end - 2 : end - 1].islower()
    ):
        end -= 1
    return start, end
