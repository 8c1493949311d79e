"""LC511 quotation-without-locator."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from bib.folding import fold
from bib.model import Span
from litcheck.citations.wordlists import words_of
from litcheck.findings import Finding, Severity
from litcheck.rules.citing import quoted, shortened_text
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule

#: Styles that ask for a page or paragraph with words taken over (APA 7 8.25, Chicago 15.23, Harvard, NBR 10520).
ASK_FOR_LOCATORS = frozenset(("apa", "chicago", "harvard", "abnt"))
#: Fewer words in quotation marks are a term.
FEWEST_WORDS = 4
#: A block set in by itself is a quotation from so many words on (APA 7 8.27: 40).
FEWEST_WORDS_OF_BLOCK = 40
#: Of more words than this with a capital the quotation is a title or a name.
MOST_CAPITALS = 0.5
_LONGEST = 2000
#: So many characters before a quotation may tell whose words they are.
_LEADS_IN = 200
#: So many words before a citation may say that it only is to be compared: "in line with".
_WORDS_BEFORE = 3

_QUOTED = re.compile(
    rf"“(?P<curly>[^“”\n]{{10,{_LONGEST}}})”"
    rf'|(?<![\w"])"(?P<straight>[^"\n]{{10,{_LONGEST}}})"(?!\w)'
    rf"|«\s?(?P<angle>[^«»\n]{{10,{_LONGEST}}})»"
    rf"|„(?P<low>[^„“”\n]{{10,{_LONGEST}}})[“”]"
)
#: What may stand between the end of a quotation and the citation that follows it, and before a bracket that is all citation.
_BEFORE_CITATION = re.compile(r"[\s.,;:…]{0,4}[(\[]\s?(?:[^\W\d_]{1,12}\.?,?\s){0,3}")
_BEFORE_NARRATIVE = re.compile(r",?\s(?:[^\W\d_]{1,15}\s){0,4}")
#: What may stand between a citation in the sentence and the quotation that it brings: a few words without another bracket.
_BEFORE_QUOTATION = re.compile(r"[)\]]?[^.!?()\[\]“”\"«»„;]{1,80}", re.DOTALL)
#: Pages without a word before them: "(Lee, 2020: 12)", "(Lee, 2020, 12–13)", "(Lee 12)", "(12)".
_NUMBERED = re.compile(
    r"\d{4}[a-z]?\s?(?::\s{0,2}\d{1,4}|,\s{0,2}\d{1,3}\b)|[(\w]\s?(?<!\d)\d{1,3}(?:\s?[-–]\s?\d{1,3})?\s?[)\]]|\d:\d\d|¶|§"
)
_WORD_AND_NUMBER = re.compile(r"(?<![^\W\d_])([^\W\d_]{1,10})\.?\s{0,2}(?:\d|[ivxlc]{1,6}\b)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_SENTENCE_END = re.compile(r"[.!?…][”\"»)]?\s+(?=[A-ZÀ-Þ“\"«])|\n")
_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
_INDENT = re.compile(r"(?:>|\t| {4})\s{0,20}[^\s]")
_CLOSING = re.compile(r"[^()\n]{0,40}\)[\s.]{0,9}")
_BLOCK_MARKS = re.compile(r"^[>\s]+", re.MULTILINE)


@rule("LC511", "quotation-without-locator", Severity.INFO, Needs.DOCUMENT)
def quotation_without_locator(case: Case) -> Iterator[Finding]:
    """A direct quotation is cited without a page or paragraph, and the style asks for one.

    What it means: four words or more in quotation marks, or a block set in, with the citation right after it or bringing it in
    within the sentence, and neither page, paragraph, section nor time anywhere in that sentence. Told in APA, Chicago
    (author-date), Harvard and ABNT only. Titles and single terms in quotation marks are no quotations.

    Why: a reader cannot find the words in the work.

    Example: “Silence is a room with many doors” (Okafor, 2019).

    What to do: add the page, or the paragraph or section of a work without pages.
    """
    if case.style not in ASK_FOR_LOCATORS:
        return
    text = case.document.text
    cited = _Citations(case)
    told: set[int] = set()
    for quotation in sorted([*_quotations(text, cited), *_blocks(text, cited)], key=lambda one: one.span.start):
        if quotation.index in told or _has_locator(quotation.sentence.of(text)):
            continue
        told.add(quotation.index)
        citation = case.citations[quotation.index]
        yield quotation_without_locator.finding(
            f"the words “{shortened_text(quotation.words)}” are quoted from {quoted(citation)} without a page or paragraph",
            references=citation.references,
            citations=(quotation.index,),
            span=quotation.span,
            confidence=0.7,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Quotation:
    """Words quoted, the index of the citation that says from where, and all in which a locator may stand."""

    words: str
    span: Span
    index: int
    sentence: Span


class _Citations:
    """The citations by author and year of a document, to be found by their place."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.lists = [section.span for section in case.sections]
        self.indices = [n for n, c in enumerate(case.citations) if c.form in ("parenthetical", "narrative")]
        self.starts = [case.citations[n].span.start for n in self.indices]

    def after(self, offset: int) -> int | None:
        """The index of the first citation that begins at or after ``offset``."""
        place = bisect_left(self.starts, offset)
        return self.indices[place] if place < len(self.indices) else None

    def before(self, offset: int) -> int | None:
        """The index of the last citation that begins before ``offset``."""
        place = bisect_left(self.starts, offset) - 1
        return self.indices[place] if place >= 0 else None


def _quotations(text: str, cited: _Citations) -> Iterator[_Quotation]:
    for found in _QUOTED.finditer(text):
        words = found[str(found.lastgroup)]
        span = Span(*found.span())
        if not _is_quotation(words) or any(span.overlaps(list_) for list_ in cited.lists) or _is_of_others(text, span.start):
            continue
        index = _cited_after(text, span.end, cited)
        if index is None:
            index = _bringing(text, span.start, cited)
        if index is not None and not _is_title(words, cited.case, index):
            citation = cited.case.citations[index].span
            around = _sentence(text, Span(min(span.start, citation.start), max(span.end, citation.end)))
            yield _Quotation(words=words, span=span, index=index, sentence=around)


def _blocks(text: str, cited: _Citations) -> Iterator[_Quotation]:
    """Blocks set in that end with a citation."""
    for span in _set_in(text):
        index = cited.before(span.end)
        if index is None or any(span.overlaps(list_) for list_ in cited.lists):
            continue
        citation = cited.case.citations[index].span
        if citation.start <= span.start or not _CLOSING.fullmatch(text, citation.end, span.end):
            continue
        words = " ".join(_BLOCK_MARKS.sub("", text[span.start : citation.start]).split()).rstrip(" (")
        alone = cited.before(citation.start) == cited.before(span.start)
        if alone and len(_WORD.findall(words)) >= FEWEST_WORDS_OF_BLOCK:
            yield _Quotation(words=words, span=span, index=index, sentence=Span(citation.start, span.end))


def _set_in(text: str) -> Iterator[Span]:
    """Blocks of lines set in, under a paragraph that is not: where all paragraphs are, none is a quotation."""
    start, end, under_text = -1, 0, False
    for line in _LINE.finditer(text):
        if _INDENT.match(line.group()):
            if start < 0 and under_text:
                start = line.start()
            end = line.end()
            under_text = under_text and start >= 0
            continue
        if start >= 0:
            yield Span(start, end)
            start = -1
        # A blank line ends a block; what is above it still tells.
        under_text = under_text if line.group().isspace() else True
    if start >= 0:
        yield Span(start, end)


def _is_quotation(words: str) -> bool:
    found = _WORD.findall(words)
    capitals = sum(word[0].isupper() for word in found)
    return len(found) >= FEWEST_WORDS and capitals <= MOST_CAPITALS * len(found)


def _is_of_others(text: str, start: int) -> bool:
    """Whether the words are a title or of those whom the author asked, by what the sentence says before: "we asked “…”"."""
    sentence = text[max(0, start - _LEADS_IN) : start]
    ends = list(_SENTENCE_END.finditer(sentence))
    words = [word.lower() for word in _WORD.findall(sentence[ends[-1].end() :] if ends else sentence)]
    return bool(words) and (words[-1] in words_of("before_titles") or not words_of("said_by_others").isdisjoint(words))


def _is_title(words: str, case: Case, index: int) -> bool:
    """Whether the words are of the entry that is cited."""
    entries = [case.entries[reference] for reference in case.citations[index].references]
    return any(f" {fold(words)} " in f" {fold(entry.raw)} " for entry in entries)


def _sentence(text: str, span: Span) -> Span:
    """The sentence around a quotation and its citation; what is quoted does not end it."""
    start = max(
        (end.end() for end in _SENTENCE_END.finditer(text, max(0, span.start - _LONGEST), span.start)), default=span.start
    )
    closing = _SENTENCE_END.search(text, span.end, span.end + _LONGEST)
    return Span(start, closing.start() + 1 if closing else min(len(text), span.end + _LONGEST))


def _cited_after(text: str, end: int, cited: _Citations) -> int | None:
    """The citation right after the quotation: in a bracket, if it is the only one there, or "…, wrote Lee (2020)"."""
    index = cited.after(end)
    if index is None:
        return None
    citation = cited.case.citations[index]
    between = text[end : citation.span.start]
    if not words_of("not_quoted").isdisjoint(word.lower() for word in _WORD.findall(between[:_LEADS_IN])):
        # The work is to be seen or compared: "(see Lee, 2019)", "…, in line with Lee (2019)".
        return None
    if citation.form == "narrative":
        return index if _BEFORE_NARRATIVE.fullmatch(between) else None
    following = cited.after(citation.span.end)
    alone = following is None or ")" in text[citation.span.end : cited.case.citations[following].span.start]
    return index if alone and _BEFORE_CITATION.fullmatch(between) else None


def _bringing(text: str, start: int, cited: _Citations) -> int | None:
    """The citation that brings the quotation in, in the same sentence: "Lee (2020) writes that “…”"."""
    index = cited.before(start)
    if index is None or cited.case.citations[index].form != "narrative":
        return None
    citation = cited.case.citations[index].span
    leading = re.split(r"[,.;:()]", text[max(0, citation.start - _LEADS_IN) : citation.start])[-1]
    if not words_of("not_quoted").isdisjoint(word.lower() for word in _WORD.findall(leading)[-_WORDS_BEFORE:]):
        # So here, before the quotation: "In line with Lee (2019), she said “…”".
        return None
    between = text[citation.end : start]
    return index if _BEFORE_QUOTATION.fullmatch(between) else None


def _has_locator(sentence: str) -> bool:
    locators = words_of("locator_words") | words_of("quotation_locators")
    named = any(found[1].lower() in locators for found in _WORD_AND_NUMBER.finditer(sentence))
    return named or _NUMBERED.search(sentence) is not None
