"""Segments of a reference string to a reference."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bib.folding import unaccent
from bib.model import Date, Entry, Name, ParseFailure, Reference, Segment, Span
from bib.names import parse_names
from bib.organisation_names import is_organisation
from bib.strings.dates import DATE, STATUS, YEAR, read_date
from bib.strings.features import Lexicon
from bib.strings.kinds import is_legislation, kind_of
from bib.strings.notes import Notes
from bib.wordlists import words_of

_EMPHASIS = re.compile(r"\*{1,3}|(?<!\w)_{1,2}(?=\w)|(?<=[\w.,;:!?)])_{1,2}(?!\w)|</?[A-Za-z]{1,6}>")
_YEAR_SUFFIX = re.compile(rf"({YEAR})(?:\s?[/–-]\s?(?:{YEAR}|\d\d))?\s?([a-z])(?![a-z])")
_STATUS = re.compile(STATUS, re.IGNORECASE)
_DATE_AT_END = re.compile(rf"(?:\bof|\bde|,)\s(?:{DATE})\Z")
_STATUS_SUFFIX = re.compile(r"-([a-z])$")
_ORIGINAL = re.compile(
    rf"[\[(]\s?(?:[Oo]riginal(?:ly)?\s(?:work\s)?(?:published|ed\.)|[Ww]ork\soriginally\spublished|[Ff]irst\spublished|[Oo]rig\.\s?(?:pub\.|publ\.)?)\s?(?:in\s)?({YEAR})\s?[\])]|(?:\(|\b)({YEAR})\s?/\s?{YEAR}\)|\(\s?{YEAR}\s?\[({YEAR})\]\s?\)"
)
_ORIGINAL_HINTS = ("rig", "irst", "/", "[")
_BROKEN = re.compile(r"\b([^\W\d_]{2,40})-\s([^\W\d_]{2,40})")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_A_YEAR = re.compile(YEAR)
_WORDY = frozenset({"title", "container", "publisher", "series"})
_QUOTED = "“”\"«»„‘’'`"
_FIELD_MARKS = {
    "volume": re.compile(r"^(?:vols?|volume|v|bd|band|jg|tomo?|t)\s?[.:]?\s?(?=[\dIVXL])", re.IGNORECASE),
    "issue": re.compile(r"^(?:nos?|nr|n|number|num|núm|issue|iss|heft|h)\s?[.º°:]?\s?(?=\d)", re.IGNORECASE),
    "pages": re.compile(
        r"^(?:pp?|pgs?|pages?|páginas?|págs?|s(?=\.)|art(?:icle)?(?:\s?(?:no|id|number))?|seiten)\s?[.:]?\s?(?=[A-Za-z]{0,3}\d)",
        re.IGNORECASE,
    ),
}
_DASHES = re.compile(r"\s?(?:--|[–—−‒─])\s?|\s-\s")
_EDITION = re.compile(r"\s?\.?\s?(?:edn|edition|edição|edición|ed|aufl(?:age)?)\b\.?", re.IGNORECASE)
#: The organisation before the book of a chapter, as ABNT prints it.
_CAPITALS_BEFORE = re.compile(r"([^\W\d_](?:[^\W\d_]|[ ,&’'()-]){5,80})\.\s(?=[^\W\d_])")
#: The kind of a thesis with its university in brackets, as APA prints it.
_DEGREE = re.compile(
    r"[\[(](?:[^\[\]()]{0,40}\s)?(?:dissertation|thesis|tese|tesis|thèse|dissertação)(?:\sd[eo]\s\w{4,12})?,\s([^\[\](),]{6,90})(?:,\s\d{4})?[\])]",
    re.IGNORECASE,
)
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
    pieces = _pieces(segments)
    authors, truncated = _names(pieces.get("author", ""))
    editors, editors_truncated = _names(pieces.get("editor", ""))
    title = _text(pieces.get("title", ""), quoted=True)
    issued, suffix, status = _date(pieces.get("date", ""))
    if issued is None and not status and (status_match := _STATUS.search(read)):
        status = status_match.group()
    if issued is None and not status:
        # A law bears its date in its title; a web page without a date is cited by the year in which it was seen.
        issued = (_date_of_title(title) if is_legislation(title) else None) or notes.accessed
    volume, issue = _volume(pieces)
    if issued is None and not status and _A_YEAR.fullmatch(volume):
        issued, volume = Date(year=int(volume)), ""  # "Moss Stud. 2016:1–10"
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
    organisation = _CAPITALS_BEFORE.match(fields["container"]) if introduced and not editors else None
    if organisation and organisation[1].isupper() and is_organisation(organisation[1]):  # "In: R CORE TEAM. An introduction"
        editors = (Name(literal=organisation[1]),)
        fields["container"] = _container(fields["container"][organisation.end() :])
    if not title and notes.url and not any(fields[name] for name in ("volume", "issue", "pages", "publisher")):
        title, fields["container"] = fields["container"], ""  # a page of a site that is not named
    if (degree := _DEGREE.search(read)) and is_organisation(degree[1]):
        fields["publisher"] = degree[1].strip()  # what follows it is the archive
    original = _ORIGINAL.search(read) if any(hint in read for hint in _ORIGINAL_HINTS) else None
    reference = Reference(
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
        language=notes.language,
        label=notes.label,
        segments=tuple(segments),
        confidence=_confidence(
            segments,
            named=bool(authors or editors),
            title=title,
            dated=issued is not None,
            placed=bool(fields["container"] or fields["publisher"] or notes.url),
        ),
    )
    reason = _lack(reference)
    return ParseFailure(id=id, raw=raw, span=span, reason=reason, partial=reference) if reason else reference


def _lack(reference: Reference) -> str:
    """What an entry lacks that it must have, empty where it has it."""
    if not reference.authors and not reference.editors and not reference.title:
        return "neither an author nor a title was found"
    if reference.issued is None and not reference.status:
        printed = read_date(reference.raw)
        return f"no year could be told, though {printed.year} stands in it" if printed else "no year was found"
    return ""


def _pieces(segments: Sequence[Segment]) -> dict[str, str]:
    """One text a label: of several dates the one with a year, of numbers the first, of words the surest and longest."""
    pieces: dict[str, Segment] = {}
    for segment in segments:
        known = pieces.get(segment.label)
        if (
            known is None
            or (segment.label == "date" and _A_YEAR.search(segment.text) and not _A_YEAR.search(known.text))
            or (segment.label in _WORDY and _weight(segment) > _weight(known))
        ):
            pieces[segment.label] = segment
    return {label: segment.text for label, segment in pieces.items()}


def _weight(segment: Segment) -> float:
    return float(segment.confidence**2 * len(segment.text) ** 0.5)


def _date_of_title(title: str) -> Date | None:
    """The date that ends the title of a law: "Decreto nº 2848, de 07 de dezembro de 1940", "Clean Air Act of 1990"."""
    date = _DATE_AT_END.search(title)
    return read_date(date.group()) if date else None


def _names(piece: str) -> tuple[tuple[Name, ...], bool]:
    return parse_names(_plain(piece)) if piece else ((), False)


def _plain(piece: str) -> str:
    """A piece without mark-up and invisible characters, with single blanks and without the hyphens of lines that are no more."""
    if "*" in piece or "_" in piece or "<" in piece:
        piece = _EMPHASIS.sub("", piece)
    if not piece.isascii():
        piece = _INVISIBLE.sub("", piece)
    piece = " ".join(piece.split())
    return _BROKEN.sub(_mended, piece) if "- " in piece else piece


def _mended(broken: re.Match[str]) -> str:
    """What was one word before its line ended: "Informa- tion" → "Information", "Martin- Facklam" → "Martin-Facklam"."""
    first, second = broken.groups()
    if second in words_of("function_words") or second in words_of("conjunctions"):
        return broken.group()  # "pre- and post-war"
    joined = unaccent(first + second).lower()
    return first + second if second.islower() and joined in Lexicon.load().digits else f"{first}-{second}"


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
    return re.search(r"\b(?:In|in|IN|Em|EM|En|Dans)\b:?", raw[title.end - 1 : after.start]) is not None


#: What is left of the confidence where a part is missing that most entries have; the order of entries is all that it serves.
_MISSING = {"author": 0.8, "title": 0.7, "date": 0.9, "container": 0.9}


def _confidence(segments: Sequence[Segment], *, named: bool, title: str, dated: bool, placed: bool) -> float:
    """The least of what the tagger says of the parts that identify a work, and less where one of them is missing."""
    confidence = min((segment.confidence for segment in segments if segment.label in _IDENTIFYING), default=1.0)
    has = {"author": named, "title": len(title) >= _SHORTEST_TITLE, "date": dated, "container": placed}
    for part, share in _MISSING.items():
        confidence *= 1 if has[part] else share
    return round(confidence, 3)


_IDENTIFYING = frozenset({*_MISSING, "editor"})
#: A title shorter than this may be a piece of one.
_SHORTEST_TITLE = 8
