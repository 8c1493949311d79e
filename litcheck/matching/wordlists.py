"""The editable word lists in ``litcheck/matching/data``, read as ``bib.wordlists`` reads its own."""

from __future__ import annotations

from functools import cache

from bib import wordlists


def _lines(name: str) -> tuple[str, ...]:
    return wordlists.lines_of(name, package="litcheck.matching")


@cache
def wordlist(name: str) -> frozenset[str]:
    """A list of single words, folded as ``bib.folding.fold`` does."""
    return frozenset(_lines(name))


@cache
def synonyms(name: str) -> dict[str, frozenset[int]]:
    """A list of names of the same thing, ``|`` between them on one line: for each name, the lines on which it stands."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(_lines(name)):
        for word in line.split("|"):
            found.setdefault(word.strip(), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}
