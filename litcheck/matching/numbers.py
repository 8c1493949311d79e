"""Volumes, issues, pages and article numbers: the same number in the forms in which styles and registries write it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_lowercase

from bib.folding import fold
from bib.model import Reference
from litcheck.evidence import Record
from litcheck.matching.model import Agreement, FieldMatch

#: Score of pages that begin alike and end otherwise.
OTHER_END_SCORE = 0.7

#: The note on such pages.
OTHER_END = "another last page"

_NUMBER = re.compile(r"\d{1,9}")
_WORDS_AROUND = re.compile(
    r"\b(?:vol(?:ume)?|v|no|n|nr|num(?:ber|ero)?|issue|iss|heft|band|bd|tome?|pp?|pages?|pag"
    r"|art(?:icle)?(?: (?:id|no|number))?)\b"
)
_SUPPLEMENT = re.compile(r"\b(?:suppl(?:ement)?|spec(?:ial)?|pt|part|s)\b")
_ROMAN = re.compile(r"[ivxlcdm]{1,12}")
_RANGE = re.compile(r"([^\s\-‐‑–—−:;,]{1,24})\s{0,2}(?:[-‐‑–—−]{1,3}|\bto\b)\s{0,2}([^\s\-‐‑–—−:;,]{1,24})")
_PAGE = re.compile(r"(?P<letters>[a-z]{0,3})(?P<digits>\d{1,9})(?P<after>[a-z]?)")
_SUPPLEMENTARY = re.compile(r"(?<=\d)\s?[.;,]\s?e\d{1,3}\b.{0,40}$")
#: Pages counted within an article, behind its number: "S10.1-12".
_WITHIN = re.compile(r"(?<=\d)\.1\s?[-–]\s?\d{1,3}$")
_ELOCATOR = re.compile(r"[a-z]{0,6}\d{3,9}[a-z]?")


def compare_volumes(reference: Reference, record: Record) -> FieldMatch:
    """The reference's volume beside the record's."""
    return _compare("volume", reference.volume, record.volume, reference, record)


def compare_issues(reference: Reference, record: Record) -> FieldMatch:
    """The reference's issue beside the record's; an article number deposited as an issue says nothing."""
    held = record.issue
    if held and _ELOCATOR.fullmatch(fold(held)) and not re.fullmatch(r"\d{1,3}", held):
        held = ""
    return _compare("issue", reference.issue, held, reference, record)


def _compare(field: str, printed: str, held: str, reference: Reference, record: Record) -> FieldMatch:
    ours, theirs = _plain(printed), _plain(held)
    if not _value(ours).strip(ascii_lowercase) or not _value(theirs).strip(ascii_lowercase):
        # Without a number ("Suppl") there is nothing to compare.
        return FieldMatch(field=field, agreement=Agreement.UNKNOWN, score=1.0, manuscript=printed, record=held)
    note = ""
    if ours == theirs:
        agreement = Agreement.SAME
    elif _value(ours) == _value(theirs):
        agreement, note = Agreement.VARIANT, "written otherwise"
    elif _main(ours) & _main(theirs) and (_is_part(ours, theirs) or _spans(printed, held)):
        agreement, note = Agreement.VARIANT, "a supplement, a part or several in one"
    elif field == "volume" and (explained := _explains_volume(ours, theirs, reference, record)):
        agreement, note = Agreement.VARIANT, explained
    else:
        agreement = Agreement.DIFFERS
    score = 0.0 if agreement is Agreement.DIFFERS else 1.0
    return FieldMatch(field=field, agreement=agreement, score=score, manuscript=printed, record=held, note=note)


def _explains_volume(ours: str, theirs: str, reference: Reference, record: Record) -> str:
    """What makes two different volumes one, in words; empty if nothing does."""
    years = {held.year for held in record.years} | {reference.year}
    if _year(theirs) in years or _year(ours) in years:
        return "counted by years"
    if len(_main(theirs)) > 1 and _main(f"{ours} {reference.issue}") & _main(theirs):
        return "volume and issue in one"
    first = parse_pages(record.page)
    raw = reference.raw.lower()
    # Most entries print neither. Compiling patterns for single records was 28 % of the time of 4,715 comparisons.
    if first is None or theirs not in raw or first.first not in raw:
        return ""
    before_page = rf"(?<!\w){re.escape(theirs)}\s?(?:\([^()]{{0,30}}\))?\s?[:,.]\s?(?:pp?\.\s?)?{re.escape(first.first)}\b"
    return "printed before the page" if re.search(before_page, raw) else ""


def _is_part(ours: str, theirs: str) -> bool:
    """Whether one is a supplement or a lettered part of the other ("12 Suppl 1", "21C", "J7")."""
    lettered = {text.strip(ascii_lowercase + " ") for text in (ours, theirs)}
    return len(lettered) == 1 or bool(_SUPPLEMENT.search(ours) or _SUPPLEMENT.search(theirs))


@dataclass(frozen=True, slots=True)
class Pages:
    """A page range or an article number. ``first`` and ``last`` are folded; ``last`` is written out ("223–8" ends on "228")."""

    first: str
    last: str


@lru_cache(maxsize=16384)
def parse_pages(text: str) -> Pages | None:
    """The first range or number in ``text``."""
    text = _WITHIN.sub("", _SUPPLEMENTARY.sub("", _WORDS_AROUND.sub(" ", text.strip().lower().replace("\\", ""))))
    found = _RANGE.search(text)
    if found:
        first, last = fold(found.group(1)).replace(" ", ""), fold(found.group(2)).replace(" ", "")
        if first and last:
            return Pages(_trim(first), _trim(_written_out(first, last)))
    single = fold(text).split()
    if not single:
        return None
    # "10:1–12" and "7 e1234": the first piece that holds a number.
    number = next((word for word in single if any(c.isdigit() for c in word)), single[0])
    return Pages(_trim(number), "")


def compare_pages(reference: Reference, record: Record) -> FieldMatch:
    """The reference's pages or article number beside the record's pages, or its article number, whichever is nearer."""
    ours = parse_pages(reference.page) if reference.page else None
    shown = record.page or record.article_number
    theirs = [pages for pages in (parse_pages(text) for text in (record.page, record.article_number) if text) if pages]
    # Registries keep article numbers in whatever field was at hand; an issue that is something else is no page.
    issue = parse_pages(record.issue) if record.issue else None
    if ours and issue and _ELOCATOR.fullmatch(issue.first) and issue.first == ours.first:
        theirs.append(issue)
    if ours is None or not theirs:
        return FieldMatch(field="page", agreement=Agreement.UNKNOWN, score=1.0, manuscript=reference.page, record=shown)
    same_start = [pages for pages in theirs if _same_number(ours.first, pages.first)]
    if same_start:
        other = same_start[0]
        if not ours.last or not other.last or ours.last == ours.first or other.last == other.first:
            plain = ours.last == other.last
            return _pages(
                reference, shown, Agreement.SAME if plain else Agreement.VARIANT, 1.0, "" if plain else "the first page"
            )
        if _same_number(ours.last, other.last):
            return _pages(reference, shown, Agreement.SAME, 1.0, "")
        return _pages(reference, shown, Agreement.DIFFERS, OTHER_END_SCORE, OTHER_END)
    if any(_is_placeholder(pages) for pages in theirs) or _is_placeholder(ours):
        return _pages(reference, shown, Agreement.UNKNOWN, 1.0, "pages counted within the article")
    if any(_one_holds_other(ours, pages) for pages in theirs):
        return _pages(reference, shown, Agreement.VARIANT, 1.0, "written otherwise")
    if any(_is_printed(pages, reference.raw) for pages in theirs):
        return _pages(reference, shown, Agreement.VARIANT, 1.0, "printed elsewhere in the entry")
    return _pages(reference, shown, Agreement.DIFFERS, 0.0, "")


def _pages(reference: Reference, shown: str, agreement: Agreement, score: float, note: str) -> FieldMatch:
    return FieldMatch(field="page", agreement=agreement, score=score, manuscript=reference.page, record=shown, note=note)


def _plain(text: str) -> str:
    folded = fold(text)
    return " ".join(_WORDS_AROUND.sub(" ", folded).split()) or folded


def _value(text: str) -> str:
    """A number without leading zeros, Roman numerals counted; other text without spaces."""
    if text.isdigit():
        return text.lstrip("0")
    compact = text.replace(" ", "")
    if _ROMAN.fullmatch(compact):
        return str(roman_value(compact))
    return compact


def _main(text: str) -> set[str]:
    return {number.lstrip("0") for number in _NUMBER.findall(text)}


def _spans(printed: str, held: str) -> bool:
    return any(mark in text for text in (printed, held) for mark in "-–/&,(")


def _year(text: str) -> int | None:
    return int(text) if re.fullmatch(r"(?:1[89]|20)\d\d", text) else None


def _written_out(first: str, last: str) -> str:
    """The last page in full: 223–8 → 228, 1461s–7s → 1467s, d1154–d60 → d1160; e-pages after the last one do not count."""
    a, b = _PAGE.fullmatch(first), _PAGE.fullmatch(last)
    if not a or not b or b["letters"] not in ("", a["letters"]):
        return last
    digits = b["digits"]
    if len(digits) < len(a["digits"]):
        digits = a["digits"][: len(a["digits"]) - len(digits)] + digits
    return a["letters"] + digits + b["after"]


def _trim(text: str) -> str:
    """Without leading zeros; the letter of an electronic page stays."""
    return re.sub(r"^([a-z]*)0+(?=\d)", r"\1", text)


def _same_number(a: str, b: str) -> bool:
    # "e1234" beside "1234", "S50" beside a "50" whose letter got lost.
    if a == b or (a.lstrip(ascii_lowercase) == b.lstrip(ascii_lowercase) and (a.isdigit() or b.isdigit())):
        return True
    return bool(_ROMAN.fullmatch(a) and _ROMAN.fullmatch(b)) and roman_value(a) == roman_value(b)


def _is_printed(pages: Pages, raw: str) -> bool:
    """Whether the entry prints this very range, or this article number, where a parser may have missed it."""
    if not pages.last:
        raw = raw.lower()
        return len(pages.first) >= 5 and pages.first in raw and re.search(rf"\b{re.escape(pages.first)}\b", raw) is not None
    return (pages.first, pages.last) in _printed_ranges(raw)


@lru_cache(maxsize=1024)
def _printed_ranges(raw: str) -> frozenset[tuple[str, str]]:
    """Every range that an entry prints, as first and last page; the same for all records that it is put beside."""
    found = (parse_pages(m.group()) for m in _RANGE.finditer(raw.lower()))
    return frozenset((pages.first, pages.last) for pages in found if pages)


def _is_placeholder(pages: Pages) -> bool:
    """Pages that begin with 1 count within the article or stand for "not yet known" (1–1, 1–12)."""
    return pages.first == "1"


def _one_holds_other(a: Pages, b: Pages) -> bool:
    """An article number inside the other's ("1060518" in "fpsyg20231060518"), long enough not to be chance."""
    short, long = sorted((a.first, b.first), key=len)
    return len(short) >= 4 and (long.endswith(short) or long.startswith(short)) and short != long


def roman_value(numeral: str) -> int:
    """The value of a Roman numeral in lower case; ill-formed ones get some value that equal ones share."""
    letters = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
    values = [letters[letter] for letter in numeral]
    return sum(-value if index + 1 < len(values) and value < values[index + 1] else value for index, value in enumerate(values))
