"""What a line looks like: the beginning of an entry, its continuation, a whole reference, prose."""

from __future__ import annotations

import re

from bib.wordlists import alternatives_of, words_of

#: As much of a line's beginning as decides what it looks like.
_WINDOW = 240

# Any letter that is not a lower-case Latin one: capitals, and letters of scripts without case.
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_WORD = rf"{_CAPITAL}[\w'’‘`´‐‑-]{{0,40}}"
_PARTICLES = rf"(?:{alternatives_of('particles')}[\s'’]\s?){{0,3}}"
_FAMILY = rf"{_PARTICLES}{_WORD}(?:[\s]{{1,2}}{_WORD}){{0,3}}"
_INITIALS = rf"{_CAPITAL}(?:[a-zß-ÿ]{{0,2}}\.|(?=\W|{_CAPITAL}))(?:[\s‐-]?{_CAPITAL}(?:[a-z]?\.|(?=\W|{_CAPITAL}))){{0,4}}"
_YEAR = r"(?:1[5-9]|20)\d\d(?!\d)"

_STRONG = re.compile(
    rf"(?P<comma>{_FAMILY}(?:,?\s(?:Jr|Sr|I{{2,3}})\.?)?,\s{{0,2}}{_INITIALS})"  # Smith, J. A.  SMITH, JA
    rf"|(?P<plain>{_PARTICLES}{_WORD}(?:\s{_WORD}){{0,3}}\s{_CAPITAL}{{1,3}}(?:\s(?:Jr|Sr|2nd|3rd|II|III))?"  # Smith JA,
    rf"(?:[,;:.]|\s(?:&|and|et|\(?{_YEAR}|\()))"
    rf"|(?P<dotted>{_PARTICLES}{_WORD}\s(?:{_CAPITAL}\.[\s‐-]?){{1,4}}[,;:(\s])"  # Smith J.A.,
    rf"|(?P<initials>(?:{_CAPITAL}[a-z]?\.[\s‐-]{{0,2}}){{1,4}}{_FAMILY}(?:,|\.|;|\s(?:&|and|e|y|und|et)\s))"  # J. A. Smith,
    rf"|(?P<organisation>{_CAPITAL}[^()\d.\n]{{4,100}}\.\s\((?:{_YEAR}[a-z]?|n\.d\.)\)\.\s)"  # World Health Organization. (2010).
    r"|(?P<dash>[—–_-]{2,12}[.,\s])"  # the mark for "same author"
    rf"|(?P<et_al>{_FAMILY}(?:\s{_INITIALS})?,?\s(?:et\s?al\.?|and\sothers))"
)
_WEAK = re.compile(
    rf"(?P<full>{_FAMILY},\s{_WORD}(?:\s(?:{_WORD}|{_CAPITAL}\.)){{0,3}}(?:[.,;]|\s(?:&|and|e|y|und|et)\s))"  # Deleuze, Gilles,
    rf"|(?P<year>{_CAPITAL}[^()\n]{{2,180}}[(\[]\s?(?:{_YEAR}|n\.\s?d\.|s\.\s?[df]\.|in\spress)"  # World Bank (2010)
    rf"|{_CAPITAL}[^.()\n]{{2,120}}[.,]\s{{1,2}}{_YEAR})"
    r"|(?P<quote>[“\"«„‘]\S)"
)
_WEAK_FORMS = frozenset({"full", "year", "quote"})
_PARTICLE_START = re.compile(rf"{alternatives_of('particles')}[\s'’]\s?{_CAPITAL}")

_LABEL = re.compile(
    r"(?P<bracket>\[\s{0,2}(?P<b>\d{1,4})[a-z]?\s{0,2}\]\.?|\(\s{0,2}(?P<p>\d{1,4})\s{0,2}\)|(?P<d>\d{1,4})\s?\\?[.)](?![\d])|(?P<t>\d{1,4})(?=\s|$))[\s]{0,12}"
)
_GLUED = re.compile(r"(\d{1,3})(?=[^\W\d_])")
_KEY = re.compile(r"\[(?=[^\]\s]{0,30}(?:\d{2}|\+))[A-Za-z][\w+*'’:.-]{1,30}\]\s{1,4}")
_BULLET = re.compile(r"(?:[•●▪◦‣∙·]|–(?![–—-])|[-*+](?=\s)|\\item(?=[\s\[]))\s{0,6}")
_EMPHASIS = re.compile(r"[*_]{1,3}(?=\S)")

_IDENTIFIER_START = re.compile(
    r"[(<\[]{0,2}(?:https?:|www\.|doi\b|10\.\d{4,9}/|dx\.doi|PMID|PMCID|arXiv:|ISBN"
    r"|Available (?:at|from)|Retrieved|Accessed|Disponível em|Disponible en)",
    re.IGNORECASE,
)
_HAS_YEAR = re.compile(
    rf"(?<!\d){_YEAR}|\bn\.\s?d\.|\bs\.\s?[df]\.|\bin\spress\b|\bforthcoming\b|\bno\sprelo\b|\ben\sprensa\b|\bim\sDruck\b",
    re.IGNORECASE,
)
_HAS_IDENTIFIER = re.compile(r"\b10\.\d{4,9}/\S|https?:\s?//|\bwww\.|\barxiv\b|\bPMID\b|\bISBN\b", re.IGNORECASE)
_HAS_LOCATOR = re.compile(
    r"\d{1,4}\s?\(\s?[\w–/-]{1,12}\s?\)\s?[,:;]|[;,]\s?\d{1,4}\s?[:(]|\b\d{1,4}\s?[:,]\s?[A-Za-z]?\d{1,6}\s?[-–—]\s?[A-Za-z]?\d{1,6}|\bpp?\s?\.\s?[A-Za-z]?\d"
    r"|\bvol(?:ume)?\b|\bv\.\s?\d|\d[-–]\d{1,6}\.?$|\b(?:In|Em|En|Dans)\s?:|\bIn\s[^.]{3,80}\(?\b[Ee]ds?\b"
    r"|\b(?:Press|University|Universidade|Universidad|Publish|Editora|Springer|Elsevier|Wiley|Verlag|Routledge|thesis|dissertation|tese|dissertação)",
)
_DATED = r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)[a-z]?"
#: How and where the styles of this world print an entry's one year: (2010); 2010;11: or ; 2010.; 2010 in the midst; at the end.
YEAR_MARKS = (
    re.compile(rf"\({_DATED}(?:,\s[^()\n]{{1,24}})?\)|\((?:n\.\s?d\.|in\spress)"),
    re.compile(rf"{_DATED}(?:\s[A-Z][a-z]{{2}}(?:\s\d{{1,2}})?)?\s?[;:]|[;.,]\s?{_DATED}\.?(?=\s)|^\s{_DATED}\.?\s$"),
    re.compile(rf"[\s(]{_DATED}[).,:]?\s"),
    re.compile(rf"{_DATED}\)?\.?$"),
)
_SENTENCES = re.compile(r"[a-zß-ÿ)\]]\.\s+[A-Z]")


def particles() -> frozenset[str]:
    """The words that stand before family names, in lower case."""
    return words_of("particles")


def glued_number(text: str) -> int | None:
    """A number that is run into the capitalised word after it: 12 of "12Smith J"."""
    match = _GLUED.match(text)
    return int(match.group(1)) if match else None


def bullet_length(text: str) -> int:
    """How many characters at the beginning are a bullet."""
    match = _BULLET.match(text[:_WINDOW])
    return match.end() if match else 0


def label_number(text: str) -> tuple[str, int, int] | None:
    """The number that labels an entry: its form, its value and where the entry goes on. ``None`` without one."""
    match = _LABEL.match(text[:_WINDOW])
    if match is None:
        return None
    for form in "bpdt":
        if match.group(form):
            return form, int(match.group(form)), match.end()
    return None


def has_key(text: str) -> bool:
    """Whether the line begins with a key in brackets ("[Lee20]")."""
    return _KEY.match(text[:_WINDOW]) is not None


def without_label(text: str) -> str:
    """The beginning of an entry without a number, a key or a bullet before it."""
    label = label_number(text)
    if label:
        return text[label[2] :]
    key = _KEY.match(text[:_WINDOW]) or _GLUED.match(text)
    return text[key.end() if key else bullet_length(text) :]


def start_form(text: str) -> str:
    """How an entry begins with this line: the form of its first name; less surely ``full``, ``year`` or ``quote``; or empty."""
    text = text[:_WINDOW]
    emphasis = _EMPHASIS.match(text)
    if emphasis:
        text = text[emphasis.end() :]
    match = _STRONG.match(text) or _WEAK.match(text)
    return match.lastgroup or "" if match else ""


def start_strength(text: str) -> int:
    """How much a line looks like the beginning of an entry: 2 names, 1 perhaps, 0 not."""
    form = start_form(text)
    return (1 if form in _WEAK_FORMS else 2) if form else 0


def has_evidence(text: str) -> bool:
    """Whether a line holds a year, an identifier or a locator, of which every entry has at least one."""
    return (_HAS_YEAR.search(text) or _HAS_IDENTIFIER.search(text) or _HAS_LOCATOR.search(text)) is not None


def continues(text: str) -> bool:
    """Whether a line can only go on with what stands before it: an identifier, or a small letter that is no particle."""
    text = text[:_WINDOW]
    if _IDENTIFIER_START.match(text):
        return True
    first = text.lstrip('*_(["“')[:1]
    return first.islower() and not _PARTICLE_START.match(text) and not _STRONG.match(text)


def is_identifier(text: str) -> bool:
    """Whether a line holds an identifier or address, and little else."""
    return _IDENTIFIER_START.match(text[:_WINDOW]) is not None and len(text.split()) <= 12 and start_strength(text) < 2


def quality(text: str) -> float:
    """How much a piece of text looks like a reference: 1 certainly, 0 undecided, below 0 prose or a heading."""
    text = text[:2000]
    label = label_number(text)
    text = without_label(text)
    start = start_strength(text)
    year = _HAS_YEAR.search(text) is not None
    if start == 2 and year:
        return 1.0
    rest = (_HAS_IDENTIFIER.search(text) is not None) + (_HAS_LOCATOR.search(text) is not None)
    if (start == 2 and rest) or (year and rest and (start or label)):
        return 1.0
    if start and year:
        return 0.7
    if year and rest:
        return 0.4
    if len(text) < 60 and not year and not rest:
        return -0.4
    if len(text) > 250 and not rest and len(_SENTENCES.findall(text)) >= 2:
        return -1.0
    return 0.0 if year or rest or start else -0.6
