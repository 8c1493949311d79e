"""Errors planted in a manuscript, one class at a time, and where each of them then stands.

Used by ``benchmarks.planted``. Each public function that takes a manuscript and a seed yields errors of one class; where they
stand is counted from the offsets and never guessed.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

from bib.folding import fold
from bib.model import Reference, Span
from litcheck.citations.model import Citation, Link
from litcheck.preparing import Prepared

#: Errors of one class in one document. More would change what most of its citations look like, and so its style.
MOST_PLANTED = 3
#: Numbers this far beyond the list are planted, and this far where a number stands alone in brackets: elsewhere larger ones are
#: read as values.
BEYOND = 6
FAR_BEYOND = 60
#: A shorter name is not spoiled: with another letter it is another name more often than not ("Li", "Le"). Longer ones may be too
#: ("Wang", "Yang"); such an error is to be told all the same, as no entry's (LC501).
SHORTEST_NAME = 3

_NAME = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_LETTERS = "aeiorstn"

Drawn = TypeVar("Drawn")


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters of a text replaced by others."""

    start: int
    end: int
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Error:
    """One planted error: the edits that make it, and the citations and entries of the unchanged text that show it."""

    what: str
    edits: tuple[Edit, ...]
    citations: tuple[Span, ...] = ()
    entries: tuple[Span, ...] = ()
    related: tuple[Span, ...] = ()
    """Entries of which something true may be said as well: the sibling of a removed 2020b, the entry that lost its citation."""


@dataclass(slots=True)
class Spoiled:
    """A text with its edits made."""

    text: str
    edits: Sequence[Edit] = field(default_factory=tuple)

    def moved(self, span: Span) -> Span:
        """Where what stood at ``span`` stands now."""
        return Span(self._moved(span.start, at_end=False), self._moved(span.end, at_end=True))

    def _moved(self, offset: int, *, at_end: bool) -> int:
        shift = 0
        for edit in self.edits:
            if edit.start < offset < edit.end:
                return edit.start + shift + (len(edit.by) if at_end else 0)
            if edit.end <= offset and (edit.start < offset or (at_end and edit.start == edit.end == offset)):
                shift += len(edit.by) - (edit.end - edit.start)
        return offset + shift


def spoil(text: str, errors: Sequence[Error]) -> Spoiled:
    """``text`` with the edits of all errors."""
    edits = sorted((edit for error in errors for edit in error.edits), key=lambda edit: edit.start)
    pieces, at = [], 0
    for edit in edits:
        pieces += [text[at : edit.start], edit.by]
        at = edit.end
    return Spoiled("".join(pieces) + text[at:], edits)


def chosen(errors: Iterator[Error]) -> list[Error]:
    """The first errors that do not touch each other."""
    taken: list[Error] = []
    touched: list[Span] = []
    for error in errors:
        spans = [Span(edit.start, max(edit.end, edit.start + 1)) for edit in error.edits]
        spans += [*error.citations, *error.entries, *error.related]
        if any(one.overlaps(other) for one in spans for other in touched):
            continue
        touched += spans
        taken.append(error)
        if len(taken) == MOST_PLANTED:
            break
    return taken


def remove_entry(prepared: Prepared, rng: random.Random) -> Iterator[Error]:
    """An entry is taken out of the list, and its citations stay."""
    cited = _cited(prepared)
    for reference in _shuffled([r for r in prepared.references if r.id in cited], rng):
        if reference.span is None:
            continue
        yield Error(
            what=f"entry removed: {reference.raw[:60]}",
            edits=(_line(prepared.document.text, reference.span),),
            citations=tuple(citation.span for citation in cited[reference.id]),
            related=tuple(other.span for other in _namesakes(prepared, reference) if other.span is not None),
        )


def remove_last_entry(prepared: Prepared, rng: random.Random) -> Iterator[Error]:
    """The last entry of a numbered list is taken out, and its number stays in the text."""
    last, cited = prepared.entries[-1], _cited(prepared)
    if last.id in cited and last.span is not None:
        yield Error(
            what=f"last entry removed: {last.raw[:60]}",
            edits=(_line(prepared.document.text, last.span),),
            citations=tuple(citation.span for citation in cited[last.id]),
        )


def remove_citations(prepared: Prepared, rng: random.Random) -> Iterator[Error]:
    """Every citation of an entry is taken out of the text. Narrative ones and ranges are left alone: sentences need them."""
    text = prepared.document.text
    continued = {citation.span for citation in prepared.citations if _continuing(prepared, citation)}
    cited = _cited(prepared)
    shared = Counter(citation.span for citation in prepared.citations)
    for reference in _shuffled([r for r in prepared.references if r.id in cited], rng):
        spans = [citation.span for citation in cited[reference.id]]
        edits = [_cut(text, span) for span in spans]
        if reference.span is None or any(shared[span] > 1 or span in continued for span in spans) or None in edits:
            continue
        cuts = tuple(edit for edit in edits if edit is not None)
        if any(one.end > other.start for one, other in pairwise(cuts)):
            continue
        yield Error(what=f"citations removed of {reference.raw[:60]}", edits=cuts, entries=(reference.span,))


def misspell(prepared: Prepared, rng: random.Random) -> Iterator[Error]:
    """A letter of a cited name is replaced, dropped, doubled or exchanged with the next."""
    for citation, reference in _full_citations(prepared, rng):
        name = rng.choice(citation.authors)
        found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", citation.text)
        word = _NAME.search(name)
        if found is None or word is None or len(word.group()) < SHORTEST_NAME or name.isupper():
            continue
        spelled = _misspelled(word.group(), rng)
        if fold(spelled) == fold(word.group()) or _is_listed(prepared, spelled):
            continue
        start = citation.span.start + found.start() + word.start()
        yield Error(
            what=f"{citation.text} with {spelled}",
            edits=(Edit(start, start + len(word.group()), spelled),),
            citations=(citation.span, *_continuing(prepared, citation)),
            related=(reference.span,) if reference.span else (),
        )


def change_year(prepared: Prepared, rng: random.Random) -> Iterator[Error]:
    """The year of a citation becomes one in which the list has nothing by its first author."""
    for citation, reference in _full_citations(prepared, rng):
        if not citation.year.isdigit():
            continue
        by = int(citation.year) + rng.choice((-10, -3, -2, -1, 1, 2, 3))
        place = citation.text.rfind(citation.year)
        taken = {other.year for other in prepared.references if _first_author(other) == _first_author(reference)}
        if by in taken or place < 0 or str(by) in reference.raw:
            continue
        start = citation.span.start + place
        yield Error(
            what=f"{citation.text} with {by}",
            edits=(Edit(start, start + len(citation.year), str(by)),),
            citations=(citation.span,),
            related=(reference.span,) if reference.span else (),
        )


def add_et_al(prepared: Prepared, rng: random.Random) -> Iterator[Error]:
    """A citation of a work of one or two people gets "et al." in place of the second or after the only one."""
    for citation, reference in _full_citations(prepared, rng):
        people = reference.authors
        if len(people) not in (1, 2) or len(citation.authors) != len(people) or citation.et_al or reference.authors_truncated:
            continue
        namesakes = [other for other in _namesakes(prepared, reference) if other.year == reference.year]
        if any(name.is_organisation for name in people) or namesakes or not citation.year.isdigit():
            continue
        names = re.match(rf"{re.escape(citation.authors[0])}(?P<rest>.*?)(?=[\s,(\[]*{citation.year})", citation.text)
        if names is None or (len(people) == 1 and names["rest"].strip(" ,")):
            continue
        start = citation.span.start + len(citation.authors[0])
        yield Error(
            what=f"{citation.text} with et al.",
            edits=(Edit(start, start + len(names["rest"].rstrip(" ,")), " et al."),),
            citations=(citation.span, *_continuing(prepared, citation)),
            related=(reference.span,) if reference.span else (),
        )


def drop_letter(prepared: Prepared, rng: random.Random) -> Iterator[Error]:
    """The letter after a citation's year goes, and the list has two works of that year."""
    for citation, reference in _full_citations(prepared, rng):
        place = citation.text.rfind(citation.year + citation.suffix)
        if not _has_lettered_sibling(prepared, reference) or not citation.suffix or place < 0:
            continue
        start = citation.span.start + place + len(citation.year)
        yield Error(
            what=f"{citation.text} without its letter",
            edits=(Edit(start, start + len(citation.suffix), ""),),
            citations=(citation.span,),
            related=_spans_of_year(prepared, reference),
        )


def change_letter(prepared: Prepared, rng: random.Random) -> Iterator[Error]:
    """The letter after a citation's year becomes one that no entry has."""
    for citation, reference in _full_citations(prepared, rng):
        place = citation.text.rfind(citation.year + citation.suffix)
        if not _has_lettered_sibling(prepared, reference) or not citation.suffix or place < 0:
            continue
        letters = {other.year_suffix for other in _namesakes(prepared, reference)} | {reference.year_suffix}
        letter = next(letter for letter in "cdefghijk" if letter not in letters)
        start = citation.span.start + place + len(citation.year)
        yield Error(
            what=f"{citation.text} with {letter}",
            edits=(Edit(start, start + len(citation.suffix), letter),),
            citations=(citation.span,),
            related=_spans_of_year(prepared, reference),
        )


def letter_without_sibling(prepared: Prepared, rng: random.Random) -> Iterator[Error]:
    """The year of an entry gets a letter although its author has no other of that year."""
    for reference in _shuffled(prepared.references, rng):
        if reference.span is None or reference.year is None or reference.year_suffix or prepared.failures:
            continue
        if any(other.year == reference.year for other in _namesakes(prepared, reference)):
            continue
        place = prepared.document.text.find(str(reference.year), reference.span.start, reference.span.end)
        if place < 0 or len(re.findall(r"\b(?:19|20)\d\d\b", reference.raw[: place - reference.span.start + 4])) != 1:
            continue
        yield Error(
            what=f"letter after the year of {reference.raw[:60]}",
            edits=(Edit(place + 4, place + 4, "a"),),
            entries=(reference.span,),
            related=tuple(citation.span for citation in _cited(prepared).get(reference.id, [])),
        )


def number_beyond(prepared: Prepared, rng: random.Random) -> Iterator[Error]:
    """A number becomes one that the list does not reach."""
    cited = _cited(prepared)
    shared = Counter(citation.span for citation in prepared.citations)
    for citation in _shuffled(prepared.citations, rng):
        if citation.number is None or shared[citation.span] > 1 or citation.text != str(citation.number):
            continue
        if len(cited.get(citation.references[0], [])) < 2:
            continue  # its entry would be cited nowhere any more: another error
        text = prepared.document.text
        alone = (
            text[citation.span.start - 1 : citation.span.start] == "[" and text[citation.span.end : citation.span.end + 1] == "]"
        )
        number = len(prepared.entries) + rng.randint(1, FAR_BEYOND if alone else BEYOND)
        yield Error(
            what=f"{citation.text} becomes {number}",
            edits=(Edit(citation.span.start, citation.span.end, str(number)),),
            citations=(citation.span,),
            related=tuple(entry.span for entry in prepared.entries if entry.id in citation.references and entry.span),
        )


def _shuffled(values: Sequence[Drawn], rng: random.Random) -> list[Drawn]:
    return rng.sample(list(values), len(values))


def _cited(prepared: Prepared) -> dict[str, list[Citation]]:
    """The citations of every entry that is cited, in text order."""
    found: dict[str, list[Citation]] = {}
    for citation in prepared.citations:
        for reference in citation.references:
            found.setdefault(reference, []).append(citation)
    return found


def _full_citations(prepared: Prepared, rng: random.Random) -> Iterator[tuple[Citation, Reference]]:
    """Citations that have names and year in their own words, with the entry that each names."""
    references = {reference.id: reference for reference in prepared.references}
    for citation in _shuffled(prepared.citations, rng):
        if citation.link is not Link.EXACT or not citation.authors or len(citation.references) != 1:
            continue
        reference = references.get(citation.references[0])
        if reference is not None and citation.text.startswith(citation.authors[0]) and citation.year in citation.text:
            yield citation, reference


def _continuing(prepared: Prepared, citation: Citation) -> list[Span]:
    """The citations that have their names from this one: "2021a" and "2023" of "Lee, 2020, 2021a, 2023"."""
    found: list[Span] = []
    for other in prepared.citations[prepared.citations.index(citation) + 1 :]:
        if other.authors != citation.authors or not citation.authors or other.authors[0] in other.text:
            break
        found.append(other.span)
    return found


def _first_author(reference: Reference) -> str:
    authors = reference.authors or reference.editors
    return fold(authors[0].full_family) if authors else fold(reference.raw[:20])


def _namesakes(prepared: Prepared, reference: Reference) -> list[Reference]:
    """The other entries of the same first author."""
    author = _first_author(reference)
    return [other for other in prepared.references if other.id != reference.id and _first_author(other) == author]


def _has_lettered_sibling(prepared: Prepared, reference: Reference) -> bool:
    others = [other for other in _namesakes(prepared, reference) if other.year == reference.year]
    return bool(reference.year_suffix) and any(other.year_suffix for other in others)


def _spans_of_year(prepared: Prepared, reference: Reference) -> tuple[Span, ...]:
    entries = [reference, *(other for other in _namesakes(prepared, reference) if other.year == reference.year)]
    return tuple(entry.span for entry in entries if entry.span is not None)


def _line(text: str, span: Span) -> Edit:
    """The cut of an entry with its line: from where the line begins, a label of it included, to the next line."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    if end < 0:
        return Edit(max(0, start - 1), len(text), "")
    return Edit(start, end + 1, "")


def _cut(text: str, span: Span) -> Edit | None:
    """The cut of one citation out of its group, with the brackets where it is alone; ``None`` where a sentence needs it."""
    left, right = span.start, span.end
    while left and text[left - 1] == " ":
        left -= 1
    while right < len(text) and text[right] == " ":
        right += 1
    before, after = text[left - 1 : left], text[right : right + 1]
    if before in ("(", "[") and after in (")", "]"):
        start = left - 1
        return Edit(start - 1 if text[start - 1 : start] == " " else start, right + 1, "")
    if before in (";", ",") and after in (";", ",", ")", "]"):
        return Edit(left - 1, right, "")
    if before in ("(", "[") and after in (";", ","):
        right += 1
        while text[right : right + 1] == " ":
            right += 1
        return Edit(left, right, "")
    return None


def _misspelled(name: str, rng: random.Random) -> str:
    place = rng.randrange(1, len(name))
    match rng.randrange(4):
        case 0:
            return name[:place] + rng.choice([letter for letter in _LETTERS if letter != name[place]]) + name[place + 1 :]
        case 1 if len(name) > SHORTEST_NAME:
            return name[:place] + name[place + 1 :]
        case 2:
            return name[:place] + name[place] + name[place:]
        case _:
            place = max(1, place - 1)
            return name[:place] + name[place + 1 : place + 2] + name[place] + name[place + 2 :]


def _is_listed(prepared: Prepared, name: str) -> bool:
    return any(fold(name) == fold(author.full_family) for reference in prepared.references for author in reference.authors)
