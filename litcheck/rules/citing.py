"""Citations with the same problem as one, and how messages speak of citations and entries."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator

from bib.folding import fold
from bib.model import Entry, Reference
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
    """The citation as a message shows it: its words on one line, in quotation marks, and whose work it is where they do not say.

    Of "(Kohut, 1977, 1980)" the second is “1980” (Kohut).
    """
    words = _one_line(citation.text)
    if not citation.authors or fold(citation.authors[0]) in fold(words):
        return f"“{words}”"
    *others, last = citation.authors
    who = f"{', '.join(others)} and {last}" if others else last
    return f"“{words}” ({who}{' et al.' if citation.et_al else ''})"


def times(count: int) -> str:
    """How often a message says that something occurs; nothing for once."""
    return "" if count == 1 else f" ({count} times)"


def entry_of(case: Case, entry_id: str) -> str:
    """An entry, parsed or not, as a message shows it: as printed, cut where it is long."""
    entry = case.entries.get(entry_id)
    return f"entry {entry_id}" if entry is None else f"“{shortened(entry)}”"


def parsed(case: Case, entry_id: str) -> Reference | None:
    """The reference that a citation names; ``None`` when the entry could not be parsed."""
    entry = case.entries.get(entry_id)
    return entry if isinstance(entry, Reference) else None


def shortened(entry: Entry) -> str:
    """An entry's own words on one line, cut where it is long."""
    return shortened_text(entry.raw) or (shortened_text(entry.title) if isinstance(entry, Reference) else "")


def shortened_text(text: str) -> str:
    """Words of the manuscript on one line, cut where they are long."""
    line = _one_line(text)
    return line if len(line) <= ENTRY_SHOWN else line[:ENTRY_SHOWN].rstrip() + "…"


def _problem(citation: Citation) -> Hashable:
    authors = tuple(fold(author) for author in citation.authors)
    return (
        authors,
        citation.et_al,
        citation.year,
        citation.suffix,
        citation.number,
        citation.key,
        citation.references,
        citation.candidates,
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
