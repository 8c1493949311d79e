"""Citations with the same problem as one, and how messages speak of citations and entries."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator

from bib.folding import fold
from bib.model import Reference
from litcheck.citations.model import Citation
from litcheck.rules.model import Case

#: Characters of an entry or citation in a message.
ENTRY_SHOWN = 110


def same_problem(case: Case, shows: Callable[[Citation], bool]) -> Iterator[tuple[Citation, tuple[int, ...]]]:
    """The first of each set of citations that show the same problem with the same names, and where all of the set stand.

    A slip repeated through a manuscript is one thing to mend, so it is one finding.
    """
    found: dict[Hashable, list[int]] = {}
    for index, citation in enumerate(case.citations):
        if shows(citation):
            found.setdefault(_problem(citation), []).append(index)
    for indices in found.values():
        yield case.citations[indices[0]], tuple(indices)


def quoted(citation: Citation) -> str:
    """The citation as a message shows it: its words on one line, in quotation marks."""
    return f"“{_one_line(citation.text)}”"


def times(indices: tuple[int, ...]) -> str:
    """How often a message says that something occurs; nothing for once."""
    return "" if len(indices) == 1 else f" ({len(indices)} times)"


def entry_of(case: Case, reference_id: str) -> str:
    """An entry as a message shows it: as printed, cut where it is long."""
    return f"“{shortened(case.reference(reference_id))}”"


def shortened(reference: Reference) -> str:
    """An entry's own words on one line, cut where it is long."""
    raw = _one_line(reference.raw) or reference.title
    return raw if len(raw) <= ENTRY_SHOWN else raw[:ENTRY_SHOWN].rstrip() + "…"


def _problem(citation: Citation) -> Hashable:
    authors = tuple(fold(author) for author in citation.authors)
    return (authors, citation.et_al, citation.year, citation.suffix, citation.number, citation.key, citation.references)


def _one_line(text: str) -> str:
    return " ".join(text.split())
