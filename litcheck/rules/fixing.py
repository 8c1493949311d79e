"""Changes to an entry that findings suggest."""

from __future__ import annotations

from bib.model import Reference
from litcheck.findings import Fix


def doi_fix(reference: Reference, doi: str) -> Fix:
    """Puts ``doi`` in the place of the one printed; advice in words where that place is not known."""
    printed = reference.doi_printed or reference.doi
    at = reference.raw.find(printed) if printed else -1
    if at < 0:
        at = reference.raw.lower().find(reference.doi) if reference.doi else -1
        printed = reference.doi
    description = f"replace the DOI by {doi}"
    # A page's end inside the entry is not in its text, so that places in the one say nothing of places in the document.
    interrupted = reference.span is not None and len(reference.raw) != reference.span.end - reference.span.start
    if at < 0 or reference.span is None or interrupted:
        return Fix(description=description, replacement=doi)
    start = reference.span.start + at
    return Fix(description=description, replacement=doi, start=start, end=start + len(printed))
