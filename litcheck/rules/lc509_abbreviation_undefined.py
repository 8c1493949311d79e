"""LC509 abbreviation-undefined."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litcheck.citations.model import Citation
from litcheck.findings import Finding, Severity
from litcheck.rules.citing import entry_of, parsed, quoted, same_problem, times
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule

_ABBREVIATION = re.compile(r"[A-Z][A-Za-z&-]{0,8}[A-Z]")


@rule("LC509", "abbreviation-undefined", Severity.INFO, Needs.DOCUMENT)
def abbreviation_undefined(case: Case) -> Iterator[Finding]:
    """An organisation is cited by an abbreviation that was never introduced.

    What it means: the citation names the entry by its abbreviation, the entry begins with the full name, and nowhere in the text
    does the abbreviation stand in brackets after it.

    Why: a reader who looks for the abbreviation in the list does not find it.

    Example: the text cites NASW (2021), the list has National Association of Social Workers.

    What to do: give the full name with the abbreviation in brackets at the first citation.
    """
    for citation, indices in same_problem(case, lambda c: _is_abbreviated(case, c)):
        if _is_introduced(case.document.text, citation.authors[0]):
            continue
        yield abbreviation_undefined.finding(
            f"the text cites {quoted(citation)}{times(indices)} without having introduced “{citation.authors[0]}”; the entry is "
            f"{entry_of(case, citation.references[0])}",
            references=citation.references[:1],
            citations=indices,
            span=citation.span,
            confidence=0.8,
        )


def _is_abbreviated(case: Case, citation: Citation) -> bool:
    """Whether the citation has an abbreviation where the entry has only the name in full."""
    if len(citation.authors) != 1 or len(citation.references) != 1 or not _ABBREVIATION.fullmatch(citation.authors[0]):
        return False
    abbreviation = citation.authors[0]
    reference = parsed(case, citation.references[0])
    if reference is None:
        return False
    names = [name.full_family for name in reference.authors or reference.editors]
    year = reference.raw.find(str(reference.year)) if reference.year else -1
    return bool(names) and not any(abbreviation in name for name in names) and abbreviation not in reference.raw[: max(0, year)]


def _is_introduced(text: str, abbreviation: str) -> bool:
    """Whether the abbreviation stands in brackets somewhere. Reads the whole text, so it is asked once a problem."""
    return any(f"{left}{abbreviation}{right}" in text for left, right in ("()", "[]", "(,", "[,", "(;"))
