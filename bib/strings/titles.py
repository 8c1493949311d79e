"""Where a title ends and the name of its container begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bib.wordlists import words_of

#: A container's name is at most this many words long (the longest of 1,500 measured has 21).
_MOST_WORDS = 22

#: A sentence with fewer words may be an abbreviated name's beginning.
_FEWEST_OF_SUBTITLE = 3
#: So many of a container's words must be known when nothing but capitals tells it from the title.
_KNOWN_JOURNAL = 0.6
#: A lone word in capitals this short names a journal ("A&A", "MNRAS").
_LONGEST_ACRONYM = 8

_QUOTES = {"“": "”", '"': '"', "«": "»", "„": "“”", "‘": "’", "'": "'", "`": "'", "”": "”", "‟": "”"}
_BOUNDARY = re.compile(
    r"(?P<mark>[.?!]|[.,?!]?[”\"»])\s{1,2}[-–—]?\s?(?=[^\W_a-zß-öø-ÿ]|[(\[“\"¿¡]|[a-z]{1,4}[A-Z]|npj\b)|(?P<semi>;)\s(?=[^\W\d_a-zß-öø-ÿ])"
)
_ELISION = re.compile(r"^[dlDL]['’]")
_COMMA = re.compile(r",\s(?=[^\W\d_a-zß-öø-ÿ]|e[A-Z]|bio[A-Z]|npj\b)")
#: Initials that open a name inside a title: "(M. Cooper …)", "W.B. Yeats"; not the "E" of "vitamin E".
_INITIALS = re.compile(r"[(\[][A-Z]|(?:[A-Z]\.)[A-Z]")
_NOT_AN_END = words_of("abbreviations")
_SMALL = words_of("function_words")


@dataclass(frozen=True, slots=True)
class Cut:
    """Title and container as spans; either may be empty."""

    title: tuple[int, int]
    container: tuple[int, int]


def quoted_title(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The title in quotation marks that begins at ``start``, with its marks; ``None`` if none begins there."""
    if start >= end or text[start] not in _QUOTES:
        return None
    closing = _QUOTES[text[start]]
    depth = 0
    opening = text[start]
    for place in range(start + 1, end):
        character = text[place]
        if character == opening and opening not in closing:
            depth += 1
        elif character in closing:
            following = text[place + 1 : place + 2]
            inside = character in "’'" and following.isalnum()
            if inside:
                continue
            if depth:
                depth -= 1
                continue
            if (
                character in "”\"»’'"
                and place - start > 3
                and (character not in "’'" or (following in (",", ".", "", " ", ";", ")") and _ends_quote(text, place)))
            ):
                return start, place + 1
    return None


def _ends_quote(text: str, place: int) -> bool:
    """Whether an apostrophe closes a quotation: punctuation stands on one side of it."""
    return (
        text[place - 1 : place] in (",", ".", "?", "!")
        or text[place + 1 : place + 2] in (",", ".", ";")
        or text[place + 1 : place + 4].strip().startswith(("in", "In", "("))
    )


def cut_before_locator(text: str, start: int, end: int, *, commas: bool) -> Cut:
    """Title and container in ``text[start:end]``, what stands between the names and the numbers of a journal article.

    Full stops after small letters end titles; after capitals they may belong to an abbreviated journal ("J. Biol. Chem.").
    ``commas``: the names ended with a comma, so the title may too.
    """
    boundaries = [match for match in _BOUNDARY.finditer(text, start, end) if _is_end(text, start, match)]
    if not boundaries:
        return _cut_at_comma(text, start, end, commas=commas) or _cut_at_capitals(text, start, end) or _whole(text, start, end)
    hard = [match for match in boundaries if _is_hard(text, match)]
    if is_abbreviated(text[start:end]):
        return Cut((start, start), (start, end))
    if not hard:
        by_comma = _cut_at_comma(text, start, end, commas=commas)
        if by_comma:
            return by_comma
    candidates = [match for match in boundaries if not hard or match.start() >= hard[-1].start()]
    for match in candidates:
        if is_container(text[match.end() : end]):
            return Cut((start, _after_subtitle(text, match.end(), end)), (_after_subtitle(text, match.end(), end), end))
    for match in reversed(boundaries):
        if is_container(text[match.end() : end]):
            return Cut((start, match.end()), (match.end(), end))
    by_comma = _cut_at_comma(text, start, end, commas=commas)
    if by_comma:
        return by_comma
    last = boundaries[-1]
    if len(text[last.end() : end].split()) <= _MOST_WORDS and len(text[start : last.start()].split()) >= 2:
        return Cut((start, last.end()), (last.end(), end))
    return Cut((start, end), (end, end))


def _whole(text: str, start: int, end: int) -> Cut:
    """The whole as a container if it can be nothing else ("J. Am. Chem. Soc."), else as a title."""
    piece = text[start:end].strip(" .,;")
    words = piece.split()
    if len(words) == 1 and len(piece) <= _LONGEST_ACRONYM and piece.isupper():
        return Cut((start, start), (start, end))  # "A&A", "ApJ"
    known = sum(word.strip(".,").lower() in words_of("journal_words") for word in words)
    if words and len(words) <= 8 and known * 2 >= len(words) and is_container(piece):
        return Cut((start, start), (start, end))
    return Cut((start, end), (end, end))


def _after_subtitle(text: str, start: int, end: int) -> int:
    """Where the container begins if its first words are another sentence of the title: "The Heart Study. Ann Epidemiol"."""
    stop = text.find(". ", start, end)
    if stop < 0 or len(text[start:stop].split()) < _FEWEST_OF_SUBTITLE:
        return start
    rest = text[stop + 2 : end]
    return stop + 2 if is_container(rest) and known_share(rest) >= 0.5 else start


def _cut_at_capitals(text: str, start: int, end: int) -> Cut | None:
    """Parts title and journal where only capitals do: "… completion of cytokinesis J Cell Biol"."""
    words = list(re.finditer(r"\S+", text[start:end]))
    first = len(words)
    while first > 0 and (words[first - 1].group()[:1].isupper() or words[first - 1].group() in _SMALL):
        first -= 1
    while first < len(words) and not words[first].group()[:1].isupper():
        first += 1
    if first < _FEWEST_OF_SUBTITLE or first == len(words):
        return None
    place = start + words[first].start()
    container = text[place:end]
    if is_container(container) and known_share(container) >= _KNOWN_JOURNAL:
        return Cut((start, place), (place, end))
    return None


def _cut_at_comma(text: str, start: int, end: int, *, commas: bool) -> Cut | None:
    if not commas:
        return None
    for match in reversed(list(_COMMA.finditer(text, start, end))):
        right = text[match.end() : end]
        if (
            is_container(right)
            and (is_abbreviated(right) or known_share(right) >= 0.4)
            and len(text[start : match.start()].split()) >= 2
        ):
            return Cut((start, match.start()), (match.end(), end))
    return None


def known_share(text: str) -> float:
    """The share of words of names of journals among the words of ``text`` that are not function words."""
    words = [word.strip(".,:").lower() for word in text.split()]
    content = [word for word in words if word not in _SMALL]
    return sum(word in words_of("journal_words") for word in content) / max(1, len(content))


def is_abbreviated(text: str) -> bool:
    """Whether all words are abbreviated, as in names of journals only: "J. Am. Chem. Soc."."""
    words = text.replace(",", " ").split()
    dotted = sum(word.endswith(".") for word in words)
    content = [word for word in words if word.strip(".").lower() not in _SMALL and not word.strip(".:").isdigit()]
    if not content or not dotted or len(words) > 10:
        return False
    return dotted >= len(content) - 1 and any(word.strip(".").lower() in words_of("journal_words") for word in content)


def _is_end(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a full stop may end a title: not after "vs" or an initial of a species."""
    before = text[max(start, match.start() - 24) : match.start()].rsplit(None, 1)
    word = before[-1] if before else ""
    if match.start() <= start + 1:
        return False
    if match.group("semi"):
        return True
    if match.group("mark") == "." and _INITIALS.fullmatch(word):
        return False
    if word.lower().strip("(") in _NOT_AN_END:
        following = text[match.end() : match.end() + 24].split(None, 1)
        return bool(
            word.lower() in ("al", "sp", "spp", "nov", "etc", "ed", "trans", "ca", "al.")
            and following
            and following[0][:1].isupper()
        )
    return True


def _is_hard(text: str, match: re.Match[str]) -> bool:
    """Whether a full stop certainly ends a sentence: after a small letter's word, a bracket, a digit, or "?"."""
    if match.group("semi"):
        return False
    if match.group("mark") != ".":
        return True
    word = text[max(0, match.start() - 40) : match.start()].rsplit(None, 1)[-1] if match.start() else ""
    if not word:
        return False
    if word[-1] in ")]”\"»’'":
        return not re.search(r"\([A-Z][a-zA-Z\s]{1,24}\)$", text[max(0, match.start() - 30) : match.start()]) or word[-1] != ")"
    if word[-1].isdigit():
        return True
    core = word.strip("([“\"'‘")
    letters = core.split("-")[0]
    return letters[:1].islower() and (len(core) > 2) and core.lower() not in words_of("journal_words")


def is_container(text: str) -> bool:
    """Whether ``text`` may name a journal: capitals, abbreviations and small function words."""
    text = text.strip(" .,;:")
    words = text.split()
    if not words or len(words) > _MOST_WORDS or text[:1] in "([":
        return False
    if "?" in text or "“" in text:
        return False
    plain = [_ELISION.sub("", word).strip(".,:;()[]&/'’") for word in words]
    known = any(word.lower() in words_of("journal_words") for word in plain)
    small = [
        word
        for word in plain
        if word[:1].islower() and word.lower() not in _SMALL and not re.match(r"e[A-Z]|bio[A-Z]|npj|m[A-Z]", word)
    ]
    small = [word for word in small if word.lower() not in words_of("journal_words")]
    if small and not (known and plain[0].lower() in words_of("journal_words") and len(small) <= 0.5 * len(plain)):
        return False
    pieces = re.split(r"\.\s", text)
    if any(len(piece.split()) > 5 for piece in pieces[:-1]):
        return False
    return any(character.isalpha() for character in text)


def first_sentence(text: str, start: int, end: int) -> int:
    """Where the first sentence of ``text[start:end]`` ends, behind its mark: the title of a book or web page."""
    for match in _BOUNDARY.finditer(text, start, end):
        if match.group("semi") or not _is_end(text, start, match):
            continue
        return match.end("mark")
    return end
