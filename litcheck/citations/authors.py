"""Names in a row, as citations write them: "Lee, Roy and Day", "SILVA; SOUZA", "De Caroli et al."."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from litcheck.citations.tokens import Kind, Token
from litcheck.citations.wordlists import particles, phrases_of, words_of

#: Quotation marks, one of which may follow a name as its possessive ("Jones' (2020)").
_APOSTROPHES = frozenset("'’ʼ‘´`")


#: What tells a son from his father of the same name.
_GENERATIONS = ("jr", "-sr")
#: Words of scripts without capitals that say "and others" and so are no names.
_AND_OTHERS = frozenset("等ら外")


class NameUnit(NamedTuple):
    """One name: the tokens from ``first`` up to ``end``, and the sign that joins it to the name before.

    ``joined`` is "", ",", ";", "、", "&" for it and the words for "and", or "/" for it and dashes.
    """

    first: int
    end: int
    joined: str


class AuthorRun(NamedTuple):
    """Names in a row. ``end`` is the token after them and after "et al.", where the year may stand."""

    units: tuple[NameUnit, ...]
    et_al: bool
    end: int

    @property
    def first(self) -> int:
        """The token with which the first name begins."""
        return self.units[0].first


def find_author_runs(tokens: Sequence[Token], known: Container[str]) -> Iterator[AuthorRun]:
    """Every row of names, in order and without overlap. ``known`` are lower-case words that are names here for certain."""
    reader = _RunReader(tokens, known)
    position = 0
    for start, token in enumerate(tokens):
        if token.kind is not Kind.WORD or start < position or (token.text.islower() and token.text not in reader.particles):
            continue
        run = reader.run_at(start)
        if run is not None:
            yield run
            position = max(run.end, run.units[-1].end)


def phrase_end(tokens: Sequence[Token], at: int, *lists: str) -> int:
    """The token after the longest phrase of the word lists that begins at ``at``; ``at`` itself when none does."""
    if at >= len(tokens):
        return at
    for phrase in phrases_of(*lists).get(tokens[at].text.lower(), ()):
        position = at
        for word in phrase:
            if position > at and position < len(tokens) and tokens[position].text == ".":
                position += 1
            if position >= len(tokens) or tokens[position].text.lower() != word:
                break
            position += 1
        else:
            if position < len(tokens) and tokens[position].text == "." and tokens[position].start == tokens[position - 1].end:
                position += 1
            return position
    return at


def is_initial(word: str) -> bool:
    """Whether a word is one or two capitals, as given names are shortened."""
    return len(word) <= 2 and word.isupper()


def is_initials(word: str) -> bool:
    """Whether a word is the initials of given names, written together or with hyphens: "JK", "S-B"."""
    return len(word) <= 4 and word.isupper()


class _RunReader:
    """Reads rows of names. ``particles`` are the words in small letters that may begin one."""

    def __init__(self, tokens: Sequence[Token], known: Container[str]) -> None:
        self._tokens = tokens
        self._known = known
        self._not_names = words_of("not_names")
        self._connectors = words_of("connectors")
        self.particles = particles() - self._connectors

    def run_at(self, position: int) -> AuthorRun | None:
        """The row of names that begins at a token."""
        end = self._name_end(position)
        if end == position:
            return None
        units = [NameUnit(position, end, "")]
        while True:
            after = self._et_al_end(end)
            if after > end:
                return AuthorRun(tuple(units), True, after)
            joined, start = self._joint(end)
            following = self._name_end(start) if joined else start
            if following == start:
                return AuthorRun(tuple(units), False, self._possessive_end(end))
            if joined == "," and (self._only_initials(start, following) or self._is_generation(start, following)):
                # "Lee, J. K., 2020": the initials belong to the name before.
                units[-1] = units[-1]._replace(end=following)
            else:
                units.append(NameUnit(start, following, joined))
            end = following

    def _name_end(self, position: int) -> int:
        """The token after the name that begins at ``position``; ``position`` itself when none does."""
        tokens = self._tokens
        here = position
        named = False
        while here < len(tokens) and tokens[here].kind is Kind.WORD:
            word = tokens[here].text
            if self._is_name(word) or (len(word) == 1 and self._is_initial_here(here)):
                named = True
            elif not (word.lower() in self.particles and self._name_follows(here + 1)):
                break
            here += 1
            junior = word.lower().endswith(_GENERATIONS)
            short = len(word) == 1 or (len(word) == 2 and word[0].isupper()) or junior
            if short and here < len(tokens) and tokens[here].text == ".":
                # A full stop after an initial, "St." or "Jr.", unless a sentence ends there.
                if len(word) == 1 or self._name_follows(here + 1) or (junior and self._citation_goes_on(here + 1)):
                    here += 1
                else:
                    break
        return here if named else position

    def _name_follows(self, position: int) -> bool:
        tokens = self._tokens
        # Two particles in a row at most ("van der Berg"), so this looks at three tokens whatever the text.
        for here in range(position, min(position + 3, len(tokens))):
            if tokens[here].kind is not Kind.WORD:
                return False
            if self._is_name(tokens[here].text):
                return True
            if tokens[here].text.lower() not in self.particles:
                return False
        return False

    def _citation_goes_on(self, position: int) -> bool:
        """Whether what stands after "Jr." belongs to a citation: the year, another name or "et al."."""
        text = self._tokens[position].text if position < len(self._tokens) else ""
        return text in (",", ";", "(", "[") or text.lower() in self._connectors or text[:1].isdigit()

    def _is_initial_here(self, position: int) -> bool:
        """Whether a lone capital is an initial and no article: a full stop or another initial follows."""
        tokens = self._tokens
        return tokens[position].text.isupper() and position + 1 < len(tokens) and tokens[position + 1].text == "."

    def _is_name(self, word: str) -> bool:
        first = word[0]
        if first.islower():
            return not word.islower() and (word.lower() in self._known or self._has_particle(word))
        if len(word) > 2 and word.isupper():
            # "WHO" is an organisation.
            return True
        lower = word.lower()
        if lower in self._connectors or lower in _AND_OTHERS:
            return False
        return lower not in self._not_names or lower in self._known

    def _has_particle(self, word: str) -> bool:
        """Whether a particle is tied to a name: "d'Aquino", "al-Safadi", "deVicente"."""
        capital = next((place for place, letter in enumerate(word) if letter.isupper()), 0)
        if word[:capital] in self.particles:
            return True
        for mark in ("'", "’", "-"):
            head, found, tail = word.partition(mark)
            if found and tail[:1].isupper() and (head in self.particles or head in ("d", "l")):
                return True
        return False

    def _only_initials(self, start: int, end: int) -> bool:
        return all(
            len(token.text) == 1 or is_initial(token.text) for token in self._tokens[start:end] if token.kind is Kind.WORD
        ) and any(token.text == "." or len(token.text) <= 2 for token in self._tokens[start:end])

    def _is_generation(self, start: int, end: int) -> bool:
        return self._tokens[start].text.lower() in ("jr", "sr") and end - start <= len(("Jr", "."))

    def _joint(self, position: int) -> tuple[str, int]:
        """What joins the name before ``position`` to another, and where that one would begin."""
        tokens = self._tokens
        if position >= len(tokens):
            return "", position
        mark = tokens[position].text
        if mark in (",", ";", "、"):
            following = position + 1
            if following < len(tokens) and tokens[following].text.lower() in self._connectors:
                return "&", following + 1
            return mark, following
        if mark.lower() in self._connectors:
            return "&", position + 1
        if mark in ("/", "-") and tokens[position].start == tokens[position - 1].end:
            return "/", position + 1
        return "", position

    def _et_al_end(self, position: int) -> int:
        tokens = self._tokens
        start = position
        if start < len(tokens) and tokens[start].text == ",":
            start += 1
        end = phrase_end(tokens, start, "et_al")
        return position if end == start else self._possessive_end(end)

    def _possessive_end(self, position: int) -> int:
        tokens = self._tokens
        if position < len(tokens) and tokens[position].text in _APOSTROPHES:
            if position + 1 < len(tokens) and tokens[position + 1].text == "s":
                return position + 2
            return position + 1
        return position
