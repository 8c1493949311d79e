"""What makes a finding the same finding in the next run and in the next version of the manuscript."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bib.folding import fold
from bib.model import Entry, Reference
from litcheck.findings import Finding
from litcheck.rules.model import Case

#: Hexadecimal digits of a fingerprint: 64 bits, so that a corpus of millions of findings is unlikely to hold two alike.
DIGITS = 16


def with_fingerprints(findings: Sequence[Finding], case: Case) -> tuple[Finding, ...]:
    """``findings``, in the order of the document, each with its fingerprint.

    It is a hash of the code, the words of the entry or citation concerned and the record compared with; never of offsets,
    numbers of entries or wording of messages. Findings that share all of that count up in the order of the document.
    """
    counts: Counter[str] = Counter()
    marked = []
    for finding in findings:
        subject = _subject(finding, case)
        counts[subject] += 1
        text = f"{subject}\x1f{counts[subject]}"
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()[:DIGITS]
        marked.append(replace(finding, fingerprint=digest))
    return tuple(marked)


def _subject(finding: Finding, case: Case) -> str:
    if finding.citations:
        about = [fold(case.citations[index].text) for index in finding.citations]
    else:
        about = [_words(case.entries[id_]) for id_ in finding.references if id_ in case.entries]
    return "\x1f".join((finding.code, *about, finding.evidence.source, finding.evidence.record))


def _words(entry: Entry) -> str:
    """The entry's words without the number before it, which changes whenever an entry is added above."""
    label = entry.label if isinstance(entry, Reference) else ""
    raw = entry.raw.lstrip("[( \t")
    return fold(raw.removeprefix(label) if label else raw)
