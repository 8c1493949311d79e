"""The editable word lists in a package's ``data``: one entry a line, ``#`` begins a comment."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def lines_of(name: str, *, package: str = "bib") -> tuple[str, ...]:
    """The entries of ``data/<name>.txt`` in the package, in order, without comments and blank lines."""
    text = files(package).joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    entries = (line.split("#", 1)[0].strip() for line in text.splitlines())
    return tuple(entry for entry in entries if entry)


@cache
def words_of(name: str, *, package: str = "bib") -> frozenset[str]:
    """The entries of a list in lower case."""
    return frozenset(line.lower() for line in lines_of(name, package=package))


@cache
def pairs_of(name: str) -> dict[str, str]:
    """The entries of a list of ``key: value`` lines, keys in lower case; several keys may stand before the colon, with commas."""
    pairs: dict[str, str] = {}
    for line in lines_of(name):
        keys, _, value = line.partition(":")
        for key in keys.split(","):
            pairs[key.strip().lower()] = value.strip()
    return pairs


@cache
def alternatives_of(name: str) -> str:
    """A regular expression for any entry of a list, longest first, blanks matching any one or two white-space characters."""
    import re

    entries = sorted(lines_of(name), key=lambda entry: (-len(entry), entry))
    return "(?:" + "|".join(re.escape(entry).replace(r"\ ", r"\s{1,2}") for entry in entries) + ")"
