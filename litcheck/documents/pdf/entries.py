"""Entries of reference lists over the ends of pages, where neither an indent nor a number tells."""

from __future__ import annotations

from bib.sections.looks import YEAR_MARKS, start_strength

#: How strongly a line that names authors looks like the beginning of an entry.
_NAMES = 2


def is_rest_of_entry(entry: str, text: str) -> bool:
    """Whether ``text``, which begins a page, goes on with the ``entry`` at the end of the page before.

    It does where it does not begin with names, as the entry does, and only one of them holds a year as entries print theirs.
    """
    if start_strength(entry) < _NAMES or start_strength(text) >= _NAMES:
        return False
    for mark in YEAR_MARKS:
        found = (mark.search(entry) is not None) + (mark.search(text) is not None)
        if found:
            return found == 1
    return False
