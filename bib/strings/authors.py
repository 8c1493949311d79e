"""Where the names at the beginning of a reference string end, and the date that may follow them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bib.strings.dates import MONTH, STATUS, YEAR
from bib.wordlists import alternatives_of, words_of

#: More names than this in one list are not followed one by one.
_MOST_NAMES = 3000

_CAP = r"[^\W\d_a-zß-öø-ÿ]"
_WORD = rf"(?:[a-z]{{1,4}}['’‘-]?)?{_CAP}[\w'’‘`´‐‑–-]{{0,40}}"
_INNER = alternatives_of("particles").replace("(?:", "(?:(?:y|e)(?=\\s[^\\W\\d_a-zß-öø-ÿ][a-zß-ÿ]{2})|", 1)
_PARTICLES = rf"(?:{alternatives_of('particles')}[\s'’]\s?){{0,3}}"
_FAMILY = rf"{_PARTICLES}{_WORD}(?:\s(?:[‐-]\s)?(?:{_INNER}\s){{0,2}}{_WORD}){{0,3}}?"
_LONE = rf"{_CAP}(?=\s?[,;:&()]|\s(?:and|et|und|y|e|{YEAR})\W|\s?\Z)"
_DOTTED = rf"{_CAP}[a-z]{{0,2}}\s?\.(?:[\s‐‑–-]{{0,2}}(?:(?:{_INNER}\s)?{_CAP}[a-z]?\s?\.|{_LONE})){{0,5}}"
_BARE = rf"{_CAP}{{1,4}}(?:[‐-]{_CAP}{{1,2}}\.?)?(?:\s(?:{_INNER}\s)?{_CAP}{{1,2}}(?=[\s,.;:&]|\Z)){{0,3}}(?=[\s,.;:&()\]]|\Z)"
_GIVEN = rf"(?:{_DOTTED}|{_BARE})(?:\s{alternatives_of('particles')}(?=[\s,.;&]|\Z))?"
_SUFFIX = rf"(?:,?\s{alternatives_of('name_suffixes')}(?=[\s,.;:&()]|\Z))?"

_COMMA_NAME = re.compile(rf"{_FAMILY}{_SUFFIX},\s?{_GIVEN}{_SUFFIX}")
_SPACE_NAME = re.compile(rf"{_FAMILY}\s{_GIVEN}{_SUFFIX}(?=[\s,.;:&(\[]|\Z)")
_GIVEN_FIRST = re.compile(
    rf"(?:{_CAP}[a-z]{{0,2}}\s?\.[\s‐-]{{0,2}}|{_CAP}(?:-{_CAP})?\s|{_CAP}{{2}}\s(?={_CAP}[a-zß-ÿ]+(?:,\s{_CAP}{{1,2}}\s|\sand\s))){{1,5}}{_FAMILY}{_SUFFIX}(?=\s?[,.;:&(\[]|\s(?:and|et|und|y|e|&|with)\s|\s{YEAR}|\Z)"
)

_FAMILY_ET_AL = re.compile(rf"{_FAMILY}(?=,?\s[Ee]t\.?\s?[Aa]l)")
_FAMILY_BEHIND = re.compile(
    rf"\s{_PARTICLES}{_WORD}(?:\s{_WORD})?(?:\s(?:and|&)\s{_CAP}|,\seds?\.|,\s(?:and\s)?{_CAP}(?:\.|[\w'’-]{{1,20}}\s(?:{_CAP}\.?\s)?{_WORD}(?:,|\.|\sand)))"
)
_UNDOTTED = re.compile(rf"\s{_CAP}{{1,4}}\Z")
_LAST_FAMILY_BEHIND = re.compile(rf"\s{_PARTICLES}{_WORD}(?:\s{_WORD})?[.,:]\s")
_FULL_FAMILY = rf"{_PARTICLES}{_WORD}(?:\s(?:de\s|del\s|da\s|dos\s|do\s|van\s|y\s)?{_WORD}){{0,2}}"
_FULL_GIVEN = (
    rf"{_CAP}[\w'’-]{{1,24}}(?:\s(?:{_CAP}[\w'’-]{{1,24}}|de|da|dos|do|e)(?![^\W\d_])){{0,4}}"
    rf"(?:\s{_CAP}(?:\.|(?=[\s,.;]))){{0,2}}(?:\s(?:de|da|do|dos|van|von))?"
)
_INVERTED_FULL = re.compile(rf"{_FULL_FAMILY}{_SUFFIX},\s{_FULL_GIVEN}")
_UPPER_FULL = re.compile(
    rf"{_PARTICLES}{_CAP}(?:{_CAP}|['’-]){{1,40}}(?:\s(?:{_CAP}(?:{_CAP}|['’-]){{1,40}}|de|da|do|dos|e)){{0,4}},\s{_FULL_GIVEN}"
)
_FULL_NAME = re.compile(
    rf"{_CAP}[\w'’-]{{1,20}}(?:\s{_CAP}\.?(?=\s)){{0,2}}(?:\s{_PARTICLES}{_WORD}){{1,2}}(?=\s?[,.;&(“\"‘]|\s(?:and|et|und|y|e|&)\s)"
)

_CONJUNCTION = rf"(?:&|{alternatives_of('conjunctions')}(?=\s)|AND|Y(?=\s)|E(?=\s))"
_SEPARATOR = re.compile(
    rf"\s?(?:[,;]\s?(?:\.\s?)?(?:…|\.\s?\.(?:\s?\.)?)\s?,?\s?(?:&\s?)?|…\s?(?:&\s?)?|[,;]\s?{_CONJUNCTION}?\s?|{_CONJUNCTION}\s?|\.\s?{_CONJUNCTION}\s|/\s?|\.,\s?|\.;\s?)"
)
_ET_AL = re.compile(rf"[,;.]?\s?(?:[&]|and)?\s?\(?{alternatives_of('et_al')}(?!\w)\.?\)?", re.IGNORECASE)
_ROLE = re.compile(
    r"\s?[,.]?\s?(?:\((?:[Ee]ds?|[Ee]ditors?|[Hh]rsg|[Hh]g|[Oo]rgs?|[Oo]rganizador(?:es|as|a)?|[Cc]oords?|[Cc]omps?|[Dd]irs?|[Éé]ds?|ed\.\sby)\.?\s?\)|,?\s?\b(?:[Ee]ds?\.|[Ee]ditors?|[Hh]rsg\.|[Oo]rgs?\.|[Cc]oords?\.)(?=[\s,.;:(]|\Z))[.,;:]{0,2}"
)
_OTHER_ROLE = re.compile(r"\s?\((?:[A-Z][a-z]+(?:\s(?:[Aa]nd|&)\s[A-Z][a-z]+)?s?)\)(?=[.,]?\s?\()")
#: The dash that stands for the authors of the entry before.
_SAME_AUTHOR = re.compile(r"(?:[—–]{1,6}|_{2,12}|-{2,12})(?=[.,\s(])")
_NOT_A_NAME = frozenset(
    ("in", "the", "proc", "proceedings", "vol", "no", "pp", "phys", "chem", "rev", "lett", "nucl", "appl", "math", "biol")
)

_PLAIN_YEAR = (
    rf"(?:c|ca\.?\s?|©\s?)?{YEAR}(?:(?-i:[a-z])(?!\w)|\s(?-i:[a-z])(?=\s?[)\]]))?(?:\s?[/–-]\s?(?:{YEAR}|\d\d)(?!\d))?"
    rf"(?:[,;]?\s(?:{MONTH}(?:\s?[/–-]\s?{MONTH})?\s?\d{{0,2}}(?:\s?[–-]\s?\d{{1,2}})?|\d{{1,2}}\s{MONTH}|Spring|Summer|Fall|Autumn|Winter|{STATUS}))?"
)
_DATE = rf"(?P<date>(?i:{_PLAIN_YEAR}|(?:\d{{1,2}}\s)?{MONTH}\s(?:\d{{1,2}},?\s)?{YEAR}|{STATUS}(?:-?[a-z](?![a-z]))?))"
_PAREN_DATE = re.compile(
    rf"\s?[.,:;]?\s?[(\[]\s?(?:[Oo]riginal(?:ly)?\s(?:work\s)?published\s)?{_DATE}(?:\s?\[{YEAR}\]|\s?/\s?{YEAR})?\s?[)\]]{{1,2}}\s?[.,:;]{{0,2}}",
)
_PLAIN_DATE = re.compile(
    rf"\s?[.,:;]{{0,2}}\s?{_DATE}(?:\s?[.,:;]{{1,2}}(?=\s|\Z|[“\"‘])|(?=\s[^\W\d_])|(?=\s[“\"‘'«(\[¿¡])|\Z|(?=\s\d[\w-]*\s[a-z]))",
)
_LATE_PAREN_DATE = re.compile(rf"\s?[(\[]\s?{_DATE}\s?[)\]]\s?[.,:;]{{0,2}}")
_LATE_PLAIN_DATE = re.compile(rf"(?<=[.,])\s{_DATE}(?:[.,:]\s|\s(?=[^\W\d_a-zß-ÿ]))")
_QUOTE = re.compile(r"[“\"«„]|(?<![\w])[‘'](?=\w)")
_FIRST_PAREN_DATE = re.compile(rf"[(\[]\s?{_DATE}\s?[)\]]")
_FIRST_PLAIN_DATE = re.compile(rf"[.,]\s{_DATE}[.,:]\s")
_SENTENCE = re.compile(r"[.:]\s(?=[^\W_a-zß-ÿ]|[“\"‘*])")
#: The longest printed name of an organisation taken for an author.
_LONGEST_ORGANISATION = 200


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a reference string: where its names and its date stand, and where the rest begins.

    ``role`` says that the names are editors. ``style`` says how the names were told: ``names``, ``full`` (given names in
    full), ``organisation``, or ``none``.
    """

    names: tuple[int, int] | None
    date: tuple[int, int] | None
    rest: int
    role: bool
    style: str
    date_in_parentheses: bool


def read_head(text: str) -> Head:
    """Names and date at the beginning of ``text``."""
    start = 0 if _SAME_AUTHOR.match(text) else len(text) - len(text.lstrip(" .,;:-–—"))
    end, style = _names_end(text, start)
    if end == start:
        return _head_without_names(text, start)
    end = _with_organisation(text, end)
    return _head(text, start, end, style)


def _head(text: str, start: int, end: int, style: str) -> Head:
    role = _ROLE.match(text, end)
    after = role.end() if role else end
    other = _OTHER_ROLE.match(text, after)
    if other:
        after = other.end()
    date = _PAREN_DATE.match(text, after)
    parenthesised = date is not None
    if date is None:
        date = _PLAIN_DATE.match(text, after)
    if date is None and role is None and style == "names":
        limit = after + _LONGEST_ORGANISATION
        late = _LATE_PAREN_DATE.search(text, after, limit) or _LATE_PLAIN_DATE.search(text, after, limit)
        if late and _reads_as_names(text[after : late.start()]):
            end, date, parenthesised = late.start(), late, late.group().startswith("(")
    return Head(
        names=(start, role.end() if role else end),
        date=date.span("date") if date else None,
        rest=date.end() if date else after,
        role=role is not None,
        style=style,
        date_in_parentheses=parenthesised,
    )


def _reads_as_names(text: str) -> bool:
    """Whether what stands between the names understood and a date can only be further names: initials, or an organisation."""
    words = re.findall(r"[^\W\d_][\w'’-]*\.?", text)
    if not words or any(character.isdigit() or character in '?“":' for character in text):
        return False
    if sum(word.rstrip(".").lower() in words_of("journal_words") for word in words) >= 2 and not _organisational(text):
        return False
    small = [word for word in words if word[0].islower() and len(word) > 3]
    initials = sum(len(word.rstrip(".")) <= 2 and word[0].isupper() for word in words)
    return (initials * 3 >= len(words) and not small) or (
        text[:1] in ",;&" and _organisational(text) and len(small) <= 2 and ". " not in text
    )


def _names_end(text: str, start: int) -> tuple[int, str]:
    """Where the names end that begin at ``start``, and their style; ``start`` itself if there are none."""
    same = _SAME_AUTHOR.match(text, start)
    if same:
        return same.end(), "names"
    place, separated = start, ""
    for count in range(_MOST_NAMES):
        name = _name_at(text, place, after="" if count == 0 else separated)
        if name is None:
            break
        end = name
        more = _ET_AL.match(text, end)
        if more:
            return more.end(), "names"
        separator = _SEPARATOR.match(text, end)
        if separator is None or separator.end() == separator.start():
            return end, "names"
        place, separated = separator.end(), separator.group()
        if _name_at(text, place, after=separated) is None:
            return end, "names"
    return _full_names_end(text, start)


def _name_at(text: str, place: int, *, after: str) -> int | None:
    """Where the name ends that begins at ``place``; ``after`` is the separator before it, empty for the first name."""
    for pattern in (_COMMA_NAME, _GIVEN_FIRST, _SPACE_NAME):
        match = pattern.match(text, place)
        if match is None:
            continue
        words = match.group().lower().replace(".", " ").replace(",", " ").split()
        if words[0] in _NOT_A_NAME:
            continue
        if pattern is _GIVEN_FIRST and (";" in after or _is_journal(words, text, match.end(), first=not after)):
            continue
        if pattern is _SPACE_NAME and (
            _goes_on_with_family(text, place, match.end(), after) or (after and words[0] in words_of("journal_words"))
        ):
            continue
        if pattern is not _COMMA_NAME and any(word in words_of("organisation_words") for word in words[:-1] if len(word) > 3):
            continue
        if pattern is _SPACE_NAME and _swallows_capitals(match.group(), text, match.end()):
            continue
        return match.end()
    full = _FULL_NAME.match(text, place) if after else None
    if (
        full
        and ("." in full.group() or after.strip(" ,") in ("and", "&", "e", "y", "et", "und"))
        and not _organisational(full.group())
    ):
        words = full.group().lower().replace(".", " ").split()
        if not any(word in words_of("journal_words") for word in words):
            return full.end()
    family = _FAMILY_ET_AL.match(text, place)
    return family.end() if family else None


def _goes_on_with_family(text: str, begin: int, end: int, after: str) -> bool:
    """Whether "John B." is followed by a family name and a further name, or ends a list: "and John B. Smith."."""
    if after and _UNDOTTED.search(text, max(0, begin - len(after) - 6), begin - len(after)):
        return False  # "Labaune JM, Isaac C. Procalcitonin and …"
    if text[end - 1] != ".":
        return not after and text[end - 2] == " " and _FAMILY_BEHIND.match(text, end) is not None
    last = after.strip(" ,") in ("and", "&", "e", "y", "et", "und")
    return _FAMILY_BEHIND.match(text, end) is not None or (last and _LAST_FAMILY_BEHIND.match(text, end) is not None)


def _is_journal(words: list[str], text: str, end: int, *, first: bool) -> bool:
    """Whether "J. Phys" is a journal rather than a person."""
    if first:
        return text[end : end + 1] == "." and sum(word in words_of("journal_words") for word in words if len(word) > 1) > 1
    return words[-1] in _NOT_A_NAME or (text[end : end + 1] == "." and words[-1] in words_of("journal_words"))


def _swallows_capitals(name: str, text: str, end: int) -> bool:
    """Whether a name in capitals is only the beginning of a heading or a longer name: "VAN DER" of "VAN DER BERG J"."""
    return (
        name.isupper()
        and "." not in name
        and text[end : end + 1] == " "
        and not re.match(rf"\s(?:and|&|et|e|y|\(|{YEAR})", text[end : end + 6])
    )


def _full_names_end(text: str, start: int) -> tuple[int, str]:
    """The end of names with given names in full: "Deleuze, Gilles, and Félix Guattari."; "Robert Darnton, “…"."""
    quote = _QUOTE.search(text, start, start + _LONGEST_ORGANISATION)
    upper = _UPPER_FULL.match(text, start)
    inverted = upper or _INVERTED_FULL.match(text, start)
    if inverted and _is_name_end(text, inverted.end()) and not _organisational(inverted.group()):
        return _follow_full(text, inverted.end()), "full"
    full = _FULL_NAME.match(text, start)
    if full and not _organisational(full.group()) and not (quote and quote.start() < full.end()):
        end = _follow_full(text, full.end())
        several = end > full.end()
        quoted = quote is not None and text[end : quote.start()].strip(" ,.:;") in ("", "and", "in")
        dated = _PAREN_DATE.match(text, end) or _PLAIN_DATE.match(text, end)
        short = len(full.group().split()) <= 3
        if several or quoted or dated or (short and text[end : end + 2] in (". ", ", ") and _SENTENCE.search(text, end + 2)):
            return end, "full"
    return start, "none"


_NAME_END = re.compile(rf"\s(?:[&(\[]|{YEAR}|(?:and|et|und|y|e|eds?)\W)")


def _is_name_end(text: str, end: int) -> bool:
    return end == len(text) or text[end] in ".,;:(&[" or _NAME_END.match(text, end) is not None


def _organisational(text: str) -> bool:
    words = re.findall(r"[\w'’]+", text.lower())
    return any(word in words_of("organisation_words") or word in ("of", "for", "the") for word in words)


def _follow_full(text: str, end: int) -> int:
    for _ in range(_MOST_NAMES):
        more = _ET_AL.match(text, end)
        if more:
            return more.end()
        separator = _SEPARATOR.match(text, end)
        if separator is None or separator.end() == separator.start():
            return end
        if ";" in separator.group() or "&" in separator.group():
            inverted = _UPPER_FULL.match(text, separator.end()) or _INVERTED_FULL.match(text, separator.end())
            match = inverted or _COMMA_NAME.match(text, separator.end()) or _FULL_NAME.match(text, separator.end())
        else:
            match = (
                _FULL_NAME.match(text, separator.end())
                or _COMMA_NAME.match(text, separator.end())
                or _GIVEN_FIRST.match(text, separator.end())
            )
        if match is None and separator.group().strip(" ,") in ("and", "&"):
            match = _INVERTED_FULL.match(text, separator.end())
        if match is None or _organisational(match.group()):
            return end
        end = match.end()
    return end


def _with_organisation(text: str, end: int) -> int:
    """The end of the names when an organisation stands last: "Smith, J., & World Health Organization. (2010)"."""
    separator = _SEPARATOR.match(text, end)
    if separator is None or separator.end() == separator.start():
        return end
    date = _FIRST_PAREN_DATE.search(text, separator.end(), separator.end() + _LONGEST_ORGANISATION)
    if date:
        between = text[separator.end() : date.start()].rstrip(" .,")
        if (
            _organisational(between)
            and not any(character.isdigit() for character in between)
            and ". " not in between
            and between[:1].isupper()
        ):
            return separator.end() + len(between)
    return end


def _head_without_names(text: str, start: int) -> Head:
    """The beginning when no personal name stands there: an organisation, or the title at once."""
    nothing = Head(names=None, date=None, rest=start, role=False, style="none", date_in_parentheses=False)
    if _QUOTE.match(text, start):
        return nothing
    date = _FIRST_PAREN_DATE.search(text, start, start + _LONGEST_ORGANISATION)
    plain = _FIRST_PLAIN_DATE.search(text, start, start + _LONGEST_ORGANISATION)
    first = min((found for found in (date, plain) if found), key=lambda found: found.start(), default=None)
    sentence = _SENTENCE.search(text, start, start + _LONGEST_ORGANISATION)
    if first and not re.match(r"[\s,:]{0,3}\d", text[first.end() : first.end() + 4]):
        name = text[start : first.start()].strip(" .,;")
        if _could_be_organisation(name, dated=True):
            return _head(text, start, start + len(name), "organisation")
    if sentence:
        name = text[start : sentence.start()]
        if (
            (text[sentence.start()] == "." or _organisational(name))
            and _could_be_organisation(name, dated=False)
            and len(text) - sentence.end() > 12
        ):
            return _head(text, start, sentence.start(), "organisation")
    comma = text.find(", ", start, start + 80)
    if comma > 0:
        name = text[start:comma]
        if name.isupper() and len(name) > 1 and " " not in name:
            return _head(text, start, comma, "organisation")
    return nothing


def _could_be_organisation(name: str, *, dated: bool) -> bool:
    """Whether ``name`` may be an organisation that wrote the work, rather than the work's title."""
    words = name.split()
    if not words or len(name) > _LONGEST_ORGANISATION or "?" in name:
        return False
    if not (words[0][0].isupper() or dated):
        return False
    if ". " in re.sub(r"\b[A-Z]\.\s", "", name) and not dated:
        return False
    small = [
        word
        for word in words
        if word[0].islower() and len(word) > 3 and word not in ("para", "pour", "with", "from", "und", "della", "nazionale")
    ]
    if _organisational(name):
        return len(small) <= (3 if dated else 2) and len(words) <= 18
    if len(words) == 1:
        return dated or name.isupper() or len(name) <= 12
    return not small and len(words) <= (6 if dated else 3) and (dated or name.isupper() or ":" not in name)
