"""Lines of names with raised numbers that point to addresses and no entries: "Jane Doe1,3, John Roe2"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bib.model import Span
from litcheck.citations.wordlists import words_of

#: So much of a line tells what it is.
_SHOWN = 1000
#: Names have this share of their words with a capital, sentences fewer.
_MOST_CAPITALS = 0.6
#: Before the first sentence stand title, names and addresses: a text without sentences in so many characters has no such head.
_LONGEST_HEAD = 6000
#: Names stand at most so many lines above the first of their addresses: their own, and those of degrees and marks.
_LINES_ABOVE = 6

_LINE = re.compile(r"[^\n]*\n?")
_WORD = re.compile(r"[^\W\d_][^\W\d_.’'-]*(?:[.’'-][^\W\d_]+)*")
#: A word in small letters, its end and what may follow an end, a raised number too.
_SENTENCE_END = re.compile(r"(?<![^\W_])[a-zß-öø-ÿ]{2,30}[)\]”\"]?[.!?](?:[\d,^–\]⁰¹²³⁴-⁹-]|</?sup>|\s|\Z)")
#: "1Department of", "^1^ Department", "<sup>1</sup>Department", "¹Department".
_ADDRESS = re.compile(r"[\s*_]{0,6}(?:1|\^1\^\s?|<sup>1</sup>\s?|¹\s?)[^\W\d_][^\W\d_]")


def bylines(text: str) -> list[Span]:
    """Lines of names before the first sentence of a text, and right above addresses that begin with the same raised numbers."""
    lines = [Span(*line.span()) for line in _LINE.finditer(text) if line.group()]
    found: list[Span] = []
    head = _lines_of_head(text, lines)
    read = head
    for nth, line in enumerate(lines):
        if nth < head:
            if _is_of_names(text, line):
                found.append(line)
        elif _ADDRESS.match(text, line.start, line.end):
            for above in reversed(lines[max(read, nth - _LINES_ABOVE) : nth]):
                if not above.of(text).isspace() and not _is_of_names(text, above):
                    break
                found.append(above)
            read = nth
    return found


def _lines_of_head(text: str, lines: Sequence[Span]) -> int:
    """How many lines stand before the first sentence."""
    for nth, line in enumerate(lines):
        if line.start > _LONGEST_HEAD:
            break
        if _SENTENCE_END.search(text, line.start, min(line.end, line.start + _SHOWN)):
            return nth
    return 0


def _is_of_names(text: str, line: Span) -> bool:
    """Whether most words have a capital; "and" and initials do not count."""
    words = [word for word in _WORD.findall(text, line.start, min(line.end, line.start + _SHOWN)) if len(word) > 1]
    words = [word for word in words if word not in words_of("connectors")]
    return bool(words) and sum(word[0].isupper() for word in words) >= _MOST_CAPITALS * len(words)
