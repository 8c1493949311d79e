"""LC305 preprint-published."""

from __future__ import annotations

from collections.abc import Iterator

from bib.identifiers import is_doi, normalise_doi
from litcheck.evidence import Record
from litcheck.findings import Finding, Fix, Severity
from litcheck.rules.evidencing import evidence_of, matches
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule


@rule("LC305", "preprint-published", Severity.INFO, Needs.RECORDS)
def preprint_published(case: Case) -> Iterator[Finding]:
    """A preprint is cited and its published version exists.

    What it means: the preprint's record says which publication it became.

    Why: the published version has been through review and may say something else.

    Example: a bioRxiv preprint of 2019 that appeared in a journal in 2020.

    What to do: cite the published version, unless it is the preprint that you mean.
    """
    for reference, match in matches(case):
        published = _published_as(match.record)
        if published and published != reference.doi:
            yield preprint_published.finding(
                f"the entry cites the preprint {match.record.doi}, the record says that it was published as {published}",
                about=reference,
                evidence=evidence_of(match, "title", "doi"),
                fix=Fix(description=f"cite https://doi.org/{published} instead"),
            )


def _published_as(record: Record) -> str:
    found = (r.id for r in record.relations if r.kind == "is-preprint-of" and r.id_type == "doi")
    return next((doi for doi in map(normalise_doi, found) if is_doi(doi) and doi != record.doi), "")
