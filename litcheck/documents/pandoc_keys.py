r"""Citation keys as Pandoc writes them (``[@lee2020; @roy2021, p. 3]``), and what else of Markdown a plain text may hold.

Syntax: Pandoc's manual, sections "Citation syntax" and "Superscripts".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from bib.model import Span
from litcheck.documents.latex_keys import latex_keys, verbatim_spans
from litcheck.documents.model import CitationKey, Document

#: A raised run longer than this is no citation, and no key is longer either.
_LONGEST = 200

#: Not after a letter or digit (an e-mail address), a slash (an address of the web) or a backslash (escaped).
_KEY = re.compile(
    rf"(?<![\w\\/@])@(?:\{{(?P<braced>[^{{}}\s]{{1,{_LONGEST}}})\}}|(?P<bare>\w(?:\w|[:.#$%&\-+?<>~/](?=\w)){{0,{_LONGEST}}}))"
)
#: Cross-references of pandoc-crossref ("@fig:map") and Quarto ("@fig-map") look like keys and cite nothing.
_CROSS_REFERENCE = re.compile(r"(?:[Ff]ig|[Tt]bl|[Ee]q|[Ss]ec|[Ll]st):|(?:fig|tbl|eq|sec|lst|thm|lem|cor|prp|cnj|def|exm|exr)-")
#: All that a plain text is taken to raise: "x^n^" may be anything there.
_RAISED = re.compile(
    rf"(?<![\\^])\^(?P<caret>[\d,;–—−‐‑-]{{1,{_LONGEST}}})\^(?!\^)"
    rf"|<sup\b[^<>]{{0,{_LONGEST}}}>(?P<tag>[\d\s,;–—−‐‑-]{{1,{_LONGEST}}})</sup>",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"(?<!\\)[\[\]]|\n[ \t\r]*\n")
_NOT_NEWLINE = re.compile(r"[^\n]")


def mark_keys(document: Document) -> Document:
    """A plain text with the citation keys in it, Pandoc's and LaTeX's, and the numbers that are raised as in Markdown."""
    text = document.text
    if "^" in text or "<sup" in text:
        raised = tuple(Span(*match.span(str(match.lastgroup))) for match in _RAISED.finditer(text))
        document = replace(document, superscripts=raised)
    if "@" not in text and "\\" not in text:
        return document
    text = blanked(text, verbatim_spans(text))
    commands = list(latex_keys(text))
    keys = (*commands, *_pandoc_keys(blanked(text, (key.span for key in commands))))
    return replace(document, keys=tuple(sorted(keys, key=lambda key: key.span)))


def key_at(text: str, at: int) -> tuple[str, int, bool] | None:
    """The key whose "@" is at ``at``, where it ends, and whether it is in braces; ``None`` if there is none."""
    match = _KEY.match(text, at)
    if match is None:
        return None
    key = match["braced"] or match["bare"]
    return None if _CROSS_REFERENCE.match(key) else (key, match.end(), bool(match["braced"]))


def blanked(text: str, spans: Iterable[Span]) -> str:
    """``text`` with spaces in place of what the spans cover, but for newlines. Spans are in order and do not overlap."""
    pieces: list[str] = []
    at = 0
    for span in spans:
        pieces += (text[at : span.start], _NOT_NEWLINE.sub(" ", span.of(text)))
        at = span.end
    return "".join(pieces) + text[at:]


def _pandoc_keys(text: str) -> list[CitationKey]:
    marked = _bracketed(text)
    starts = [span.start for span in marked]
    keys = []
    for match in _KEY.finditer(text):
        found = key_at(text, match.start())
        if found is None:
            continue
        key, end, braced = found
        place = bisect_right(starts, match.start()) - 1
        inside = place >= 0 and match.start() < marked[place].end
        cited = braced or inside or text.startswith(" [", end)
        keys.append(CitationKey(span=Span(match.start(), end), key=key, bare=not cited))
    return keys


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
