"""Names in formats that give each a line of its own: "van der Berg, Jan, Jr." (RIS, EndNote, MEDLINE).

A name without a comma is an organisation by its words or by a comma at its end, which is EndNote's mark ("World Health
Organization,"); a comma inside an organisation's name is doubled there ("University of Utah,, Salt Lake"). Particles are part of
the family name: those in lower case are told from it again. A person's name holds no comma or semicolon inside a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bib.model import Name
from bib.names import parse_names
from bib.wordlists import lines_of, words_of

#: A line longer than this holds no name.
_LONGEST = 2_000
_SEPARATORS = re.compile(r"[,;]")


def names_from_lines(lines: Iterable[str]) -> tuple[tuple[Name, ...], bool]:
    """The names, one a line, and whether one of the lines is "et al." or "others" instead of a name."""
    names: list[Name] = []
    truncated = False
    for line in lines:
        line = " ".join(line[:_LONGEST].split())
        if is_et_al(line):
            truncated = True
        elif line:
            more, cut = _names_from_line(line)
            names.extend(name for name in more if name != Name())
            truncated = truncated or cut
    return tuple(names), truncated


def is_et_al(text: str) -> bool:
    """Whether a line stands for all further names."""
    word = text.strip(" .,;[]").lower()
    return word == "others" or word in {phrase.rstrip(".") for phrase in words_of("et_al")}


def _names_from_line(line: str) -> tuple[tuple[Name, ...], bool]:
    if ",," in line:
        return (Name(literal=line.replace(",,", ",", 1)),), False
    commas = line.count(",")
    if line.endswith(",") and commas == 1:
        return (Name(literal=line[:-1].strip()),), False
    if commas == 0:
        return _without_comma(line)
    parts = [part.strip() for part in line.split(",")]
    if ";" in line or (len(parts) > 3 and not any(is_suffix(part) for part in parts[1:])):
        return parse_names(line)
    family, given, *rest = parts
    suffix = ", ".join(part for part in rest if part)
    if suffix and is_suffix(given) and not is_suffix(suffix):  # BibTeX's order: "Berg, Jr., Jan"
        given, suffix = suffix, given
    return (person(family, given, suffix),), False


def _without_comma(line: str) -> tuple[tuple[Name, ...], bool]:
    if " " not in line:
        return (Name(family=line),), False
    if is_organisation(line):
        return (Name(literal=line),), False
    names, cut = parse_names(line)
    return (names, cut) if names else ((Name(literal=line),), cut)


def person(family: str, given: str = "", suffix: str = "") -> Name:
    """A person, particles in lower case told from the family name. A given name alone counts as the family name."""
    if not family:
        family, given = given, ""
    words = family.split(" ")
    particles: list[str] = []
    while len(words) > 1 and words[0].islower() and words[0] in words_of("particles"):
        particles.append(words.pop(0))
    return Name(family=" ".join(words), given=given, suffix=suffix, non_dropping_particle=" ".join(particles))


def is_organisation(text: str) -> bool:
    """Whether a name of several words without a comma is an organisation's by its words."""
    words = text.lower().split()
    return len(words) > 1 and any(word.strip("{}.,") in words_of("organisation_words") for word in words)


def is_suffix(word: str) -> bool:
    """Whether a part of a name is "Jr.", "III" and the like."""
    return word.lower() in words_of("name_suffixes")


def suffix_apart(given: str) -> tuple[str, str]:
    """Given names and the suffix that MEDLINE writes after them: "Martin L Jr" → ("Martin L", "Jr")."""
    before, _, last = given.rpartition(" ")
    # In capitals only, unlike initials: "V" is one, "III" is none.
    known = last in lines_of("name_suffixes") and len(last) > 1
    return (before, last) if before and known else (given, "")


def name_to_line(name: Name) -> str:
    """The name in the form that ``names_from_lines`` reads."""
    if name.literal:
        literal = " ".join(name.literal.split())
        if "," in literal:
            return literal.replace(",", ",,", 1)
        return literal if _reads_as(literal, name) else literal + ","
    family, given, suffix = (" ".join(_SEPARATORS.sub(" ", part).split()) for part in (name.full_family, name.given, name.suffix))
    if suffix:
        return f"{family}, {given}, {suffix}"
    if given:
        return f"{family}, {given}"
    return family if _reads_as(family, name) else f"{family}, ,"


def _reads_as(line: str, name: Name) -> bool:
    names, cut = names_from_lines((line,))
    return not cut and [(read.full_family, read.given, read.literal) for read in names] == [(name.full_family, "", name.literal)]
