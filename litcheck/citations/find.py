"""Every citation of a document, linked: by keys, by author and year, or by numbers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from bib.model import Entry
from bib.newlines import unix_newlines
from bib.sections import ReferenceSection
from litcheck.citations.author_year import AuthorYearFinder
from litcheck.citations.bracketed import find_groups
from litcheck.citations.cells import find_cells
from litcheck.citations.keys import cite_keys
from litcheck.citations.laws import find_laws
from litcheck.citations.model import Citation
from litcheck.citations.numbering import cite_numbers, coverage, entry_numbers
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
    outside = [section.span for section in sections]
    taken = [*outside, *(key.span for key in keys)]
    tokens = tokenise(text, taken)
    targets = Targets(references)
    by_author = AuthorYearFinder(text, split_words(tokens, targets.families), targets).citations()
    named = {reference for citation in (*by_author, *keys) for reference in (*citation.references, *citation.candidates)}
    outweighed = len(named) / max(1, len(references)) * NUMBERS_OUTWEIGH
    by_number = _cite_by_number(text, tokens, document, references, sections, outweighed) if outweighed < 1 else []
    cited = by_number or [*by_author, *_apart_from(find_laws(text, taken, references), by_author)]
    return tuple(sorted([*keys, *cited], key=lambda citation: (citation.span.start, citation.span.end)))


def _cite_by_number(
    text: str,
    tokens: Sequence[Token],
    document: Document,
    references: Sequence[Entry],
    sections: Sequence[ReferenceSection],
    outweighed: float,
) -> list[Citation]:
    """The citations by number, if they name more than ``outweighed``, a share of the list."""
    entries = entry_numbers(references, sections)
    outside = [section.span for section in sections]
    last = max(entries, default=0)
    numbers = range(1, last + 1)
    marked = [span for span in document.superscripts if not any(span.overlaps(list_) for list_ in outside)]
    ways = [
        (ENOUGH_IN_BRACKETS, find_groups(tokens, "[", last)),
        (ENOUGH_ELSEWHERE, find_groups(tokens, "(", last)),
        (ENOUGH_ELSEWHERE, find_marked(text, marked, numbers) if marked else find_unmarked(text, outside, last)),
    ]
    if not marked and all(coverage(groups, entries) < enough for enough, groups in ways):
        ways.append((ENOUGH_ELSEWHERE, find_spaced(text, outside, numbers)))
    shares = [(coverage(groups, entries), groups) for enough, groups in ways if coverage(groups, entries) >= enough]
    share, groups = max(shares, key=lambda way: way[0], default=(0.0, []))
    if share <= outweighed:
        return []
    cells = find_cells(text, [*outside, *(group.span for group in groups)], numbers, groups[0].form)
    return cite_numbers(text, [*groups, *cells], entries)


def _apart_from(found: Sequence[Citation], others: Sequence[Citation]) -> list[Citation]:
    """Those of ``found`` that no other citation overlaps."""
    starts = sorted(citation.span for citation in others)
    return [
        citation
        for citation in found
        if not any(citation.span.overlaps(span) for span in starts[max(0, bisect_left(starts, citation.span) - 1) :][:3])
    ]
