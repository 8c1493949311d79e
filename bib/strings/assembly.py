"""Segments of a reference string to a reference."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bib.model import Date, Entry, Name, ParseFailure, Reference, Segment, Span
from bib.names import parse_names
from bib.strings.dates import STATUS, YEAR, read_date
from bib.strings.kinds import kind_of
from bib.strings.notes import Notes

_EMPHASIS = re.compile(r"\*{1,3}|(?<!\w)_{1,2}(?=\w)|(?<=[\w.,;:!?)])_{1,2}(?!\w)|</?[A-Za-z]{1,6}>")
_YEAR_SUFFIX = re.compile(rf"({YEAR})(?:\s?[/–-]\s?(?:{YEAR}|\d\d))?\s?([a-z])(?![a-z])")
_STATUS = re.compile(STATUS, re.IGNORECASE)
_STATUS_SUFFIX = re.compile(r"-([a-z])$")
_ORIGINAL = re.compile(
    rf"[\[(]\s?(?:[Oo]riginal(?:ly)?\s(?:work\s)?(?:published|ed\.)|[Ww]ork\soriginally\spublished|[Ff]irst\spublished|[Oo]rig\.\s?(?:pub\.|publ\.)?)\s?(?:in\s)?({YEAR})\s?[\])]|(?:\(|\b)({YEAR})\s?/\s?{YEAR}\)|\(\s?{YEAR}\s?\[({YEAR})\]\s?\)"
)
_ORIGINAL_HINTS = ("rig", "irst", "/", "[")
_QUOTED = "“”\"«»„‘’'`"
_FIELD_MARKS = {
    "volume": re.compile(r"^(?:vols?|volume|v|bd|band|jg|tomo?|t)\s?[.:]?\s?(?=[\dIVXL])", re.IGNORECASE),
    "issue": re.compile(r"^(?:nos?|nr|n|number|num|núm|issue|iss|heft|h)\s?[.º°:]?\s?(?=\d)", re.IGNORECASE),
    "pages": re.compile(
        r"^(?:pp?|pgs?|pages?|páginas?|págs?|s(?=\.)|art(?:icle)?(?:\s?(?:no|id|number))?|seiten)\s?[.:]?\s?(?=[A-Za-z]{0,3}\d)",
        re.IGNORECASE,
    ),
}
_VOLUME_WITH_ISSUE = re.compile(r"([\w.]{1,20})\s?\(([^()]{1,30})\)")
_DASHES = re.compile(r"\s?(?:--|[–—−‒])\s?|\s-\s")
_EDITION = re.compile(r"\s?\.?\s?(?:edn|edition|edição|edición|ed|aufl(?:age)?)\b\.?", re.IGNORECASE)
_ABBREVIATION_END = re.compile(r"(?:\b[A-Z]|\b(?:Inc|Ltd|Co|Corp|U\.S\.A|Jr|St))\.$")


def assemble(
    raw: str,
    read: str,
    segments: Sequence[Segment],
    notes: Notes,
    *,
    id: str,  # noqa: A002 -- the field's name
    span: Span | None,
) -> Entry:
    """The reference that the segments describe, or a failure when there is no author or title, or no year.

    ``read`` is as much of ``raw`` as was read.
    """
    pieces = {segment.label: segment.text for segment in segments}
    authors, truncated = _names(pieces.get("author", ""))
    editors, editors_truncated = _names(pieces.get("editor", ""))
    title = _text(pieces.get("title", ""), quoted=True)
    issued, suffix, status = _date(pieces.get("date", ""))
    if issued is None and not status and (status_match := _STATUS.search(read)):
        status = status_match.group()
    if not authors and not editors and not title:
        return ParseFailure(id=id, raw=raw, span=span, reason="neither an author nor a title was found")
    if issued is None and not status:
        issued = notes.accessed  # a web page without a date is cited by the year in which it was seen
    if issued is None and not status:
        printed = read_date(read)
        reason = f"no year could be told, though {printed.year} stands in it" if printed else "no year was found"
        return ParseFailure(id=id, raw=raw, span=span, reason=reason)
    volume, issue = _volume(pieces)
    fields = {
        "container": _container(pieces.get("container", "")),
        "volume": volume,
        "issue": issue,
        "pages": _pages(pieces.get("pages", "")),
        "publisher": _text(pieces.get("publisher", "")),
        "location": _text(pieces.get("location", "")),
        "edition": _EDITION.sub("", _text(pieces.get("edition", ""))).strip(" ,."),
    }
    introduced = _introduced(read, segments)
    original = _ORIGINAL.search(read) if any(hint in read for hint in _ORIGINAL_HINTS) else None
    return Reference(
        id=id,
        raw=raw,
        span=span,
        type=kind_of(read, fields, notes, introduced=introduced),
        authors=authors,
        authors_truncated=truncated or (not authors and editors_truncated),
        editors=editors,
        issued=issued,
        year_suffix=suffix,
        original_year=int(next(group for group in original.groups() if group)) if original else None,
        status=status,
        title=title,
        container_title=fields["container"],
        collection_title=_text(pieces.get("series", "")),
        volume=volume,
        issue=issue,
        page=fields["pages"],
        edition=fields["edition"],
        publisher=fields["publisher"],
        publisher_place=fields["location"],
        doi=notes.doi,
        doi_printed=notes.doi_printed,
        arxiv=notes.arxiv,
        pmid=notes.pmid,
        pmcid=notes.pmcid,
        isbn=notes.isbn,
        url=notes.url,
        accessed=notes.accessed,
        label=notes.label,
        confidence=_confidence(fields, authors, title, issued, notes),
        segments=tuple(segments),
    )


def _names(piece: str) -> tuple[tuple[Name, ...], bool]:
    return parse_names(_plain(piece)) if piece else ((), False)


def _plain(piece: str) -> str:
    if "*" in piece or "_" in piece or "<" in piece:
        piece = _EMPHASIS.sub("", piece)
    return " ".join(piece.split())


def _text(piece: str, *, quoted: bool = False) -> str:
    """A field's text: mark-up and white space dropped, without the punctuation that only parts fields."""
    text = _plain(piece.replace("``", "“").replace("''", "”")).strip(" ,;:")
    if quoted and text[:1] in _QUOTED and len(text) > 2:
        inner = text.rstrip(" .,")
        if inner[-1:] in _QUOTED and not any(mark in inner[1:-1] for mark in '“”«»"' if mark in (inner[0], inner[-1])):
            text = inner[1:-1].strip(" ,;:")
    if text.endswith(".") and not _ABBREVIATION_END.search(text) and not text.endswith("..."):
        text = text[:-1].rstrip()
    return text


def _container(piece: str) -> str:
    text = _plain(piece).strip(" ,;:")
    if text[:1] in '“"‘' and text[-1:] in '”"’':
        text = text[1:-1]
    dotted = text.count(".")
    return text[:-1] if text.endswith(".") and dotted == 1 else text


def _date(piece: str) -> tuple[Date | None, str, str]:
    """Date, suffix and status of a date segment: "2020a, May 3" → 2020-05-03, "a"."""
    piece = _plain(piece)
    status_match = _STATUS.search(piece)
    status = status_match.group() if status_match else ""
    suffix_match = _YEAR_SUFFIX.search(piece)
    suffix = suffix_match.group(2) if suffix_match else ""
    if suffix_match:
        piece = piece[: suffix_match.start(2)] + piece[suffix_match.end(2) :]
    elif status and (lettered := _STATUS_SUFFIX.search(piece)):
        suffix = lettered.group(1)
    if re.match(r"\d{4}\s?[/–-]\s?\d{2,4}$", piece.strip()):
        return Date(year=int(piece.strip()[:4])), suffix, status
    return read_date(piece), suffix, status


def _volume(pieces: dict[str, str]) -> tuple[str, str]:
    volume = _FIELD_MARKS["volume"].sub("", _plain(pieces.get("volume", "")).strip(" ,.;:()"))
    issue = _FIELD_MARKS["issue"].sub("", _plain(pieces.get("issue", "")).strip(" ,.;:()[]"))
    both = _VOLUME_WITH_ISSUE.fullmatch(volume)
    if both and not issue:
        volume, issue = both.groups()
    return volume, _DASHES.sub("–", issue)


def _pages(piece: str) -> str:
    return _DASHES.sub("–", _FIELD_MARKS["pages"].sub("", _plain(piece).strip(" ,.;:()")))


def _introduced(raw: str, segments: Sequence[Segment]) -> bool:
    """Whether "In" stands between the title and its container."""
    title = next((segment for segment in segments if segment.label == "title"), None)
    after = next(
        (segment for segment in segments if title and segment.label in ("container", "editor") and segment.start >= title.end),
        None,
    )
    if title is None or after is None:
        return False
    return re.search(r"\b(?:In|in|IN|Em|EM|En|Dans)\b:?", raw[title.end - 1 : after.start + 4]) is not None


#: What each missing part takes from the confidence; not fitted to data, the order of parsed entries in a report is all it serves.
_DOUBTS = {"authors": 0.2, "title": 0.3, "year": 0.1, "container": 0.1}


def _confidence(fields: dict[str, str], authors: Sequence[Name], title: str, issued: Date | None, notes: Notes) -> float:
    confidence = 1.0
    if not authors:
        confidence -= _DOUBTS["authors"]
    if not title or len(title) < 8:
        confidence -= _DOUBTS["title"]
    if issued is None:
        confidence -= _DOUBTS["year"]
    if not fields["container"] and not fields["publisher"] and not notes.url:
        confidence -= _DOUBTS["container"]
    return round(max(0.1, confidence), 2)
