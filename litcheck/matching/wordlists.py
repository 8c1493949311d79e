"""The word lists of this package: plain text files, one entry a line, ``#`` begins a comment."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def _lines(name: str) -> list[str]:
    text = files("litcheck.matching").joinpath("data").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in (line.partition("#")[0].strip() for line in text.splitlines()) if line]


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
