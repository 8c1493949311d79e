"""A description of a work → a tantivy query for the works most like it.

Every word goes into the query as a term of its own. The text of a reference never meets a query parser, so nothing in it is
syntax.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import tantivy

from bib.model import Reference
from litcheck.sources.local_index.terms import family_words, name_year_key, volume_page_key, words

#: Words of a title asked for, the rarest first.
TITLE_WORDS = 12
#: Words asked for when there is no title, and the whole string stands for it.
STRING_WORDS = 24
#: A word in more than this share of all works adds little evidence and costs most of the time. On `match-dev` (1,500 strings,
#: 108,341 works) a search takes 120 µs without such words and 520 with them, and the right work is as often the first (0.997).
COMMON = 0.02
#: The rarest words are asked for however common they are; some titles have no other.
ALWAYS = 6
#: Words of a string looked at; what is longer is no reference.
LONGEST = 300
#: Families of authors asked for.
FAMILIES = 3
#: The first words of a string that may be the first author's family name.
FIRST_WORDS = 3
#: Numbers of a string that may be a volume and a first page: pairs with at most one number (the issue) between them.
NUMBERS = 16
#: A year may be one off: print against online.
YEARS_AROUND = (0, -1, 1)
#: A reference that was parsed less surely is looked for by what stands in its string as well.
SURE = 0.9

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_PLACE = re.compile(r"(?<![0-9a-z])[a-z]{0,4}\d{1,9}(?![0-9])")

#: A field of the index and a word in it.
Term = tuple[str, str]


def candidate_query(reference: Reference, schema: tantivy.Schema, searcher: tantivy.Searcher) -> tantivy.Query | None:
    """The query for works like the reference's description, ``None`` when no word of it is in the index."""
    terms = [*_rarest(_title_terms(reference), searcher), *_known(_name_terms(reference), searcher)]
    if not terms:
        return None
    return tantivy.Query.boolean_query(
        [(tantivy.Occur.Should, tantivy.Query.term_query(schema, field, word, "freq")) for field, word in terms]
    )


def _title_terms(reference: Reference) -> tuple[list[str], int]:
    if title := words(reference.title):
        return title, TITLE_WORDS
    return words(reference.raw), STRING_WORDS


def _rarest(title: tuple[list[str], int], searcher: tantivy.Searcher) -> list[Term]:
    found, limit = title
    frequencies = {word: searcher.doc_freq("title", word) for word in dict.fromkeys(found[:LONGEST])}
    known = sorted((word for word, frequency in frequencies.items() if frequency), key=frequencies.__getitem__)
    common = COMMON * searcher.num_docs
    return [("title", word) for rank, word in enumerate(known[:limit]) if rank < ALWAYS or frequencies[word] <= common]


def _known(terms: Iterable[Term], searcher: tantivy.Searcher) -> list[Term]:
    return [(field, word) for field, word in dict.fromkeys(terms) if searcher.doc_freq(field, word)]


def _name_terms(reference: Reference) -> Iterator[Term]:
    families = [name.literal or name.family for name in (reference.authors or reference.editors)[:FAMILIES]]
    for family in families:
        for word in family_words(family):
            yield "names", word
    years = [reference.year] if reference.year else []
    first = family_words(families[0]) if families else []
    if reference.volume and (key := volume_page_key(reference.volume, reference.page)):
        yield "keys", key
    if not reference.title or reference.confidence < SURE:
        # A parser may be wrong about where a field ends; numbers and first words of the string stand where they stand.
        first = first or [word for word in words(reference.raw[:200]) if word.isalpha()][:FIRST_WORDS]
        years = years or [int(year) for year in dict.fromkeys(_YEAR.findall(reference.raw))][:2]
        yield from _places(reference.raw)
    for word in first:
        for year in years:
            for off in YEARS_AROUND:
                yield "keys", name_year_key(word, year + off)


def _places(raw: str) -> Iterator[Term]:
    numbers = _PLACE.findall(raw.lower())[:NUMBERS]
    for position, volume in enumerate(numbers):
        for page in numbers[position + 1 : position + 3]:
            if key := volume_page_key(volume, page):
                yield "keys", key
