"""Which style a document cites in, as far as its citations and entries show it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Literal, get_args

from bib.model import Reference
from litcheck.citations.model import Citation
from litcheck.documents.model import Document

#: The styles that ``detect_style`` tells apart. ``author-year``, ``numeric`` and ``superscript`` say how works are cited when
#: no named style fits, ``keys`` that the document's format does it, ``unknown`` that nothing is cited.
Style = Literal[
    "apa", "harvard", "chicago", "abnt", "author-year", "vancouver", "ieee", "numeric", "superscript", "keys", "unknown"
]
STYLES: tuple[Style, ...] = get_args(Style)

#: Which share of the entries or citations must show a trait.
MOST = 0.6

_YEAR_AFTER_AUTHORS = re.compile(r"\A[^(]{2,400}\(\d{4}[a-z]?(?:,[^)]{1,40})?\)")
_VANCOUVER = re.compile(r"\b\d{4}(?:\s[A-Z][a-z]{2}(?:\s\d{1,2})?)?;\s?\d+")
_QUOTED_TITLE = re.compile(r"[“\"][^”\"]{8,400}[”\"]")
_INITIALS_FIRST = re.compile(r"\A\W{0,3}(?:\d{1,3}[\].)]*\s{0,3})?(?:[A-Z]\.[-\s]?){1,4}\s?[A-Z][^\W\d_]+")
_BARE_YEAR_AFTER_AUTHORS = re.compile(r"\A[^(\d]{2,400}[.,]\s\d{4}[a-z]?\.")
_CAPITAL_FAMILY = re.compile(r"\A\W{0,3}[^\W\d_a-z]{2,}[^,;]{0,40},\s")


def detect_style(document: Document, citations: Sequence[Citation], references: Sequence[Reference]) -> Style:
    """The style of most citations: one of ``STYLES``."""
    forms = Counter(citation.form for citation in citations)
    if not forms:
        return "unknown"
    form = forms.most_common(1)[0][0]
    if form == "key":
        return "keys"
    if form == "superscript":
        return "superscript"
    entries = [reference.raw.strip() for reference in references if reference.raw]
    if form == "numeric":
        return _numeric_style(entries)
    return _author_year_style(citations, entries)


def _numeric_style(entries: Sequence[str]) -> Style:
    if _share(entries, lambda raw: bool(_QUOTED_TITLE.search(raw) and _INITIALS_FIRST.match(raw))) >= MOST:
        return "ieee"
    if _share(entries, lambda raw: bool(_VANCOUVER.search(raw))) >= MOST:
        return "vancouver"
    return "numeric"


def _author_year_style(citations: Sequence[Citation], entries: Sequence[str]) -> Style:
    parenthetical = [citation for citation in citations if citation.form == "parenthetical" and citation.authors]
    pairs = [citation.text for citation in parenthetical if len(citation.authors) > 1]
    with_ampersand = _share(pairs, lambda text: "&" in text)
    with_semicolon = _share(pairs, lambda text: ";" in text)
    with_comma = _share([citation.text for citation in parenthetical], lambda text: bool(re.search(r",\s*\d{4}", text)))
    capitals = _share(entries, lambda raw: bool(_CAPITAL_FAMILY.match(raw)))
    if (capitals >= MOST and (not pairs or with_semicolon >= MOST)) or (pairs and with_semicolon >= MOST):
        return "abnt"
    year_in_brackets = _share(entries, lambda raw: bool(_YEAR_AFTER_AUTHORS.match(raw)))
    if year_in_brackets >= MOST and with_comma >= MOST and (with_ampersand >= MOST or not pairs):
        return "apa"
    quoted = _share(entries, lambda raw: bool(_QUOTED_TITLE.search(raw)))
    bare_year = _share(entries, lambda raw: bool(_BARE_YEAR_AFTER_AUTHORS.match(raw)))
    if with_comma < 1 - MOST and bare_year >= MOST and (quoted >= 1 - MOST):
        return "chicago"
    if with_comma >= MOST and year_in_brackets >= MOST and with_ampersand < 1 - MOST:
        return "harvard"
    return "author-year"


def _share(values: Sequence[str], shows: Callable[[str], bool]) -> float:
    return sum(map(shows, values)) / len(values) if values else 0.0
