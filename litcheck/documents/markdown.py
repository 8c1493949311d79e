r"""Markdown: raised runs (``^12^``, ``<sup>12</sup>``) and citation keys, Pandoc's (``[@lee2020; @roy2021, p. 3]``) and LaTeX's
(``\citep{lee2020}``).

Syntax: Pandoc's manual, sections "Superscripts" and "Citation syntax"; CommonMark 0.31 for what is code.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bib.model import Span
from litcheck.documents.latex_keys import latex_keys, verbatim_spans
from litcheck.documents.model import CitationKey, Document

#: A raised run longer than this is no citation, and no key is longer either.
_LONGEST = 200

_SUPERSCRIPTS = re.compile(
    rf"(?<![\\^])\^(?P<caret>[^\s^\[\]\\]{{1,{_LONGEST}}})\^(?!\^)"
    rf"|<sup\b[^<>]{{0,{_LONGEST}}}>(?P<tag>[^<>]{{1,{_LONGEST}}})</sup>",
    re.IGNORECASE,
)
#: All that a plain text is taken to raise: "x^n^" may be anything there.
_NUMBERS = re.compile(r"[\d\s,;–—−‐‑-]+")
#: Not after a letter or digit (an e-mail address), a slash (an address of the web) or a backslash (escaped).
_KEYS = re.compile(
    rf"(?<![\w\\/@])@(?:\{{(?P<braced>[^{{}}\s]{{1,{_LONGEST}}})\}}|(?P<bare>\w(?:\w|[:.#$%&\-+?<>~/](?=\w)){{0,{_LONGEST}}}))"
)
#: Cross-references of pandoc-crossref ("@fig:map") and Quarto ("@fig-map") look like keys and cite nothing.
_CROSS_REFERENCE = re.compile(r"(?:[Ff]ig|[Tt]bl|[Ee]q|[Ss]ec|[Ll]st):|(?:fig|tbl|eq|sec|lst|thm|lem|cor|prp|cnj|def|exm|exr)-")

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?=[\w-]{1,40}:)(?:(?!---|\.\.\.)[^\n]*\n)*+(?:---|\.\.\.)[ \t]*(?:\r?\n|$)")
#: ``nocite`` in the front matter cites without a mention in the text.
_NO_CITE = re.compile(r"^nocite:[^\n]*(?:\n[ \t-][^\n]*)*+", re.MULTILINE)
_EVERYTHING = re.compile(r"^nocite:[^@]{0,40}@\*", re.MULTILINE)
_PROGRAM = re.compile(r"`(?:r |\{[a-z]{1,20}\})")
_NOT_NEWLINE = re.compile(r"[^\n]")
_LINE = re.compile(r"[^\n]*\n?")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_LIST_ITEM = re.compile(r" {0,3}(?:[-+*]|\d{1,9}[.)])[ \t]")
_INDENTED = re.compile(r"(?: {0,3}\t| {4})")
_COMMENT = re.compile(r"<!--")
_BLANK_LINES = re.compile(r"\n[ \t\r]*\n")
_BRACKETS = re.compile(r"(?<!\\)[\[\]]|\n[ \t\r]*\n")
_BACKTICKS = re.compile(r"(?<!\\)`+")


def mark_markdown(document: Document) -> Document:
    """The document with its superscripts (the raised characters alone), citation keys and bibliographies.

    None of them, and no other citation, is looked for in blocks of code, programs in the text (```r x```) and comments.
    """
    text = document.text
    front = _FRONT_MATTER.match(text)
    front_end = front.end() if front else 0
    apart = [Span(0, front_end)] if front else []
    prose = _blank(text, _front_matter(text))
    for found in (_fenced_blocks, _code_blocks, _comments, _inline_code, verbatim_spans):
        spans = list(found(prose))
        prose = _blank(prose, spans)
        # To a person four blanks before a line are a reference that is set in, and a backtick is often a quotation mark.
        if found is _inline_code:
            apart += [span for span in spans if _PROGRAM.match(text, span.start)]
        elif found is not _code_blocks:
            apart += spans
    superscripts = tuple(Span(*match.span(str(match.lastgroup))) for match in _SUPERSCRIPTS.finditer(prose))
    cites_all = _EVERYTHING.search(text, 0, front_end) is not None
    document = replace(
        document,
        format="markdown",
        superscripts=superscripts,
        keys=_keys_in(prose, front_end),
        apart=tuple(sorted(apart)),
        cites_all=cites_all,
    )
    from litcheck.documents.front_matter import mark_front_matter  # loads yaml

    return mark_front_matter(document, front_end)


def mark_keys(document: Document) -> Document:
    """A plain text with the citation keys in it and the numbers that are raised as in Markdown, but for Markdown's code."""
    text = document.text
    if "^" in text or "<sup" in text:
        runs = (Span(*match.span(str(match.lastgroup))) for match in _SUPERSCRIPTS.finditer(text))
        document = replace(document, superscripts=tuple(run for run in runs if _NUMBERS.fullmatch(run.of(text))))
    if "@" not in text and "\\" not in text:
        return document
    return replace(document, keys=_keys_in(_blank(text, verbatim_spans(text)), 0))


def _keys_in(prose: str, front_end: int) -> tuple[CitationKey, ...]:
    """The keys in a text without code. Up to ``front_end`` it holds only what the front matter cites."""
    commands = list(latex_keys(prose))
    rest = _blank(prose, (key.span for key in commands))
    marked = _bracketed(rest)
    starts = [span.start for span in marked]
    keys = []
    for match in _KEYS.finditer(rest):
        key = match["braced"] or match["bare"]
        if _CROSS_REFERENCE.match(key):
            continue
        place = bisect_right(starts, match.start()) - 1
        inside = place >= 0 and match.start() < marked[place].end
        followed = rest.startswith(" [", match.end())
        cited = bool(match["braced"]) or inside or followed or match.start() < front_end
        keys.append(CitationKey(span=Span(*match.span()), key=key, bare=not cited))
    return tuple(sorted([*commands, *keys], key=lambda key: key.span))


def _bracketed(text: str) -> list[Span]:
    """What stands in brackets, outermost ones, each within a paragraph. The words of links ("[@lee](https://…)") cite nothing."""
    found: list[Span] = []
    depth, start = 0, 0
    for mark in _BRACKETS.finditer(text):
        if mark.group() == "[":
            start = start if depth else mark.start()
            depth += 1
        elif mark.group() == "]":
            if depth == 1 and not text.startswith("(", mark.end()):
                found.append(Span(start, mark.end()))
            depth = max(0, depth - 1)
        else:
            depth = 0
    return found


def _blank(text: str, spans: Iterable[Span]) -> str:
    """``text`` with spaces in place of what the spans cover, but for newlines. Spans are in order and do not overlap."""
    pieces: list[str] = []
    at = 0
    for span in spans:
        pieces += (text[at : span.start], _NOT_NEWLINE.sub(" ", span.of(text)))
        at = span.end
    return "".join(pieces) + text[at:]


def _front_matter(text: str) -> Iterator[Span]:
    """The block of YAML at the beginning, but for the keys that it cites."""
    block = _FRONT_MATTER.match(text)
    if not block:
        return
    at = 0
    for cited in _NO_CITE.finditer(text, 0, block.end()):
        yield Span(at, cited.start())
        at = cited.end()
    yield Span(at, block.end())


def _fenced_blocks(text: str) -> Iterator[Span]:
    """Blocks between fences, to the end of the text if nothing closes one."""
    fence = ""
    fence_start = 0
    for line in _LINE.finditer(text):
        content = line.group().rstrip()
        if fence:
            if content.lstrip(" ").startswith(fence) and not content.strip().strip(fence[0]):
                yield Span(fence_start, line.end())
                fence = ""
        elif opening := _FENCE.match(content):
            fence, fence_start = opening.group(1), line.start()
    if fence:
        yield Span(fence_start, len(text))


def _code_blocks(text: str) -> Iterator[Span]:
    """Lines indented by four after a blank one."""
    after_blank = True
    in_list = False
    in_code = False
    for line in _LINE.finditer(text):
        content = line.group().rstrip()
        if not content:
            after_blank = True
        elif _INDENTED.match(content):
            # Inside a list four spaces continue an item.
            in_code = in_code or (after_blank and not in_list)
            if in_code:
                yield Span(line.start(), line.end())
            after_blank = False
        else:
            in_list = bool(_LIST_ITEM.match(content)) or (in_list and not after_blank) or (in_list and content[0] in " \t")
            in_code = after_blank = False


def _comments(text: str) -> Iterator[Span]:
    """HTML comments that end."""
    end = 0
    for opening in _COMMENT.finditer(text):
        if opening.start() < end:
            continue
        end = text.find("-->", opening.end())
        if end < 0:
            return
        end += len("-->")
        yield Span(opening.start(), end)


def _inline_code(text: str) -> Iterator[Span]:
    """Code spans: a run of backticks to the next run as long in the same paragraph."""
    start = 0
    for gap in _BLANK_LINES.finditer(text):
        yield from _code_spans(text, start, gap.start())
        start = gap.end()
    yield from _code_spans(text, start, len(text))


def _code_spans(text: str, start: int, end: int) -> Iterator[Span]:
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
