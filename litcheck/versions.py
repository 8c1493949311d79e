"""Which version of a work an entry describes and a record holds: the preprint, or what it was published as."""

from __future__ import annotations

from bib.model import Reference
from litcheck.evidence import Record


def is_preprint_of_described(reference: Reference, record: Record) -> bool:
    """Whether the record is a preprint's, and the entry describes a publication in a journal, in proceedings or in a book."""
    if record.type != "posted-content":
        return False
    return bool(reference.volume) or (bool(reference.container_title) and "rxiv" not in reference.container_title.lower())
