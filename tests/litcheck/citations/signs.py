"""How the cases of this directory write what a citation was linked to."""

from __future__ import annotations

from litcheck.citations.model import Citation, Link

SIGNS = {Link.EXACT: "→", Link.MISSPELLED: "~", Link.YEAR_DIFFERS: "≠", Link.AMBIGUOUS: "?", Link.MISSING: "-"}


def told_of(citation: Citation) -> tuple[str, ...]:
    """The entries that it names, or that it fits equally well, or the nearest one."""
    return citation.references or citation.candidates or ((citation.nearest,) if citation.nearest else ())
