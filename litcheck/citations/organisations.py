"""Organisations of the list as the text names them: in full, by an abbreviation, or by several joined ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from bib.folding import fold
from litcheck.citations.targets import Target, Targets, without_possessive
from litcheck.citations.tokens import Kind, Token
from litcheck.citations.wordlists import folded_words_of, words_of

#: How many words before a year may be an organisation's name.
LONGEST_ORGANISATION = 20
#: Letters of an abbreviation.
_SHORTEST, _LONGEST = 2, 10
#: An abbreviation written like a name ("Inep") has at least so many letters.
_SHORTEST_LIKE_NAME = 3
#: How many abbreviations may be joined ("WHO/UNICEF/UNFPA").
_MOST_JOINED = 4
_JOINTS = ("/", "-", "&", ",")


class OrganisationFinder:
    """Finds the organisations that words of a text name."""

    def __init__(self, tokens: Sequence[Token], targets: Targets) -> None:
        self._tokens = tokens
        self._targets = targets
        self._abbreviations: dict[str, list[Target]] = {}
        self._full_names: dict[str, list[Target]] = defaultdict(list)
        self._read_introductions()

    def before(self, end: int) -> tuple[int, list[Target]] | None:
        """The organisation of the list whose full name ends before a token, with where it begins."""
        words: list[tuple[str, int]] = []
        for part, position in self._words_before(end):
            words.append((part, position))
            if len(words) == 1 and part not in self._targets.by_organisation:
                return None
        best: tuple[int, list[Target]] | None = None
        longest = 0
        for target in self._targets.by_organisation.get(words[0][0], ()) if words else ():
            length = len(target.organisation)
            if length < longest or length > len(words):
                continue
            if all(words[nth][0] == word for nth, word in enumerate(reversed(target.organisation))):
                if length > longest or best is None:
                    longest, best = length, (words[length - 1][1], [target])
                else:
                    best[1].append(target)
        return best

    def _words_before(self, end: int) -> Iterator[tuple[str, int]]:
        count = 0
        for position in range(end - 1, -1, -1):
            token = self._tokens[position]
            if token.kind is Kind.WORD:
                for part in reversed(fold(without_possessive(token.text)).split()):
                    yield part, position
                    count += 1
            elif token.text == "&":
                yield "and", position
                count += 1
            elif token.text not in (",", "-", ".", "/"):
                return
            if count >= LONGEST_ORGANISATION:
                return

    def named_in_full(self, text: str) -> Sequence[Target]:
        """The entries under an abbreviation that the text introduced after this full name."""
        return self._full_names.get(_key(text), ())

    def is_abbreviation(self, position: int) -> bool:
        """Whether a token looks like one: two capitals or more, and short."""
        token = self._tokens[position]
        long_enough = _SHORTEST <= len(without_possessive(token.text)) <= _LONGEST
        return token.kind is Kind.WORD and long_enough and sum(map(str.isupper, token.text)) >= _SHORTEST

    def is_like_name(self, position: int) -> bool:
        """Whether a token is written like a name and stands for an organisation all the same: "Inep", "Unesco"."""
        text = without_possessive(self._tokens[position].text)
        key = _key(text)
        short = _SHORTEST_LIKE_NAME <= len(text) <= _LONGEST and text.istitle()
        return short and key not in self._targets.by_first and bool(self.by_abbreviation(text))

    def by_abbreviation(self, abbreviation: str) -> Sequence[Target]:
        """The entries whose organisation is shortened so: by the text's own words, else by what its name allows."""
        key = _key(abbreviation)
        found = self._abbreviations.get(key) or self._targets.by_acronym.get(key, ())
        if not found and "-" in abbreviation:
            return _common([self.by_abbreviation(part) for part in abbreviation.split("-", _MOST_JOINED) if part])
        return found

    def abbreviated(self, last: int) -> tuple[int, Sequence[Target]]:
        """The organisation whose abbreviation a token is, with those joined to it before ("WHO/UNICEF")."""
        tokens = self._tokens
        start, found = last, self.by_abbreviation(tokens[last].text)
        for _ in range(_MOST_JOINED):
            joint = tokens[start - 1].text if start >= 2 else ""
            if not (joint in _JOINTS or joint.lower() in words_of("connectors")) or not self.is_abbreviation(start - 2):
                break
            common = _common([found, self.by_abbreviation(tokens[start - 2].text)])
            if not common:
                break
            start, found = start - 2, common
        return start, found

    def _read_introductions(self) -> None:
        """Abbreviations in brackets after what they stand for: the full name, or the abbreviation, is in the list."""
        tokens = self._tokens
        for position in range(1, len(tokens) - 2):
            if tokens[position].text not in ("(", "[") or tokens[position + 2].text not in (")", "]", ",", ";"):
                continue
            short = tokens[position + 1]
            if short.kind is not Kind.WORD or not short.text[0].isupper() or len(short.text) > _LONGEST:
                continue
            found = self.before(position)
            key = _key(short.text)
            if found is not None:
                self._abbreviations.setdefault(key, found[1])
            elif self.is_abbreviation(position + 1) and key in self._targets.by_first:
                name = self._spelled_out(position, key)
                if name:
                    self._full_names[name] += self._targets.by_first[key]

    def _spelled_out(self, end: int, key: str) -> str:
        """The words before a token whose initials are those of an abbreviation, as one folded word."""
        skip = folded_words_of("initials_skip")
        words: list[str] = []
        letters = key
        for word, _ in self._words_before(end):
            if word[0] == letters[-1:]:
                letters = letters[:-1]
            elif word not in skip:
                return ""
            words.append(word)
            if not letters:
                return "".join(reversed(words))
        return ""


def _key(text: str) -> str:
    return "".join(fold(without_possessive(text)).split())


def _common(groups: Sequence[Sequence[Target]]) -> Sequence[Target]:
    """The entries that all groups have."""
    if not groups:
        return ()
    ids = set.intersection(*({target.id for target in group} for group in groups))
    return [target for target in groups[0] if target.id in ids]
