"""The editable word lists in ``litcheck/citations/data``, read as ``bib.wordlists`` reads its own."""

from __future__ import annotations

from functools import cache

from bib import wordlists
from bib.folding import fold

_PACKAGE = "litcheck.citations"


def lines_of(name: str) -> tuple[str, ...]:
    """The entries of ``litcheck/citations/data/<name>.txt`` in order."""
    return wordlists.lines_of(name, package=_PACKAGE)


def words_of(name: str) -> frozenset[str]:
    """The entries of a list in lower case."""
    return wordlists.words_of(name, package=_PACKAGE)


@cache
def phrases_of(*names: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The phrases of lists as words without full stops, longest first, under their first word."""
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for name in names:
        for line in lines_of(name):
            words = tuple(line.lower().replace(".", " ").split())
            phrases.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(set(group), key=lambda words: (-len(words), words))) for first, group in phrases.items()}


@cache
def groups_of(name: str) -> dict[str, str]:
    """Phrases of a list of ``group: phrase, phrase`` lines, each phrase (lower case, no full stops) with its group."""
    groups: dict[str, str] = {}
    for line in lines_of(name):
        group, _, phrases = line.partition(":")
        for phrase in phrases.split(","):
            groups[" ".join(phrase.lower().replace(".", " ").split())] = group.strip()
    return groups


@cache
def month_names() -> frozenset[str]:
    """Names and abbreviations of months in lower case, in the languages that ``bib`` knows."""
    return frozenset(wordlists.pairs_of("months"))


@cache
def particles() -> frozenset[str]:
    """Particles of family names in lower case, without those that open sentences far more often than names."""
    return wordlists.words_of("particles") - words_of("not_particles")


@cache
def folded_words_of(name: str) -> frozenset[str]:
    """The entries of a list as ``fold`` leaves them."""
    return frozenset(fold(line) for line in lines_of(name))
