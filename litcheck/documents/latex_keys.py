r"""LaTeX's citation commands in a text: ``\citep[see][p. 3]{lee2020, roy2021}``, ``\parencites{lee2020}[4]{roy2021}``.

Syntax: the manuals of natbib 8.31 (section 2), biblatex 3.20 (section 3.9) and apacite.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bib.model import Span
from bib.wordlists import words_of
from litcheck.documents.model import CitationKey

#: An argument longer than this is one whose closing bracket is missing.
_LONGEST = 2000
#: So many arguments may stand before and between groups of keys.
_MOST_ARGUMENTS = 200

_COMMAND = re.compile(r"(?<!\\)\\([A-Za-z]{4,20})\*?(?=\s?[\[({])")
_BLANK = re.compile(r"[ \t]{0,4}\n?[ \t]{0,4}")
_KEY = re.compile(r"[^,]+")
_IS_KEY = re.compile(r"[^\s{}\\\"#%,~]{1,200}")
_COMMENT = re.compile(r"(?<!\\)%[^\n]*\n?")
_CLOSING = {"[": "]", "(": ")"}
_MARKS = re.compile(r"(?<!\\)[{}\])]")

_VERBATIM = re.compile(
    r"\\verb\*?(?P<mark>[^\sA-Za-z*])[^\n]{0,500}?(?P=mark)"
    r"|\\begin\{(?P<name>verbatim|Verbatim|lstlisting|minted|comment|alltt)(?P<star>\*?)\}"
)


def verbatim_spans(text: str) -> Iterator[Span]:
    r"""What LaTeX prints as it stands: ``\verb|…|`` and the environments for programs, to the end of the text if one is open."""
    done = 0
    for found in _VERBATIM.finditer(text):
        if found.start() < done:
            continue
        done = found.end()
        if found["name"]:
            closing = f"\\end{{{found['name']}{found['star']}}}"
            at = text.find(closing, found.end())
            done = len(text) if at < 0 else at + len(closing)
        yield Span(found.start(), done)


def latex_keys(text: str) -> Iterator[CitationKey]:
    """Every key that a command cites. The spans of a command's keys follow each other and together cover all of it."""
    done = 0
    for command in _COMMAND.finditer(text):
        if command.start() >= done and (found := _cited_by(text, command)):
            keys, done = found
            yield from keys


def command_keys(text: str, at: int) -> tuple[tuple[CitationKey, ...], int] | None:
    """The keys that the command at ``at`` cites, and where it ends; ``None`` if it is no command that cites."""
    command = _COMMAND.match(text, at)
    found = command and _cited_by(text, command)
    return (tuple(found[0]), found[1]) if found else None


def _cited_by(text: str, command: re.Match[str]) -> tuple[Iterator[CitationKey], int] | None:
    volume = words_of("volcite_commands", package="litcheck.documents")
    name = command[1].lower()
    many = name in words_of("multicite_commands", package="litcheck.documents")
    of_volume = name in volume or name.removesuffix("s") in volume
    if not (many or of_volume or name in words_of("cite_commands", package="litcheck.documents")):
        return None
    several = many or (of_volume and name not in volume)
    groups = list(_groups(text, command.end(), braces=_MOST_ARGUMENTS if several else 1 + of_volume))
    if not groups:
        return None
    done = groups[-1].end + 1
    # Of "\\volcite{2}[3]{lee}" the first group is the volume.
    return _keys(text, command.start(), groups[1::2] if of_volume else groups, done), done


def _groups(text: str, at: int, *, braces: int) -> Iterator[Span]:
    """The insides of the braces that hold keys, no more than ``braces`` of them, with their notes left out."""
    found = 0
    for _ in range(_MOST_ARGUMENTS):
        blank = _BLANK.match(text, at)
        at = blank.end() if blank else at
        opening = text[at : at + 1]
        if opening not in ("[", "{") and not (opening == "(" and braces > 2):
            return
        end = text.find("}", at, at + _LONGEST) if opening == "{" else _end_of_note(text, at, _CLOSING[opening])
        if end < 0:
            return
        if opening == "{":
            yield Span(at + 1, end)
            found += 1
            if found == braces:
                return
        at = end + 1


def _end_of_note(text: str, start: int, closing: str) -> int:
    """Where a note ends: at its closing mark outside of braces, which protect one: "[{see [3]}]". -1 if nowhere near."""
    depth = 0
    for mark in _MARKS.finditer(text, start + 1, start + _LONGEST):
        if mark.group() == "{":
            depth += 1
        elif mark.group() == "}":
            depth -= 1
            if depth < 0:
                return -1
        elif depth == 0 and mark.group() == closing:
            return mark.start()
    return -1


def _keys(text: str, start: int, groups: list[Span], done: int) -> Iterator[CitationKey]:
    found: list[tuple[int, int]] = []
    for group in groups:
        # A comment at a line's end is no part of the keys; blanks in its place keep the offsets.
        inside = _COMMENT.sub(lambda comment: " " * len(comment.group()), group.of(text))
        for piece in _KEY.finditer(inside):
            key = piece.group().strip()
            if key != "*" and _IS_KEY.fullmatch(key):
                begin = group.start + piece.start() + piece.group().index(key)
                found.append((begin, begin + len(key)))
    for number, (begin, end) in enumerate(found):
        first, last = number == 0, number == len(found) - 1
        yield CitationKey(span=Span(start if first else begin, done if last else end), key=text[begin:end])
