"""Laws and other numbered documents that the list has under their own name: "Lei nº 13.146/2015", "Regulation No 1924/2006"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from bib.folding import fold
from bib.model import Entry, Span
from litcheck.citations.covered import Covered
from litcheck.citations.model import Citation, Link
from litcheck.citations.targets import as_reference
from litcheck.citations.wordlists import lines_of

_YEAR = r"(?:1[5-9]|20)\d\d"
_ISSUER = r"(?:\s\(?(?:[A-Z]\.?\s?){1,4}\)?)?"
_NUMBER = r"(?:n[º°o.]{1,2}|number|num\.|nr\.?|№)?\s{0,2}(?P<number>\d{1,6}(?:\.\d{3})?(?:[-–]?[A-Z](?!\w))?)"
_DATE = rf"(?:[^\W\d_]{{2,4}}\s)?[^\W\d_]{{0,12}}\s?\d{{1,2}}[º°]?\s(?:de\s)?[^\W\d_]{{3,12}}\s(?:de\s|del\s)?(?P<dated>{_YEAR})"
# Every repetition is bounded, so that a search looks at some 120 characters from each kind of document on.
_NUMBERED = re.compile(
    rf"(?<!\w)(?P<kind>{'|'.join(map(re.escape, sorted(lines_of('kinds_of_law'), key=len, reverse=True)))}){_ISSUER},?\s{_NUMBER}"
    rf"(?:\s?/\s?(?P<slash>{_YEAR}|\d\d(?!\d))|,?\s{_DATE})?",
    re.IGNORECASE,
)
#: A label or the like may stand before the document in its entry.
_LABEL = 8


def find_laws(text: str, outside: Covered, references: Sequence[Entry]) -> list[Citation]:
    """The mentions of documents that an entry begins with; those of the author "Brasil" are cited by author and year."""
    by_number: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for entry in references:
        reference = as_reference(entry)
        found = _NUMBERED.search(reference.raw, 0, 200)
        if found is not None and found.start() <= _LABEL and not reference.raw[: found.start()].strip(" \t\n[]().0123456789"):
            by_number[_key(found)].append((_year(found), reference.id))
    return list(_mentions(text, outside, by_number)) if by_number else []


def _mentions(text: str, outside: Covered, by_number: dict[tuple[str, str], list[tuple[str, str]]]) -> Iterator[Citation]:
    for found in _NUMBERED.finditer(text):
        year = _year(found)
        ids = [id_ for listed, id_ in by_number.get(_key(found), ()) if not (year and listed) or year[-2:] == listed[-2:]]
        span = Span(*found.span())
        if len(ids) != 1 or outside.touches(span):
            continue
        yield Citation(
            span=span,
            text=span.of(text),
            form="narrative",
            authors=(f"{found['kind']} {found['number']}",),
            year=year,
            references=(ids[0],),
            link=Link.EXACT,
        )


def _key(found: re.Match[str]) -> tuple[str, str]:
    return fold(found["kind"]), found["number"].replace(".", "").lower()


def _year(found: re.Match[str]) -> str:
    return found["dated"] or found["slash"] or ""
