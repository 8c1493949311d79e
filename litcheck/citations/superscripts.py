"""Raised numbers that cite: by mark-up where the format keeps it, else by what stands around a number glued to a word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import replace

from bib.model import Span
from litcheck.citations.covered import Covered
from litcheck.citations.numbering import BEYOND_LIST, LONGEST_RANGE, NumberGroup, NumberItem
from litcheck.citations.sequence import NumberCandidate, in_sequence
from litcheck.citations.wordlists import words_of

_DASHES = "-–—‒−‐‑"
# A letter or a closing mark, then numbers joined by commas and dashes; every repetition is bounded.
# "7),(8" is left of numbers that were raised with their parentheses.
_NUMBERS = rf"\d{{1,3}}(?:(?:[{_DASHES},]|\)[{_DASHES},]\()\d{{1,3}}(?!\d)){{0,40}}(?![\w°′])"
_GLUED = re.compile(rf"(?<=[^\W\d_]|[.,;:?!)\]’”\"'»%]){_NUMBERS}")
_NAME_WITH_NUMBER = re.compile(r"(?<!\w)[^\W\d_]{1,40}\d{1,3}(?!\w)")
_BARE_WORD = re.compile(r"(?<!\w)[^\W\d_]{3,4}(?![\w-])")
_AFTER_YEAR = re.compile(r"(?<![\w.,])((?:19|20)\d\d)(\d{1,3})(?!\w)")
#: "in September 2021.6 This", "in 2019,8 others"
_AFTER_YEAR_AND_MARK = re.compile(
    r"(?<![\w.,])((?:19|20)\d\d)(?:\.(?=\d{1,3}(?:\s{1,3}[A-Z]|\n|\Z))|,(?=\d{1,3}\s[a-z]))(\d{1,3})"
)
_NAMED = re.compile(rf"(?<!\w)[Rr]efs?\.?\s({_NUMBERS})")
_SPACED = re.compile(rf"(?<=[^\W_][.,;:)”\"]|%[.,])[ \u00a0]({_NUMBERS})(?=\s|\Z)")
_BETWEEN_WORDS = re.compile(rf"(?<=[^\W\d_]{{3}})[ \u00a0]({_NUMBERS})(?=\s[^\W\d_A-Z]{{2}})")
_PIECE = re.compile(rf"(\d{{1,3}})(?:\)?[{_DASHES}]\(?(\d{{1,3}}))?")
_BETWEEN = rf"(?:[{_DASHES}\s,;]{{1,3}}|\)[{_DASHES}\s,;]{{1,3}}\()"
#: Marks around the numbers are often raised with them: "¹², and", "¹²."
_MARKED = re.compile(rf"[\s\[(,;.]{{0,4}}\d{{1,3}}(?:{_BETWEEN}\d{{1,3}}){{0,40}}[\s\]),;.]{{0,4}}")
_GAP = re.compile(rf"[{_DASHES},; \u00a0\u2009\u202f]{{0,2}}")
_SEPARATORS = re.compile(rf"[{_DASHES},;]")
#: Characters that are raised themselves, and those that are written between them.
_RAISED = re.compile(r"(?<![⁻⁺])[⁰¹²³⁴-⁹](?:[⁰¹²³⁴-⁹⁻⁺⁽⁾ʼ˒’,–-]{0,3}[⁰¹²³⁴-⁹]){0,60}(?:[⁺⁻](?![⁰¹²³⁴-⁹]))?")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺⁽⁾ʼ˒’", "0123456789-+(),,,")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_MARK_UP = 60
_MARK_UP = re.compile(r"(?:[*_]{1,3}|</?[A-Za-z]{1,10}>){0,3}(?:\^|<sup\b[^<>]{0,40}>)\Z", re.IGNORECASE)
_MARK_UP_AFTER = re.compile(r"\^|</sup>", re.IGNORECASE)
#: Letters of the word before that must be small for the number to stand on it like a note, not in it like a formula.
_PLAIN_WORD = 3
#: A word of no more letters may be the stem of a name with a number.
_SHORT_WORD = 4
#: A group of more characters than this holds several numbers.
_ONE_NUMBER = 3
#: "Fig. 5 The" points to a part; "for months. 13 In India" ends a sentence.
_LONGEST_SHORTENED = 4
#: How far to look back for the word before a number.
_LOOK_BACK = 40
#: What is raised after a figure, a unit or a letter is a power up to here ("m²", "0.5³"). Of those above it in the 170 shared
#: manuscripts 12 are powers of ten, 26 one symbol said again and again ("C⁸⁰"), and 3 citations.
_HIGHEST_POWER = 9
#: "COVID-19", "SARS-CoV-2", "IL-10": what is raised after it is no power of the number.
_NUMBERED_NAME = re.compile(r"[^\W\d_][-‐‑]\d{1,4}\Z")
#: Numbers that powers are of, however high: "10^23", "6.10^23", "2^64".
_BASE = re.compile(r"(?:(?<!\d)10|(?<![\d.,])2)\Z")
#: "2H⁶ABA": a number, a letter, and words that go on after what is raised.
_LABELLED = re.compile(r"\d{1,3}[^\W\d_]")


def find_marked(text: str, raised: Sequence[Span], without: Covered) -> list[NumberGroup]:
    """The groups among the spans that the format marks as raised, and among characters that are raised themselves ("¹²").

    Numbers beyond the list are among them, however large. High ones after a figure ("version 3.5⁶⁸") cite if due by then,
    those after a unit or a single letter ("vitamin D¹²") only if they are due there and nothing else cites them.
    """
    found: list[NumberGroup] = []
    doubtful: list[tuple[str, NumberGroup]] = []
    runs = [Span(*match.span()) for match in _RAISED.finditer(text)]
    plain = text.translate(_PLAIN) if runs else text
    for span in _joined(plain, [*raised, *runs]):
        if without.touches(span) or not _MARKED.fullmatch(plain, span.start, span.end):
            continue
        end, beyond = _before_mark_up(text, span.start), _after_mark_up(text, span.end)
        word = _word_before(text, end)
        items = _items(span.of(plain), span.start)
        if not items or _labels_what_follows(text[end - 1 : end], word, text[beyond : beyond + 2]):
            continue
        group = NumberGroup(items, "superscript", span)
        if not _may_be_power(text, end, word):
            found.append(group)
        elif max(group.numbers()) > _HIGHEST_POWER and not _BASE.search(text, max(0, end - _LOOK_BACK), end):
            doubtful.append((text[end - len(word) : span.end], group))
    return _with_due(found, doubtful) if doubtful else found


def _with_due(found: Sequence[NumberGroup], doubtful: Sequence[tuple[str, NumberGroup]]) -> list[NumberGroup]:
    """The groups, and those doubtful ones that may cite by their place among them, each with what it is raised after."""
    cited = {number for group in found for number in group.numbers()}
    written = Counter(symbol for symbol, _ in doubtful)
    candidates = [NumberCandidate(group, strong=True, certain=True) for group in found]
    for symbol, group in doubtful:
        after_figure = symbol[0].isdecimal()
        if written[symbol] == 1 and (after_figure or cited.isdisjoint(group.numbers())):
            candidates.append(NumberCandidate(group, strong=after_figure))
    return in_sequence(sorted(candidates, key=lambda candidate: candidate.group.span.start))


def _labels_what_follows(before: str, word: str, after: str) -> bool:
    """Whether what is raised between ``before``, the end of ``word``, and the two characters ``after`` belongs to these."""
    if after[:1].isalpha() and (not before or before.isspace() or before in "([-–" or _LABELLED.fullmatch(word)):
        # "¹⁴C", "1Department"
        return True
    # A line that a number opens is an address, a note or the legend of a table.
    return before in ("", "\n") and after.lstrip(" \u00a0")[:1].isalpha()


def _may_be_power(text: str, end: int, word: str) -> bool:
    """Whether what is raised after ``word``, which ends at ``end``, may be its power."""
    if word.isdecimal():
        return not _YEAR.fullmatch(word) and not _NUMBERED_NAME.search(text, max(0, end - _LOOK_BACK), end)
    return word.lower() in words_of("units") or (len(word) == 1 and word.isalpha())


def find_unmarked(text: str, without: Covered, last_entry: int) -> list[NumberGroup]:
    """The groups in a text without mark-up: those that fit the order in which a list is cited for the first time.

    Numbers somewhat beyond the list's end are among them where what stands around allows hardly anything else.

    Numbers run on through a text (Vancouver): the longest rising chains of candidates say which number is due where, and a
    number above it is no citation yet.
    """
    numbers = range(1, last_entry + BEYOND_LIST + 1)
    # "JAK2" again and again is a name.
    names = Counter(match.group() for match in _NAME_WITH_NUMBER.finditer(text))
    bare = {match.group() for match in _BARE_WORD.finditer(text)}
    found = [_glued(text, match, numbers, names, bare) for match in _GLUED.finditer(text)]
    after_years = [*_AFTER_YEAR.finditer(text), *_AFTER_YEAR_AND_MARK.finditer(text)]
    found += [_group(match[2], match.start(2), numbers, strong=False) for match in after_years]
    found += [_group(match[1], match.start(1), numbers, strong=True) for match in _NAMED.finditer(text)]
    candidates = _outside(found, without)
    within = [one for one in candidates if one.strong or max(one.group.numbers()) <= last_entry]
    # A number beyond the list has no turn that it could come before.
    return in_sequence([replace(one, certain=one.certain or max(one.group.numbers()) > last_entry) for one in within])


def find_spaced(text: str, without: Covered, numbers: range) -> list[NumberGroup]:
    """The groups in a text whose conversion left a blank before each raised number: "by age. 3,4 Others"."""
    found: list[NumberCandidate | None] = []
    for match in _SPACED.finditer(text):
        before, after = text[match.start() - 1], text[match.end() : match.end() + 3].strip()
        opens_sentence = before in '.”)"' and (not after or after[0].isupper())
        word = _word_before(text, match.start() - 1)
        if word.lower() not in words_of("parts") or (opens_sentence and len(word) > _LONGEST_SHORTENED):
            found.append(_group(match[1], match.start(1), numbers, strong=opens_sentence or word == "al"))
    # Between words most numbers count; only one that is due there, and that nothing else cites, may cite.
    cited = {number for group in in_sequence(_outside(found, without)) for number in group.numbers()}
    between = [
        _group(match[1], match.start(1), numbers, strong=False)
        for match in _BETWEEN_WORDS.finditer(text)
        if _word_before(text, match.start()).lower() not in words_of("parts") | words_of("not_names")
    ]
    due = [candidate for candidate in between if candidate is not None and cited.isdisjoint(candidate.group.numbers())]
    return in_sequence(_outside([*found, *due], without))


def _outside(found: Sequence[NumberCandidate | None], without: Covered) -> list[NumberCandidate]:
    candidates = [candidate for candidate in found if candidate is not None and not without.touches(candidate.group.span)]
    return sorted(candidates, key=lambda candidate: candidate.group.span.start)


def _group(numbers_text: str, start: int, numbers: range, *, strong: bool, certain: bool = False) -> NumberCandidate | None:
    items = _items(numbers_text, start)
    if numbers_text.startswith("0") or not items or any(item.first not in numbers or item.last not in numbers for item in items):
        return None
    return NumberCandidate(NumberGroup(items, "superscript", Span(start, start + len(numbers_text))), strong, certain)


def _glued(text: str, found: re.Match[str], numbers: range, names: Counter[str], bare: Container[str]) -> NumberCandidate | None:
    start, end = found.span()
    after, beyond_after = text[end : end + 1], text[end + 1 : end + 2]
    if after and after in "%/°′'=×^(" and not (after == "'" and not beyond_after.isalnum()):
        return None
    if after and after in ".,:" and beyond_after.isdigit():
        return None
    if after and after in "-–−‐‑" and beyond_after.isalnum():
        return None
    before = text[start - 1]
    if before.isalpha():
        word = _word_before(text, start)
        if word.lower() in words_of("units"):
            return None
        plain = word.isalpha() and len(word) >= _PLAIN_WORD and word[1:].islower()
        if plain and len(word) <= _SHORT_WORD and word not in bare and word.lower() not in words_of("not_names"):
            # "lme4" and "Gpr35" are names: without the number the text never says them.
            plain = False
        repeated = names[text[start - len(word) : end]] > 1
        if not plain and repeated:
            return None
        several = len(found.group()) > _ONE_NUMBER and len(word) > 1
        return _group(found.group(), start, numbers, strong=plain or several, certain=plain and several)
    beyond = text[start - 2 : start - 1]
    if before in ".,;:?!" and not (beyond.isalpha() or beyond in ")]’”\"'»%"):
        return None
    word = _word_before(text, start - 1)
    if before in ".:" and len(word) <= _LONGEST_SHORTENED and word.lower() in words_of("parts"):
        return None
    return _group(found.group(), start, numbers, strong=True)


def _items(text: str, offset: int) -> tuple[NumberItem, ...]:
    items: list[NumberItem] = []
    for piece in _PIECE.finditer(text):
        first = int(piece[1])
        last = int(piece[2]) if piece[2] else first
        if not first <= last <= first + LONGEST_RANGE or first == 0 or (piece[2] and first == last):
            return ()
        items.append(NumberItem(first, last, Span(offset + piece.start(), offset + piece.end())))
    return tuple(items)


def _word_before(text: str, end: int) -> str:
    start = end
    while start > 0 and end - start < _LOOK_BACK and text[start - 1].isalnum():
        start -= 1
    return text[start:end]


def _before_mark_up(text: str, start: int) -> int:
    """Where what stands before a raised number ends: before the mark-up that raises it and the end of an emphasis."""
    return start - len(match.group()) if (match := _MARK_UP.search(text[max(0, start - _LONGEST_MARK_UP) : start])) else start


def _after_mark_up(text: str, end: int) -> int:
    """Where what stands after a raised number begins: after the mark-up that raises it."""
    return match.end() if (match := _MARK_UP_AFTER.match(text, end)) else end


def _joined(text: str, raised: Sequence[Span]) -> list[Span]:
    """Raised runs that touch, or have only a comma or dash between them that is raised or not, as one."""
    joined: list[Span] = []
    for span in sorted(raised):
        if joined and _belong_together(text, joined[-1], span):
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _belong_together(text: str, left: Span, right: Span) -> bool:
    if right.start <= left.end:
        return True
    if not _GAP.fullmatch(text, left.end, right.start):
        return False
    return _SEPARATORS.search(text, left.end - 1, right.start + 1) is not None
