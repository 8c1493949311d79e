"""Running rules over a case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from litcheck.findings import Finding
from litcheck.rules.fingerprinting import with_fingerprints
from litcheck.rules.model import Case, Rule
from litcheck.rules.placing import with_places
from litcheck.rules.silencing import silence


def judge_by(rules: Sequence[Rule], case: Case, *, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[Finding, ...]:
    """What ``rules`` find, in the order of the document and, at one place, of the codes; findings without a place come first.

    ``select`` and ``ignore`` are codes or beginnings of codes ("LC2") and choose which rules run. A rule that does not run
    silences nothing: whoever ignores LC109 still reads that the DOI is not registered.
    """
    chosen, unwanted = tuple(select), tuple(ignore)
    running = [
        rule
        for rule in rules
        if (not chosen or rule.code.startswith(chosen)) and not (unwanted and rule.code.startswith(unwanted))
    ]
    wanted = list(silence([finding for rule in running for finding in rule.check(case)]))
    wanted.sort(key=_position)
    return with_fingerprints(with_places(wanted, case.document.text), case)


def _position(finding: Finding) -> tuple[int, int, str, tuple[str, ...]]:
    start = -1 if finding.start is None else finding.start
    end = -1 if finding.end is None else finding.end
    return (start, end, finding.code, finding.references)
