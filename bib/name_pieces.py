"""The pieces of a printed list of names between its separators, and what each is by its look."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from bib.wordlists import alternatives_of, words_of

_BOUNDARY = re.compile(
    rf"\s*,?\s*&\s*|\s*,\s*(?:{alternatives_of('conjunctions')}(?=\s))?\s*|\s+(?:{alternatives_of('conjunctions')}|AND|Y)(?=\s)\s*|\s*[/|·•]\s+"
)
_DOTTED_RUN = re.compile(r"(?<=[^\W\d_]\.)(?=[^\W\d_]{2})")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}[.]?[-‐‑–’']?){1,6}\.?")
_HARD_ORGANISATION = frozenset(
    ("of", "for", "on", "the", "to", "against", "pour", "für", "para", "sobre", "with", "sur", "per", "od", "om")
)
_PARTICLE_CONJUNCTIONS = frozenset(("y", "e", "i"))


class Kind(Enum):
    """What one piece between separators is."""

    INITIALS = "J. A."
    SUFFIX = "Jr."
    FAMILY_FIRST = "Smith JA"
    GIVEN_FIRST = "J. A. Smith"
    WORDS = "Smith, or John Smith"
    ORGANISATION = "World Health Organization"


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two separators; ``start`` and ``end`` are offsets into the text."""

    text: str
    start: int
    end: int
    kind: Kind
    tokens: tuple[str, ...]
    joined: str
    """The separator before the piece."""


def find_pieces(text: str) -> list[Piece]:
    """The pieces of a list of names, in order."""
    pieces: list[Piece] = []
    start, joined = 0, ""
    boundaries = [*_BOUNDARY.finditer(text), None]
    for boundary in boundaries:
        end = boundary.start() if boundary else len(text)
        body = text[start:end].strip()
        if body:
            tokens = tuple(_DOTTED_RUN.sub(" ", body).split())
            pieces.append(Piece(body, start, end, _kind_of(tokens), tokens, joined))
            joined = ""
        if boundary:
            start, joined = boundary.end(), joined + boundary.group()
    return _with_double_names(text, pieces)


def _with_double_names(text: str, pieces: list[Piece]) -> list[Piece]:
    """Joins what "y", "e" or "i" linked inside one family name: "Ortega y Gasset, J."."""
    joined: list[Piece] = []
    for place, piece in enumerate(pieces):
        before = joined[-1] if joined else None
        after = pieces[place + 1] if place + 1 < len(pieces) else None
        if (
            before
            and after
            and piece.joined.strip() in _PARTICLE_CONJUNCTIONS
            and before.kind is piece.kind is Kind.WORDS
            and after.kind is Kind.INITIALS
            and len(before.tokens) == 1
        ):
            whole = text[before.start : piece.end].strip()
            joined[-1] = Piece(whole, before.start, piece.end, Kind.WORDS, tuple(whole.split()), before.joined)
        else:
            joined.append(piece)
    return joined


@lru_cache(maxsize=50_000)
def is_initials(token: str) -> bool:
    """Whether a token is initials: "J.", "JA", "J.-P.", "Yu.", but not "Li"."""
    if not _INITIALS.fullmatch(token):
        return False
    letters = [character for character in token if character.isalpha()]
    if not letters or len(letters) > 6 or not letters[0].isupper():
        return False
    if all(letter.isupper() for letter in letters):
        return len(letters) <= 3 or "." in token[:-1] or "-" in token or (len(letters) == 4 and not set("AEIOU") & set(token))
    return token.endswith(".") and len(letters) <= 3 and token.lower() not in words_of("name_suffixes") and token[1:2] != "t"


def is_particle(token: str) -> bool:
    """Whether a token is "von", "de la" or the like in small letters."""
    return token in words_of("particles") or (token.islower() and token.rstrip("’'") + "'" in words_of("particles"))


@lru_cache(maxsize=50_000)
def _kind_of(tokens: tuple[str, ...]) -> Kind:
    words = [token.lower().strip(".,:") for token in tokens]
    if all(token.lower() in words_of("name_suffixes") for token in tokens):
        return Kind.SUFFIX
    if any(token.isdigit() for token in words) or any(token in _HARD_ORGANISATION for token in tokens[1:]):
        return Kind.ORGANISATION
    core = split_suffix(tokens)[0]
    marks = [is_initials(token) for token in core]
    if all(mark or (place and is_particle(token)) for place, (mark, token) in enumerate(zip(marks, core, strict=True))):
        if len(core) == 2 and core[0].isupper() and "." not in core[0] and len(core[0]) >= 2 and len(core[1].strip(".")) <= 2:
            return Kind.FAMILY_FIRST  # "LI Y", in a list that prints family names in capitals
        return Kind.INITIALS
    organisational = any(word in words_of("organisation_words") for word in words)
    crowd = core[-1].isupper() and core[-1].isalpha() and len(core[-1]) == 4 and not core[0].isupper()  # "Houbraken JAMP"
    if (marks[-1] or (crowd and not organisational)) and not marks[0]:
        return Kind.FAMILY_FIRST
    long = len(core) > 5 and not any(is_particle(token) for token in core)
    if long or (organisational and len(core) > 1):
        return Kind.ORGANISATION
    if any(marks):
        return Kind.GIVEN_FIRST
    return Kind.WORDS


def split_suffix(tokens: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Tokens without a suffix at their end, and the suffix. "Petrov IV" and "Lee JR" have initials, "Smith JA IV" a suffix."""
    suffix = ""
    while (
        len(tokens) > 1
        and tokens[-1].lower() in words_of("name_suffixes")
        and not (len(tokens) == 2 and (tokens[-1] in ("II", "IV") or (tokens[-1] in ("JR", "SR") and not tokens[0].isupper())))
    ):
        suffix, tokens = tokens[-1], tokens[:-1]
    return tokens, suffix
