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
}

#: A finding of the first code silences these on the same citation.
BY_CITATION: Mapping[str, tuple[str, ...]] = {
    "LC504": ("LC501",),
    "LC503": ("LC501",),
    "LC507": ("LC501",),
}


def silence(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """``findings`` without those that a more specific one tells as well; that one gains their evidence."""
    spoken: list[Finding] = []
    silenced_by: dict[int, Finding] = {}
    for index, finding in enumerate(findings):
        for other in findings:
            if _silences(other, finding):
                silenced_by[index] = other
                break
    for index, finding in enumerate(findings):
        if index in silenced_by:
            continue
        quiet = [findings[i].evidence for i, by in silenced_by.items() if by is finding]
        spoken.append(replace(finding, evidence=_joined(finding.evidence, quiet)) if quiet else finding)
    return tuple(spoken)


def _silences(loud: Finding, quiet: Finding) -> bool:
    if loud is quiet:
        return False
    if quiet.code in BY_REFERENCE.get(loud.code, ()):
        return bool(set(loud.references) & set(quiet.references))
    if quiet.code in BY_CITATION.get(loud.code, ()):
        return bool(set(loud.citations) & set(quiet.citations))
    return False


def _joined(evidence: FindingEvidence, others: Sequence[FindingEvidence]) -> FindingEvidence:
    """``evidence`` with what the others compared and looked for, nothing twice."""
    compared: dict[Comparison, None] = dict.fromkeys(evidence.compared)
    looked: dict[str, None] = dict.fromkeys(evidence.looked)
    for other in others:
        compared.update(dict.fromkeys(other.compared))
        looked.update(dict.fromkeys(other.looked))
    return replace(evidence, compared=tuple(compared), looked=tuple(looked))
