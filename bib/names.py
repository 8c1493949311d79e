"""Personal and organisational names: lists of names to parts, initials, and whether two family names are the same."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from bib.model import Name
from bib.name_comparison import initials, same_family
from bib.name_pieces import Kind, Piece, find_pieces, is_initials, is_particle, split_suffix
from bib.wordlists import alternatives_of, words_of

__all__ = ["parse_names", "initials", "same_family"]

#: A list of authors longer than this is cut: the longest in registries (5,154 authors) has about 80,000 characters.
_MAX_LENGTH = 100_000

_EMPHASIS = re.compile(r"[*_]{1,3}(?=\W|\Z)|(?:(?<=\W)|\A)[*_]{1,3}|[*†‡§¶#]")
_ET_AL = re.compile(rf"(?<!\w)(?:,\s{{0,2}})?[\[(]?{alternatives_of('et_al')}(?!\w)\.?[\])]?", re.IGNORECASE)
_ELLIPSIS = re.compile(r",?\s{0,2}(?:…|\.\s?\.\s?\.|(?<=,)\s?\.\s?\.)\s{0,2}(?:\.(?=\s))?(?:&(?=\s))?")
_ROLE = re.compile(
    r"\s*[,;]?\s*[(\[]?\b(?:eds?|editors?|hrsg|hg|orgs?|organizador(?:es|as?)?|coords?|coordinador(?:es|as?)?|comps?|compiler|dirs?|trans|éds?"
    r"|tradutor(?:es)?|translators?|producers?|directors?|chair|host|ilustrador|illustrator|authors?)\b\.?\s{0,2}[)\]]?\s*[,.]*\s*\Z",
    re.IGNORECASE,
)
_LONGEST_ROLE = 30
_LEADING = re.compile(r"\s*(?:(?:edited\s+)?by\s+|in:?\s+(?=[A-Z])|[-–—&;,.:]+\s*)", re.IGNORECASE)
#: A letter that typesetting left behind the last initials: "Lind, H. t.".
_STRAY = re.compile(r"(?<=[A-Z]\.)\s[a-z]\.?\Z")
_PARENTHESIS = re.compile(r"\s?[(\[][^()\[\]]{0,200}[)\]]")
#: "Institute of Relics and Archaeology (GPICRA)".
_ACRONYM_BEHIND = re.compile(r"[^()\[\]](\([A-Z][A-Za-z-]{0,3}[A-Z]{1,8}\))[.,]?\Z")
_SEMICOLON = re.compile(r"\s*;\s*")
#: A full stop behind a given name in full, which ends the sentence: "João Rui.".
_GIVEN_STOP = re.compile(r"(?<=[^\W\d_]{3})\.\Z")
#: Initials that a particle is glued to, as PubMed prints Portuguese names: "Silva Mda C".
_GLUED_PARTICLE = re.compile(r"[A-Z]{1,2}(?:de|da|do|dos|das|del)")


def parse_names(text: str) -> tuple[tuple[Name, ...], bool]:
    """The names in a printed list of authors or editors, in order, and whether the list says that further names follow.

    Understands family name first ("Smith, J. A.", "Smith JA", "SMITH, J."), given name first ("J. A. Smith"), one name
    inverted and the rest not, full given names, particles, suffixes and organisations.
    """
    text = unicodedata.normalize("NFC", text[:_MAX_LENGTH])
    text = _STRAY.sub("", _EMPHASIS.sub("", text).strip())
    text, cut = _ET_AL.subn(" , ", text)
    text, elided = _ELLIPSIS.subn(", ", text) if any(mark in text for mark in ("…", "..", ". .")) else (text, 0)
    text = _LEADING.sub("", text, count=1) if _LEADING.match(text) else text
    text = _without_role(text)
    names: list[Name] = []
    if ";" in text:
        for part in _SEMICOLON.split(text):
            names.extend(_parse_part(part, alone=True))
    else:
        names.extend(_parse_part(text, alone=False))
    whole = [name for name in names if name.family or name.literal]
    return tuple(_without_stop(whole)), bool(cut or elided)


def _without_stop(names: list[Name]) -> list[Name]:
    """Drops the sentence's full stop from the last initials where the others have none: "Lind JA, Moor B."."""
    if len(names) > 1 and names[-1].given.endswith(".") and names[-1].given.count(".") == 1:
        others = [name.given for name in names[:-1] if name.given]
        if others and not any("." in given for given in others):
            names[-1] = replace(names[-1], given=names[-1].given[:-1])
    return names


def _without_role(text: str) -> str:
    """``text`` without "(Eds.)" and the like at its end."""
    role = _ROLE.search(text, max(0, len(text) - _LONGEST_ROLE))
    return text[: role.start()] if role else text


def _parse_part(text: str, *, alone: bool) -> list[Name]:
    """The names between semicolons (``alone``: usually one), or in a list without semicolons."""
    text = _without_role(text).strip(" ,;:&")
    if "(" in text or "[" in text:
        return _names_with_brackets(text, alone=alone)
    return _names_of(text, alone=alone)


def _names_with_brackets(text: str, *, alone: bool) -> list[Name]:
    """The names of a text without what it has in brackets, which belongs to the name of one organisation alone."""
    plain = _PARENTHESIS.sub("", text).strip(" ,;:&")
    pieces = find_pieces(plain)
    if len(pieces) == 1 and (pieces[0].kind is Kind.ORGANISATION or plain.isupper()):
        return [Name(literal=text.strip(" ,;:&."))]
    names = _names_of(plain, alone=alone)
    acronym = _ACRONYM_BEHIND.search(text)
    if acronym and len(names) == 1 and names[0].literal:
        return [Name(literal=f"{names[0].literal} {acronym.group(1)}")]
    return names


def _names_of(text: str, *, alone: bool) -> list[Name]:
    if text.endswith(".") and not _ends_with_initial(text):
        text = text.rstrip(" .")
    if not text:
        return []
    return _Assembly(text, find_pieces(text), alone=alone).names()


def _ends_with_initial(text: str) -> bool:
    *others, last = text.split()
    if any(map(str.islower, last)):
        # "Petrov, Yu." among names with initials, and "Hana Kim." among names in full.
        return is_initials(last) and any(map(is_initials, others))
    return is_initials(last) or last.lower() in words_of("name_suffixes")


#: More capitals in a row than this are no initials.
_LONGEST_INITIALS = 3


class _Assembly:
    """Puts the pieces of one list together to names."""

    def __init__(self, text: str, pieces: list[Piece], *, alone: bool) -> None:
        self._text = text
        self._pieces = pieces
        self._alone = alone
        self._names: list[Name] = []
        self._pending: Piece | None = None
        self._pending_suffix = ""
        self._organisation: tuple[int, int] | None = None
        kinds = [piece.kind for piece in pieces]
        self._with_initials = Kind.INITIALS in kinds
        #: Whether all pieces pair up as "Family, Given, Family, Given" without semicolons.
        self._paired = len(pieces) % 2 == 0 and all(piece.joined.strip() == "," for piece in pieces[1::2])
        #: Whether each name begins with a family name in capitals: "MOREL Pierre, LI Wei".
        self._capitals_first = _begin_with_capitals(pieces)
        self._inverted = not self._with_initials and self._first_is_inverted(kinds)

    def _first_is_inverted(self, kinds: list[Kind]) -> bool:
        """Whether the first two pieces are "Family, Given", as in MLA and Chicago."""
        if len(kinds) < 2 or kinds[0] is not Kind.WORDS or kinds[1] not in (Kind.WORDS, Kind.FAMILY_FIRST):
            return False
        if self._pieces[1].joined.strip() != ",":
            return False
        first, second = self._pieces[:2]
        if self._capitals_first and not self._alone:
            return False
        if self._alone or (first.text.isupper() and not second.text.isupper()):
            return True
        if len(kinds) == 2:
            return sum(not is_particle(token) for token in first.tokens) == 1 or len(second.tokens) == 1
        rest = self._pieces[2:]
        return all(len(piece.tokens) > 1 for piece in rest) or self._paired

    def names(self) -> list[Name]:
        """The names in order."""
        for place, piece in enumerate(self._pieces):
            following = self._pieces[place + 1] if place + 1 < len(self._pieces) else None
            self._take(place, piece, following)
        self._flush()
        return self._names

    def _take(self, place: int, piece: Piece, following: Piece | None) -> None:
        capitals = piece.kind is Kind.GIVEN_FIRST and piece.text.isupper() and "." not in piece.text  # "VAN REET, N."
        if (capitals and following and following.kind is Kind.INITIALS) or (
            piece.kind is Kind.ORGANISATION and following and following.kind is Kind.INITIALS and len(piece.tokens) == 1
        ):
            self._flush()
            self._pending = piece
        elif piece.kind is Kind.ORGANISATION:
            self._take_organisation(piece)
        elif piece.kind is Kind.SUFFIX:
            self._take_suffix(piece.text)
        elif piece.kind is Kind.INITIALS:
            self._take_initials(piece, following)
        elif self._pending is not None and self._inverted and (place == 1 or self._paired):
            self._finish_pending(piece.text)
        elif piece.kind is Kind.FAMILY_FIRST:
            self._flush()
            self._names.append(_family_first(piece.tokens))
        elif piece.kind is Kind.GIVEN_FIRST:
            self._flush()
            self._names.append(self._unturned(piece.tokens))
        elif self._continues_organisation(piece, following):
            self._extend_organisation(piece)
        else:
            self._flush()
            self._pending = piece

    def _take_organisation(self, piece: Piece) -> None:
        conjunction = bool(piece.joined.strip()) and not piece.joined.strip().startswith(",")
        if conjunction and self._pending is not None and not self._pending_suffix and not self._with_initials:
            start = self._pending.start  # "Food and Agriculture Organization"
            self._pending = None
            self._add_organisation(start, piece.end)
        elif conjunction and self._organisation is not None:
            self._extend_organisation(piece)
        else:
            self._flush()
            self._add_organisation(piece.start, piece.end)

    def _add_organisation(self, start: int, end: int) -> None:
        self._organisation = (start, end)
        self._names.append(Name(literal=self._text[start:end].strip(" ,.;:")))

    def _extend_organisation(self, piece: Piece) -> None:
        assert self._organisation is not None
        self._names.pop()
        self._add_organisation(self._organisation[0], piece.end)

    def _continues_organisation(self, piece: Piece, following: Piece | None) -> bool:
        """Whether words after an organisation still belong to it: "Department of Health, Education, and Welfare"."""
        if self._organisation is None or piece.kind is not Kind.WORDS or (following and following.kind is Kind.INITIALS):
            return False
        return not piece.text.isupper()

    def _take_suffix(self, suffix: str) -> None:
        if self._pending is not None:
            self._pending_suffix = suffix
        elif self._names and not self._names[-1].literal and not self._names[-1].suffix:
            name = self._names.pop()
            self._names.append(_person(_family_tokens(name), name.given, suffix=suffix))

    def _take_initials(self, piece: Piece, following: Piece | None) -> None:
        if self._pending is not None:
            self._finish_pending(piece.text)
        elif following and following.kind is Kind.INITIALS and "." not in piece.text and len(piece.tokens) == 1:
            self._pending = piece  # "LI, Y.": a short family name in capitals
        elif len(self._pieces) == 1 and sum(map(str.isalpha, piece.text)) > 2:
            dotted = "." in piece.text[:-1]
            self._names.append(Name(literal=piece.text if dotted else piece.text.rstrip(".")))  # "WHO.", "I.C.M.R."
        elif "." not in piece.text and len(piece.text) > 1:
            self._flush()
            self._names.append(Name(literal=piece.text))

    def _finish_pending(self, given: str) -> None:
        assert self._pending is not None
        tokens = tuple(given.split())
        suffix = self._pending_suffix
        if len(tokens) > 1 and tokens[-1].lower() in words_of("name_suffixes"):
            suffix, tokens = tokens[-1], tokens[:-1]
        self._names.append(_person(self._pending.tokens, " ".join(tokens), suffix=suffix))
        self._pending, self._pending_suffix, self._organisation = None, "", None

    def _flush(self) -> None:
        """Settles words that no given name followed."""
        piece, suffix = self._pending, self._pending_suffix
        self._pending, self._pending_suffix, self._organisation = None, "", None
        if piece is None:
            return
        tokens = tuple(token for token in piece.tokens if token.lower() not in words_of("name_suffixes")) or piece.tokens
        if len(tokens) == 1:
            word = tokens[0]
            acronym = word.isupper() and len(word) > 1 and (len(self._pieces) == 1 or self._names_organisations_only())
            self._names.append(Name(literal=word) if acronym else _person(tokens, "", suffix=suffix))
        elif self._with_initials or is_particle(tokens[0]):
            self._names.append(_person(tokens, "", suffix=suffix))
        else:
            self._names.append(self._unturned(tokens))

    def _unturned(self, tokens: tuple[str, ...]) -> Name:
        """A name without a comma: given names first, unless the list has family names in capitals first."""
        family = _capitals_before(tokens) if self._capitals_first else 0
        return _person(tokens[:family], " ".join(tokens[family:])) if family else _given_first(tokens)

    def _names_organisations_only(self) -> bool:
        return bool(self._names) and all(name.literal for name in self._names)


def _family_tokens(name: Name) -> tuple[str, ...]:
    return tuple(f"{name.non_dropping_particle} {name.family}".split())


def _person(family: tuple[str, ...], given: str, *, suffix: str = "") -> Name:
    particles: list[str] = []
    rest = list(family)
    while len(rest) > 1 and is_particle(rest[0]):
        particles.append(rest.pop(0))
    if len(rest) > 1 and rest[-1].lower() in (words_of("name_suffixes") | words_of("generations")):
        suffix = rest.pop()
    return Name(
        family=" ".join(rest).strip(" .,;:"),
        given=_GIVEN_STOP.sub("", given.strip(" ,;:")),
        non_dropping_particle=" ".join(particles),
        suffix=suffix,
    )


def _family_first(tokens: tuple[str, ...]) -> Name:
    tokens, suffix = split_suffix(tokens)
    first = len(tokens) - 1
    while first > 1 and _is_inner_initials(tokens[first - 1]):
        first -= 1
    return _person(tokens[:first], " ".join(tokens[first:]), suffix=suffix)


def _is_inner_initials(token: str) -> bool:
    """Whether a token between a family name and the last initials is more of them: "Silva Mda C", but not "Silva NETO C"."""
    return (is_initials(token) and not (token.isupper() and len(token) > 3)) or _GLUED_PARTICLE.fullmatch(token) is not None


def _capitals_before(tokens: tuple[str, ...]) -> int:
    """How many words in capitals stand before others, as the family name does in "GARCÍA MÁRQUEZ Gabriel"; 0 where none do."""
    count = 0
    while count < len(tokens) and tokens[count].isupper() and len(tokens[count]) > 1 and "." not in tokens[count]:
        count += 1
    generations = words_of("name_suffixes") | words_of("generations")
    others = [token for token in tokens[count:] if token.lower() not in generations]
    is_family = count and others and not any(token.isupper() for token in others) and not is_particle(others[0])
    return count if is_family else 0


def _begin_with_capitals(pieces: list[Piece]) -> bool:
    """Whether all persons begin with capitals, and one with a word too long for initials."""
    persons = [piece.tokens for piece in pieces if piece.kind in (Kind.WORDS, Kind.GIVEN_FIRST)]
    return all(map(_capitals_before, persons)) and any(
        len(token) > _LONGEST_INITIALS for tokens in persons for token in tokens[: _capitals_before(tokens)]
    )


def _given_first(tokens: tuple[str, ...]) -> Name:
    tokens, suffix = split_suffix(tokens)
    marks = [is_initials(token) for token in tokens]
    if marks[0]:
        first = next((place for place, mark in enumerate(marks) if not mark), len(tokens) - 1)
        if True in marks[first:]:  # "J. Robert K. Smith"
            first = len(marks) - marks[::-1].index(True)
    else:
        first = len(tokens) - 1
        while first > 1 and (
            is_particle(tokens[first - 1])
            or tokens[first - 1].lower() in ("van", "von", "de", "der", "den", "di", "del", "da", "la", "le", "el", "ter", "ten")
        ):
            first -= 1
    first = min(max(first, 1), len(tokens) - 1) if len(tokens) > 1 else 0
    return _person(tokens[first:], " ".join(tokens[:first]), suffix=suffix)
