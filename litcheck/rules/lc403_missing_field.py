"""LC403 missing-field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bib.model import Reference
from litcheck.findings import Finding, Severity
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule

#: What every entry of a kind needs for a reader to find the work, besides a title and someone who stands for it.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "article-journal": ("container title", "year"),
    "paper-conference": ("container title", "year"),
    "chapter": ("container title", "year"),
    "book": ("year",),
    "thesis": ("year",),
    "report": ("year",),
}

#: The fields of a reference that can fill each need.
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "author": ("authors", "editors"),
    "year": ("issued", "status"),
    "container title": ("container_title", "collection_title"),
}


@rule("LC403", "missing-field", Severity.WARNING, Needs.DOCUMENT)
def missing_field(case: Case) -> Iterator[Finding]:
    """A field that the entry's kind needs is missing.

    What it means: an entry of a bibliography file (BibTeX, CSL-JSON, …) lacks its title, its authors or editors, its year, or
    what it appeared in. Entries in free text are not judged: there a field that is missing and one that was not recognised look
    the same. A field that could not be read (LC003) is not missing.

    Why: without it a reader cannot find the work, and citation styles print gaps.

    Example: an ``@article`` without ``journal``.

    What to do: add the field.
    """
    if not case.document.is_bibliography:
        return
    for assessment in case.assessments:
        reference = assessment.reference
        if reference.segments or reference.type not in NEEDED:
            continue
        missing = [name for name in ("title", "author", *NEEDED[reference.type]) if not _has(reference, name)]
        if missing:
            yield missing_field.finding(
                f"this entry of the kind {reference.type} has no {' and no '.join(missing)}", about=reference
            )


def _has(reference: Reference, name: str) -> bool:
    fields = _FIELDS[name]
    if any(problem.field in fields for problem in reference.problems):
        return True
    if name == "author" and reference.authors_truncated:
        return True
    return (name == "year" and reference.year is not None) or any(getattr(reference, field) for field in fields)
