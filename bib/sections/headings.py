"""Headings: of reference lists, and of what follows them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bib.model import Span
from bib.wordlists import lines_of

_BLANK = r"[ \t\u00a0]"
_MARKUP_BEFORE = (
    rf"{_BLANK}{{0,60}}(?:#{{1,6}}{_BLANK}{{0,4}}|={{1,6}}{_BLANK}{{1,4}}|<h[1-6][^>\n]{{0,80}}>|\\(?:sub)?section\*?\{{|>{_BLANK}?)?"
    r"(?:\*\*|__|\*|_|<b>|<strong>|[\[【［])?"
)
_NUMBERING = (
    rf"(?:[一二三四五六七八九十]{{1,3}}[、.．，]{_BLANK}?"
    rf"|(?:\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}|[IVX]{{1,5}}|[A-Z])[.):]?{_BLANK}{{1,4}}|§{_BLANK}?\d{{0,2}}\.?{_BLANK}?)?"
)
_MARKUP_AFTER = (
    rf"{_BLANK}{{0,4}}[:.：]?(?:\*\*|__|\*|_|</b>|</strong>|[\]】］]|\}})?{_BLANK}{{0,2}}[:.：]?(?:</h[1-6]>)?"
    rf"(?:{_BLANK}{{1,3}}#{{1,6}}|{_BLANK}{{1,2}}={{1,6}})?(?:{_BLANK}?\{{[^}}\n]{{0,60}}\}})?(?:{_BLANK}?\(\d{{1,4}}\))?{_BLANK}{{0,60}}$"
)


def _phrases(name: str) -> str:
    entries = sorted(lines_of(name), key=lambda entry: (-len(entry), entry))
    return "(?:" + "|".join(re.escape(entry).replace(r"\ ", rf"{_BLANK}{{1,3}}") for entry in entries) + ")"


_SPACED = rf"(?:{_BLANK.join('REFERENCES')}|{_BLANK.join('BIBLIOGRAPHY')})"

_HEADING = re.compile(
    rf"^{_MARKUP_BEFORE}{_NUMBERING}(?P<words>{_phrases('reference_headings')}|{_SPACED}){_MARKUP_AFTER}",
    re.IGNORECASE | re.MULTILINE,
)
#: "References 1. Smith …" and "References: [1] …": the list begins on the heading's line.
_RUN_IN = re.compile(
    rf"^{_MARKUP_BEFORE}{_NUMBERING}(?P<words>(?:References|REFERENCES|Bibliography|BIBLIOGRAPHY|Literature{_BLANK}[Cc]ited|LITERATURE{_BLANK}CITED|Referências|REFERÊNCIAS|Referencias"
    rf"|REFERENCIAS|Literatur|Références))(?:\*\*|__)?{_BLANK}{{0,2}}[:.—–-]?{_BLANK}{{0,4}}(?=(?:\[1\]|\(1\)|1\s?[.)]){_BLANK}{{0,4}}\S)",
    re.MULTILINE,
)
_BEGIN_LATEX = re.compile(r"^[ \t]{0,40}\\begin\{thebibliography\}[^\n]{0,80}$", re.MULTILINE)

_AFTER = re.compile(
    rf"{_MARKUP_BEFORE}{_NUMBERING}{_phrases('headings_after_references')}(?:{_BLANK}{{1,2}}(?:[A-Z]|\d{{1,2}}|[IVX]{{1,4}})(?:[.:]\d{{0,2}}|{_BLANK}?[–—-])?)?(?:{_MARKUP_AFTER}|{_BLANK}?[:–—]{_BLANK}\S)",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    rf"{_MARKUP_BEFORE}(?:Supplement(?:ary|al){_BLANK}|Extended{_BLANK}Data{_BLANK}|Online{_BLANK})?"
    rf"(?:Figure|Fig\.?|FIGURE|FIG\.?|Table|TABLE|Tab\.|Tabela|TABELA|Tabla|TABLA|Tableau|Tabelle|Abbildung|Abb\.|Figura|FIGURA|Quadro|QUADRO|Scheme|Box|Appendix|APPENDIX|Anexo|ANEXO|Apêndice|APÊNDICE"
    rf"|Video|Movie|Additional{_BLANK}[Ff]ile|Supplementary{_BLANK}[Ff]ile){_BLANK}{{1,3}}(?:[A-Z]?{_BLANK}?\.?\d{{1,3}}|[A-Z]|[IVX]{{1,4}})\b(?!{_BLANK}?,{_BLANK}?\d)"
)
_FRONT_MATTER = re.compile(
    rf"{_BLANK}{{0,9}}(?:Received{_BLANK}?:|Received{_BLANK}\d|Submitted{_BLANK}?:|Accepted{_BLANK}?:|Edited{_BLANK}by:|Reviewed{_BLANK}by:|Copyright{_BLANK}?©|©{_BLANK}|Publisher.s{_BLANK}[Nn]ote|How{_BLANK}to{_BLANK}cite{_BLANK}this|Cite{_BLANK}this{_BLANK}article"
    rf"|This{_BLANK}(?:is{_BLANK}an{_BLANK}open|article{_BLANK}is{_BLANK}(?:distributed|licensed|published))|Conflict{_BLANK}of{_BLANK}[Ii]nterest|\\end\{{thebibliography\}}|\\end\{{document\}})"
)
_MARKDOWN_HEADING = re.compile(r"#{1,6}[ \t]+\S")
#: A heading is at most this long.
_MAX_HEADING = 120


def reference_headings(text: str) -> Iterator[Span]:
    """The places of all lines that could head a reference list, in order; what follows decides."""
    found = [Span(match.start(), match.end()).trimmed(text) for match in _HEADING.finditer(text)]
    found += [Span(match.start(), match.end("words")).trimmed(text) for match in _RUN_IN.finditer(text)]
    found += [Span(match.start(), match.end()).trimmed(text) for match in _BEGIN_LATEX.finditer(text)]
    return iter(sorted(set(found)))


def ends_list(line: str) -> bool:
    """Whether a line heads something that comes after a reference list: an appendix, acknowledgements, a caption."""
    head = line[: 2 * _MAX_HEADING]
    if _CAPTION.match(head) or _FRONT_MATTER.match(head):
        return True
    return _AFTER.match(head) is not None


def is_markdown_heading(line: str) -> bool:
    """Whether a line is a heading by its mark-up."""
    return len(line) <= _MAX_HEADING and _MARKDOWN_HEADING.match(line) is not None
