"""Names in BibTeX: "Jan van der Berg and Berg, Jr., Jan and {World Health Organization} and others".

bibtexparser divides a name into its four parts (its division of lists loses an accent after "and"). Also read are BibLaTeX's
"family=Berg, given=Jan, prefix=van der" and habits that BibTeX does not know: "et al.", commas between names, bare suffixes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bibtexparser.middlewares.names import parse_single_name_into_parts

from bib.formats.latex import latex_to_text
from bib.formats.people import is_organisation, is_suffix
from bib.model import Name
from bib.names import parse_names

#: Lists are cut here. The longest known author list, of 5,154 names, has 100,000 characters.
_LONGEST_LIST = 200_000

_ET_AL = re.compile(r"(?:,\s{0,3}|(?<=\s)|^)(?:et[\s~]{1,3}al\b\.?|\.{3}|…|\\l?dots\b)[\s{}]{0,5}$", re.IGNORECASE)
#: What an "and" without a name on one side leaves behind.
_STRAY_AND = re.compile(r"^and(?:\s|$)|\sand$", re.IGNORECASE)
_BRACES = re.compile(r"(?<!\\)[{}]")
_AND = re.compile(r"(?<!\\)[{}]|(?<=\s)and(?=\s)", re.IGNORECASE)
_EXTENDED = re.compile(r"(family|given|prefix|suffix|useprefix|[a-z]{1,8}-i)\s{0,3}=\s{0,3}", re.IGNORECASE)


@lru_cache(maxsize=4096)
def read_names(source: str) -> tuple[tuple[Name, ...], bool]:
    """The names in a field such as ``author``, and whether it ends in "others" or "et al."."""
    source = _balanced(source[:_LONGEST_LIST])
    names: list[Name] = []
    truncated = False
    for single in _divided(source):
        rest, cut = _ET_AL.subn("", single)
        rest = _STRAY_AND.sub("", rest.strip()).rstrip(",;")
        others = rest.lower().strip("{}") == "others"
        truncated = truncated or bool(cut) or others
        if not rest or others:
            continue
        more, more_truncated = _read_single(rest)
        names.extend(name for name in more if name != Name())
        truncated = truncated or more_truncated
    return tuple(names), truncated


def _divided(source: str) -> Iterator[str]:
    """The pieces between the words "and" that stand outside of braces."""
    depth = start = 0
    for mark in _AND.finditer(source):
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}":
            depth -= 1
        elif depth == 0:
            yield source[start : mark.start()]
            start = mark.end()
    yield source[start:]


def _read_single(source: str) -> tuple[tuple[Name, ...], bool]:
    """Usually one name; several where commas or semicolons stand in place of "and"."""
    if _is_protected(source):
        return (Name(literal=latex_to_text(source)),), False
    if _EXTENDED.match(source):
        return (_extended(source),), False
    commas = _outside_braces(source).count(",")
    if commas > 2 or ";" in _outside_braces(source) or (commas == 2 and not _has_suffix(source)):
        return parse_names(latex_to_text(source))
    if commas == 0 and is_organisation(source):
        return (Name(literal=latex_to_text(source)),), False
    parts = parse_single_name_into_parts(source, strict=False)
    return (_name(parts.first, parts.von, parts.last, parts.jr),), False


def _name(given: list[str], particles: list[str], family: list[str], suffixes: list[str]) -> Name:
    """A person from BibTeX's parts, a suffix put where it belongs."""
    if not suffixes and len(family) > 1 and _is_suffix(family[-1]):  # "Berg Jr., Jan"
        suffixes, family = family[-1:], family[:-1]
    elif not suffixes and len(given) > 1 and len(family) == 1 and _is_suffix(family[0]):  # "Jan Berg Jr."
        suffixes, family, given = family, given[-1:], given[:-1]
    elif suffixes and given and _is_suffix(given[0]) and not _is_suffix(suffixes[0]):  # "Berg, Jan, Jr."
        suffixes, given = given, suffixes
    return Name(
        family=_text(family),
        given=_text(given),
        non_dropping_particle=_text(particles),
        suffix=_text(suffixes),
    )


def _text(words: Sequence[str]) -> str:
    return latex_to_text(" ".join(words))


def _extended(source: str) -> Name:
    parts: dict[str, str] = {}
    marks = [*_EXTENDED.finditer(source)]
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        value = source[mark.end() : following.start() if following else len(source)]
        parts.setdefault(mark[1].lower(), latex_to_text(value.strip().strip(",").strip('" ')))
    return Name(
        family=parts.get("family", ""),
        given=parts.get("given", ""),
        non_dropping_particle=parts.get("prefix", ""),
        suffix=parts.get("suffix", ""),
    )


def _has_suffix(source: str) -> bool:
    """Whether one of three parts between commas is a suffix, as in "Berg, Jr., Jan"."""
    return any(_is_suffix(part.strip()) for part in source.split(",")[1:])


def _is_suffix(word: str) -> bool:
    return is_suffix(latex_to_text(word))


def _is_protected(source: str) -> bool:
    """Whether one pair of braces holds the whole name, so that it has no parts."""
    if not (source.startswith("{") and source.endswith("}")):
        return False
    depth = 0
    for brace in _BRACES.finditer(source):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.end() == len(source) and not source.startswith("{\\")
    return False


def _outside_braces(source: str) -> str:
    """``source`` without what stands in braces."""
    pieces: list[str] = []
    depth = at = 0
    for brace in _BRACES.finditer(source):
        if depth == 0:
            pieces.append(source[at : brace.start()])
        depth = depth + 1 if brace[0] == "{" else max(0, depth - 1)
        at = brace.end()
    return "".join(pieces) + ("" if depth else source[at:])


def _balanced(source: str) -> str:
    """``source``, without any brace if they do not pair: an unpaired one would hide the rest of the list."""
    depth = 0
    for brace in _BRACES.finditer(source):
        depth += 1 if brace[0] == "{" else -1
        if depth < 0:
            break
    return source if depth == 0 else _BRACES.sub("", source)
