"""References that an article holds as tags alone, written out as a reader of the article sees them."""

from __future__ import annotations

from collections.abc import Iterator

from bib.model import Entry, Name, ParseFailure, Reference


def printed(entry: Entry, words: str) -> str:
    """The entry in one line, in the order of APA; ``words`` are what its tags hold, for one that could not be read.

    >>> printed(Reference(id="1", raw="", authors=(Name(family="Lee", given="A."),), title="On rivers"), "")
    'Lee, A. On rivers.'
    """
    if isinstance(entry, ParseFailure):
        return words
    return " ".join(sentence if sentence.endswith((".", "?", "!")) else f"{sentence}." for sentence in _sentences(entry)) or words


def _sentences(reference: Reference) -> Iterator[str]:
    year = f"{reference.year}{reference.year_suffix}" if reference.year is not None else reference.status
    people = _people(reference.authors, truncated=reference.authors_truncated)
    dated = f" ({year})" if year else ""
    if people or dated:
        yield f"{people}{dated}".strip()
    if reference.title:
        yield reference.title
    issue = f"({reference.issue})" if reference.issue else ""
    editors = _people(reference.editors, truncated=False)
    edited = f"In {editors} (Eds.)" if editors else ""
    where = (edited, reference.container_title, f"{reference.volume}{issue}", reference.page)
    for words in (", ".join(filter(None, where)), reference.collection_title, reference.edition):
        if words:
            yield words
    if published := ": ".join(filter(None, (reference.publisher_place, reference.publisher))):
        yield published
    identifiers = (
        ("https://doi.org/", reference.doi),
        ("PMID: ", reference.pmid),
        ("arXiv:", reference.arxiv),
        ("ISBN ", reference.isbn),
        ("", "" if reference.doi else reference.url),
    )
    if found := " ".join(f"{before}{value}" for before, value in identifiers if value):
        yield found


def _people(names: tuple[Name, ...], *, truncated: bool) -> str:
    said = [name.literal or ", ".join(filter(None, (name.full_family, name.given, name.suffix))) for name in names]
    return ", ".join([*said, *(["et al."] if truncated else [])])
