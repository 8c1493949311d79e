"""Names compared: initials, whether two family names are the same, and what organisations may be called."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bib.folding import fold, unaccent
from bib.organisation_names import with_acronym
from bib.wordlists import words_of

_GIVEN_PART = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=65536)
def initials(given: str) -> str:
    """The initials of given names in lower-case ASCII: "Jean-Luc" → "jl", "J. D." → "jd", "JD" → "jd"."""
    found: list[str] = []
    for part in _GIVEN_PART.findall(given):
        if part in words_of("particles"):
            continue
        letters = part if part.isupper() and len(part) <= 3 else part[0]
        found.extend(unaccent(letter)[:1].lower() for letter in letters)
    return "".join(letter for letter in found if letter.isalpha())


_EXPANSIONS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe", "Å": "Aa"}
)


#: Portuguese words for generations that some print with the family name and others as a suffix.
_GENERATIONS = frozenset(fold(word) for word in words_of("generations")) | {"jr", "sr", "iii"}


@lru_cache(maxsize=65536)
def _family_keys(family: str) -> frozenset[str]:
    """All spellings under which a family name counts as the same: with and without particles, "ö" as "o" and as "oe"."""
    keys = set()
    composed = unicodedata.normalize("NFC", family)
    for spelling in (composed, composed.translate(_EXPANSIONS), composed.replace("ø", "o").replace("Ø", "O")):
        words = fold(spelling.replace("’", "'").replace("d'", "d' ").replace("D'", "D' ")).split()
        keys.add("".join(words))
        without = [word for word in words if word not in words_of("particles") and word != "d"]
        if len(without) > 1 and without[-1] in _GENERATIONS:
            without.pop()
        if without:
            keys.add("".join(without))
    keys.discard("")
    return frozenset(keys)


def organisation_names(name: str) -> tuple[str, ...]:
    """The names by which an organisation may be cited, the fullest first: that with its acronym gives both and itself.

    "CDC (Centers for Disease Control)" → "Centers for Disease Control", "CDC", and the whole.
    """
    both = with_acronym(name)
    return (*sorted(both, key=len, reverse=True), name) if both else (name,)


def same_family(a: str, b: str) -> bool:
    """Whether two family names are the same after case, accents, particles, hyphens and apostrophes are set aside.

    "van der Berg" is "Berg" and "Vanderberg"; "Müller" is "Muller" and "Mueller"; "Hualparuca" is not "Hualparuca-Olivera".
    """
    return not _family_keys(a).isdisjoint(_family_keys(b))
