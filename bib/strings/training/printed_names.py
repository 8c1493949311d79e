"""Names as styles print them."""

from __future__ import annotations

import re

from bib.strings.training.records import People
from bib.strings.training.styles import Style

#: Styles that print given names first, and the one in which only the first name is turned.
GIVEN_FIRST = frozenset({"I. I. Fam", "Given Fam", "I.I. Fam"})
FIRST_INVERTED = "first inverted"

_LETTER = re.compile(r"[^\W\d_]")
_PARTS = re.compile(r"[\s.\-]+")


def print_names(people: People, style: Style, form: str) -> str:
    """A list of names, cut as the style cuts it."""
    shown = people if len(people) <= style.most else people[: max(1, style.most - 2 if style.most > 3 else style.most)]
    printed = [print_name(family, given, _form(form, place)) for place, (family, given) in enumerate(shown)]
    if len(shown) < len(people):
        text = style.joint.join(printed) + style.et_al
        elided = "…" in style.et_al or "..." in style.et_al
        return text + print_name(*people[-1], _form(form, 1)) if elided else text
    if len(printed) == 1:
        return printed[0]
    return style.joint.join(printed[:-1]) + style.last + printed[-1]


def _form(form: str, place: int) -> str:
    return form if form != FIRST_INVERTED else "Given Fam" if place else "Fam, Given"


def print_name(family: str, given: str, form: str) -> str:
    """One name in a form such as "Fam, I. I."; an organisation has no given name."""
    if not given:
        return family
    initials = _initials(given)
    if form.startswith("FAM") or form.endswith("FAM"):
        family = family.upper()
    spaced = " ".join(f"{initial}." for initial in initials)
    replaced = {
        "FAM": family,
        "Fam": family,
        "Given": given,
        "I. I.": spaced,
        "I.I.": spaced.replace(" ", ""),
        "II": "".join(initials),
    }
    return re.sub("FAM|Fam|Given|I\\. I\\.|I\\.I\\.|II", lambda part: replaced[part.group()], form)


def _initials(given: str) -> list[str]:
    """ "John A." → J, A; "JA" → J, A; "Jean-Paul" → J, P."""
    found: list[str] = []
    for word in _PARTS.split(given):
        if word.isupper() and len(word) <= 3:
            found.extend(word)
        elif match := _LETTER.search(word):
            found.append(match.group().upper())
    return found or [given]
