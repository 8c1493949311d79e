"""Works that do not exist, numbered, as Crossref would hold them and as an author would cite them."""

from __future__ import annotations

from typing import Any

from bib.model import Date, Name, Reference


def made_up_work(number: int, **fields: Any) -> dict[str, Any]:
    """Crossref's JSON of the work of that number; ``fields`` (with underscores for hyphens) replace or add to it."""
    return {
        "DOI": f"10.5555/work.{number}",
        "type": "journal-article",
        "title": [f"Observations of marsh plant number {number}"],
        "author": [{"family": f"Author{number}", "given": "A."}],
        "container-title": ["Journal of Marshes"],
        "issued": {"date-parts": [[2000 + number % 20]]},
        "volume": str(number),
    } | {name.replace("_", "-"): value for name, value in fields.items()}


def reference_to(number: int, *, doi: str | None = None, type: str = "article-journal", **fields: Any) -> Reference:  # noqa: A002
    """The reference to the work of that number, with its DOI unless another (or none) is given."""
    return Reference(
        id=str(number),
        raw=f"Author{number}, A. ({2000 + number % 20}). Observations of marsh plant number {number} . Journal of Marshes",
        type=type,
        authors=(Name(family=f"Author{number}", given="A."),),
        title=f"Observations of marsh plant number {number}",
        issued=Date(year=2000 + number % 20),
        doi=f"10.5555/work.{number}" if doi is None else doi,
        **fields,
    )
