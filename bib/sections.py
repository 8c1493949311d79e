"""Where the reference list is, and where each of its entries begins and ends."""

from __future__ import annotations

from dataclasses import dataclass

from bib.model import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceSection:
    """One reference list in a text: the whole of it with its heading, and each entry.

    ``span`` runs from the heading (or the first entry, without one) to the end of the last entry.
    ``entries`` are in order, do not overlap and have no white space at either end.
    """

    span: Span
    heading: Span | None
    entries: tuple[Span, ...]


def find_reference_sections(text: str) -> tuple[ReferenceSection, ...]:
    """The reference lists of a document's text in order, none if there is no list."""
    raise NotImplementedError
