"""What is a citation although the list does not have it, and what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from litcheck.citations.anchors import YearAnchor
from litcheck.citations.authors import AuthorRun, is_initials
from litcheck.citations.linking import CitedName
from litcheck.citations.tokens import Kind, Token
from litcheck.citations.wordlists import folded_words_of, month_names, words_of

#: Names of a citation that the list does not have: more are a list of something else.
MOST_UNLISTED = 5
#: Words in capitals with fewer letters are abbreviations of anything.
SHORTEST_CAPITALS = 5


#: Before this year a name in brackets after two words of Latin names a species far more often than it cites.
_EARLY = 1900
_INITIALS_JOINED = re.compile(r"[a-z][A-Z]{1,3}$")


def is_plausible(tokens: Sequence[Token], run: AuthorRun, names: Sequence[CitedName], anchor: YearAnchor) -> bool:
    """Whether names and year that no entry has are a citation all the same: as these are written, and of nothing else.

    False alarms cost more here than misses: what the list confirms never comes this way.
    """
    if is_specimen(tokens, anchor):
        return False
    if run.et_al:
        return True
    if is_reference(tokens, run):
        return False
    if any(unit.joined == "/" for unit in run.units):
        # As of places: "New York–London (2019)".
        return False
    if _is_dated(tokens, run) or not anchor.in_brackets or any(map(is_no_author, names)):
        return False
    if anchor.form == "parenthetical":
        before = tokens[run.first - 1].text.lower() if run.first else ""
        opens = before in ("(", "[", ";", ",") or before in words_of("citation_prefixes")
        return opens and len(names) <= MOST_UNLISTED and all(map(_looks_personal, names))
    one_word_each = all(len(name.words) == 1 for name in names)
    return len(names) in (2, 3) and run.units[-1].joined == "&" and one_word_each and all(map(_looks_personal, names))


def _is_dated(tokens: Sequence[Token], run: AuthorRun) -> bool:
    """Whether a month follows the names: "(GenBank, November 2018)" says when rather than which."""
    return any(token.text.lower() in month_names() for token in tokens[run.end + 1 : run.end + 3])


def is_reference(tokens: Sequence[Token], run: AuthorRun) -> bool:
    """Whether several names stand with initials after each, as in an entry: "Jain P, Varadarajan R, 2015"."""
    if run.et_al or len(run.units) < 2:
        return False
    for unit in run.units:
        last = tokens[unit.end - 1]
        last = tokens[unit.end - 2] if last.text == "." else last
        if not (last.start > tokens[unit.first].start and is_initials(last.text)) and not _INITIALS_JOINED.search(last.text):
            return False
    return True


def is_specimen(tokens: Sequence[Token], anchor: YearAnchor) -> bool:
    """Whether a number and its herbarium follow the collectors: "A.A. Lind et al. 1591 (CEN)"."""
    if anchor.in_brackets or anchor.after + 2 >= len(tokens):
        return False
    opening, herbarium, closing = (token.text for token in tokens[anchor.after : anchor.after + 3])
    return (opening, closing) == ("(", ")") and herbarium.isalpha() and herbarium.isupper()


def is_species_authority(tokens: Sequence[Token], run: AuthorRun, anchor: YearAnchor) -> bool:
    """Whether the bracket holds who named a species and when: "Lycosa thorelli (Keyserling, 1877)"."""
    first = run.first
    if first < 3 or run.et_al or anchor.form != "parenthetical" or len(anchor.years) > 1 or len(run.units) > 3:
        return False
    if tokens[first - 1].text != "(" or anchor.after >= len(tokens) or tokens[anchor.after].text != ")":
        return False
    epithet, place = tokens[first - 2], first - 3
    if tokens[place].text == "." and place:
        place -= 1
    genus = tokens[place]
    # "Childhood trauma (Herman, 1992)" opens a sentence; a genus has its capital anywhere, or stands in a table.
    early = not anchor.years[0].status and int(anchor.years[0].year) < _EARLY
    inside = place > 0 and tokens[place - 1].kind is not Kind.BREAK and tokens[place - 1].text not in (".", "!", "?", ":", "“")
    alone = anchor.after + 1 < len(tokens) and tokens[anchor.after + 1].kind is Kind.BREAK
    latin = epithet.text.endswith(tuple(words_of("latin_endings")))
    return (
        (inside or alone or (early and latin))
        and epithet.kind is Kind.WORD
        and epithet.text.islower()
        and (latin or early)
        and genus.kind is Kind.WORD
        and genus.text[0].isupper()
        and (len(genus.text) == 1 or genus.text[1:].islower())
        and genus.text.lower() not in words_of("not_names")
    )


def _looks_personal(name: CitedName) -> bool:
    short_capitals = name.text.isupper() and len(name.text) < SHORTEST_CAPITALS
    return 1 <= len(name.words) <= 3 and not short_capitals and not any(map(str.isdigit, name.text))


def is_no_author(name: CitedName) -> bool:
    """Whether a word of the name is a month, a place, a program, a part of the text ("S1") or the like."""
    if any(map(str.isdigit, name.text)):
        return True
    none = folded_words_of("not_authors") | folded_words_of("places") | words_of("not_names")
    return any(word in month_names() or word in none for word in name.words)
