"""A document's text as words, numbers and marks: what every search for citations works on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

from bib.model import Span


class Kind(IntEnum):
    """What a token is."""

    WORD = 1
    NUMBER = 2
    """Digits, with the letters that follow them: "2020a", "3rd"."""
    MARK = 3
    ADDRESS = 4
    """A web address or DOI, whose numbers are no years."""
    BREAK = 5
    """The end of a paragraph or table cell, or a leader ("....."), which no citation crosses."""


class Token(NamedTuple):
    """One token. A tuple and not a dataclass because a manuscript has some 25,000 of them and a book a million."""

    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where the token ends in the text. Not kept: it would be a third of the memory that tokens need."""
        return self.start + len(self.text)


# Every alternative begins with a character that no other does and takes each character once, so the scan is linear.
# A hyphen at the end of a line may stand inside a word; combining accents belong to their letter. Scripts that write without
# blanks are cut at the words for "and" and "et al.". Four or more of a mark are a leader or a rule and end what stands before.
_TOKEN = re.compile(
    r"""
    (?P<ADDRESS>(?:https?://|www\.|doi:\ ?10\.|10\.\d{4,9}/)[^\s<>"()\[\];,]{1,2000})
  | (?P<CJK>[等和与與及]|(?:(?![等和与與及])[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])+)
  | (?P<WORD>[^\W\d_][\u0300-\u036f]*(?:[^\W_]+[\u0300-\u036f]*)*
      (?:[-\u2010\u2011'’ʼ´`](?:\n[\ \t]{0,8})?[^\W\d_][\u0300-\u036f]*(?:[^\W_]+[\u0300-\u036f]*)*)*
      (?:\.(?:org|com|net|info|io)(?![\w-]))?)
  | (?P<NUMBER>\d+[^\W\d_]*)
  | (?P<BREAK>\n[\ \t\r]*\n\s*|\t|\f)
  | (?P<FILL>(?P<MANY>[^\s\w*])(?P=MANY){3,})
  | (?P<TAG></?[A-Za-z]{1,10}>)
  | (?P<MARK>[^\s\w*])
    """,
    re.VERBOSE,
)
_KINDS = {kind.name: kind for kind in Kind} | {"CJK": Kind.WORD, "FILL": Kind.BREAK}
#: By the number of the group that matched; ``None`` for what is left out.
_KIND_OF_GROUP = [None, *map(_KINDS.get, sorted(_TOKEN.groupindex, key=_TOKEN.groupindex.__getitem__))]

_BETWEEN_PARAGRAPHS = re.compile(r"\n[ \t\r]*\n\s*")
#: Every citation has a number, or words in brackets in its place ("in press"); and only brackets introduce abbreviations.
_CITING = re.compile(r"[\d(\[（［]")

#: Marks that stand for an ASCII one.
_SAME_MARK = str.maketrans("（）［］，、；：．–—−‒‐‑＆", "()[],,;:.------&")


def tokenise(text: str, without: Iterable[Span] = ()) -> list[Token]:
    """The tokens of ``text`` in order, each span in ``without`` and each paragraph that cannot cite replaced by a break.

    Emphasis marks and tags are left out; brackets, commas and dashes of any script become the ASCII ones.
    """
    tokens: list[Token] = []
    position = 0
    for span in sorted((*without, *_paragraphs_without_citations(text))):
        if span.end > position:
            tokens += _scan(text, position, max(position, span.start))
            tokens.append(Token(Kind.BREAK, "", max(position, span.start)))
            position = span.end
    tokens += _scan(text, position, len(text))
    return tokens


def _paragraphs_without_citations(text: str) -> Iterator[Span]:
    start = 0
    for end, next_start in (*(found.span() for found in _BETWEEN_PARAGRAPHS.finditer(text)), (len(text), len(text))):
        if start < end and not _CITING.search(text, start, end):
            yield Span(start, end)
        start = next_start


def _scan(text: str, start: int, end: int) -> list[Token]:
    tokens: list[Token] = []
    # A text repeats its words: each is kept once. Making the tuple itself spares a call for each token.
    words: dict[str, str] = {}
    new = tuple.__new__
    kept, add = words.setdefault, tokens.append
    for found in _TOKEN.finditer(text, start, end):
        kind = _KIND_OF_GROUP[found.lastindex or 0]
        if kind is None:
            continue
        token = found[0]
        if kind is Kind.MARK and not token.isascii():
            token = token.translate(_SAME_MARK)
        add(new(Token, (kind, kept(token, token), found.start())))
    return tokens
