"""The rules, one a file, and the table in which every one of them stands.

A rule takes a ``Case`` and gives ``Finding``s; it asks nothing of the world, so the same case gives the same findings.
"""

from __future__ import annotations

from litcheck.findings import Finding
from litcheck.rules.judging import judge_by
from litcheck.rules.model import Assessment, Case, Needs, Rule

#: Every rule, in the order of codes. A code is never used again for something else.
RULES: tuple[Rule, ...] = ()


def judge(case: Case, *, select: frozenset[str] = frozenset(), ignore: frozenset[str] = frozenset()) -> tuple[Finding, ...]:
    """What the rules find in one document, in its order, with places and fingerprints.

    ``select`` and ``ignore`` are codes or beginnings of codes ("LC2"); nothing selected means everything.
    """
    return judge_by(RULES, case, select=select, ignore=ignore)


__all__ = ["RULES", "Assessment", "Case", "Needs", "Rule", "judge"]
