"""How a rule is declared: one decorated function in one file, its docstring being its documentation.

    @rule("LC202", "year-mismatch", Severity.WARNING, Needs.RECORDS)
    def year_mismatch(case: Case) -> Iterator[Finding]:
        '''The year is none of those that the record holds.

        What it means: ...

        Why: ...

        Example: ...

        What to do: ...
        '''
        yield year_mismatch.finding("...", about=reference)

The file is named after code and name (``lc202_year_mismatch.py``) and the rule stands in ``litcheck.rules.RULES``.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable

from litcheck.findings import Severity
from litcheck.rules.model import Check, Needs, Rule

#: The parts of a rule's documentation after its first sentence, each a paragraph that begins with these words and a colon.
DOCUMENTATION_PARTS = ("What it means", "Why", "Example", "What to do")


def rule(code: str, name: str, severity: Severity, needs: Needs) -> Callable[[Check], Rule]:
    """Makes a rule of the function that checks it."""

    def declare(check: Check) -> Rule:
        documentation = inspect.getdoc(check) or ""
        return Rule(
            code=code,
            name=name,
            severity=severity,
            needs=needs,
            summary=documentation.partition("\n\n")[0].replace("\n", " "),
            documentation=documentation,
            check=check,
        )

    return declare
