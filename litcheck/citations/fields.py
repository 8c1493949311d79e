"""Citations that reference managers keep in the document: which printed entries their works are, and what that adds to the text.

What is printed counts: where the text of a field was read and linked, that stands. A field links what could not be read in its
text or fits several entries, and only if each of its works is surely one entry of the list.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from rapidfuzz import fuzz

from bib.folding import fold
from bib.identifiers import find_doi, normalise_doi
from bib.model import Entry, Reference, Span
from litcheck.citations.covered import Covered, overlapping
from litcheck.citations.model import Citation, Link
from litcheck.documents.model import CitationFields, Document

#: A title is printed in an entry if a stretch of it is as like as this, 0 to 100. Styles change capitals and marks, which are
#: folded away; the rest is for slips and line breaks. A judgement: of the 1,500 works of jats-dev beside the printed entries of
#: their articles 1,495 are then listed, each as the right entry, and five are unsure.
SAME_TITLE = 92
#: From here on words may have been changed since the list was printed, if author and year agree. A judgement.
SIMILAR_TITLE = 70
#: A title of fewer letters is found in many entries.
TELLING_TITLE = 20
#: So many entries with one name or word are compared with a work; where there are more it is not said which one is meant.
MOST_NEAR = 200
#: So many of the rarest words of a title lead to entries.
_TELLING_WORDS = 3
#: Characters of an entry and of a title that are compared.
_LONGEST_ENTRY = 2_000
_LONGEST_TITLE = 300

_NUMBER = re.compile(r"\d+")


class Standing(Enum):
    """Whether a work that a field cites stands in the list."""

    LISTED = "listed"
    UNSURE = "unsure"
    """Several entries fit, or one fits in part."""
    ABSENT = "absent"
    """No entry names its first author with its year, or its title."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """A work and the entry that prints it, if that is sure."""

    work: Reference
    standing: Standing
    entry: str = ""


def pair_works(fields: CitationFields, entries: Sequence[Entry]) -> Mapping[str, Pairing]:
    """Each work that the fields cite, by its id, beside the entry of the list."""
    works = {work.id: work for field in fields.citations for work in field.references}
    printed = _PrintedList(entries)
    return {id_: _pair(work, printed) for id_, work in works.items()}


def add_fields(document: Document, entries: Sequence[Entry], found: Iterable[Citation]) -> list[Citation]:
    """The citations of a text with what the document's fields say of those that could not be linked."""
    citations = list(found)
    if document.fields is None or not entries:
        return citations
    taken = Covered(key.span for key in document.keys)
    pairings = pair_works(document.fields, entries)
    ordered = sorted(citations, key=lambda citation: citation.span)
    inside = list(overlapping([citation.span for citation in ordered], [field.span for field in document.fields.citations]))
    changed: dict[int, Citation | None] = {}
    added: list[Citation] = []
    for field, places in zip(document.fields.citations, inside, strict=True):
        cited = [pairings[work.id] for work in field.references]
        if not cited or taken.touches(field.span) or any(pairing.standing is not Standing.LISTED for pairing in cited):
            continue
        known = {id_ for place in places for id_ in (*ordered[place].references, ordered[place].nearest) if id_}
        if not known <= {pairing.entry for pairing in cited}:
            continue  # what is printed names another work
        left = [pairing for pairing in cited if pairing.entry not in known]
        for place in places:
            fitting = [pairing for pairing in left if pairing.entry in ordered[place].candidates]
            if len(fitting) == 1:
                changed[place] = replace(ordered[place], references=(fitting[0].entry,), candidates=(), link=Link.EXACT)
                left.remove(fitting[0])
        missing = [place for place in places if _is_unread(ordered[place])]
        if left and len(missing) <= len(left):
            changed.update(dict.fromkeys(missing))
            added += [_by_field(pairing, field.span, document.text) for pairing in left]
    kept = (changed.get(place, citation) for place, citation in enumerate(ordered))
    return [*(citation for citation in kept if citation is not None), *added]


def _is_unread(citation: Citation) -> bool:
    """Whether a citation by author names nothing at all. A number beyond the list is a slip that a reader sees too."""
    return citation.link is Link.MISSING and citation.number is None and citation.nearest is None


def _by_field(pairing: Pairing, span: Span, text: str) -> Citation:
    return Citation(span=span, text=span.of(text), form="key", key=pairing.work.id, references=(pairing.entry,), link=Link.EXACT)


@dataclass(frozen=True, slots=True)
class _Printed:
    """An entry of the list as it is compared."""

    id: str
    words: str
    each: frozenset[str]
    doi: str

    @classmethod
    def of(cls, entry: Entry) -> _Printed:
        raw = entry.raw[:_LONGEST_ENTRY]
        doi = entry.doi if isinstance(entry, Reference) else ""
        if not doi and (found := find_doi(raw)):
            doi = normalise_doi(found[0])
        words = fold(raw)
        return cls(entry.id, words, frozenset(words.split()), doi)

    def has(self, words: str) -> bool:
        """Whether the entry prints these words, whole."""
        return bool(words) and (words in self.each if " " not in words else f" {words} " in f" {self.words} ")


class _PrintedList:
    """The entries, and which of them hold a word."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = [_Printed.of(entry) for entry in entries]
        self._by_word: defaultdict[str, list[int]] = defaultdict(list)
        self._by_doi: defaultdict[str, list[int]] = defaultdict(list)
        self.by_id: dict[str, _Printed] = {}
        for place, entry in enumerate(self._entries):
            self.by_id.setdefault(entry.id, entry)
            for word in entry.each:
                self._by_word[word].append(place)
            if entry.doi:
                self._by_doi[entry.doi].append(place)

    def near(self, work: Reference) -> tuple[list[_Printed], bool]:
        """The entries that share a name, a DOI or telling words of the title with a work, and whether these are all."""
        found = [self._by_doi.get(work.doi, [])] if work.doi else []
        found += [self._by_word[word] for word in _first_family(work).split()[-1:] if word in self._by_word]
        telling = [self._by_word[word] for word in set(fold(work.title[:_LONGEST_TITLE]).split()) if word in self._by_word]
        found += sorted(telling, key=len)[:_TELLING_WORDS]
        places = dict.fromkeys(place for one in found for place in one[:MOST_NEAR])
        complete = all(len(one) <= MOST_NEAR for one in found)
        return [self._entries[place] for place in places], complete


def _pair(work: Reference, printed: _PrintedList) -> Pairing:
    own = printed.by_id.get(work.id)
    if own is not None:
        return Pairing(work, Standing.LISTED, own.id)
    near, complete = printed.near(work)
    graded = [(grade, entry) for entry in near if (grade := _grade(work, entry))]
    if not graded:
        return Pairing(work, Standing.ABSENT if complete else Standing.UNSURE)
    best = max(grade for grade, _ in graded)
    fitting = [entry for grade, entry in graded if grade == best]
    if best == _IN_PART or len(fitting) > 1 or not complete:
        return Pairing(work, Standing.UNSURE)
    return Pairing(work, Standing.LISTED, fitting[0].id)


def _first_family(work: Reference) -> str:
    return next((fold(name.family or name.literal) for name in (*work.authors, *work.editors)), "")


_SURE = 9
_IN_PART = 1
#: An entry without the author is looked at more closely if it has this share of the title's words.
_WORDS_SHARED = 0.6


def _grade(work: Reference, entry: _Printed) -> int:
    """How surely an entry is the work: 0 is not at all, ``_IN_PART`` leaves it open, more is sure. The same DOI settles it."""
    if work.doi and work.doi == entry.doi:
        return _SURE
    family = _first_family(work)
    author = entry.has(family)
    years = {str(year) for year in (work.year, work.original_year) if year is not None}
    year = any(number[:4] in years for number in _NUMBER.findall(entry.words))
    title = fold(work.title[:_LONGEST_TITLE])
    if not author and not (title and (year or not years)) and len(title) < TELLING_TITLE:
        return 0
    if not author and sum(word in entry.each for word in title.split()) < _WORDS_SHARED * len(title.split()):
        return 0
    alike = fuzz.partial_ratio(title, entry.words) if 0 < len(title) <= len(entry.words) else 0.0
    telling = len(title) >= TELLING_TITLE
    page = _NUMBER.search(work.page)
    place = page is not None and entry.has(page[0]) and (not work.volume or entry.has(fold(work.volume)))
    if alike >= SAME_TITLE and (author or not family) and (telling or year):
        return 4 + 2 * year + place
    if author and year and (place or (telling and alike >= SIMILAR_TITLE)):
        return 2 + place
    # Lists write organisations, and names with particles, in other ways, and many works have no year.
    may_be = telling and alike >= SIMILAR_TITLE
    if alike >= SAME_TITLE:
        may_be = may_be or author or year or not years
    return _IN_PART if may_be or (author and (year or not years)) else 0
