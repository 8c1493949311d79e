"""Names of journals, books and proceedings: the same one, its abbreviation, or another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from bib.folding import fold, unaccent
from bib.model import Reference
from litcheck.evidence import Record
from litcheck.matching.model import Agreement, FieldMatch
from litcheck.matching.wordlists import synonyms, wordlist

#: Names that are spelled this alike are one name with a slip ("Frontiers in Phsychology").
SPELLING = 0.92

#: Score of a name that abbreviation, translation or a missing addition explains.
VARIANT_SCORE = 0.95

#: Most that two different names reach.
DIFFERENT_SCORE = 0.7

#: Words of a name beyond which no abbreviation is looked for, since pairing them is quadratic. The longest name among 108,341
#: works has 26.
MOST_WORDS = 40

#: The note on names that differ and share all words of the shorter one: "Environ Microbiol" beside "Environmental Microbiology
#: Reports", "Plant Physiol" beside "Physiol Plant", "Nat Methods" beside "Nat Methods Nat Res". 17 of the 23 containers that
#: differ in the 1,500 true strings of match-dev, and none of the 83 venues that were made up in citetracer-dev.
SHARED_WORDS = "every word of one name stands in the other"

_ADDITION = re.compile(r"\s?(?:\([^()]{0,120}\)|\[[^\[\]]{0,120}\])")
_TAIL = re.compile(r"\s?(?::|;|=|/| - | – |—).{0,300}\Z", re.DOTALL)
_SENTENCE_END = re.compile(r"[.?!)][.)]?\s(?=\S)")
_PROSE_WORD = re.compile(r"(?<![\w.])[a-z]{4,40}(?!\w)(?!\.(?:\s|$))")
#: French and Italian articles that have lost their vowel: "de l'Académie".
_ELISION = re.compile(r"\b[dl]['’](?=\w{3})", re.IGNORECASE)
#: What names the section of a journal by its letter; its title may follow ("Section D Biological Crystallography").
_SECTION = re.compile(r".{3,200}?\bSect(?:ion|\.)? [A-Z]\b")
_FIGURES = re.compile(r"^(?:\d+(?:st|nd|rd|th)?|[ivx]{1,6})$")


def compare_containers(reference: Reference, record: Record) -> FieldMatch:
    """The reference's journal, book or proceedings beside the record's, under any of its names."""
    printed = reference.container_title
    held = [*record.containers, *record.short_containers]
    shown = held[0] if held else ""
    if not container_words(printed) or not any(container_words(name) for name in held):
        return FieldMatch(field="container", agreement=Agreement.UNKNOWN, score=1.0, manuscript=printed, record=shown)
    if not any(c.isalpha() for c in printed):
        return FieldMatch(field="container", agreement=Agreement.UNKNOWN, score=1.0, manuscript=printed, record=shown)
    agreement, score, name = max(((*_grade(printed, name), name) for name in held), key=lambda g: (_RANK[g[0]], g[1]))
    if agreement is Agreement.DIFFERS:
        found = next(
            (form for form in held if _stands_by_itself(form, reference.raw) or _is_cut(printed, form, reference.raw)), None
        )
        if found is not None:
            agreement, score, name = Agreement.VARIANT, VARIANT_SCORE, found
    note = "abbreviated or written otherwise" if agreement is Agreement.VARIANT else ""
    if agreement is Agreement.DIFFERS and any(shares_all_words(container_words(printed), container_words(name)) for name in held):
        note = SHARED_WORDS
    return FieldMatch(
        field="container",
        agreement=agreement,
        score=score,
        manuscript=printed,
        record=shown if agreement is Agreement.DIFFERS else name,
        note=note,
    )


_RANK = {Agreement.SAME: 2, Agreement.VARIANT: 1, Agreement.DIFFERS: 0}


def _grade(printed: str, held: str) -> tuple[Agreement, float]:
    ours, theirs = container_words(printed), container_words(held)
    if not ours or not theirs:
        return Agreement.DIFFERS, 0.0
    if "".join(ours) == "".join(theirs):
        return Agreement.SAME, 1.0
    for a in _shapes(printed):
        for b in _shapes(held):
            if (
                a == b
                or _are_synonyms(a, b)
                or abbreviates(a, b)
                or abbreviates(b, a)
                or _is_acronym(a, b, printed)
                or _is_acronym(b, a, held)
            ):
                return Agreement.VARIANT, VARIANT_SCORE
    ratio = fuzz.ratio("".join(ours), "".join(theirs)) / 100
    if ratio >= SPELLING and _figures(ours) == _figures(theirs):
        return Agreement.VARIANT, ratio
    return Agreement.DIFFERS, min(ratio, DIFFERENT_SCORE)


@lru_cache(maxsize=32768)
def container_words(name: str) -> tuple[str, ...]:
    """The words that tell one container from another: folded, stop words dropped, single letters joined ("U.S.A." → "usa")."""
    stop = wordlist("stopwords")
    words: list[str] = []
    letters = ""
    folded = fold(_ELISION.sub("", name.replace("&amp;", " ").replace("\\&", " "))).split()
    for position, word in enumerate(folded):
        if len(word) == 1 and word.isalpha():
            letters += word
            continue
        if letters:
            words.append(letters)
            letters = ""
        # At the end it is an abbreviation: "Mol Plant Microbe In".
        if word not in stop or position == len(folded) - 1:
            words.append(word)
    if letters:
        words.append(letters)
    return tuple(words)


@lru_cache(maxsize=32768)
def _shapes(name: str) -> tuple[tuple[str, ...], ...]:
    """The name whole, without additions in brackets, what follows a colon, an acronym before it or the tail of a title."""
    bare = _ADDITION.sub("", name)
    cut = (*_after_title(name), *_before_section(bare), *(found.group() for found in [_SECTION.match(bare)] if found))
    shapes = [container_words(text) for text in (name, bare, _TAIL.sub("", bare), *cut)]
    shapes += [words[:-1] for words in shapes if len(words) > 1 and words[-1].isdigit()]
    shapes += [words[1:] for words in shapes if len(words) > 2 and words[0] == "".join(word[0] for word in words[1:])]
    return tuple(dict.fromkeys(words for words in shapes if words))


def _before_section(name: str) -> Iterator[str]:
    """The journal before the hyphen of its section: "J Geophys Res-Atmos"."""
    head, hyphen, section = name.partition("-")
    if hyphen and len(head.split()) >= 3 and section[:1].isupper():
        yield head


def _stands_by_itself(name: str, raw: str) -> bool:
    """Whether the entry prints ``name`` between the end of a sentence and a number, where a parser may have missed it.

    Abbreviated words of a longer name are short or capitalised ("J. Exp. Marine Biology"), the last word of a title is not.
    """
    words = fold(name).split()
    plain = unaccent(raw)
    if len("".join(words)) < 4 or len(words) > 20 or not all(word in plain.lower() for word in words):
        return False
    pattern = r"(\w{4,40})[.?!)]{1,2}\s{1,3}" + r"\W{1,3}".join(words) + r"\b\W{0,3}(?=\d|$)"
    found = re.search(pattern, plain, re.IGNORECASE)
    return found is not None and (len(found.group(1)) >= 8 or found.group(1)[0].islower())


def _is_cut(printed: str, name: str, raw: str) -> bool:
    """Whether the parser took only the beginning or the end of ``name``, which the entry prints in full ("Rep" of "Sci Rep")."""
    part, whole = fold(printed), fold(name)
    return part != whole and (whole.startswith(f"{part} ") or whole.endswith(f" {part}")) and f" {whole} " in f" {fold(raw)} "


def _after_title(name: str) -> Iterator[str]:
    """What follows the end of a title that was taken for the beginning of the container."""
    for boundary in _SENTENCE_END.finditer(name[:400]):
        if _PROSE_WORD.search(name[: boundary.start() + 1]):
            yield name[boundary.end() :]


def abbreviates(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether each word of ``short`` stands, in order, for a word of ``long`` or for the first letters of several.

    Every word of ``long`` must be accounted for, but for words that journals carry loosely ("Series", "International").
    """
    droppable = wordlist("container-extras")
    memory: dict[tuple[int, int], bool] = {}

    def fits(i: int, j: int) -> bool:
        key = (i, j)
        if key not in memory:
            memory[key] = _fits(i, j)
        return memory[key]

    def _fits(i: int, j: int) -> bool:
        if i == len(short):
            return all(word in droppable for word in long[j:])
        if j == len(long):
            return all(word in droppable for word in short[i:])
        if _shortens(short[i], long[j]) and fits(i + 1, j + 1):
            return True
        for count in range(2, min(6, len(short[i])) + 1):
            if short[i] == "".join(word[0] for word in long[j : j + count]) and fits(i + 1, j + count):
                return True
        return (long[j] in droppable and j > 0 and fits(i, j + 1)) or (short[i] in droppable and i > 0 and fits(i + 1, j))

    return len(short) <= MOST_WORDS and len(long) <= MOST_WORDS and fits(0, 0)


def shares_all_words(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether each word of the shorter name stands for a word of the other, in any order; one word alone says too little."""
    short, long = sorted((a, b), key=len)
    if len(long) > MOST_WORDS:
        return False
    free = list(long)
    for word in short:
        partner = next((other for other in free if _shortens(word, other)), None)
        if partner is None:
            return False
        free.remove(partner)
    return len(short) > 1


def _shortens(short: str, long: str) -> bool:
    """Whether one word may abbreviate the other: a beginning of it, or its letters in order from the first one on."""
    if short == long:
        return True
    if len(short) > len(long):
        short, long = long, short
    if short[0] != long[0] or short.isdigit() or long.isdigit():
        return False
    if long.startswith(short):
        return True
    if _common_start(short, long) >= 4 and len(short) - _common_start(short, long) <= 3:
        # Two forms or two languages of one word: "biology" and "biologia", "genomics" and "genom".
        return True
    letters = iter(long)
    return 2 <= len(short) <= 8 and all(letter in letters for letter in short)


def _common_start(a: str, b: str) -> int:
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _is_acronym(short: Sequence[str], long: Sequence[str], printed: str) -> bool:
    """ "PNAS", "EMNLP", "CVPR": one word made of first letters of the long name, or standing in it by itself."""
    plain = [
        word
        for word in short
        if not _FIGURES.match(word) and word not in ("proc", "proceedings", "conference", "workshop", "workshops")
    ]
    if len(plain) != 1 or len(long) < 2:
        return False
    word = plain[0]
    if not 3 <= len(word) <= 10:
        return False
    initials = "".join(w[0] for w in long if not w.isdigit())
    return word in initials or (word in long and word.upper() in printed and not word.isdigit())


def _are_synonyms(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    names = synonyms("container-synonyms")
    return bool(names.get(" ".join(ours), frozenset()) & names.get(" ".join(theirs), frozenset()))


def _figures(words: Iterable[str]) -> list[str]:
    return [word for word in words if any(c.isdigit() for c in word)]
