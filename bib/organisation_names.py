"""Names of organisations that are printed with their acronym: "World Health Organization (WHO)", "SFB - Serviço Florestal"."""

from __future__ import annotations

import re
from functools import lru_cache

from bib.folding import fold
from bib.wordlists import words_of

#: An acronym is no longer than this, and has no blanks.
_LONGEST_ACRONYM = 15
#: Words of a name that the acronym may be made of.
_MOST_WORDS = 20
_WITH_PARENTHESIS = re.compile(r"(?P<first>[^()\[\]]{2,200}?)\s?[(\[](?P<second>[^()\[\]]{2,200})[)\]]\.?")
_WITH_BRACKET_FIRST = re.compile(r"[(\[](?P<first>[^()\[\]]{2,200})[)\]]\s?(?P<second>[^()\[\]]{2,200})")
_WITH_DASH = re.compile(r"(?P<first>[^()\[\];]{2,200}?)\s[-–—]\s(?P<second>[^()\[\];]{2,200})")


@lru_cache(maxsize=4096)
def abbreviates(short: str, full: str) -> bool:
    """Whether ``short`` is an acronym made of the beginnings of words of ``full`` in their order: "WHO", "Embrapa", "CDC".

    The first word must be among them; any of the others may have been left out.
    """
    letters = "".join(fold(short).split())
    words = fold(full).split()[:_MOST_WORDS]
    if words and words[0] in words_of("function_words"):
        del words[0]
    if not is_acronym(short) or len(words) < 2 or len(letters) < 2 or not words[0].startswith(letters[0]):
        return False
    # How many of the letters may be used up after each word.
    reached = {count for count in range(1, len(letters) + 1) if words[0].startswith(letters[:count])}
    for word in words[1:]:
        for begun in tuple(reached):
            count = 0
            while begun + count < len(letters) and word[count : count + 1] == letters[begun + count]:
                count += 1
                reached.add(begun + count)
    return len(letters) in reached


def is_acronym(text: str) -> bool:
    """Whether ``text`` may be an acronym by its look: one short word with a capital."""
    text = text.strip(" .")
    return 1 < len(text) <= _LONGEST_ACRONYM and " " not in text and text[0].isalpha() and text[:1].isupper()


def is_organisation(name: str) -> bool:
    """Whether one of several words says that a name is an organisation's."""
    words = name.lower().split()
    return len(words) > 1 and any(word.strip(".,") in words_of("organisation_words") for word in words)


def with_acronym(text: str) -> tuple[str, str] | None:
    """The two names of one organisation that ``text`` gives together, in the order printed; ``None`` where it does not."""
    for pattern in (_WITH_PARENTHESIS, _WITH_BRACKET_FIRST, _WITH_DASH):
        both = pattern.fullmatch(text.strip())
        if both:
            first, second = both["first"].strip(" .,"), both["second"].strip(" .,")
            if _is_pair(first, second) or _is_pair(second, first):
                return first, second
    return None


def _is_pair(short: str, full: str) -> bool:
    """Whether a short name stands beside the full one: built of its words, or in capitals beside the name of an organisation."""
    if not is_acronym(short):
        return False
    return abbreviates(short, full) or (short.isupper() and is_organisation(full))
