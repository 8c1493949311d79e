"""The terms that a work is found by: title words, family names, and keys of two facts that together are rare.

A key joins the family name with the year ("lee2020") or the volume with the first page ("v12p345"). Among millions of works
a year or a volume alone fits too many and costs a long list of postings; joined they fit a handful.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bib.folding import fold

#: Longer words are cut here on both sides; a title in a script without spaces folds to one word a phrase.
WORD_LENGTH = 48
#: Names of a work beyond these are not indexed: collaborations list thousands, and nobody cites by the 40th.
NAMES = 40
#: Words of a title beyond these are not indexed; some registrants deposit an abstract as the title.
TITLE_WORDS = 120
#: Shorter words of a family name (de, le, al) make no key unless the name has no other.
KEY_WORD = 3

_YEAR_FIELDS = ("issued", "published-print", "published-online", "published", "posted")
_NUMBER = re.compile(r"\s{0,9}([a-z]{0,4})0{0,9}(\d{1,12})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What one work is found by, each a string of folded words with spaces between them."""

    title: str
    names: str
    keys: str


def words(text: str) -> list[str]:
    """The folded words of ``text`` in order, each cut at ``WORD_LENGTH``."""
    return [word[:WORD_LENGTH] for word in fold(text).split()]


def family_words(family: str) -> list[str]:
    """The words of a family name that make keys: all of three letters and more, or whatever there is.

    "van der Berg" → ["van", "der", "berg"] ; "Li" → ["li"].
    """
    parts = words(family)
    return [part for part in parts if len(part) >= KEY_WORD][:4] or parts[:2]


def name_year_key(word: str, year: int) -> str:
    """The key of a word of the first author's family name with the year."""
    return f"{word}{year}"


def volume_page_key(volume: str, page: str) -> str:
    """The key of a volume with a first page or article number, or an empty string when either says too little.

    ("12", "345–8") → "v12p345"; ("7", "e01234") → "v7pe1234".
    """
    place, first = _NUMBER.match(volume.lower()), _NUMBER.match(page.lower())
    return f"v{place[1]}{place[2]}p{first[1]}{first[2]}" if place and first else ""


def work_terms(work: Mapping[str, Any]) -> Terms:
    """The terms of a work in the form of Crossref's REST API. Fields of another shape than Crossref's are passed over."""
    title = words(" ".join([*_texts(work, "title"), *_texts(work, "subtitle"), *_texts(work, "original-title")]))
    families = [_family(person) for person in _people(work, "author") or _people(work, "editor")]
    keys = [name_year_key(word, year) for word in family_words(families[0]) for year in _years(work)] if families else []
    if volume := _text(work, "volume"):
        pages = dict.fromkeys((_text(work, "page"), _text(work, "article-number")))
        keys += [key for page in pages if page and (key := volume_page_key(volume, page))]
    return Terms(
        title=" ".join(title[:TITLE_WORDS]),
        names=" ".join(dict.fromkeys(words(" ".join(families)))),
        keys=" ".join(dict.fromkeys(keys)),
    )


def _text(work: Mapping[str, Any], field: str) -> str:
    value = work.get(field)
    return value if isinstance(value, str) else ""


def _texts(work: Mapping[str, Any], field: str) -> list[str]:
    value = work.get(field)
    if isinstance(value, str):
        return [value]
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []


def _people(work: Mapping[str, Any], field: str) -> list[Mapping[str, Any]]:
    value = work.get(field)
    return [person for person in value[:NAMES] if isinstance(person, dict)] if isinstance(value, list) else []


def _family(person: Mapping[str, Any]) -> str:
    return _text(person, "family") or _text(person, "name") or _text(person, "literal")


def _years(work: Mapping[str, Any]) -> list[int]:
    years = []
    for name in _YEAR_FIELDS:
        match work.get(name):
            case {"date-parts": [[int(year), *_], *_]}:
                years.append(year)
    return list(dict.fromkeys(years))
