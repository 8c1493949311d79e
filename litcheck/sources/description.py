"""What a search is asked: a reference as a person would print it."""

from __future__ import annotations

from bib.folding import fold
from bib.model import Reference

#: Longer strings add nothing that Crossref ranks by, and an address has its limits.
LONGEST = 600
#: Authors named in a description that is put together from fields.
AUTHORS = 6

#: How entries begin that are records of a format and not printed references.
_RECORDS = ("@", "{", "<", "TY -", "TY-", "%0", "PMID-")


def description(reference: Reference) -> str:
    """The entry as printed, in one line; put together from its fields where it was never printed or is too long."""
    printed = " ".join(reference.raw.split())
    if printed and len(printed) <= LONGEST and not printed.startswith(_RECORDS):
        return printed
    return (_composed(reference) or printed)[:LONGEST]


def search_key(reference: Reference) -> str:
    """The same for two references whose descriptions differ in case, accents or punctuation alone."""
    return fold(description(reference))


def _composed(reference: Reference) -> str:
    authors = ", ".join(f"{name.full_family} {name.given}".strip() for name in reference.authors[:AUTHORS])
    parts = (
        authors,
        str(reference.year or ""),
        reference.title,
        reference.container_title,
        reference.volume,
        reference.page,
        reference.publisher if not reference.container_title else "",
    )
    return ". ".join(part for part in parts if part)
