"""The years right after names, and how they stand there: "Lee (2020a, b)", "(Lee, 2020)", "(Lee et al., in press)"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from litcheck.citations.authors import AuthorRun
from litcheck.citations.model import Form
from litcheck.citations.organisations import OrganisationFinder
from litcheck.citations.targets import Targets, compact
from litcheck.citations.tokens import Kind, Token
from litcheck.citations.wordlists import words_of
from litcheck.citations.years import CitedYear, date_end, is_year, read_status, read_years

#: How many tokens an abbreviated journal with volume and page may have.
LONGEST_JOURNAL = 20

#: How many words and marks may stand between a bracket and its year: "(e.g., 2023)" has five.
MOST_BEFORE_YEAR = 6

#: The brackets that citations stand in.
CLOSING = {"(": ")", "[": "]"}
_BRACKETS = frozenset("()[]")


@dataclass(frozen=True, slots=True)
class YearAnchor:
    """The years after a row of names: where they stand and how. ``after`` is the token after them.

    ``abbreviation`` is the token of an abbreviation in brackets between names and year.
    """

    years: tuple[CitedYear, ...]
    after: int
    form: Form
    in_brackets: bool
    abbreviation: int | None = None


class AnchorFinder:
    """Finds the years that follow names in one document."""

    def __init__(self, tokens: Sequence[Token], targets: Targets, organisations: OrganisationFinder) -> None:
        self._tokens = tokens
        self._targets = targets
        self._organisations = organisations
        self._open = _open_brackets(tokens)

    def is_bracketed(self, position: int) -> bool:
        """Whether a bracket is open around a token."""
        return position < len(self._tokens) and self._open[position] >= 0

    def after(self, run: AuthorRun) -> YearAnchor | None:
        """The years right after names, in brackets of their own or in those of the names; ``None`` where none follow."""
        tokens = self._tokens
        position = run.end
        abbreviation = None
        if position + 2 < len(tokens) and tokens[position].text in CLOSING and self._organisations.is_abbreviation(position + 1):
            if tokens[position + 2].text == CLOSING[tokens[position].text]:
                abbreviation, position = position + 1, position + 3
            elif (
                tokens[position + 2].text == ","
                and is_year(tokens, position + 3)
                and compact(tokens[position + 1].text) not in self._targets.families
            ):
                # The abbreviation and the year share the bracket: "World Health Organization (WHO, 2020)".
                abbreviation, position = position + 1, position + 3
                years, after = read_years(tokens, position, bracketed=True)
                return YearAnchor(tuple(years), after, "narrative", True, abbreviation)
        bracketed = self.is_bracketed(position)
        here = position
        # A comma, and in brackets up to an ellipsis before it: "(ARGENTINA..., 2018)".
        for _ in range(5 if bracketed else 2):
            if here < len(tokens) and tokens[here].text in (",", ".", ";", ":", "…"):
                here += 1
        if here > position + 1 and not bracketed:
            here = position
        if bracketed and here > position:
            here = date_end(tokens, here)
        if bracketed and run.et_al:
            here = self._journal_end(here)
        years, after = read_years(tokens, here, bracketed=bracketed)
        if not years and here < len(tokens) and tokens[here].text in CLOSING:
            years, after = self._years_in_brackets(here)
            return YearAnchor(tuple(years), after, "narrative", True, abbreviation) if years else None
        if years and here > position and tokens[here - 1].text in (".", ";", ":") and not bracketed and not run.et_al:
            return None
        if not years and bracketed:
            years, after = read_status(tokens, here)
        if not years:
            return None
        return YearAnchor(tuple(years), after, "parenthetical" if bracketed else "narrative", bracketed, abbreviation)

    def _journal_end(self, position: int) -> int:
        """The year after "in Nat Methods 12:329, ", where an abstract says so after "et al."; ``position`` when it does not."""
        tokens = self._tokens
        if position >= len(tokens) or tokens[position].text != "in":
            return position
        numbers = 0
        for here in range(position + 1, min(position + LONGEST_JOURNAL, len(tokens))):
            if tokens[here].kind is Kind.BREAK or tokens[here].text in (";", ")"):
                break
            numbers += tokens[here].kind is Kind.NUMBER
            if (
                numbers > 1
                and tokens[here - 1].text == ","
                and is_year(tokens, here)
                and here + 1 < len(tokens)
                and tokens[here + 1].text in (";", ")")
            ):
                return here
        return position

    def _years_in_brackets(self, bracket: int) -> tuple[list[CitedYear], int]:
        tokens = self._tokens
        here = bracket + 1
        years, after = read_status(tokens, here)
        if years:
            return years, after
        # A few words may come first, as in "Lee (see 2010)" and "Lee (e.g. 2010)".
        for _ in range(MOST_BEFORE_YEAR):
            if here < len(tokens) and (tokens[here].text.lower() in words_of("year_prefixes") or tokens[here].text in (".", ",")):
                here += 1
        years, after = read_years(tokens, here, bracketed=True)
        if not years:
            years, after = read_status(tokens, here)
        return years, after


def _open_brackets(tokens: Sequence[Token]) -> list[int]:
    """For each token the bracket that is open around it, or -1. The end of a paragraph closes all."""
    around: list[int] = []
    stack: list[int] = []
    for position in [place for place, token in enumerate(tokens) if token.kind is Kind.BREAK or token.text in _BRACKETS]:
        around += [stack[-1] if stack else -1] * (position - len(around))
        kind, text, _ = tokens[position]
        if kind is Kind.BREAK:
            stack.clear()
        elif stack and text in (")", "]"):
            stack.pop()
        around.append(stack[-1] if stack else -1)
        if kind is not Kind.BREAK and text in CLOSING:
            stack.append(position)
    return around + [stack[-1] if stack else -1] * (len(tokens) - len(around))
