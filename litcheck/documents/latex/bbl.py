r"""The list that biber makes of a bibliography (``paper.bbl`` beside ``paper.tex``), for those who have no ``.bib`` file.

Each entry is put as BibTeX and read as such. The lists that BibTeX itself makes are ``thebibliography`` and need no reader.

Form: biblatex's interface to its back end (biblatex 3.20, ``biblatex.sty``; the files of biber 2.20).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bib.formats.bibtex import read_bibtex
from bib.model import Entry, ParseFailure, Span
from litcheck.documents.latex.arguments import argument_end

_ENTRY = re.compile(r"\\entry\s{0,5}\{(?P<key>[^{}\s]{1,200})\}\s{0,5}\{(?P<type>[A-Za-z]{1,40})\}")
_END = "\\endentry"
_FIELD = re.compile(
    r"\\(?:(?P<kind>field|name|list)\{(?P<name>[a-z]{1,40})\}(?:\{\d{0,4}\}\{[^{}]{0,500}\}|\{\d{0,4}\})?(?=\{)"
    r"|verb\{(?P<verb>[a-z]{1,40})\}\s{0,20}\\verb (?P<value>[^\n]{1,2000})\n)"
)
_PART = re.compile(r"(?<![A-Za-z])(?P<part>family|given|prefix|suffix)\s{0,5}=\s{0,5}(?=\{)")
_INNER = re.compile(
    r"\\bibinitperiod(?:\{\}|\b)|\\bibinitdelim(?:\{\}|\b)|\\bibrangedash(?:\{\}|\b)|\\bibnamedelim[a-z](?:\{\}|\b)"
)
_INNER_PRINTS = {"\\bibinitp": ".", "\\bibrange": "--"}


def holds_biber_list(text: str) -> bool:
    """Whether this is a list made by biber."""
    return _ENTRY.search(text) is not None


def read_bbl(text: str) -> Iterator[tuple[Entry, Span]]:
    """The entries of a list with their keys as ids, and where each stands. Of entries with one key the first counts."""
    seen: set[str] = set()
    for found in _ENTRY.finditer(text):
        if found["key"] in seen:
            continue
        seen.add(found["key"])
        end = text.find(_END, found.end())
        span = Span(found.start(), len(text) if end < 0 else end + len(_END))
        fields = "".join(f", {name} = {{{value}}}" for name, value in _fields(text, found.end(), span.end).items())
        for entry in read_bibtex(f"@{found['type']}{{{found['key']}{fields}}}"):
            bare = entry if isinstance(entry, ParseFailure) else replace(entry, problems=())
            yield replace(bare, raw=span.of(text), span=None), span


def _fields(text: str, start: int, end: int) -> dict[str, str]:
    fields: dict[str, str] = {}
    for found in _FIELD.finditer(text, start, end):
        if found["verb"]:
            fields.setdefault(found["verb"], found["value"].strip())
            continue
        closing = argument_end(text, found.end(), end)
        if closing < 0:
            continue
        value = text[found.end() + 1 : closing]
        if found["kind"] == "name":
            value = " and ".join(_people(value))
        elif found["kind"] == "list":
            value = " and ".join(_groups(value))
        fields.setdefault(found["name"], _INNER.sub(_inner, value).strip())
    return fields


def _inner(found: re.Match[str]) -> str:
    return _INNER_PRINTS.get(found[0][:9], " ")


def _groups(text: str) -> Iterator[str]:
    """The groups in braces of a list, one after the other."""
    at = text.find("{")
    while at >= 0:
        closing = argument_end(text, at, len(text))
        if closing < 0:
            return
        yield text[at + 1 : closing]
        at = text.find("{", closing)


def _people(text: str) -> Iterator[str]:
    """The names of a list in BibTeX's form "von Lee, Jr, Ann"."""
    for person in _groups(text):
        parts: dict[str, str] = {}
        for found in _PART.finditer(person):
            closing = argument_end(person, found.end(), len(person))
            if closing >= 0:
                parts.setdefault(found["part"], person[found.end() + 1 : closing])
        family = " ".join(part for part in (parts.get("prefix", ""), parts.get("family", "")) if part)
        name = ", ".join(part for part in (family, parts.get("suffix", ""), parts.get("given", "")) if part)
        if name:
            yield name if "given" in parts else f"{{{name}}}"
