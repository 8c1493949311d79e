"""What a Markdown source holds and does not print: comments, scripts, LaTeX's verbatim text. Code is told apart from it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator

from bib.model import Span
from litcheck.documents.latex_keys import verbatim_spans
from litcheck.documents.pandoc_keys import blanked

#: Also in a quotation or in an item of a list.
FENCE = re.compile(r"[ \t>]{0,30}(`{3,}(?=[^`]*$)|~{3,})")
_LINE = re.compile(r"[^\n]*\n?")
_OPENING = re.compile(r"<!--|<(?P<name>script|style)\b", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n[ \t]*\n")
_BACKTICKS = re.compile(r"(?<!\\)`+")


def without_hidden(text: str) -> str:
    """The source with spaces in the place of what is not printed, every other character at its old offset."""
    prose = blanked(text, _fenced_blocks(text))
    hidden = list(_comments(prose))
    prose = blanked(prose, hidden)
    prose = blanked(prose, _inline_code(prose))
    return _without(_without(text, hidden), verbatim_spans(prose))


def _without(text: str, spans: Iterable[Span]) -> str:
    """``text`` with spaces in place of all that the spans cover, line ends as well: a comment ends no paragraph."""
    pieces: list[str] = []
    at = 0
    for span in spans:
        pieces += (text[at : span.start], " " * (span.end - span.start))
        at = span.end
    return "".join(pieces) + text[at:]


def code_spans(text: str, start: int, end: int) -> Iterator[Span]:
    """Code spans in a paragraph: a run of backticks to the next run as long."""
    runs = list(_BACKTICKS.finditer(text, start, end))
    places: defaultdict[int, list[int]] = defaultdict(list)
    for index, run in enumerate(runs):
        places[len(run.group())].append(index)
    index = 0
    while index < len(runs):
        alike = places[len(runs[index].group())]
        closing = bisect_right(alike, index)
        if closing < len(alike):
            yield Span(runs[index].start(), runs[alike[closing]].end())
            index = alike[closing] + 1
        else:
            index += 1


def _fenced_blocks(text: str) -> Iterator[Span]:
    """Blocks between fences, to the end of the text if nothing closes one."""
    fence = ""
    fence_start = 0
    for line in _LINE.finditer(text):
        content = line.group().rstrip()
        if fence:
            if closes_fence(content, fence):
                yield Span(fence_start, line.end())
                fence = ""
        elif opening := FENCE.match(content):
            fence, fence_start = opening.group(1), line.start()
    if fence:
        yield Span(fence_start, len(text))


def closes_fence(line: str, fence: str) -> bool:
    """Whether a line ends the block of code that the fence began."""
    content = line.strip(" \t>")
    return content.startswith(fence) and not content.strip(fence[0])


def _comments(text: str) -> Iterator[Span]:
    """HTML comments that end, and scripts and style sheets."""
    end = 0
    unclosed: set[str] = set()
    for opening in _OPENING.finditer(text):
        closing = f"</{opening['name'].lower()}>" if opening["name"] else "-->"
        if opening.start() < end or closing in unclosed:
            continue
        at = text.find(closing, opening.end())
        if at < 0:
            unclosed.add(closing)
            continue
        end = at + len(closing)
        yield Span(opening.start(), end)


def _inline_code(text: str) -> Iterator[Span]:
    start = 0
    for gap in _BLANK_LINES.finditer(text):
        yield from code_spans(text, start, gap.start())
        start = gap.end()
    yield from code_spans(text, start, len(text))
