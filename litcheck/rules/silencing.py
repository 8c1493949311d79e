"""Which finding keeps silent beside which: several rules about one fact are one finding, and the most specific speaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from litcheck.findings import Comparison, Finding, FindingEvidence

#: A finding of the first code silences these on the same entry and carries their evidence.
BY_REFERENCE: Mapping[str, tuple[str, ...]] = {
    # One story: nothing leads to a record. The DOI and the search are both told in LC109.
    "LC109": ("LC101", "LC103"),
    # The record is another work's: its title, authors and year say nothing about the one described.
    "LC102": ("LC201", "LC202", "LC203", "LC204", "LC205", "LC206", "LC207", "LC208"),
    # A misspelled DOI is told once, as what it is.
    "LC104": ("LC101", "LC105"),
    "LC304": ("LC301",),
    # An entry that the reference manager's citations do not cite is left over from before: one story.
    "LC513": ("LC502",),
}

#: A finding of the first code silences these on the same citation.
BY_CITATION: Mapping[str, tuple[str, ...]] = {
    "LC504": ("LC501",),
    "LC503": ("LC501",),
    "LC507": ("LC501",),
}


def silence(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """``findings`` without those that a more specific one tells as well; that one gains their evidence."""
    by_reference: dict[tuple[str, str], int] = {}
    by_citation: dict[tuple[str, int], int] = {}
    for index, finding in enumerate(findings):
        for quiet in BY_REFERENCE.get(finding.code, ()):
            by_reference.update(((quiet, reference), index) for reference in finding.references)
        for quiet in BY_CITATION.get(finding.code, ()):
            by_citation.update(((quiet, citation), index) for citation in finding.citations)
    carried: dict[int, list[FindingEvidence]] = {}
    spoken: list[int] = []
    for index, finding in enumerate(findings):
        louder = [by_reference.get((finding.code, reference)) for reference in finding.references]
        louder += [by_citation.get((finding.code, citation)) for citation in finding.citations]
        loudest = next((other for other in louder if other is not None), None)
        if loudest is None:
            spoken.append(index)
        else:
            carried.setdefault(loudest, []).append(finding.evidence)
    return tuple(
        replace(findings[index], evidence=_joined(findings[index].evidence, carried[index]))
        if index in carried
        else findings[index]
        for index in spoken
    )


def _joined(evidence: FindingEvidence, others: Sequence[FindingEvidence]) -> FindingEvidence:
    """``evidence`` with what the others compared and looked for, nothing twice."""
    compared: dict[Comparison, None] = dict.fromkeys(evidence.compared)
    looked: dict[str, None] = dict.fromkeys(evidence.looked)
    for other in others:
        compared.update(dict.fromkeys(other.compared))
        looked.update(dict.fromkeys(other.looked))
    return replace(evidence, compared=tuple(compared), looked=tuple(looked))
