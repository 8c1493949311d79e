"""Every citation of a document, linked: by keys, by author and year, or by numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bib.model import Entry, Span
from bib.newlines import unix_newlines
from bib.sections import ReferenceSection
from litcheck.citations.author_year import AuthorYearFinder
from litcheck.citations.bracketed import find_groups
from litcheck.citations.bylines import bylines
from litcheck.citations.cells import find_cells
from litcheck.citations.covered import Covered
from litcheck.citations.fields import add_fields
from litcheck.citations.keys import cite_keys
from litcheck.citations.laws import find_laws
from litcheck.citations.links import add_links
from litcheck.citations.model import Citation
from litcheck.citations.numbering import NumberGroup, cite_numbers, coverage, entry_numbers, has_labels, within_reach
from litcheck.citations.splitting import split_words
from litcheck.citations.superscripts import find_marked, find_spaced, find_unmarked
from litcheck.citations.targets import Targets
from litcheck.citations.tokens import Token, tokenise
from litcheck.documents.model import Document

#: Numbers are the document's way to cite when they name this much more of the list than authors and years do; a text that
#: cites by number still says "Lee et al. (2020)" here and there, and one that cites by author counts "(1) …, (2) …".
NUMBERS_OUTWEIGH = 1.25
#: Which share of the list numbers must name to be citations: parentheses and raised numbers have many other uses.
ENOUGH_IN_BRACKETS = 0.3
ENOUGH_ELSEWHERE = 0.4
#: Where authors and years name this share of a list without printed numbers, raised numbers and those in parentheses are notes.
NOTES_ALONE = 0.5


def find_citations(document: Document, sections: Sequence[ReferenceSection], references: Sequence[Entry]) -> tuple[Citation, ...]:
    """All citations in the text outside the reference lists, in text order, each linked to the entries it names.

    ``references`` may hold entries that could not be parsed: their words still tell what names them.
    A document cites by author and year or by number; what the other way would read is then dates, counts and formulas. Beside
    keys, too, numbers cite only if they name more of the list: "[@lee2020] [3]" has a page.
    """
    text = unix_newlines(document.text)
    if text != document.text:
        found = find_citations(replace(document, text=text), sections, references)
        return tuple(replace(citation, text=citation.span.of(document.text)) for citation in found)
    keys = cite_keys(document, references)
    outside = _outside(document, sections)
    taken = [*outside, *(key.span for key in keys)]
    tokens = tokenise(text, taken)
    targets = Targets(references)
    by_author = AuthorYearFinder(text, split_words(tokens, targets.families), targets).citations()
    named = {reference for citation in (*by_author, *keys) for reference in (*citation.references, *citation.candidates)}
    share = len(named) / max(1, len(references))
    by_number = [] if share * NUMBERS_OUTWEIGH >= 1 else _cite_by_number(text, tokens, document, references, sections, share)
    cited = by_number or [*by_author, *_apart_from(find_laws(text, Covered(taken), references), by_author)]
    known = add_links(document, references, add_fields(document, references, cited))
    return tuple(sorted([*keys, *known], key=lambda citation: citation.span))


def _outside(document: Document, sections: Sequence[ReferenceSection]) -> list[Span]:
    return sorted([*(section.span for section in sections), *document.apart])


def _cite_by_number(
    text: str,
    tokens: Sequence[Token],
    document: Document,
    references: Sequence[Entry],
    sections: Sequence[ReferenceSection],
    named: float,
) -> list[Citation]:
    """The citations by number, if they outweigh those by author, which name ``named``, a share of the list."""
    entries = entry_numbers(references, sections)
    outside = _outside(document, sections)
    last = max(entries, default=0)
    ways = [_Way.of(find_groups(tokens, "[", last), entries, ENOUGH_IN_BRACKETS)]
    if named < NOTES_ALONE or has_labels(references):
        ways.append(_Way.of(find_groups(tokens, "(", last), entries, ENOUGH_ELSEWHERE))
        ways += _raised(text, document, outside, entries, tried=ways)
    best = max(ways, key=lambda way: way.share)
    if best.share <= named * NUMBERS_OUTWEIGH:
        return []
    groups = within_reach(best.groups, entries, best.share)
    if not groups:
        return []
    taken = Covered([*outside, *(group.span for group in groups)])
    cells = find_cells(text, taken, range(1, last + 1), groups[0].form)
    return cite_numbers(text, [*groups, *cells], entries)


@dataclass(frozen=True, slots=True)
class _Way:
    """Numbers that look alike, and which share of the list they name: 0 where that is not enough to be citations."""

    groups: Sequence[NumberGroup]
    share: float

    @classmethod
    def of(cls, groups: Sequence[NumberGroup], entries: Mapping[int, str], enough: float) -> _Way:
        share = coverage(groups, entries)
        return cls(groups, share if share >= enough else 0.0)


def _raised(
    text: str, document: Document, outside: Sequence[Span], entries: Mapping[int, str], tried: Sequence[_Way]
) -> Iterator[_Way]:
    """The ways to read raised numbers: as marked; where nothing is marked, or too little in a plain text, by what is around."""
    last = max(entries, default=0)
    without = Covered([*outside, *bylines(text)])
    way = _Way.of(find_marked(text, document.superscripts, without), entries, ENOUGH_ELSEWHERE)
    if way.share:
        yield way
    elif not document.superscripts or document.format == "text":
        way = _Way.of(find_unmarked(text, without, last), entries, ENOUGH_ELSEWHERE)
        yield way
        if not way.share and not any(other.share for other in tried):
            yield _Way.of(find_spaced(text, without, range(1, last + 1)), entries, ENOUGH_ELSEWHERE)


def _apart_from(found: Sequence[Citation], others: Sequence[Citation]) -> list[Citation]:
    """Those of ``found`` that no other citation overlaps."""
    taken = Covered(citation.span for citation in others)
    return [citation for citation in found if not taken.touches(citation.span)]
