"""Types of works: CSL's, which references have, and how each format calls them (``bib/data/*_types.txt``)."""

from __future__ import annotations

from functools import cache

from bib.wordlists import lines_of, pairs_of, words_of


def is_csl_type(word: str) -> bool:
    """Whether ``word`` is a type of CSL, spelled as there."""
    return word in words_of("csl_types")


def csl_type_of(table: str, name: str) -> str:
    """The CSL type that a format's table gives for one of its own type names, "document" for a name that is not in it."""
    return pairs_of(table).get(name.strip().lower(), "document")


def type_name_of(table: str, csl_type: str) -> tuple[str, ...]:
    """What the format's table has for a CSL type, in all its spellings, the one to write first; empty if it has none."""
    return _names(table).get(csl_type, ())


@cache
def _names(table: str) -> dict[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {}
    for line in lines_of(table):
        spellings, _, csl_type = line.partition(":")
        names.setdefault(csl_type.strip(), tuple(spelling.strip() for spelling in spellings.split(",")))
    return names
