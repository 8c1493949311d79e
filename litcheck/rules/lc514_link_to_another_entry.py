"""LC514 link-to-another-entry."""

from __future__ import annotations

from collections.abc import Iterator

from litcheck.citations.links import links_astray
from litcheck.findings import Finding, Severity
from litcheck.rules.citing import entry_of, quoted
from litcheck.rules.model import Case, Needs
from litcheck.rules.registry import rule


@rule("LC514", "link-to-another-entry", Severity.WARNING, Needs.DOCUMENT)
def link_to_another_entry(case: Case) -> Iterator[Finding]:
    """The link of a citation leads to another entry than the one that its words name.

    What it means: in a web page, an e-book or a JATS article the citation is a link (``<a href="#ref5">``, ``<xref rid="B5">``),
    its author and year or its number are those of one entry, and the link leads to another. Where many links do so, the list is
    numbered otherwise than it was read, and nothing is said.

    Why: a reader who follows the link finds another work, and so does every index that counts citations by such links.

    Example: the text has “Allen, 2003”, and the link on it leads to Antunes et al. (2020).

    What to do: set the link on the entry that is meant, or correct the citation.
    """
    for astray in links_astray(case.document.links, case.citations):
        citation = case.citations[astray.place]
        (named,) = citation.references
        led = " and ".join(entry_of(case, id_) for id_ in astray.link.references)
        yield link_to_another_entry.finding(
            f"the text cites {quoted(citation)}, which is {entry_of(case, named)}, and the link leads to {led}",
            references=(named, *astray.link.references),
            citations=(astray.place,),
            span=citation.span,
            confidence=0.85,
        )
