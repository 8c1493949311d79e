"""Running rules over a case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from litcheck.findings import Finding
from litcheck.rules.fingerprinting import with_fingerprints
from litcheck.rules.model import Case, Rule
from litcheck.rules.placing import with_places
from litcheck.rules.silencing import silence

#: LC001: a file that was not read has no other findings, and without it would pass as clean.
ALWAYS = "LC001"


def judge_by(rules: Sequence[Rule], case: Case, *, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[Finding, ...]:
    """What ``rules`` find, in the order of the document and, at one place, of the codes; findings without a place come first.

    ``select`` and ``ignore`` are codes or beginnings of codes ("LC2"). Rules that were not selected silence nothing: whoever
    selects LC101 reads of every DOI that is not registered. Findings to be ignored are taken out last, so that what they tell
    is not told by other codes instead. What could not be read at all is said whatever was selected.
    """
    chosen, unwanted = tuple(select), tuple(ignore)
    running = [rule for rule in rules if not chosen or rule.code.startswith((*chosen, ALWAYS))]
    spoken = silence([finding for rule in running for finding in rule.check(case)])
    wanted = [finding for finding in spoken if not (unwanted and finding.code.startswith(unwanted))]
    return with_fingerprints(sorted(with_places(wanted, case), key=_position), case)


def _position(finding: Finding) -> tuple[int, int, str, int, str, tuple[str, ...]]:
    start = -1 if finding.start is None else finding.start
    end = -1 if finding.end is None else finding.end
    path, line = (finding.place.path, finding.place.line) if finding.place and finding.place.path else ("", 0)
    return (start, end, path, line, finding.code, finding.references)
